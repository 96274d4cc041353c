"""Reads of who is here: counts for every screen, the list for the desk, stretches, items, calls for help."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from meeting import clock
from meeting.agenda.models import Item, Meeting, Participant
from meeting.agenda.queries import given_name_first
from meeting.agenda.seating_models import Seat
from meeting.live.models import Attendance, ItemRun
from meeting.live.queries import iso, progress_of
from meeting.live.rules import HERE, LATE_AFTER, counted, presence_of
from meeting.organization.models import Person
from meeting.rollcall import rules
from meeting.rollcall.models import HelpCall, PresenceSpan
from meeting.rollcall.rules import Stretch

FEW = 20  # so many are named in a query; for more it is quicker to read everybody

sort_key = lru_cache(maxsize=4096)(given_name_first)


@dataclass(frozen=True)
class Tally:
    """How many of whom. Members are the voting seats; substitutes and guests stand apart."""

    substitutes: int = 0  # here for a member, with the seat's vote or without
    guests: int = 0
    remote: int = 0  # members who take part from elsewhere
    late: int = 0  # members who came late
    left: int = 0  # members who left before the end
    excused: int = 0
    absent: int = 0  # without an excuse, or not here yet


def tally(session: Session, meeting: Meeting) -> Tally:
    """The counts of a meeting by one grouped query."""
    progress = progress_of(session, meeting.id)
    anew = progress is not None and (progress.adjourned_at or progress.reopened_at)  # the roll of another day
    began = None if anew else rules.began_at(meeting.starts_at, meeting.opened_at)
    after = Attendance.arrived_at > began + LATE_AFTER if began else Attendance.presence == "late"
    late = or_(Attendance.presence == "late", after)
    stands = Participant.stands_for_id.is_not(None)
    columns = (Participant.voting, stands, Attendance.presence, Participant.reply, Participant.absence, late)
    counted_rows = select(*columns, func.count()).outerjoin(Attendance, _same_person()).group_by(*columns)
    rows = session.execute(counted_rows.where(Participant.meeting_id == meeting.id))
    counts: dict[str, int] = defaultdict(int)
    for voting, stands_in, kept, reply, absence, came_late, number in rows:
        presence = presence_of(kept, reply, absence)
        here = presence in HERE
        counts["substitutes"] += number if here and stands_in else 0
        counts["guests"] += number if here and not voting and not stands_in else 0
        if voting:
            counts["late"] += number if came_late and (here or presence == "left") else 0
            counts[presence] += number if presence != "late" else 0  # counted above by the time of arrival
    return Tally(**{name: counts[name] for name in asdict(Tally())})


def _same_person() -> Any:
    return and_(Attendance.meeting_id == Participant.meeting_id, Attendance.person_id == Participant.person_id)


def lines(session: Session, meeting: Meeting) -> list[dict[str, Any]]:
    """Everybody invited with what is known of their presence, members first, by given name. Four queries, no row objects."""
    of = Participant
    rows = session.execute(
        select(
            of.person_id, of.voting, of.stands_for_id, of.reply, of.absence, of.reason.label("asked"),
            Person.honorific, Person.full_name, Person.position,
            Attendance.presence, Attendance.arrived_at, Attendance.left_at, Attendance.corrected_at, Attendance.reason,
            Attendance.how, Seat.label,
        )
        .join(Person, Person.id == of.person_id)
        .outerjoin(Attendance, _same_person())
        .outerjoin(Seat, and_(Seat.meeting_id == of.meeting_id, Seat.person_id == of.person_id))
        .where(of.meeting_id == meeting.id)
    )  # fmt: skip
    found = sorted(rows, key=lambda row: (not row.voting, sort_key(row.full_name)))
    names = _called(session, {row.stands_for_id for row in found if row.stands_for_id})
    calling = {call.person_id: call.kind for call in open_calls(session, meeting.id)}
    return [_line(row, names, calling) for row in found]


def standings(session: Session, meeting: Meeting, people: Sequence[int]) -> Sequence[Any]:
    """Some people's place at a meeting in one query: vote, answer, presence, seat. For many the whole list is read at once."""
    of = Participant
    wanted = (
        select(of.person_id, of.voting, of.reply, of.absence, Attendance.presence, Attendance.arrived_at, Seat.label)
        .outerjoin(Attendance, _same_person())
        .outerjoin(Seat, and_(Seat.meeting_id == of.meeting_id, Seat.person_id == of.person_id))
        .where(of.meeting_id == meeting.id)
    )
    if len(people) <= FEW:
        wanted = wanted.where(of.person_id.in_(people))
    return session.execute(wanted).all()


def _line(row: Any, names: dict[int, str], calling: dict[int, str]) -> dict[str, Any]:
    return {
        "id": row.person_id,
        "name": f"{row.honorific} {row.full_name}".strip(),
        "position": row.position,
        "voting": row.voting,
        "stands_for": names.get(row.stands_for_id),
        "presence": presence_of(row.presence, row.reply, row.absence),
        "arrived_at": iso(row.arrived_at),
        "left_at": iso(row.left_at),
        "reason": row.reason or row.asked,
        "absence": row.absence,
        "corrected_at": iso(row.corrected_at),
        "how": row.how or "",
        "seat": row.label,
        "help": calling.get(row.person_id),
    }


