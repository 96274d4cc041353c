"""Judged queries over real texts: the list, the texts, the figures, and the record that no query may fall behind."""
