"""The room of sessions with their sittings."""
