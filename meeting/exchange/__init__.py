"""Other systems: their keys and rights, what they may read, and what they are told."""
