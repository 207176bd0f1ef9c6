"""The kinds of file: one module each, from the setting to the rows of its tables."""
