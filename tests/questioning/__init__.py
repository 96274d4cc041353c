"""Tests of questioning and the promises made in it."""
