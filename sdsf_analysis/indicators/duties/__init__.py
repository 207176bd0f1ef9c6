"""The duties of those who organise the public service for young children, and their cofinanced places."""
