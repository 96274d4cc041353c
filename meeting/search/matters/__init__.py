"""One matter through all its meetings."""
