"""What a unit has on its hands: papers by state and by time, what lies with its head, what the office asks it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda.models import Meeting
from meeting.materials.life import DONE_STATES, OFFICE_STATES, OPEN_STATES
from meeting.materials.models import UNIT_ROLES, Requirement, Submission
from meeting.materials.queries import whole
from meeting.materials.rules import CLOSED_MEETINGS
from meeting.permissions import Actor, Role

#: The tabs of the list: which states stand under which word.
TABS = {
    "owed": OPEN_STATES - {"with_head"},
    "head": frozenset({"with_head"}),
    "office": OFFICE_STATES,
    "done": DONE_STATES,
}
PAST_LIMIT = 60
BESIDE = 12  # papers in the list beside one paper


def _of_unit(actor: Actor, *roles: Role) -> Select[Requirement]:
    bodies = actor.bodies_as(*(roles or UNIT_ROLES))
    return (
        select(Requirement)
        .join(Meeting, Meeting.id == Requirement.meeting_id)
        .where(Requirement.unit_id == (actor.unit_id or 0), Meeting.body_id.in_(bodies), Requirement.state != "waived")
    )


@dataclass(frozen=True)
class Group:
    """Papers that are due in one stretch of time: overdue, today, week, later, past."""

    key: str
    rows: list[Requirement]


@dataclass(frozen=True)
class Owed:
    """The list of a unit's papers."""

    groups: list[Group]
    counts: dict[str, int]
    tab: str
    past: bool
    now: datetime


def owed_list(session: Session, actor: Actor, tab: str, past: bool) -> Owed:
    """The papers of the actor's unit under one tab, by due time; counts of every tab come with them, in two queries."""
    closed = Meeting.state.in_(CLOSED_MEETINGS)
    mine = _of_unit(actor).where(closed if past else ~closed)
    counted = mine.with_only_columns(Requirement.state, func.count()).group_by(Requirement.state)
    by_state: dict[str, int] = {row[0]: row[1] for row in session.execute(counted)}
    counts = {key: sum(by_state.get(state, 0) for state in states) for key, states in TABS.items()}
    counts["all"] = sum(by_state.values())
    wanted = mine.where(Requirement.state.in_(TABS[tab])) if tab in TABS else mine
    if past:
        rows = whole(session, wanted.order_by(Requirement.due_at.desc()).limit(PAST_LIMIT))
        groups = [Group("past", sorted(rows, key=lambda row: row.due_at, reverse=True))] if rows else []
    else:
        groups = by_time(whole(session, wanted), clock.now())
    return Owed(groups, counts, tab, past, clock.now())


def by_time(rows: Sequence[Requirement], now: datetime) -> list[Group]:
    """Overdue ones first, then those due today, in the next seven days, later; what the office has stands under its due day."""
    today = clock.local(now).date()
    found: dict[str, list[Requirement]] = {"overdue": [], "today": [], "week": [], "later": [], "handed_in": []}
    for row in rows:
        day = clock.local(row.due_at).date()
        if row.state not in OPEN_STATES:
            found["handed_in"].append(row)
        elif row.due_at < now:
            found["overdue"].append(row)
        elif day == today:
            found["today"].append(row)
        else:
            found["week" if day <= today + timedelta(days=7) else "later"].append(row)
    return [Group(key, each) for key, each in found.items() if each]


def beside(session: Session, actor: Actor) -> list[Requirement]:
    """The papers listed beside one paper: those owed for meetings ahead, then the latest that were handed in."""
    ahead = _of_unit(actor).where(Meeting.state.not_in(CLOSED_MEETINGS), Requirement.state.in_(OPEN_STATES))
    sent = _of_unit(actor).where(Requirement.state.not_in(OPEN_STATES)).order_by(Requirement.due_at.desc())
    return [*whole(session, ahead.limit(BESIDE)), *whole(session, sent.limit(BESIDE // 2))]


def owed_rows(session: Session, actor: Actor) -> list[Requirement]:
    """What the unit still has to hand in for meetings that are not over, by due time."""
    if actor.unit_id is None or not actor.bodies_as(*UNIT_ROLES):
        return []
    wanted = _of_unit(actor).where(Requirement.state.in_(OPEN_STATES), Meeting.state.not_in(CLOSED_MEETINGS))
    return whole(session, wanted)


def to_approve(session: Session, actor: Actor) -> list[Requirement]:
    """Papers that lie with this head, without those they made themselves."""
    if Role.HEAD not in {role for _, role in actor.roles}:
        return []
    waiting = select(Submission.requirement_id).where(Submission.state == "with_head", Submission.sent_by != actor.person_id)
    open_meetings = Meeting.state.not_in(CLOSED_MEETINGS)
    return whole(session, _of_unit(actor, Role.HEAD).where(Requirement.id.in_(waiting), open_meetings))


def still_owed(session: Session, actor: Actor) -> int:
    """How many papers the unit still has to send for meetings that are not over (the count of the navigation)."""
    if actor.unit_id is None or not actor.bodies_as(*UNIT_ROLES):
        return 0
    wanted = _of_unit(actor).where(Requirement.state.in_(OPEN_STATES), Meeting.state.not_in(CLOSED_MEETINGS))
    return session.scalar(wanted.with_only_columns(func.count())) or 0
