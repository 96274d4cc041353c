"""Guides for each role, help for the screen one is on, and what users say about the system."""
