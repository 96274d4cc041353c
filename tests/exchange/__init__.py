"""Tests of other systems that read, and of what they are told."""
