"""Keeps the stretches of presence: every coming, going, correction and close that the live room records becomes rows here."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import Select, Table, bindparam, delete, exists, insert, select, update

from meeting.acts import Tx, on
from meeting.agenda.models import Meeting
from meeting.events import Event
from meeting.journal import Told
from meeting.live.models import Attendance
from meeting.live.rules import HERE
from meeting.rollcall.models import PresenceSpan
from meeting.rollcall.rules import Stretch, arrived, gone

_OPEN = PresenceSpan.until_at.is_(None)
_NAMES = ("meeting_id", "person_id", "presence", "from_at", "how", "set_by_id")
_LASTS = PresenceSpan.meeting_id == bindparam("meeting_id"), PresenceSpan.person_id == bindparam("person_id"), _OPEN
#: Put together once: a whole council comes within a minute, and putting together takes longer than doing.
_BEGIN = insert(cast(Table, PresenceSpan.__table__)).from_select(
    _NAMES,
    select(*(bindparam(name, type_=getattr(PresenceSpan, name).type) for name in _NAMES)).where(~exists().where(*_LASTS)),
    include_defaults=False,
)


@on(Event.CHECKED_IN)
def came(tx: Tx, told: Told) -> None:
    """Somebody checked in: a stretch begins."""
    _begin(tx, told, told.actor_id, told.facts["presence"], told.facts.get("how", "self"), None)


@on(Event.LEFT)
def left(tx: Tx, told: Told) -> None:
    """Somebody left: the stretch ends."""
    _end(tx, told.chain, [told.actor_id], told.at)


@on(Event.ATTENDANCE_MARKED)
def marked(tx: Tx, told: Told) -> None:
    """A clerk called the roll."""
    going = [person for person, presence in told.facts["people"] if presence not in HERE]
    if going:
        _end(tx, told.chain, going, told.at)
    for person, presence in told.facts["people"]:
        if presence in HERE:
            _begin(tx, told, person, presence, "clerk", told.actor_id)


def _begin(tx: Tx, told: Told, person: int, presence: str, how: str, by: int | None) -> None:
    """Begins a stretch unless one lasts; whoever moved between the room and elsewhere ends the other one first."""
    values = (told.chain, person, presence, told.at, how, by)
    if tx.execute(_BEGIN, dict(zip(_NAMES, values, strict=True))).rowcount:  # type: ignore[attr-defined]
        return
    of = PresenceSpan.meeting_id == told.chain, PresenceSpan.person_id == person, _OPEN
    other = PresenceSpan.presence != "remote" if presence == "remote" else PresenceSpan.presence == "remote"
    if tx.execute(update(PresenceSpan).where(*of, other).values(until_at=told.at)).rowcount:  # type: ignore[attr-defined]
        tx.execute(_BEGIN, dict(zip(_NAMES, values, strict=True)))


def _end(tx: Tx, meeting_id: int, people: Sequence[int], at: datetime) -> None:
    of = PresenceSpan.meeting_id == meeting_id, PresenceSpan.person_id.in_(people), _OPEN
    tx.execute(update(PresenceSpan).where(*of).values(until_at=at))


@on(Event.ATTENDANCE_CORRECTED)
def corrected(tx: Tx, told: Told) -> None:
    """The secretariat set something right: the stretches are written anew where they differ; the journal keeps both truths."""
    person = told.facts["person_id"]
    meeting = tx.get(Meeting, told.chain)
    rows = list(tx.scalars(_of_person(told.chain, person)))
    before = [Stretch(row.from_at, row.until_at, row.presence) for row in rows]
    after = _truth(meeting, before, told)
    if after == before:
        return
    kept = {(row.from_at, row.presence): (row.how, row.set_by_id) for row in rows}
    tx.execute(delete(PresenceSpan).where(PresenceSpan.meeting_id == told.chain, PresenceSpan.person_id == person))
    for each in after:
        how, by = kept.get((each.since, each.presence), ("clerk", told.actor_id))
        row = PresenceSpan(meeting_id=told.chain, person_id=person, presence=each.presence, from_at=each.since)
        row.until_at, row.how, row.set_by_id = each.until, how, by
        tx.add(row)


def _of_person(meeting_id: int, person: int) -> Select[PresenceSpan]:
    of = PresenceSpan.meeting_id == meeting_id, PresenceSpan.person_id == person
    return select(PresenceSpan).where(*of).order_by(PresenceSpan.from_at, PresenceSpan.id)


def _truth(meeting: Meeting, before: Sequence[Stretch], told: Told) -> list[Stretch]:
    """The stretches after a correction: those told; all gone for somebody who was never here; else from or until now."""
    after = told.facts["after"]
    if "times" in told.facts:
        return [_told(*each, after=after, first=place == 0) for place, each in enumerate(told.facts["times"])]
    if after in ("excused", "absent"):
        return []
    over = meeting.closed_at
    if after == "left":
        return gone(before, over or told.at)
    if over is None:
        return arrived(before, told.at, after)
    if not before:  # here all the time, as somebody remembers afterwards
        return [Stretch(meeting.opened_at or meeting.starts_at, over, after)]
    return [*before[:-1], Stretch(before[-1].since, over, before[-1].presence)]


def _told(since: str, until: str | None, remote: bool, *, after: str, first: bool) -> Stretch:
    presence = "remote" if remote else "late" if first and after == "late" else "present"
    return Stretch(datetime.fromisoformat(since), datetime.fromisoformat(until) if until else None, presence)


@on(Event.MEETING_OPENED)
def opened(tx: Tx, told: Told) -> None:
    """Whoever is here by the list has a stretch that lasts, even if they came before stretches were kept."""
    here = select(Attendance).where(Attendance.meeting_id == told.chain, Attendance.presence.in_(HERE))
    lasting = set(tx.scalars(select(PresenceSpan.person_id).where(PresenceSpan.meeting_id == told.chain, _OPEN)))
    for row in tx.scalars(here):
        if row.person_id not in lasting:
            span = PresenceSpan(meeting_id=told.chain, person_id=row.person_id, presence=row.presence, how=row.how)
            span.from_at = row.arrived_at or told.at
            tx.add(span)


@on(Event.MEETING_ADJOURNED)
def adjourned(tx: Tx, told: Told) -> None:
    """The meeting goes on another day: everybody has gone home and checks in again then."""
    here = Attendance.meeting_id == told.chain, Attendance.presence.in_(HERE)
    tx.execute(update(Attendance).where(*here).values(presence="left", left_at=told.at))
    tx.execute(update(PresenceSpan).where(PresenceSpan.meeting_id == told.chain, _OPEN).values(until_at=told.at))


@on(Event.MEETING_CLOSED)
def closed(tx: Tx, told: Told) -> None:
    """Nobody is here after the close."""
    tx.execute(update(PresenceSpan).where(PresenceSpan.meeting_id == told.chain, _OPEN).values(until_at=told.at))
