"""What a note is, what becomes of it when two devices wrote it, and with whom it is shared. Pure."""

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from meeting.errors import N_, Refused, declare
from meeting.tables import canonical

KINDS = ("highlight", "ink", "sticky", "bookmark")
COLORS = ("yellow", "green", "pink", "blue", "red", "ink")
SHARED = ("me", "group", "meeting")

MAX_NOTES = 1000  # of one person in one file
MAX_TEXT = 20_000  # letters
MAX_QUOTE = 4000  # letters of the passage
MAX_CONTEXT = 200  # letters before and after it
MAX_BOXES = 200
MAX_STROKES = 100  # of one drawing
MAX_POINTS = 10_000  # of one drawing, all strokes together

declare(
    {
        "too_many_notes": N_("This paper has %(limit)s notes of yours already. Remove some first."),
        "ink_too_long": N_("This drawing is too long to be kept as one note. Draw it in several parts."),
        "ink_empty": N_("A drawing needs at least one stroke."),
        "ink_only_drawn": N_("Only drawings have strokes."),
        "passage_missing": N_("Choose the passage to be highlighted first."),
        "note_has_no_meeting": N_("This paper belongs to no meeting, so notes on it stay private."),
        "note_group_unknown": N_("You can share notes only with a group of this body that you belong to."),
        "note_stays_private": N_("Guests who came in by a personal link keep their notes to themselves."),
    }
)


@dataclass(frozen=True)
class Stored:
    """What the store holds under a key."""

    revision: int
    content: Mapping[str, Any]
    removed: bool = False


def put(stored: Stored | None, base_revision: int, content: Mapping[str, Any]) -> str:
    """What becomes of a note that a device sends: `create`, `same` (a harmless repeat), `write`, `revive` or `both`.

    A device that did not know of the newest revision never overwrites it: both are kept. What was removed on one device
    and changed on another lives on. A base higher than what is stored (a backup was put back) is written.
    """
    if stored is None:
        return "create"
    if stored.removed:
        return "revive"
    if stored.content == content:
        return "same"
    return "write" if base_revision >= stored.revision else "both"


def remove(stored: Stored, base_revision: int) -> str:
    """What becomes of a removal: `same` when it is removed already, `remove`, or `kept` when it was changed elsewhere since."""
    if stored.removed:
        return "same"
    return "remove" if base_revision >= stored.revision else "kept"


def kept_key(key: str, content: Mapping[str, Any]) -> str:
    """The key of the second of two, the same however often it is sent."""
    digest = hashlib.sha256(canonical(dict(content)).encode()).hexdigest()
    return str(uuid.uuid5(uuid.UUID(key), digest))


def carried_key(key: str, file_id: int) -> str:
    """The key of a note's copy on a newer version, the same however often it is carried."""
    return str(uuid.uuid5(uuid.UUID(key), f"file {file_id}"))


def check_kind(kind: str, quoted: bool, boxed: bool, strokes: Sequence[Mapping[str, Any]]) -> None:
    """A note is whole: refuses `passage_missing`, `ink_empty`, `ink_only_drawn`, `ink_too_long`."""
    if kind == "highlight" and not (quoted or boxed):
        raise Refused("passage_missing")
    if kind != "ink" and strokes:
        raise Refused("ink_only_drawn")
    if kind == "ink" and not any(stroke["points"] for stroke in strokes):
        raise Refused("ink_empty")
    if sum(len(stroke["points"]) for stroke in strokes) > MAX_POINTS:
        raise Refused("ink_too_long")


def check_count(others: int) -> None:
    """Refuses `too_many_notes` when so many others stand in the file already."""
    if others >= MAX_NOTES:
        raise Refused("too_many_notes", limit=MAX_NOTES)


def check_sharing(shared: str, group_id: int | None, *, has_meeting: bool, by_link: bool, group_ids: Sequence[int]) -> None:
    """Whether somebody may share a note so: refuses `note_stays_private`, `note_has_no_meeting`, `note_group_unknown`.

    `group_ids` are the groups of the meeting's body that the person belongs to now.
    """
    if shared == "me":
        return
    if by_link:
        raise Refused("note_stays_private")
    if not has_meeting:
        raise Refused("note_has_no_meeting")
    if shared == "group" and group_id not in group_ids:
        raise Refused("note_group_unknown")


def heard_by_others(before: str, after: str) -> bool:
    """Whether a change concerns others: it is shared now, or it was shared and is taken back."""
    return before != "me" or after != "me"


def told(before: str, after: str) -> str:
    """What the meeting's journal says of a change of sharing: `shared`, `taken_back`, or nothing.

    Only sharing with the whole meeting is an event of the meeting; what a group or one person keeps is not.
    """
    if before != "meeting" and after == "meeting":
        return "shared"
    return "taken_back" if before == "meeting" and after != "meeting" else ""


def sees(shared: str, meeting_id: int | None, group_id: int | None, *, meetings: frozenset[int], groups: frozenset[int]) -> bool:
    """Whether somebody reads another's note: `meetings` in which they may open the file now, `groups` they belong to now."""
    if shared == "me" or meeting_id not in meetings:
        return False
    return shared == "meeting" or group_id in groups
