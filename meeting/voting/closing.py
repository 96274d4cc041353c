"""Closing the box, counting, publishing."""

import logging
import threading
import time
from typing import Any

from sqlalchemy import delete, insert, select

from meeting.acts import Tx, act
from meeting.database import database
from meeting.errors import Refused
from meeting.events import Event
from meeting.permissions import Action
from meeting.voting import box, keys, queries, rules
from meeting.voting.majority import Counted, Verdict
from meeting.voting.models import BareBallot, Question, Result, SealedBallot
from meeting.voting.service import QuestionInput, asked

log = logging.getLogger("meeting.voting")

ERASING_PAUSE_SECONDS = 1.0
ERASING_TRIES = 600


@act("voting.close", Action.RUN_VOTE)
def close(tx: Tx, wanted: QuestionInput) -> dict[str, Any]:
    """Closes the box and counts: every acknowledged ballot is in the one result. Closing again is harmless.

    A secret vote's ballots are opened, shuffled and written as bare choices; the sealed ones are deleted, and once that is
    durable the key is destroyed and the write-ahead log emptied. Refused: `question_state`, `counts_missing`,
    `box_key_lost`. Recorded as `voting.vote_closed` with the counts and, for a secret vote, the fingerprint of each bare
    ballot in shuffled order.
    """
    question = asked(tx, Action.RUN_VOTE, wanted)
    if question.state in ("closed", "published"):
        tx.nothing_to_record("the vote is closed already")
        return {}
    rules.check_state(question.state, "open", "paused")
    counts, fingerprints = _count(tx, question)
    present = len(queries.electors_here(tx.reading, question))
    counted = Counted(counts, question.total, present)
    verdict = queries.judged(tx.reading, question, counted)
    tx.add(_result(question, counted, verdict))
    question.state, question.closed_at = "closed", tx.now
    told = {"counts": counts, "cast": counted.cast, "present": present, "total": question.total, "passed": verdict.passed}
    if fingerprints:
        told["ballots"] = fingerprints
    tx.record(Event.VOTE_CLOSED, question, question_id=question.id, title=question.title, kind=question.kind, **told)
    return {}


def _count(tx: Tx, question: Question) -> tuple[dict[str, int], list[str]]:
    if question.kind == "hand":
        if question.hand_counts is None:
            raise Refused("counts_missing")
        return dict(question.hand_counts), []
    if question.kind == "open":
        return queries.counted_open(tx.reading, question), []
    return _open_box(tx, question)


def _open_box(tx: Tx, question: Question) -> tuple[dict[str, int], list[str]]:
    assert question.public_key is not None
    public = question.public_key
    private = keys.read(public)
    if private is None:
        raise Refused("box_key_lost")
    mine = SealedBallot.question_id == question.id
    choices = box.open_all(private, tx.scalars(select(SealedBallot.box).where(mine)))
    rows = [{"nonce": box.fresh_key(), "question_id": question.id, "choice": choice} for choice in choices]
    if rows:
        tx.execute(insert(BareBallot.__table__), rows)  # type: ignore[arg-type]
    tx.execute(delete(SealedBallot).where(mine))
    tx.after_commit(lambda: _forget(public))
    counts = {key: choices.count(key) for key in question.options}
    return counts, [box.fingerprint(row["nonce"], row["choice"]) for row in rows]  # type: ignore[arg-type]


def _forget(public: bytes) -> None:
    """After the commit: nobody can open a sealed ballot any more, and no copy of one stays in the log."""
    keys.destroy(public)
    if not database().empty_log(tries=20):
        threading.Thread(target=_erase_until_done, name="erase sealed ballots", daemon=True).start()


def _erase_until_done() -> None:
    """A reader was in the way of emptying the log: asks again, beside the writer, until nobody is."""
    for _ in range(ERASING_TRIES):
        time.sleep(ERASING_PAUSE_SECONDS)
        if database().empty_log(tries=1):
            return
    log.error("the write-ahead log could not be emptied after a secret vote")


def _result(question: Question, counted: Counted, verdict: Verdict) -> Result:
    return Result(
        question_id=question.id,
        counts=dict(counted.counts),
        total=counted.total,
        present=counted.present,
        cast=counted.cast,
        base=verdict.base,
        base_count=verdict.base_count,
        needed=verdict.needed,
        passed=verdict.passed,
        tie=verdict.tie,
    )


@act("voting.publish", Action.RUN_VOTE)
def publish(tx: Tx, wanted: QuestionInput) -> dict[str, Any]:
    """Announces the result to everybody: counts always, names only of open votes.

    Twice is harmless. Refused: `question_state`. Recorded as `voting.result_published` with counts, base and verdict.
    """
    question = asked(tx, Action.RUN_VOTE, wanted)
    if question.state == "published":
        tx.nothing_to_record("the result is published already")
        return {}
    rules.check_state(question.state, "closed")
    result = tx.get(Result, question.id)
    question.state, question.published_at = "published", tx.now
    tx.record(
        Event.RESULT_PUBLISHED,
        question,
        question_id=question.id,
        item_id=question.item_id,
        title=question.title,
        kind=question.kind,
        counts=result.counts,
        total=result.total,
        present=result.present,
        base=result.base,
        base_count=result.base_count,
        needed=result.needed,
        passed=result.passed,
    )
    return {}
