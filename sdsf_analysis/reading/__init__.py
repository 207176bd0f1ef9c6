"""Files as received: opened safely, cells at their addresses, tables found, values typed."""
