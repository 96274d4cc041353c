"""Reads of the floor: who waits, who is called, who speaks, who spoke how often."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from meeting.agenda.models import Item, Meeting
from meeting.live.queries import progress_of
from meeting.speaking.models import Floor
from meeting.speaking.order import Rule, Waiting, ordered
from meeting.speaking.rules import COUNTED_KINDS, FLOOR, QUESTIONING, Limits

OPEN = ("waiting", "called", "speaking")

#: Turns taken, by person and item.
Turns = Mapping[tuple[int, int | None], int]


def limits_of(meeting: Meeting) -> Limits:
    """The seconds of a turn in this meeting, by its rule book."""
    book = meeting.book
    return Limits(book.speech_seconds, book.debate_seconds, book.question_seconds, book.explain_seconds)


def rule_of(meeting: Meeting) -> Rule:
    """How this meeting orders its speakers, by its rule book."""
    return Rule(meeting.book.floor_order, meeting.book.debate_first)


def list_closed(session: Session, meeting_id: int) -> bool:
    """Whether the chair has closed the list of requests to speak."""
    progress = progress_of(session, meeting_id)
    return progress is not None and progress.floor_closed


@dataclass(frozen=True)
class Scene:
    """The floor of a meeting at one moment: both queues in the order of calling, who is called, who speaks."""

    queues: Mapping[str, list[Floor]]
    called: Floor | None = None
    speaks: Floor | None = None
    unseen: list[Floor] = field(default_factory=list)  # on items that are done; they come back with their item

    def ahead(self, queue: str) -> int:
        """Seconds of the turn of whoever is called in the queue but has not begun."""
        return self.called.limit_seconds if self.called and self.called.queue == queue else 0


def scene(session: Session, meeting: Meeting) -> Scene:
    """Everything open on the floor of a meeting, in two queries."""
    found = list(
        session.execute(
            select(Floor, Item.state)
            .outerjoin(Item, Item.id == Floor.item_id)
            .where(Floor.meeting_id == meeting.id, Floor.state.in_(OPEN))
            .order_by(Floor.id)
        )
    )
    floors = [row.Floor for row in found]
    done = {row.Floor.id for row in found if row.state == "done"}
    waits = [each for each in floors if each.state == "waiting" and each.id not in done]
    speeches = [each for each in waits if each.queue == FLOOR]
    return Scene(
        queues={FLOOR: _ordered(session, meeting, speeches), QUESTIONING: _as_placed(waits)},
        called=next((each for each in floors if each.state == "called"), None),
        speaks=next((each for each in floors if each.state == "speaking"), None),
        unseen=[each for each in floors if each.state == "waiting" and each.id in done],
    )


def waiting(session: Session, meeting_id: int, queue: str) -> list[Floor]:
    """Who waits in a queue, in the order of calling. Requests on an item that is done wait unseen until it is taken up again."""
    found = list(session.scalars(_waits(select(Floor), meeting_id, queue)))
    return _as_placed(found) if queue == QUESTIONING else _ordered(session, session.get_one(Meeting, meeting_id), found)


_PLACED = (Floor.id, Floor.kind, Floor.person_id, Floor.item_id, Floor.queued_at, Floor.asked_at, Floor.place, Floor.skipped)


def order_of(session: Session, meeting: Meeting, queue: str) -> list[int]:
    """The numbers of those who wait in a queue, in the order of calling: what `waiting` says, without reading who they are."""
    found = session.execute(_waits(select(*_PLACED), meeting.id, queue)).all()
    if queue == QUESTIONING:
        return [each.id for each in sorted(found, key=lambda each: (each.place, each.queued_at or each.asked_at, each.id))]
    return ordered(wishes(session, meeting, found), rule_of(meeting))


def waits_of(session: Session, meeting_id: int, queue: str, person_id: int, item_id: int | None) -> list[Floor]:
    """The requests of one person on an item that wait in a queue."""
    wanted = _waits(select(Floor), meeting_id, queue).where(
        Floor.person_id == person_id, Floor.item_id.is_not_distinct_from(item_id)
    )
    return list(session.scalars(wanted))


def _waits(wanted: Select[*tuple[Any, ...]], meeting_id: int, queue: str) -> Select[*tuple[Any, ...]]:
    """Requests on an item that is done are left out: they wait unseen."""
    here = wanted.outerjoin(Item, Item.id == Floor.item_id).where(Floor.meeting_id == meeting_id, Floor.queue == queue)
    return here.where(Floor.state == "waiting", or_(Item.id.is_(None), Item.state != "done"))


def _as_placed(floors: Sequence[Floor]) -> list[Floor]:
    """Questions stand as the room of questioning and the chair place them, else in order of registration."""
    questions = [each for each in floors if each.queue == QUESTIONING]
    return sorted(questions, key=lambda each: (each.place, each.queued_at or each.asked_at, each.id))


def _ordered(session: Session, meeting: Meeting, floors: Sequence[Floor]) -> list[Floor]:
    if len(floors) < 2:
        return list(floors)
    known = {each.id: each for each in floors}
    return [known[each] for each in ordered(wishes(session, meeting, floors), rule_of(meeting))]


def wishes(session: Session, meeting: Meeting, floors: Sequence[Any]) -> list[Waiting]:
    """Some requests as the order sees them."""
    rule = rule_of(meeting)
    taken = turns(session, meeting.id) if rule.order == "unspoken_first" else {}
    now = meeting.current_item_id
    return [
        Waiting(
            id=each.id,
            kind=each.kind,
            arrived=each.queued_at or each.asked_at,
            placed=each.place,
            turns=taken.get((each.person_id, each.item_id), 0),
            skipped=each.skipped,
            later=now is not None and each.item_id not in (None, now),
        )
        for each in floors
    ]


def turns(session: Session, meeting_id: int) -> Turns:
    """How often each person has had the floor on each item; points of order and explanations are not counted."""
    rows = session.execute(
        select(Floor.person_id, Floor.item_id, func.count())
        .where(Floor.meeting_id == meeting_id, Floor.state == "done", Floor.started_at.is_not(None))
        .where(Floor.kind.in_(COUNTED_KINDS))
        .group_by(Floor.person_id, Floor.item_id)
    )
    return {(person, item): count for person, item, count in rows}


def turn_now(session: Session, meeting_id: int, person_id: int, item_id: int | None) -> int:
    """1 while somebody is called or speaks on an item in a turn that will count, else 0."""
    has_it = select(func.count()).where(
        Floor.meeting_id == meeting_id,
        Floor.person_id == person_id,
        Floor.item_id.is_(None) if item_id is None else Floor.item_id == item_id,
        Floor.state.in_(("called", "speaking")),
        Floor.kind.in_(COUNTED_KINDS),
    )
    return min(1, session.scalar(has_it) or 0)


def in_state(session: Session, meeting_id: int, state: str) -> Floor | None:
    """The one who is called, or the one who speaks."""
    return session.scalar(select(Floor).where(Floor.meeting_id == meeting_id, Floor.state == state))


def speeches_of(session: Session, meeting: Meeting) -> list[Floor]:
    """Everything that was said from the floor, in the order of speaking."""
    found = select(Floor).where(Floor.meeting_id == meeting.id, Floor.state == "done", Floor.started_at.is_not(None))
    return list(session.scalars(found.order_by(Floor.started_at, Floor.id)))


def spoken(session: Session, meeting_id: int) -> dict[int, tuple[int, int]]:
    """By person id: how many turns, how many seconds in all. The running speech is not counted yet."""
    rows = session.execute(
        select(Floor.person_id, func.count(), func.sum(Floor.seconds))
        .where(Floor.meeting_id == meeting_id, Floor.state == "done", Floor.started_at.is_not(None))
        .group_by(Floor.person_id)
    )
    return {person: (turns, int(seconds or 0)) for person, turns, seconds in rows}


def open_of(session: Session, meeting_id: int, people: Sequence[int]) -> list[Floor]:
    """The open requests of some people."""
    found = select(Floor).where(Floor.meeting_id == meeting_id, Floor.person_id.in_(people), Floor.state.in_(OPEN))
    return list(session.scalars(found.order_by(Floor.id)))


def to_write(session: Session, meeting_id: int) -> list[Floor]:
    """What was handed to writing and has not been written yet."""
    found = select(Floor).where(
        Floor.meeting_id == meeting_id,
        Floor.state == "done",
        Floor.queue == FLOOR,
        Floor.written,
        Floor.stopped_at.is_(None),
    )
    return list(session.scalars(found.order_by(Floor.id)))
