"""Workbooks of every format: what calamine leaves out of them, from their own XML or records."""
