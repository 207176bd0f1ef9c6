"""The model of the house: tables, lists, statuses, problems, French words."""
