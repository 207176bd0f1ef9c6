"""From an indicator back to the rows of the tables that it rests on."""
