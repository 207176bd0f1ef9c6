"""Territories: the embedded reference, names to codes, outlines."""
