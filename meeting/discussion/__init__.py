"""The room of discussion."""
