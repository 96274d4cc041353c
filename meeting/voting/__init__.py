"""The room of voting."""
