"""Who may read what is found, asked of the rooms' own rules."""
