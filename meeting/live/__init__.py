"""The room of live."""
