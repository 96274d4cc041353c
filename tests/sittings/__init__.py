"""Tests of sessions with their sittings."""