def _called(session: Session, people: set[int]) -> dict[int, str]:
    if not people:
        return {}
    rows = session.execute(select(Person.id, Person.honorific, Person.full_name).where(Person.id.in_(people)))
    return {row.id: f"{row.honorific} {row.full_name}".strip() for row in rows}


# stretches


def stretches_of(session: Session, meeting_id: int, people: Sequence[int] | None = None) -> dict[int, list[Stretch]]:
    """The stretches of presence by person id, each person's in order."""
    span = PresenceSpan
    wanted = select(span.person_id, span.from_at, span.until_at, span.presence).where(span.meeting_id == meeting_id)
    if people is not None:
        wanted = wanted.where(span.person_id.in_(people))
    found: dict[int, list[Stretch]] = defaultdict(list)
    for row in session.execute(wanted.order_by(span.from_at, span.id)):
        found[row.person_id].append(Stretch(row.from_at, row.until_at, row.presence))
    return found


def present_until(session: Session, meeting: Meeting, moment: datetime) -> int:
    """How many of those who count were here right before a moment."""
    span = PresenceSpan
    seat = and_(Participant.meeting_id == span.meeting_id, Participant.person_id == span.person_id, Participant.voting)
    here = select(func.count(span.person_id.distinct())).join(Participant, seat)
    here = here.where(span.meeting_id == meeting.id, span.presence.in_(counted(meeting.book.remote)), span.from_at < moment)
    return session.scalar(here.where(or_(span.until_at.is_(None), span.until_at >= moment))) or 0


def runs_of(session: Session, meeting: Meeting) -> dict[int, list[Stretch]]:
    """When each item was dealt with, by item id. Items of before runs were kept have what the item itself remembers."""
    found: dict[int, list[Stretch]] = defaultdict(list)
    rows = session.scalars(select(ItemRun).where(ItemRun.meeting_id == meeting.id).order_by(ItemRun.started_at))
    for row in rows:
        found[row.item_id].append(Stretch(row.started_at, row.ended_at))
    for item in session.scalars(select(Item).where(Item.meeting_id == meeting.id, Item.started_at.is_not(None))):
        if item.id not in found and item.started_at is not None:
            found[item.id].append(Stretch(item.started_at, item.ended_at))
    return found


def at_item(session: Session, meeting: Meeting) -> dict[str, Any] | None:
    """The current item with how many members have been here while it ran. None between items."""
    if meeting.current_item_id is None:
        return None
    run, span = ItemRun, PresenceSpan
    meets = or_(run.ended_at.is_(None), span.from_at < run.ended_at), or_(span.until_at.is_(None), span.until_at > run.started_at)
    seat = and_(Participant.meeting_id == span.meeting_id, Participant.person_id == span.person_id, Participant.voting)
    here = (
        select(func.count(span.person_id.distinct()))
        .select_from(run)
        .join(span, and_(span.meeting_id == run.meeting_id, span.presence.in_(counted(meeting.book.remote)), *meets))
        .join(Participant, seat)
        .where(run.meeting_id == meeting.id, run.item_id == meeting.current_item_id)
    )
    return {"id": meeting.current_item_id, "present": session.scalar(here) or 0}


def by_item(session: Session, meeting: Meeting, need: int) -> list[dict[str, Any]]:
    """For each item that was dealt with: who of the voting members was here, who was missing, and the fewest at one time."""
    runs = runs_of(session, meeting)
    seats = set(session.scalars(select(Participant.person_id).where(Participant.meeting_id == meeting.id, Participant.voting)))
    counting = counted(meeting.book.remote)
    spans = {
        person: [each for each in found if each.presence in counting]
        for person, found in stretches_of(session, meeting.id).items()
        if person in seats
    }
    now = clock.now()
    items = session.scalars(select(Item).where(Item.meeting_id == meeting.id).order_by(Item.position))
    return [_item(item, runs[item.id], spans, seats, need, now) for item in items if item.id in runs]


def _item(
    item: Item, runs: list[Stretch], spans: dict[int, list[Stretch]], seats: set[int], need: int, now: Any
) -> dict[str, Any]:
    here = {person for person, found in spans.items() if rules.during(found, runs)}
    fewest = rules.fewest(spans, runs)
    return {
        "id": item.id,
        "label": item.label,
        "title": item.title,
        "state": item.state,
        "started_at": iso(runs[0].since),
        "ended_at": iso(runs[-1].until),
        "present": len(here),
        "throughout": sum(1 for person in here if rules.throughout(spans[person], runs, now)),
        "fewest": fewest,
        "enough": fewest >= need,
        "here": sorted(here),
        "missing": sorted(seats - here),
    }


# help


def open_calls(session: Session, meeting_id: int) -> list[HelpCall]:
    """Who calls for help now, the longest waiting first."""
    wanted = select(HelpCall).where(HelpCall.meeting_id == meeting_id, HelpCall.done_at.is_(None))
    return list(session.scalars(wanted.order_by(HelpCall.at, HelpCall.id).options(joinedload(HelpCall.taken_by))))


def seats_of(session: Session, meeting_id: int, people: Sequence[int] | None = None) -> dict[int, str]:
    """Labels of seats by person id."""
    wanted = select(Seat.person_id, Seat.label).where(Seat.meeting_id == meeting_id)
    if people is not None:
        wanted = wanted.where(Seat.person_id.in_(people))
    return {row.person_id: row.label for row in session.execute(wanted)}
