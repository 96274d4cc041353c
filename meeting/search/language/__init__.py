"""How Vietnamese text is read and how questions are: pure."""
