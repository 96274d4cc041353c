"""The room of organization."""
