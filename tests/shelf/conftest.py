"""Papers on people's shelves."""

from tests.documents.conftest import read_all, send, sent

__all__ = ["read_all", "send", "sent"]
