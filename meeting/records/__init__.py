"""The room of records."""
