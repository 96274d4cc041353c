"""The papers an item passes through, as the book of its meeting names them. Pure.

HĐND: tờ trình → báo cáo thẩm tra (at least 5 working days before) → dự thảo nghị quyết (NQ 104/2025/UBTVQH15 Điều 12, 15, 27).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from meeting.errors import N_, Refused, declare
from meeting.rulebook.deadlines import Notice, WorkCalendar, due_at

LETTERS = 300  # what a request is called

declare(
    {
        "no_sequence": N_("The rules of this kind of meeting name no sequence of papers."),
        "unknown_stage": N_("The rules of this kind of meeting name no such paper: %(stage)s."),
        "stage_without_unit": N_("Say which unit or committee prepares: %(what)s."),
        "sequence_asked_already": N_("All papers of this item have been asked for already."),
    }
)


@dataclass(frozen=True)
class Stage:
    """One paper owed: who prepares it (`unit` of the item or a `committee`), and how long before the meeting."""

    key: str
    what: str
    days: int
    unit: str
    by: str


def stages(sequence: Sequence[Mapping[str, Any]]) -> list[Stage]:
    """The stages of a book in their order."""
    return [
        Stage(each["key"], each["what"], int(each["days"]), each.get("unit", "working"), each.get("by", "unit"))
        for each in sequence
    ]


def stage_of(sequence: Sequence[Mapping[str, Any]], key: str) -> Stage | None:
    """One stage by its key."""
    return next((each for each in stages(sequence) if each.key == key), None)


def stage_due_at(stage: Stage, starts_at: datetime, calendar: WorkCalendar, closes: time) -> datetime:
    """When the paper of a stage is due; `starts_at` is local, and so is the result."""
    return due_at(starts_at, Notice(stage.days, stage.unit), calendar, closes)


def called(stage: Stage, title: str) -> str:
    """What the request says: the kind of paper and the item."""
    return f"{stage.what}: {title}"[:LETTERS]


def missing(sequence: Sequence[Mapping[str, Any]], asked: Iterable[str]) -> list[Stage]:
    """The stages nobody was asked for yet."""
    known = set(asked)
    return [each for each in stages(sequence) if each.key not in known]


def preparer(stage: Stage, item_unit: int | None, committee: int | None, chosen: Mapping[str, int]) -> int:
    """The unit that prepares a stage: the one chosen for it, otherwise the item's unit or the committee.

    Refused: `stage_without_unit`.
    """
    found = chosen.get(stage.key) or (committee if stage.by == "committee" else item_unit)
    if not found:
        raise Refused("stage_without_unit", what=stage.what)
    return found
