"""Reads of the floor: who waits, who is called, who speaks, who spoke how long."""

from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from meeting.agenda.models import Item, Meeting
from meeting.speaking.models import Floor
from meeting.speaking.rules import Limits


def limits_of(meeting: Meeting) -> Limits:
    """The seconds of a turn in this meeting, by its rule book."""
    book = meeting.book
    return Limits(book.speech_seconds, book.debate_seconds, book.question_seconds, book.explain_seconds)


def waiting(session: Session, meeting_id: int, queue: str) -> list[Floor]:
    """Who waits in a queue, in the order of calling. Requests on an item that is done wait unseen until it is taken up again."""
    found = (
        select(Floor)
        .outerjoin(Item, Item.id == Floor.item_id)
        .where(Floor.meeting_id == meeting_id, Floor.queue == queue, Floor.state == "waiting")
        .where(or_(Item.id.is_(None), Item.state != "done"))
        .order_by(Floor.place, Floor.id)
    )
    return list(session.scalars(found))


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
    found = select(Floor).where(
        Floor.meeting_id == meeting_id, Floor.person_id.in_(people), Floor.state.in_(("waiting", "called", "speaking"))
    )
    return list(session.scalars(found.order_by(Floor.place, Floor.id)))
