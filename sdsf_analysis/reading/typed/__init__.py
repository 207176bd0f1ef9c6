"""What the cells of a column mean: marks, bounds, dates, codes, scales."""
