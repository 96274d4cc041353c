"""The room of questioning and the promises made in it."""
