"""The index of terms: Whoosh or PostgreSQL behind one interface, and what keeps it in step with the passages."""
