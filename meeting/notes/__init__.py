"""Notes on pages: highlights, ink, sticky notes, bookmarks."""
