"""Practice meetings: everything can be tried, nothing stays."""
