"""Indicators: pure functions on the tables; they touch no file."""
