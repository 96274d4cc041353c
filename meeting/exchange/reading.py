"""What another system may see: only what was issued or published, of the bodies ticked, never of a closed meeting.

A client is no person: nothing is found by an invitation. It sees no draft, no ballot, no paper that is for members or the office
alone, none that is still to be released, and nothing of a practice body.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from meeting import clock
from meeting.agenda.models import Item, Meeting, Participant
from meeting.agenda.rules import OVER_STATES, RUNNING_STATES
from meeting.conclusions.models import Instrument
from meeting.errors import Forbidden, Missing
from meeting.exchange.rules import Caller
from meeting.materials.audience import GROUPS, reaches
from meeting.materials.audience_queries import timings_of
from meeting.materials.models import Requirement, Submission
from meeting.materials.queries import received
from meeting.organization.models import Account, Body, Membership, Person, Unit
from meeting.tasks.models import Task

OPEN_BODIES = select(Body.id).where(Body.practice_of_id.is_(None))
#: Meetings that other systems may know of at all.
TOLD: ColumnElement[bool] = and_(
    Meeting.closed.is_(False),
    Meeting.body_id.in_(OPEN_BODIES),
    or_(
        Meeting.state.in_(("issued", "in_session", "paused", "held", "archived")),
        and_(Meeting.state.in_(("postponed", "cancelled")), Meeting.issued_at.is_not(None)),
    ),
)
CLOSED = select(Meeting.id).where(Meeting.closed)
#: Tasks that were given; none of a closed meeting.
GIVEN: ColumnElement[bool] = and_(
    Task.given,
    Task.state != "draft",
    Task.body_id.in_(OPEN_BODIES),
    or_(Task.meeting_id.is_(None), Task.meeting_id.not_in(CLOSED)),
)


@dataclass(frozen=True)
class Asked:
    """Which part of a list: local days, both included; `start` lines are left out, `size` are shown."""

    first: date | None = None
    last: date | None = None
    start: int = 0
    size: int = 50


def demand(caller: Caller, *kinds: str) -> frozenset[int]:
    """The bodies in which the caller has these rights; refused as `client_right_missing` when there is none."""
    found = caller.bodies(*kinds)
    if not found:
        lacking = next((kind for kind in kinds if not caller.bodies(kind)), kinds[-1])
        raise Forbidden("client_right_missing", kind=lacking)
    return found


def upcoming() -> ColumnElement[bool]:
    """Running, or to come from today on."""
    ahead = and_(Meeting.starts_at >= clock.at_local(clock.today()), Meeting.state.not_in(OVER_STATES))
    return or_(Meeting.state.in_(RUNNING_STATES), ahead)


def of_unit(session: Session, caller: Caller, code: str, asked: Asked, *, past: bool) -> list[Meeting]:
    """The meetings of a unit: those it prepares an item of and, where the caller may know of people, those its people attend; of
    a body: those it holds.

    `code`: the id or short name of a unit, or the short name of a body. One more than asked for, to tell whether more follow.
    """
    bodies = demand(caller, "meetings")
    concerns = _concerns(session, code, caller.bodies("meetings", "people"))
    return _some(session, select(Meeting).where(Meeting.body_id.in_(bodies), concerns), asked, past=past)


def _concerns(session: Session, code: str, with_people: frozenset[int]) -> ColumnElement[bool]:
    by_id = Unit.id == int(code) if code.isdecimal() and len(code) < 18 else Unit.short_name == code
    unit = session.scalar(select(Unit.id).where(by_id))
    if unit is not None:
        people = select(Person.id).where(Person.unit_id == unit)
        attended = select(Participant.meeting_id).where(Participant.person_id.in_(people))
        prepared = Meeting.id.in_(select(Item.meeting_id).where(Item.unit_id == unit))
        return or_(prepared, and_(Meeting.body_id.in_(with_people), Meeting.id.in_(attended)))
    body = session.scalar(select(Body.id).where(Body.short_name == code, Body.practice_of_id.is_(None)))
    if body is None:
        raise Missing()
    return Meeting.body_id == body


def of_person(session: Session, caller: Caller, code: str, asked: Asked, *, past: bool) -> list[Meeting]:
    """The meetings a person is invited to, chairs or keeps the minutes of, in bodies where the caller may know of people.

    `code`: the id, the user name or the official mail address. Missing for people who have no part in those bodies.
    """
    bodies = demand(caller, "meetings", "people")
    person = person_of(session, code)
    invited = select(Participant.meeting_id).where(Participant.person_id == person)
    part = or_(Meeting.id.in_(invited), Meeting.chair_id == person, Meeting.secretary_id == person)
    theirs = select(Meeting).where(Meeting.body_id.in_(bodies), part)
    role = select(Membership.id).where(Membership.person_id == person, Membership.body_id.in_(bodies))
    if session.scalar(role.limit(1)) is None and session.scalar(theirs.where(TOLD).limit(1)) is None:
        raise Missing()
    return _some(session, theirs, asked, past=past)


def person_of(session: Session, code: str) -> int:
    """The id of a person by id, user name or official mail address; Missing when nobody or more than one is meant."""
    if code.isdecimal() and len(code) < 18:
        wanted = select(Person.id).where(Person.id == int(code))
    elif "@" in code:
        wanted = select(Person.id).where(Person.email == code.strip())
    else:
        wanted = select(Account.person_id).where(Account.username == code.strip().lower())
    found = list(session.scalars(wanted.limit(2)))
    if len(found) != 1:
        raise Missing()
    return found[0]


def _some(session: Session, wanted: Select[Meeting], asked: Asked, *, past: bool) -> list[Meeting]:
    wanted = wanted.where(TOLD, ~upcoming() if past else upcoming())
    if asked.first:
        wanted = wanted.where(Meeting.starts_at >= clock.at_local(asked.first))
    if asked.last:
        wanted = wanted.where(Meeting.starts_at < clock.at_local(asked.last + timedelta(days=1)))
    order = (Meeting.starts_at.desc(), Meeting.id.desc()) if past else (Meeting.starts_at, Meeting.id)
    return list(session.scalars(wanted.order_by(*order).offset(asked.start).limit(asked.size + 1)))


def meeting_of(session: Session, caller: Caller, meeting_id: int, *kinds: str) -> Meeting:
    """One meeting with its programme and people; Missing where the caller has not all these rights in its body."""
    bodies = demand(caller, *(kinds or ("meetings",)))
    wanted = select(Meeting).where(Meeting.id == meeting_id, Meeting.body_id.in_(bodies), TOLD)
    found = session.scalar(
        wanted.options(
            joinedload(Meeting.chair),
            selectinload(Meeting.items).options(joinedload(Item.unit), joinedload(Item.presenter), selectinload(Item.further)),
            selectinload(Meeting.participants),
        )
    )
    if found is None:
        raise Missing()
    return found


def papers_of(session: Session, meeting: Meeting) -> list[tuple[Requirement, Submission]]:
    """The papers of a meeting that are for everybody in it, published and released, each with the version read now."""
    rows = received(session, meeting.id)
    timings = timings_of(session, [row.id for row in rows])
    found = []
    for row in rows:
        version = row.shown
        open_to_all = row.audience == "all" and all(reaches(row.audience, group, timings.get(row.id, [])) for group in GROUPS)
        outside = row.item is not None and row.item.outside
        if version and open_to_all and not outside and version.file.first_page_read and not version.file.was_refused:
            found.append((row, version))
    return found


def paper_of(session: Session, caller: Caller, paper_id: int) -> tuple[Requirement, Submission]:
    """One paper that may be fetched; Missing also where readers may not take the file itself away."""
    bodies = demand(caller, "meetings", "papers")
    wanted = select(Requirement.meeting_id).join(Meeting, Meeting.id == Requirement.meeting_id)
    meeting_id = session.scalar(wanted.where(Requirement.id == paper_id, Meeting.body_id.in_(bodies), TOLD))
    if meeting_id is None:
        raise Missing()
    papers = papers_of(session, session.get_one(Meeting, meeting_id))
    found = next(((row, version) for row, version in papers if row.id == paper_id), None)
    if found is None or found[0].takeable != "original":
        raise Missing()
    return found


def issued(caller: Caller) -> Select[Instrument]:
    """The issued documents of the bodies ticked."""
    wanted = select(Instrument).join(Meeting, Meeting.id == Instrument.meeting_id)
    bodies = demand(caller, "notices")
    shown = Instrument.state == "issued", Meeting.closed.is_(False), Meeting.body_id.in_(bodies), Meeting.body_id.in_(OPEN_BODIES)
    return wanted.where(*shown)


def notices(session: Session, caller: Caller, asked: Asked) -> list[Instrument]:
    """Issued documents, the newest first; days are those printed on them. One more than asked for."""
    wanted = issued(caller)
    if asked.first:
        wanted = wanted.where(Instrument.issued_on >= asked.first)
    if asked.last:
        wanted = wanted.where(Instrument.issued_on <= asked.last)
    wanted = wanted.order_by(Instrument.issued_on.desc(), Instrument.id.desc())
    return list(session.scalars(wanted.offset(asked.start).limit(asked.size + 1)).unique())


def notice_of(session: Session, caller: Caller, notice_id: int) -> Instrument:
    """One issued document."""
    found = session.scalar(issued(caller).where(Instrument.id == notice_id))
    if found is None:
        raise Missing()
    return found


def tasks(session: Session, caller: Caller, asked: Asked) -> Sequence[Task]:
    """Tasks that were given, the newest first; days are those they were given on. One more than asked for."""
    wanted = select(Task).where(GIVEN, Task.body_id.in_(demand(caller, "tasks")))
    if asked.first:
        wanted = wanted.where(Task.assigned_at >= clock.at_local(asked.first))
    if asked.last:
        wanted = wanted.where(Task.assigned_at < clock.at_local(asked.last + timedelta(days=1)))
    wanted = wanted.order_by(Task.assigned_at.desc(), Task.id.desc())
    return list(session.scalars(wanted.offset(asked.start).limit(asked.size + 1)).unique())


def task_of(session: Session, caller: Caller, task_id: int) -> Task:
    """One task that was given."""
    found = session.scalar(select(Task).where(Task.id == task_id, GIVEN, Task.body_id.in_(demand(caller, "tasks"))))
    if found is None:
        raise Missing()
    return found


SUBJECTS: dict[str, Any] = {"meeting": meeting_of, "notice": notice_of, "task": task_of}


def sees(session: Session, caller: Caller, subject: str) -> bool:
    """Whether the caller may know of a subject now: "meeting-3", "notice-7", "task-12"."""
    kind, _, number = subject.partition("-")
    try:
        SUBJECTS[kind](session, caller, int(number))
    except (Missing, Forbidden):
        return False
    return True
