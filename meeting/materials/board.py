"""Reads of the board: one light row for every requirement of a meeting, everything only for the rows that are shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda.models import Meeting
from meeting.agenda.queries import meeting_of
from meeting.agenda.rules import folded
from meeting.database import LiveVersion
from meeting.errors import Forbidden
from meeting.materials.models import Requirement
from meeting.materials.queries import Row, whole
from meeting.materials.rules import Counts
from meeting.materials.standings import Light, UnitRow, by_unit, counted, in_order, light, passes
from meeting.organization.models import Unit
from meeting.permissions import Action, Actor, allows
from meeting.rulebook.queries import papers_due_at

PAGE_ROWS = 40


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to see of the board."""

    show: str = ""  # a filter of `standings.FILTERS`
    unit_id: int | None = None
    item_id: int | None = None
    words: str = ""
    by_unit: bool = False
    page: int = 1


@dataclass(frozen=True)
class Board:
    """Who delivered what, in time or not."""

    meeting: Meeting
    wanted: Wanted
    lights: list[Light]  # of all requirements
    chosen: list[Light]  # under the filters, in order
    rows: list[Row]  # of this page, whole
    units: list[UnitRow]
    counts: Counts
    now: datetime
    due_by_rule: datetime
    version: int
    may_review: bool
    may_request: bool
    may_decide: bool

    @property
    def pages(self) -> int:
        """How many pages of rows there are; at least one."""
        return max(1, -(-len(self.chosen) // PAGE_ROWS))

    def count(self, show: str) -> int:
        """How many rows stand under a filter, whatever else is chosen."""
        return sum(passes(row, show) for row in self.lights)


def board(session: Session, actor: Actor, meeting_id: int, wanted: Wanted) -> Board:
    """The board of a meeting under some filters: `forbidden` for those who may not read it. Its number of queries is fixed."""
    meeting, can = _readable(session, actor, meeting_id)
    now = clock.now()
    lights = lights_of(session, meeting_id, now)
    chosen = in_order(row for row in lights if _fits(row, wanted))
    page = min(max(wanted.page, 1), max(1, -(-len(chosen) // PAGE_ROWS)))
    shown = [] if wanted.by_unit else chosen[(page - 1) * PAGE_ROWS : page * PAGE_ROWS]
    return Board(
        meeting=meeting,
        wanted=Wanted(wanted.show, wanted.unit_id, wanted.item_id, wanted.words, wanted.by_unit, page),
        lights=lights,
        chosen=chosen,
        rows=_whole(session, shown),
        units=by_unit(chosen) if wanted.by_unit else [],
        counts=counted(lights),
        now=now,
        due_by_rule=papers_due_at(session, meeting.book, meeting.starts_at),
        version=version_of(session, meeting_id),
        may_review=Action.REVIEW_PAPERS in can,
        may_request=Action.REQUEST_PAPERS in can,
        may_decide=Action.DECIDE_LATE in can,
    )


def _readable(session: Session, actor: Actor, meeting_id: int) -> tuple[Meeting, set[Action]]:
    meeting, hats = meeting_of(session, actor, meeting_id)
    if not allows(Action.READ_BOARD, hats):
        raise Forbidden()
    return meeting, {action for action in Action if allows(action, hats)}


def _fits(row: Light, wanted: Wanted) -> bool:
    if wanted.unit_id not in (None, row.unit_id) or wanted.item_id not in (None, row.item_id):
        return False
    if wanted.words and folded(wanted.words) not in folded(f"{row.what} {row.unit}"):
        return False
    return passes(row, wanted.show)


def lights_of(session: Session, meeting_id: int, now: datetime) -> list[Light]:
    """Every requirement of a meeting, as little as the board needs of each, in one query."""
    of = Requirement
    columns: Sequence[Any] = (of.id, of.unit_id, Unit.name, of.item_id, of.what, of.state, of.due_at, of.first_late_minutes)
    wanted = select(*columns).join(Unit, Unit.id == of.unit_id).where(of.meeting_id == meeting_id)
    return [light(row, now) for row in session.execute(wanted)]


def _whole(session: Session, shown: Sequence[Light]) -> list[Row]:
    if not shown:
        return []
    found = {each.id: each for each in whole(session, select(Requirement).where(Requirement.id.in_([row.id for row in shown])))}
    return [Row(found[row.id], row.standing) for row in shown]


def version_of(session: Session, meeting_id: int) -> int:
    """The number of the meeting's state: raised by everything that changes a board."""
    return session.scalar(select(LiveVersion.version).where(LiveVersion.meeting_id == meeting_id)) or 0


def version_for(session: Session, actor: Actor, meeting_id: int) -> int:
    """The same for somebody who may read the board; otherwise as the board itself answers."""
    _readable(session, actor, meeting_id)
    return version_of(session, meeting_id)
