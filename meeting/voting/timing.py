"""Votes with a time limit: more time, and the close by itself exactly when the time ends.

The web process looks at the clock itself, so no worker is needed; whatever ended while nobody looked (a kill, a restart) is
closed as soon as somebody looks again. No ballot is taken after the end, however late the close comes.
"""

import logging
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import select

from meeting import clock
from meeting.acts import Tx, act
from meeting.database import reading
from meeting.errors import Refused
from meeting.events import Event
from meeting.permissions import SYSTEM, Action
from meeting.voting import closing, lawful, rules
from meeting.voting.models import Question
from meeting.voting.service import QuestionInput, asked
from meeting.web.sockets import socketio
from meeting.writer import perform

log = logging.getLogger("meeting.voting")

LOOK_SECONDS = 0.5  # how long at most until a new end is noticed
LEAST_SECONDS = 0.01


class ExtendInput(QuestionInput):
    """So many seconds more."""

    seconds: Annotated[int, Field(ge=5, le=lawful.MOST_SECONDS)]


@act("voting.extend", Action.RUN_VOTE)
def extend(tx: Tx, wanted: ExtendInput) -> dict[str, Any]:
    """Gives more time to vote; where no limit was set, sets one from now on. All screens show the new end at once.

    Refused: `question_state`, `vote_time_over` (the box is just closing by itself), `no_limit_by_hand`. Recorded as
    `voting.vote_extended` with the new end.
    """
    question = asked(tx, Action.RUN_VOTE, wanted)
    rules.check_state(question.state, "open", "paused")
    lawful.check_limit(question.kind, wanted.seconds)
    if question.state == "open":
        rules.check_time_left(question.ends_at, tx.now)
    before = question.ends_at
    question.ends_at = rules.extended(before, question.paused_at, tx.now, wanted.seconds)
    tx.record(
        Event.VOTE_EXTENDED, question, question_id=question.id, item_id=question.item_id, title=question.title,
        seconds=wanted.seconds, limited=before is not None, ends_at=question.ends_at.isoformat(),
    )  # fmt: skip
    return {"ends_at": question.ends_at.isoformat() if question.state == "open" else None}


@act("voting.close_by_time", Action.KEEP_RECORDS)
def close_by_time(tx: Tx, wanted: QuestionInput) -> dict[str, bool]:
    """Closes a box whose time has ended; only the system does this. Harmless when it is paused, extended or closed meanwhile.

    Refused: `box_key_lost`. Recorded as `voting.vote_closed` like every close, with `by_time`.
    """
    question = tx.get(Question, wanted.question_id)
    tx.require(Action.KEEP_RECORDS, question)
    if question.state != "open" or not rules.is_over(question.ends_at, tx.now):
        tx.nothing_to_record("its time has not come, or somebody closed it already")
        return {"closed": False}
    closing.finish(tx, question, by_time=True)
    return {"closed": True}


def ends() -> list[tuple[int, datetime]]:
    """The running boxes that close by themselves, the next one first."""
    with reading() as session:
        wanted = select(Question.id, Question.ends_at).where(Question.state == "open", Question.ends_at.is_not(None))
        found = session.execute(wanted.order_by(Question.ends_at, Question.id))
        return [(row.id, row.ends_at) for row in found]


def close_due() -> float:
    """Closes every box whose time has ended; returns in how many seconds to look again. Twice is harmless."""
    rest = LOOK_SECONDS
    for question_id, ends_at in ends():
        left = (ends_at - clock.now()).total_seconds()
        if left > 0:
            rest = min(rest, max(left, LEAST_SECONDS))
        else:
            _close(question_id)
    return rest


def _close(question_id: int) -> None:
    try:
        perform(SYSTEM, "voting.close_by_time", {"question_id": question_id})
    except Refused as refused:
        if refused.code == "box_key_lost":
            perform(SYSTEM, "voting.call_off_lost_box", {"question_id": question_id})
        log.error("a vote could not close by itself", extra={"question": question_id, "code": refused.code})


def watch() -> None:
    """Runs for ever beside the doors of the web process."""
    rest = LOOK_SECONDS
    while True:
        socketio.sleep(rest)
        try:
            rest = close_due()
        except Exception:
            log.exception("the ends of votes could not be looked at")
            rest = LOOK_SECONDS
