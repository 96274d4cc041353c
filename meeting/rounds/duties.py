"""Written rounds that are still open, asked before a person or a body retires."""

from collections.abc import Iterator

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from meeting.organization.duties import OF_BODY, OF_PERSON, Duty
from meeting.rounds.models import OpinionRound

OVER = ("decided", "cancelled")


def _found(session: Session, wanted: Select[OpinionRound]) -> Iterator[Duty]:
    for each in session.scalars(wanted.where(OpinionRound.state.not_in(OVER)).order_by(OpinionRound.id)).unique():
        yield Duty(each.title, f"/rounds/{each.id}")


def of_person(session: Session, person_id: int) -> Iterator[Duty]:
    """Those they have charge of."""
    yield from _found(session, select(OpinionRound).where(OpinionRound.officer_id == person_id))


def of_body(session: Session, body_id: int) -> Iterator[Duty]:
    """Those of the body."""
    yield from _found(session, select(OpinionRound).where(OpinionRound.body_id == body_id))


OF_PERSON.append(of_person)
OF_BODY.append(of_body)
