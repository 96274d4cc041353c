"""What the lists of notes show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.agenda.models import Item, Meeting
from meeting.agenda.queries import meeting_of
from meeting.agenda.rules import RUNNING_STATES
from meeting.errors import N_
from meeting.notes import queries
from meeting.notes.models import Note
from meeting.notes.queries import Leaf
from meeting.notes.rules import KINDS
from meeting.permissions import Action, Actor, allows

#: kind: icon, name
KIND_WORDS = {
    "highlight": ("highlight", N_("Highlight")),
    "ink": ("pencil", N_("Drawing")),
    "sticky": ("note", N_("Sticky note")),
    "bookmark": ("bookmark", N_("Bookmark")),
}
SUBJECT_LETTERS = 200  # what asking for the floor takes


@dataclass(frozen=True)
class PaperNotes:
    """The notes on one paper, those that lost their passage first."""

    title: str
    file_id: int
    version: int | None
    leaves: Sequence[Leaf]
    may_copy: bool  # a copy with own notes drawn in can be taken


@dataclass(frozen=True)
class ItemNotes:
    """The notes of one item of the programme; no number: papers for the whole meeting and others."""

    number: str
    title: str
    papers: Sequence[PaperNotes]


def meeting_notes(session: Session, actor: Actor, meeting_id: int, whose: str, kind: str) -> dict[str, Any]:
    """The list of one meeting, by item and paper."""
    meeting, hats = meeting_of(session, actor, meeting_id)
    every = queries.notes_in(session, actor, meeting_id)
    shown = [leaf for leaf in every if _wanted(leaf, actor, whose, kind)]
    speaking = meeting.state in RUNNING_STATES and allows(Action.ASK_FLOOR, hats)
    return {
        "meeting": meeting,
        "items": by_item(meeting.items, actor, shown),
        "total": len(every),
        "shown": len(shown),
        "lost": sum(leaf.note.lost for leaf in shown),
        "whose": whose if whose in ("mine", "shared") else "",
        "kind": kind if kind in KINDS else "",
        "kinds": [(each, *KIND_WORDS[each], sum(leaf.note.kind == each for leaf in every)) for each in KINDS],
        "mine": sum(leaf.note.person_id == actor.person_id for leaf in every),
        "kind_words": KIND_WORDS,
        "may_speak": speaking,
        "me": actor.person_id,
    }


def _wanted(leaf: Leaf, actor: Actor, whose: str, kind: str) -> bool:
    mine = leaf.note.person_id == actor.person_id
    if whose in ("mine", "shared") and mine != (whose == "mine"):
        return False
    return kind not in KINDS or leaf.note.kind == kind


def by_item(items: Sequence[Item], actor: Actor, leaves: Sequence[Leaf]) -> list[ItemNotes]:
    """Notes under their items, in the order of the programme; those of no item first."""
    known = {item.id: item for item in items}
    grouped: dict[int | None, dict[int, list[Leaf]]] = {}
    for leaf in leaves:
        item_id = leaf.place.item_id if leaf.place.item_id in known else None
        grouped.setdefault(item_id, {}).setdefault(leaf.file.id, []).append(leaf)
    order = [None, *(item.id for item in items)]
    return [_item(known.get(key or 0), actor, grouped[key]) for key in order if key in grouped]


def _item(item: Item | None, actor: Actor, papers: dict[int, list[Leaf]]) -> ItemNotes:
    found = [
        PaperNotes(
            leaves[0].place.title,
            file_id,
            leaves[0].place.version,
            leaves,
            leaves[0].place.takeable != "none" and any(leaf.note.person_id == actor.person_id for leaf in leaves),
        )
        for file_id, leaves in papers.items()
    ]
    return ItemNotes(str(item.label or item.position) if item else "", item.title if item else "", found)


@dataclass(frozen=True)
class MeetingNotes:
    """One meeting in the list of all own notes."""

    meeting: Meeting
    notes: int
    lost: int


def my_meetings(session: Session, actor: Actor) -> dict[str, Any]:
    """The meetings on whose papers somebody has notes, the latest first; and own notes on other papers."""
    leaves = queries.my_notes(session, actor)
    counts: dict[int | None, list[Note]] = {}
    for leaf in leaves:
        counts.setdefault(leaf.note.meeting_id, []).append(leaf.note)
    wanted = select(Meeting).where(Meeting.id.in_([each for each in counts if each])).order_by(Meeting.starts_at.desc())
    meetings = [
        MeetingNotes(row, len(counts[row.id]), sum(note.lost for note in counts[row.id])) for row in session.scalars(wanted)
    ]
    others = [leaf for leaf in leaves if leaf.note.meeting_id is None]
    return {"meetings": meetings, "others": others, "kind_words": KIND_WORDS, "me": actor.person_id}


def count_in(session: Session, actor: Actor, meeting: Meeting) -> dict[str, Any] | None:
    """For the page of the meeting: how many notes there are to go to; nothing where there are none."""
    if not queries.any_in(session, actor, meeting.id):
        return None
    return {"notes": len(queries.notes_in(session, actor, meeting.id))}
