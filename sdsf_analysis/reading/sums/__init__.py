"""What totals add up, and where they differ."""
