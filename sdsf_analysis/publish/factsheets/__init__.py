"""The fact sheet of each territory: two pages that a seminar can hold in its hands."""
