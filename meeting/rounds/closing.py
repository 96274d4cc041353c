"""A round ends: at its deadline by the worker, or earlier once all have answered. Its result is frozen; the chair decides."""

import logging
from hashlib import sha256
from typing import Any

from meeting import clock, jobs
from meeting.acts import ActInput, Tx, act
from meeting.database import reading
from meeting.events import Event
from meeting.permissions import SYSTEM, Action
from meeting.rounds import queries, rules, stats
from meeting.rounds.drafting import kept
from meeting.rounds.inputs import DecideRoundInput, RoundInput
from meeting.rounds.models import OpinionRound
from meeting.tables import canonical
from meeting.voting.majority import Counted, decide
from meeting.writer import perform

log = logging.getLogger("meeting.rounds")

SWEEP_SECONDS = 20


class CloseOverInput(ActInput):
    """A round whose deadline has come."""

    round_id: int


@act("rounds.close", Action.KEEP_ROUNDS)
def close(tx: Tx, wanted: RoundInput) -> dict[str, Any]:
    """Closes a round by hand: once everybody has answered, or after its deadline. The result is frozen.

    Refused: `round_not_open`, `round_still_asking`. Recorded with the exact counts and the hash of all answers.
    """
    row = kept(tx, wanted.round_id)
    rules.check_closing(row.state, row.due_at, tx.now, asked=row.asked, answered=len(row.answers))
    _close(tx, row, tx.actor.person_id)
    return {"counts": row.result["counts"] if row.result else {}}


@act("rounds.close_by_time", Action.RUN_ROUNDS)
def close_by_time(tx: Tx, wanted: CloseOverInput) -> dict[str, Any]:
    """The worker closes a round whose deadline has come; a second time, or after an extension, nothing happens. Recorded."""
    row = kept(tx, wanted.round_id, Action.RUN_ROUNDS)
    if row.state != "open" or row.due_at > tx.now:
        tx.nothing_to_record("it is closed already, or has more time")
        return {"closed": False}
    _close(tx, row, None)
    return {"closed": True}


def _close(tx: Tx, row: OpinionRound, by: int | None) -> None:
    row.state, row.closed_at, row.closed_by_id = "closed", tx.now, by
    row.result = result_of(tx, row)
    told = {name: row.result[name] for name in ("counts", "asked", "answered", "total", "needed", "votes", "passed", "digest")}
    tx.record(Event.ROUND_CLOSED, row, round_id=row.id, by_time=by is None, **told)


def result_of(tx: Tx, row: OpinionRound) -> dict[str, Any]:
    """What came out: counts, verdict, statistics by unit and day, and the hash of all answers."""
    asked, given = queries.asked_of(row), queries.given_of(row)
    counted = Counted(counts=stats.counts(row.options, given), total=row.total, present=len(asked))
    verdict = decide(row.rule, counted, row.tie, queries.chair_answers(tx.reading, row))
    units = {each.unit_id: each.unit.name if each.unit else "" for each in row.members}
    found = {
        "counts": dict(counted.counts),
        "total": row.total,
        "asked": len(asked),
        "answered": len(given),
        "silent": len(stats.silent(asked, given)),
        "on_paper": sum(each.on_paper for each in row.answers),
        "with_file": sum(each.file_id is not None for each in row.answers),
        "base": verdict.base,
        "base_count": verdict.base_count,
        "needed": verdict.needed,
        "votes": verdict.votes,
        "passed": verdict.passed,
        "tie": verdict.tie,
        "by_unit": [{**each, "unit": units[each["unit_id"]]} for each in stats.by_unit(row.options, asked, given)],
        "by_day": stats.by_day(row.options, given),
        "digest": digest_of(row),
    }
    if not stats.agree(found):
        raise RuntimeError("the sums of a written round do not agree")
    return found


def digest_of(row: OpinionRound) -> str:
    """The SHA-256 of all answers by name, choice, words, time and file: a change of one letter afterwards is found."""
    lines = [
        [
            each.person_id,
            each.choice,
            each.text,
            each.at.isoformat(),
            each.file.sha256 if each.file else "",
            each.entered_by_id or 0,
        ]
        for each in sorted(row.answers, key=lambda each: each.person_id)
    ]
    return sha256(canonical(lines).encode()).hexdigest()


@jobs.every(SWEEP_SECONDS)
def close_what_is_over() -> None:
    """The worker looks for rounds whose deadline has come. A round that is closed once stays so, whoever looks again."""
    with reading() as session:
        found = queries.over_now(session, clock.now())
    for round_id in found:
        try:
            perform(SYSTEM, "rounds.close_by_time", {"round_id": round_id})
        except Exception:  # the others close all the same; this one is tried again
            log.exception("a written round could not be closed at its deadline", extra={"round": round_id})


@act("rounds.decide", Action.DECIDE_ROUND)
def decide_round(tx: Tx, wanted: DecideRoundInput) -> dict[str, Any]:
    """The chair decides after the close: approved, put before a session, or refused, with a word on it; once.

    What not enough agreed to is not approved in writing (NĐ 315/2025, Điều 3.3d). Refused: `round_not_closed`, `round_over`,
    `round_not_agreed`. Recorded; it is then reported at the next meeting.
    """
    row = kept(tx, wanted.round_id, Action.DECIDE_ROUND)
    result = row.result or {"passed": False, "votes": 0, "needed": 0}
    rules.check_decision(row.state, wanted.decision, passed=result["passed"], votes=result["votes"], needed=result["needed"])
    row.state, row.decision, row.decision_text = "decided", wanted.decision, wanted.text
    row.decided_at, row.decided_by_id = tx.now, tx.actor.person_id
    tx.record(Event.ROUND_DECIDED, row, round_id=row.id, decision=row.decision, text=row.decision_text)
    return {}
