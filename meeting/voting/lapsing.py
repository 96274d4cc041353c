"""What the secretary entered for somebody lapses when their own ballot comes, or when the vote is over."""

from collections.abc import Sequence

from sqlalchemy import update

from meeting.acts import Tx, on
from meeting.events import Event
from meeting.journal import Told
from meeting.voting.models import SpokenBallot


def lapse(tx: Tx, question_id: int, people: Sequence[int]) -> None:
    """Their own ballots are in now and count: one statement for all of them."""
    mine = (SpokenBallot.question_id == question_id) & SpokenBallot.person_id.in_(people)
    waits = SpokenBallot.state.in_(("asked", "confirmed"))
    tx.execute(update(SpokenBallot.__table__).where(mine & waits).values(state="lapsed", decided_at=tx.now))  # type: ignore[arg-type]


@on(Event.VOTE_CLOSED, Event.QUESTION_CANCELLED)
def over(tx: Tx, told: Told) -> None:
    """What the chair has not confirmed by then counts no more."""
    mine = (SpokenBallot.question_id == told.facts["question_id"]) & (SpokenBallot.state == "asked")
    tx.execute(update(SpokenBallot).where(mine).values(state="lapsed", decided_at=tx.now))
