"""The room of materials."""
