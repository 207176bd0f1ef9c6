"""Text files and web pages: encoding, delimiter, shifted lines, accents written twice."""
