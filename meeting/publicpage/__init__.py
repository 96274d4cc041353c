"""The public page: what the office released, read by anybody without signing in."""
