"""Keeping papers that do not come through the upload door: those the system makes, those a command brings."""

import io

from meeting.documents import kinds, scanner, store
from meeting.errors import Refused
from meeting.permissions import SYSTEM, Actor
from meeting.writer import perform


def keep(pdf: bytes, name: str) -> int:
    """Keeps the bytes as a document and returns its id; the worker then makes its pages. The same bytes are kept once.

    For jobs and commands. Who may open it is said by the room that owns the paper (`documents.access.opens`).
    """
    return keep_received(store.take_in(io.BytesIO(pdf)), name)


def keep_received(received: store.Received, name: str) -> int:
    """The same of bytes that were taken in already, and looked at by the room that owns the paper."""
    return int(perform(SYSTEM, "documents.keep", {"ticket": received.ticket, "name": name})["file_id"])


def bring(actor: Actor, content: bytes, name: str) -> int:
    """Takes in a file for somebody past the upload door (the demo's filling); returns its id. Refused like an upload."""
    kinds.check_name(name)
    received = store.take_in(io.BytesIO(content), check=scanner.scan)
    if received.virus:
        raise Refused("virus_found", virus=received.virus)
    return int(perform(actor, "documents.receive", {"ticket": received.ticket, "name": name})["file_id"])
