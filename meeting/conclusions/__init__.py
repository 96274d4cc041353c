"""The room of conclusions."""
