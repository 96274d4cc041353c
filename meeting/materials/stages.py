"""Where an item's papers stand on the programme: which stage of its sequence is there, asked for, late or missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda.models import Item, Meeting
from meeting.materials.life import DONE_STATES, OFFICE_STATES
from meeting.materials.models import UNIT_ROLES, Requirement
from meeting.materials.queries import DESK
from meeting.materials.sequence import stages
from meeting.materials.wording import chairs_reason
from meeting.permissions import Actor

#: Kinds of items that have no papers of their own.
WITHOUT_PAPERS = frozenset({"opening", "closing", "break", "ceremony"})


@dataclass(frozen=True)
class StageShown:
    """One stage of an item: there, with the office, owed, late, or nobody was asked."""

    what: str
    standing: str  # there, office, owed, late, unasked
    due_at: datetime | None = None
    requirement_id: int | None = None


@dataclass(frozen=True)
class ItemPapers:
    """What the programme says about the papers of one item."""

    stages: list[StageShown]
    decisions: list[tuple[str, str, str]]  # paper, decision, reason


def on_programme(session: Session, actor: Actor, meeting: Meeting) -> dict[str, Any] | None:
    """By item: the stages for desk and chair, and for everybody what the chair decided on late papers. One query."""
    hats = meeting.hats_of(actor, session)
    at_desk = bool(hats & DESK)
    if hats and hats <= UNIT_ROLES:
        mine = Requirement.unit_id == (actor.unit_id or 0)
    else:
        mine = Requirement.id.is_not(None)
    wanted = select(Requirement).where(Requirement.meeting_id == meeting.id, Requirement.item_id.is_not(None), mine)
    known = at_desk and bool(meeting.book.sequence)
    telling = or_(Requirement.late_decision != "", Requirement.stage != "") if known else Requirement.late_decision != ""
    by_item: dict[int | None, list[Requirement]] = {}
    for row in session.scalars(wanted.where(Requirement.state != "waived", telling)).unique():
        by_item.setdefault(row.item_id, []).append(row)
    found = {}
    for item in meeting.items:
        own = by_item.get(item.id, [])
        shown = _stages(meeting.book.sequence, own, clock.now()) if known and _needs(item, own) else []
        decided = [_decision(row) for row in own if row.late_decision and _tells(row, at_desk, bool(hats & UNIT_ROLES))]
        if shown or decided:
            found[item.id] = ItemPapers(shown, decided)
    return {"items": found} if found else None


def _needs(item: Item, own: Sequence[Requirement]) -> bool:
    """Only items whose papers have begun to be asked for are measured by the sequence."""
    return not item.outside and item.kind not in WITHOUT_PAPERS and any(row.stage for row in own)


def _tells(row: Requirement, at_desk: bool, unit: bool) -> bool:
    return at_desk or unit or (row.audience != "office" and row.late_decision in ("postponed", "read_out"))


def _decision(row: Requirement) -> tuple[str, str, str]:
    return row.what, row.late_decision, chairs_reason(row.late_decision, row.late_decision_preset, row.late_decision_reason)


def _stages(sequence: Sequence[Any], own: Iterable[Requirement], now: datetime) -> list[StageShown]:
    by_key = {row.stage: row for row in own if row.stage}
    shown = []
    for stage in stages(sequence):
        row = by_key.get(stage.key)
        shown.append(
            StageShown(stage.what, standing_of(row, now), row.due_at, row.id) if row else StageShown(stage.what, "unasked")
        )
    return shown


def standing_of(row: Requirement, now: datetime) -> str:
    """How a stage stands: there, with the office, owed or late."""
    if row.state in DONE_STATES:
        return "there"
    if row.state in OFFICE_STATES:
        return "office"
    return "late" if now > row.due_at else "owed"
