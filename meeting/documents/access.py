"""Who may open a file. This room knows only its sender; the rooms above say what a file is to them.

A paper of a meeting, the PDF of a notice, the proof of a task: each room registers how it finds its own files.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from sqlalchemy.orm import Session

from meeting.documents.models import File
from meeting.errors import Missing, Refused
from meeting.permissions import Actor

Takeable = Literal["original", "copy", "none"]


@dataclass(frozen=True)
class Place:
    """Where a file belongs, as this reader may know it: what it is called, the way back, what stands below the title."""

    title: str
    back: str  # an address of this site
    detail: str = ""  # "Số 07/TB-UBND", the name of a unit
    meeting_id: int | None = None
    item_id: int | None = None
    item_number: int | None = None
    version: int | None = None
    takeable: Takeable = "original"  # what this reader may take away: the file itself, a copy with their name, or nothing


Finder = Callable[[Session, Actor, File], Place | None]
FINDERS: list[Finder] = []


def opens(finder: Finder) -> Finder:
    """Registers `finder(session, actor, file) -> Place | None`: None when this room lets this person not open it."""
    if finder not in FINDERS:
        FINDERS.append(finder)
    return finder


def place_of(session: Session, actor: Actor, file: File) -> Place | None:
    """Where the reader meets this file; None for those who may not know of it."""
    found = next((place for each in FINDERS if (place := each(session, actor, file))), None)
    if found is None and actor.person_id and file.uploaded_by == actor.person_id:
        return Place(file.name, "/")
    if found is not None and actor.only_meeting:  # a guest by a personal link takes a copy with their name at most
        return replace(found, takeable=least(found.takeable, "copy"))
    return found


def least(one: Takeable, other: Takeable) -> Takeable:
    """The stricter of two."""
    order: tuple[Takeable, ...] = ("none", "copy", "original")
    return order[min(order.index(one), order.index(other))]


def open_file(session: Session, actor: Actor, file: File | None) -> Place:
    """The place of a file that may be opened now.

    Missing for strangers and, before page 1 has been read, for everybody but the sender; `file_gone` after a refusal.
    """
    place = place_of(session, actor, file) if file is not None else None
    if file is None or place is None:
        raise Missing()
    mine = bool(actor.person_id) and file.uploaded_by == actor.person_id
    if not mine and not file.first_page_read:
        raise Missing()
    if file.was_refused:
        raise Refused("file_gone")
    return place
