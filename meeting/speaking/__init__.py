"""The room of speaking."""
