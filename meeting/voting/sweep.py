"""At start: keys that no open vote needs are destroyed, boxes whose key was lost are called off, ended votes are closed."""

import logging

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.acts import ActInput, Tx, act
from meeting.database import database, lock_journal
from meeting.errors import N_
from meeting.permissions import SYSTEM, Action
from meeting.voting import keys, timing
from meeting.voting.models import Question
from meeting.voting.queries import RUNNING
from meeting.voting.service import call_off
from meeting.writer import perform

log = logging.getLogger("meeting.voting")

KEY_LOST = N_(
    "The machine lost power while the ballot box was open, and the key of the box with it. Nobody can open the ballots. "
    "The vote has to be held again."
)


class LostInput(ActInput):
    """A box whose key is gone."""

    question_id: int


@act("voting.call_off_lost_box", Action.KEEP_RECORDS)
def call_off_lost_box(tx: Tx, wanted: LostInput) -> dict[str, bool]:
    """Cancels a secret vote whose key was lost, with a plain sentence; only the system does this.

    Harmless when the key is there.
    """
    question = tx.get(Question, wanted.question_id)
    tx.require(Action.KEEP_RECORDS, question)
    if question.state not in RUNNING or question.public_key is None or keys.read(question.public_key) is not None:
        tx.nothing_to_record("the key is there, or the box is not open")
        return {"cancelled": False}
    call_off(tx, question, KEY_LOST)
    return {"cancelled": True}


def sweep() -> None:
    """Runs before the doors open. Twice is harmless."""
    _sweep_keys()
    timing.close_due()


def _sweep_keys() -> None:
    """Which keys are needed is asked while nobody can write: a vote that another process is just opening is not disturbed."""
    with Session(database().writing) as session:
        lock_journal(session)
        wanted = select(Question).where(Question.state.in_(RUNNING), Question.public_key.is_not(None))
        boxes = [(each.id, each.public_key) for each in session.scalars(wanted)]
        ever = session.scalar(select(Question.id).where(Question.public_key.is_not(None)).limit(1))
        destroyed = keys.sweep([public for _, public in boxes if public is not None]) if ever is not None else 0
        session.rollback()
    if ever is None:
        return
    if destroyed:
        log.warning("keys of closed ballot boxes were destroyed at start", extra={"keys": destroyed})
    database().empty_log()  # a process killed between a close and the emptying left sealed ballots in it
    for question_id, public in boxes:
        if public is not None and keys.read(public) is None:
            perform(SYSTEM, "voting.call_off_lost_box", {"question_id": question_id})
            log.error("the key of an open ballot box was lost: the vote was cancelled", extra={"question": question_id})
