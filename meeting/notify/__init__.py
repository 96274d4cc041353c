"""The room of notify."""
