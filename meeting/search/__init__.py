"""The room of search."""
