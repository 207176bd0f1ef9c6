"""What the indicators say of themselves, one module per theme of the diagnosis."""
