"""The action plan at a date: its actions, its indicators, the plans that the tables know."""
