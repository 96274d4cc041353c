"""The room of agenda."""
