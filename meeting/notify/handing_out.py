"""Who is told that a paper was handed out, changed or taken back: only those it has reached, whatever the matrix says."""

from collections.abc import Iterable
from typing import Any

from meeting.acts import Tx
from meeting.events import Event
from meeting.journal import Told
from meeting.materials.audience_queries import readers_of
from meeting.materials.models import Requirement
from meeting.notify.reactions import EXCUSED, handles
from meeting.notify.telling import tell

EXCUSED[Event.AUDIENCE_SET] = "who gains the paper is told at its release; who loses it is not told what they may not know"


@handles(Event.PAPER_PUBLISHED)
def tell_published(tx: Tx, entry: Told) -> None:
    """A first version handed out after the issue is told at once; a new one once it is known what it changed."""
    row = tx.get(Requirement, entry.facts["requirement_id"])
    if not entry.facts["earlier"]:
        _tell_new(tx, row, readers_of(tx.reading, row))


@handles(Event.PAPER_RELEASED)
def tell_released(tx: Tx, entry: Told) -> None:
    """The group whose time has come learns of the paper."""
    row = tx.get(Requirement, entry.facts["requirement_id"])
    readers = readers_of(tx.reading, row)
    _tell_new(tx, row, [person for person, group in readers.items() if group == entry.facts["group"]])


def _tell_new(tx: Tx, row: Requirement, people: Iterable[int]) -> None:
    version = row.shown
    if version is not None:
        tell(tx, people, "paper_published", f"/documents/{version.file_id}", row.meeting_id, **_about(row))


@handles(Event.VERSIONS_COMPARED)
def tell_changes(tx: Tx, entry: Told) -> None:
    """Every reader learns which pages a new version changed; the address shows it since the version they read last."""
    row = tx.get(Requirement, entry.facts["requirement_id"])
    counts = entry.facts["counts"]
    kind = "paper_changed" if entry.facts["state"] == "ready" else "paper_replaced"
    numbers = {"number": entry.facts["newer"], **{key: counts.get(key, 0) for key in ("changed", "added", "removed")}}
    tell(tx, readers_of(tx.reading, row), kind, f"/papers/{row.id}/changes", row.meeting_id, **_about(row), **numbers)


@handles(Event.PAPER_TAKEN_BACK)
def tell_taken_back(tx: Tx, entry: Told) -> None:
    """Those who had it learn that it was taken back, and why."""
    row = tx.get(Requirement, entry.facts["requirement_id"])
    facts = {**_about(row), "reason": entry.facts["reason"]}
    tell(tx, entry.facts["people"], "paper_taken_back", f"/meetings/{row.meeting_id}?tab=papers", row.meeting_id, **facts)


def _about(row: Requirement) -> dict[str, Any]:
    return {"paper": row.what, "title": row.meeting.title, "body": row.meeting.body.name}
