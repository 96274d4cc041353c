"""Reads of practices: those one takes part in, those one may begin, and whether a page belongs to one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.documents.access import place_of
from meeting.documents.models import File
from meeting.organization.models import Body
from meeting.permissions import ALLOWED, Action, Actor
from meeting.practice.models import Practice
from meeting.tables import Base


@dataclass(frozen=True)
class Line:
    """A body in whose name one may practise, and its practice when one runs."""

    body: Body
    practice: Practice | None


def mine(session: Session, actor: Actor) -> list[Practice]:
    """The practices that this person takes part in now."""
    if not actor.practice:
        return []
    return list(session.scalars(select(Practice).where(Practice.body_id.in_(actor.practice)).order_by(Practice.id)))


def offered(session: Session, actor: Actor) -> list[Line]:
    """The bodies in which this person may hold a practice."""
    ids = actor.bodies_as(*ALLOWED[Action.PRACTISE])
    wanted = select(Body).where(Body.id.in_(ids), Body.retired_on.is_(None), Body.practice_of_id.is_(None)).order_by(Body.id)
    running = {each.of_id: each for each in session.scalars(select(Practice).where(Practice.of_id.in_(ids)))}
    return [Line(body, running.get(body.id)) for body in session.scalars(wanted)]


def is_practice(session: Session, actor: Actor, named: Mapping[str, Any]) -> bool:
    """Whether the page with these values in its address belongs to a practice this person takes part in."""
    if not actor.practice:
        return False
    return any(_body_of(session, actor, name, value) in actor.practice for name, value in named.items() if isinstance(value, int))


def _body_of(session: Session, actor: Actor, name: str, value: int) -> int | None:
    if name == "body_id":
        return value
    if name == "file_id":
        file = session.get(File, value)
        place = place_of(session, actor, file) if file is not None else None
        return _of_meeting(session, place.meeting_id) if place is not None else None
    if name == "meeting_id":
        return _of_meeting(session, value)
    return _of_row(session, name.removesuffix("_id"), value)


def _of_meeting(session: Session, meeting_id: int | None) -> int | None:
    return session.scalar(select(Meeting.body_id).where(Meeting.id == meeting_id)) if meeting_id else None


#: Values in addresses whose table is called otherwise.
TABLES = {"round": "opinion_round", "type": "meeting_type", "session": "council_session"}


def _of_row(session: Session, name: str, value: int) -> int | None:
    table = Base.metadata.tables.get(TABLES.get(name, name))
    if table is None or "id" not in table.c:
        return None
    for column in ("body_id", "meeting_id"):
        if column in table.c:
            found = session.scalar(select(table.c[column]).where(table.c.id == value))
            if found is not None:
                return int(found) if column == "body_id" else _of_meeting(session, int(found))
    return None
