"""The room of who is here and how it is known."""
