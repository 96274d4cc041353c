"""Tests of the chair's run sheet."""
