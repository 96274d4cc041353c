"""The room of the chair's run sheet."""
