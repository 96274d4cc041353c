"""Reads of the punctuality ledger: the lines of the units, and the papers behind each figure.

The office, chairs and inspectors of a body read all its units; a unit's own people read only theirs. Four queries, however
many papers there are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from meeting import clock
from meeting.agenda.models import Meeting
from meeting.errors import Forbidden, Missing
from meeting.evaluation.models import PaperGrade
from meeting.evaluation.punctuality import FIGURES, Asked, UnitLedger, evidence, ledger
from meeting.materials.models import Extension, Requirement, Submission
from meeting.organization.models import Body, Unit
from meeting.permissions import ALLOWED, Action, Actor, Role

UNIT_ROLES = frozenset({Role.OFFICER, Role.HEAD})
ALL_UNITS = ALLOWED[Action.READ_LEDGER] - UNIT_ROLES - {Role.ADMIN}
PAGE_PAPERS = 40
LEFT_OUT = ("cancelled", "postponed")  # meetings whose papers nobody waits for


@dataclass(frozen=True)
class Reach:
    """Whose lines somebody may read: all units of some bodies, of others the own unit only."""

    all_units: frozenset[int]
    own_unit: frozenset[int]
    unit_id: int | None
    figures_only: bool = False  # an administrator reads figures, never which papers

    @property
    def bodies(self) -> frozenset[int]:
        """Every body of which anything may be read."""
        return self.all_units | self.own_unit

    def condition(self) -> ColumnElement[bool]:
        """The same as a condition on requirements and their meetings."""
        own = and_(Meeting.body_id.in_(self.own_unit), Requirement.unit_id == (self.unit_id or 0))
        return or_(Meeting.body_id.in_(self.all_units), own)


def reach(session: Session, actor: Actor) -> Reach:
    """What this person may read of the ledger: `forbidden` when it is nothing."""
    if actor.is_admin:
        return Reach(
            frozenset(session.scalars(select(Body.id).where(Body.practice_of_id.is_(None)))), frozenset(), None, figures_only=True
        )
    everything = actor.bodies_as(*ALL_UNITS)
    own = actor.bodies_as(*UNIT_ROLES) - everything if actor.unit_id else frozenset()
    found = Reach(everything, own, actor.unit_id)
    if not found.bodies:
        raise Forbidden()
    return found


def bodies(session: Session, actor: Actor) -> list[str]:
    """The short names of the bodies whose ledger may be read."""
    wanted = select(Body.short_name).where(Body.id.in_(reach(session, actor).bodies)).order_by(Body.id)
    return list(session.scalars(wanted))


def lines(session: Session, actor: Actor, since: date, until: date, body: str = "") -> list[UnitLedger]:
    """How the units kept their days for papers due from one day to another, both included, by rank."""
    return ledger(_asked(session, reach(session, actor), since, until, body), clock.now())


def years(session: Session, actor: Actor) -> list[int]:
    """The years in which papers were due, newest first; always the current one."""
    first = session.scalar(
        select(func.min(func.coalesce(Requirement.asked_due_at, Requirement.due_at)))
        .join(Meeting, Meeting.id == Requirement.meeting_id)
        .where(reach(session, actor).condition())
    )
    this = clock.today().year
    began = clock.local(first).year if first else this
    return list(range(this, min(began, this) - 1, -1))


@dataclass(frozen=True)
class Evidence:
    """One paper behind a figure: what the ledger counts, and the requirement that proves it."""

    paper: Asked
    requirement: Requirement


@dataclass(frozen=True)
class UnitRecord:
    """One unit's line with the papers behind one of its figures."""

    unit: Unit
    line: UnitLedger
    figure: str
    papers: list[Evidence]  # of one page
    page: int
    pages: int


def record(
    session: Session, actor: Actor, unit_id: int, figure: str, since: date, until: date, body: str = "", page: int = 1
) -> UnitRecord:
    """The evidence behind a figure of a unit, 40 papers a page. Missing for a unit one may not read of, and an unknown figure."""
    mine = reach(session, actor)
    asked = [each for each in _asked(session, mine, since, until, body) if each.unit_id == unit_id]
    found = ledger(asked, clock.now())
    if not found or figure not in FIGURES or mine.figures_only:
        raise Missing()
    papers = evidence(asked, figure, clock.now())
    pages = max(1, -(-len(papers) // PAGE_PAPERS))
    page = min(max(page, 1), pages)
    papers = papers[(page - 1) * PAGE_PAPERS : page * PAGE_PAPERS]
    rows = _whole(session, [each.requirement_id for each in papers])
    shown = [Evidence(each, rows[each.requirement_id]) for each in papers]
    return UnitRecord(session.get_one(Unit, unit_id), found[0], figure, shown, page, pages)


def _asked(session: Session, mine: Reach, since: date, until: date, body: str) -> list[Asked]:
    """Papers whose first due time lies in the period: it never moves, so a paper never changes its period."""
    of = Requirement
    first_due = func.coalesce(of.asked_due_at, of.due_at)
    columns = (of.id, of.meeting_id, of.unit_id, Unit.name, of.due_at, of.first_received_at, of.first_late_minutes)
    wanted = (
        select(*columns)
        .join(Meeting, Meeting.id == of.meeting_id)
        .join(Body, Body.id == Meeting.body_id)
        .join(Unit, Unit.id == of.unit_id)
        .where(mine.condition(), of.state != "waived", Meeting.state.not_in(LEFT_OUT))
        .where(first_due >= clock.at_local(since), first_due < clock.at_local(until + timedelta(days=1)))
    )
    if body:
        wanted = wanted.where(Body.short_name == body)
    rows = session.execute(wanted.order_by(of.id)).all()
    chosen = wanted.with_only_columns(of.id)
    returned = _counts(session, Submission.requirement_id, Submission.requirement_id.in_(chosen), Submission.state == "returned")
    granted = _counts(session, Extension.requirement_id, Extension.requirement_id.in_(chosen), Extension.state == "granted")
    verdicts = _verdicts(session, {row[1] for row in rows})
    return [
        Asked(
            unit_id=unit_id,
            unit=name,
            due_at=due_at,
            first_at=first_at,
            late_minutes=late,
            returned=returned.get(key, 0),
            granted=granted.get(key, 0),
            verdict=verdicts.get((meeting_id, unit_id, key), verdicts.get((meeting_id, unit_id, 0), "")),
            requirement_id=key,
        )
        for key, meeting_id, unit_id, name, due_at, first_at, late in rows
    ]


def _counts(session: Session, key: Any, *conditions: Any) -> Mapping[int, int]:
    found = session.execute(select(key, func.count()).where(*conditions).group_by(key))
    return {int(requirement_id): int(number) for requirement_id, number in found}


def _verdicts(session: Session, meetings: set[int]) -> Mapping[tuple[int, int, int], str]:
    found = session.scalars(select(PaperGrade).where(PaperGrade.meeting_id.in_(meetings)))
    return {(each.meeting_id, each.unit_id, each.requirement_id): each.verdict for each in found}


def _whole(session: Session, ids: list[int]) -> dict[int, Requirement]:
    wanted = select(Requirement).where(Requirement.id.in_(ids))
    loaded = wanted.options(
        joinedload(Requirement.meeting), joinedload(Requirement.submissions), joinedload(Requirement.extensions)
    )
    return {each.id: each for each in session.scalars(loaded).unique()}
