"""The personal shelf: one's own papers in folders."""
