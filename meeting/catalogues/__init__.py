"""Catalogues that forms choose from: positions, kinds of documents, issuing authorities, rooms with their plan."""
