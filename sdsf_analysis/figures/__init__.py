"""Figures: they draw what they are handed, on pages of fixed size, in French."""
