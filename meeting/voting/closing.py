"""Closing the box and counting, settling a tie by a recorded statement, announcing the result."""

from typing import Any, Literal

from pydantic import Field
from sqlalchemy import update

from meeting.acts import Tx, act
from meeting.errors import Refused
from meeting.events import Event
from meeting.live import queries as live
from meeting.permissions import Action
from meeting.voting import counting, digests, erasing, judging, queries, rules, saying_lines
from meeting.voting.counting import Opened
from meeting.voting.judging import LineVerdict
from meeting.voting.majority import Counted, Verdict, decide, needed, split
from meeting.voting.models import Question, Result, SpokenBallot
from meeting.voting.service import QuestionInput, asked


class SettleInput(QuestionInput):
    """The side that the head of the body took in a statement, and the statement as it was made."""

    side: Literal["for", "against"]
    statement: str = Field(min_length=1, max_length=2000)


class PublishInput(QuestionInput):
    """Publishing; `confirm` says that a tie stays undecided."""

    confirm: bool = False


@act("voting.close", Action.RUN_VOTE)
def close(tx: Tx, wanted: QuestionInput) -> dict[str, Any]:
    """Closes the box and counts: every acknowledged ballot is in the one result. Closing again is harmless.

    A secret vote's ballots are opened, shuffled and written as bare marks; the sealed ones are deleted, and once that is
    durable the key is destroyed and the write-ahead log emptied. Choices said aloud that the chair has not confirmed lapse.
    Whether enough members are here is noted and voids nothing. Refused: `question_state`, `counts_missing`,
    `figures_missing`, `figures_unconfirmed`, `box_key_lost`. Recorded as `voting.vote_closed` with the counts by line, the
    verdict, a digest of the result, and the fingerprint of each ballot.
    """
    question = asked(tx, Action.RUN_VOTE, wanted)
    if question.state in ("closed", "published"):
        tx.nothing_to_record("the vote is closed already")
        return {}
    finish(tx, question)
    return {}


def finish(tx: Tx, question: Question, *, by_time: bool = False) -> None:
    """The closing itself: for the chair's act, and for a box whose time is over (`by_time`)."""
    rules.check_state(question.state, "open", "paused")
    opened = counting.opened(tx, question)
    lapsed = _lapse(tx, question)
    present = len(queries.electors_here(tx.reading, question))
    verdicts = _judged(question, opened, present)
    result = tx.add(_result(tx, question, opened, present, verdicts))
    question.state, question.closed_at = "closed", (question.ends_at or tx.now) if by_time else tx.now
    if question.public_key is not None:
        public = question.public_key
        tx.after_commit(lambda: erasing.forget(public))
    told = {**told_of(question, result), "lapsed": lapsed, "ballots": list(opened.fingerprints)}
    tx.record(Event.VOTE_CLOSED, question, **told, result=digests.result(result), **({"by_time": True} if by_time else {}))


def _lapse(tx: Tx, question: Question) -> int:
    """Choices said aloud that nobody confirmed before the close are not counted; returns how many."""
    waiting = (SpokenBallot.question_id == question.id) & (SpokenBallot.state == "asked")
    ended = tx.execute(update(SpokenBallot).where(waiting).values(state="lapsed", decided_at=tx.now))
    return int(getattr(ended, "rowcount", 0))


def _judged(question: Question, opened: Opened, present: int) -> list[LineVerdict]:
    ground = judging.ground_of(
        question.form,
        question.rule,
        opened.count,
        total=question.total,
        present=present,
        seats=question.seats,
        tie_rule=question.tie,
    )
    return judging.judge(ground, opened.count.lines, opened.sides) if opened.count.lines else []


def _single(question: Question, opened: Opened, present: int) -> Verdict:
    counted = Counted(opened.count.counts, question.total, present, opened.count.invalid)
    return decide(question.rule, counted, question.tie, opened.sides.get(0))


def _whole(question: Question, opened: Opened, present: int, verdicts: list[LineVerdict]) -> Verdict:
    """Of a paper with lines: whether all of it passed. Its base is that of the lines, with the valid ballots of the whole."""
    threshold, base = split(question.rule)
    count = opened.count
    base_count = {"total": question.total, "present": present, "cast": count.cast, "valid": count.valid}[base]
    passed = judging.all_passed(question.form, verdicts, question.seats)
    return Verdict(question.rule, base, base_count, needed(threshold, base_count), 0, passed, judging.tie_of(verdicts))


def _result(tx: Tx, question: Question, opened: Opened, present: int, verdicts: list[LineVerdict]) -> Result:
    count, quorum = opened.count, live.quorum(tx.reading, question.meeting)
    found = _whole(question, opened, present, verdicts) if question.lines else _single(question, opened, present)
    titles = {line.id: line.title for line in question.lines}
    return Result(
        question_id=question.id,
        counts=dict(count.counts),
        lines=[each.told(titles[each.line_id]) for each in verdicts] or None,
        total=question.total,
        present=present,
        cast=count.cast,
        invalid=count.invalid,
        issued=count.issued,
        returned=count.returned,
        here=quorum.present,
        quorum_need=quorum.need,
        quorum_met=quorum.met,
        spoken=opened.spoken,
        salt=opened.salt,
        base=found.base,
        base_count=found.base_count,
        needed=found.needed,
        passed=found.passed,
        tie=found.tie,
    )


def told_of(question: Question, result: Result) -> dict[str, Any]:
    """What the journal tells of a result, at the close and when it is announced."""
    fields = (
        "counts", "lines", "cast", "invalid", "present", "here", "quorum_need", "quorum_met", "total", "issued", "returned",
        "spoken", "base", "base_count", "needed", "passed", "tie",
    )  # fmt: skip
    about = {"question_id": question.id, "title": question.title, "kind": question.kind, "form": question.form}
    return {**about, **{name: getattr(result, name) for name in fields}}


@act("voting.settle_tie", Action.SETTLE_TIE)
def settle_tie(tx: Tx, wanted: SettleInput) -> dict[str, Any]:
    """Records the statement by which the head of the body decides a tie that no open ballot of theirs decides.

    After the count and before the result is announced, once, and only where the body's rules let the head's side decide: a
    secret ballot is never read for it. On a paper with several propositions it holds for each that is tied. Refused:
    `question_state`, `no_tie_rule`, `no_open_tie`, `tie_is_settled`. Recorded as `voting.tie_settled` with the statement.
    """
    question = asked(tx, Action.SETTLE_TIE, wanted)
    rules.check_state(question.state, "closed")
    result = tx.get(Result, question.id)
    rules.check_settling(question.tie, result.tie, result.settled_side)
    result.settled_side, result.settled_text = wanted.side, wanted.statement.strip()
    result.settled_at, result.settled_by_id = tx.now, tx.actor.person_id
    result.passed = _passed_with(question, result, wanted.side)
    tx.record(
        Event.TIE_SETTLED,
        question,
        question_id=question.id,
        title=question.title,
        side=wanted.side,
        statement=result.settled_text,
        passed=result.passed,
    )
    return {"passed": result.passed}


def _passed_with(question: Question, result: Result, side: str) -> bool:
    lines = result.lines or []
    if not lines:
        return side == "for"
    decided = [saying_lines.settled(question.form, line, side) if line["outcome"] == judging.TIE_OPEN else line for line in lines]
    return all(line["passed"] for line in decided)


@act("voting.publish", Action.RUN_VOTE)
def publish(tx: Tx, wanted: PublishInput) -> dict[str, Any]:
    """Announces the result to everybody: counts always, names only of open votes.

    Twice is harmless. Refused: `question_state`, `tie_unsettled` (a tie waits for the head's statement; `confirm` leaves it
    undecided). Recorded as `voting.result_published` with counts, base and verdict.
    """
    question = asked(tx, Action.RUN_VOTE, wanted)
    if question.state == "published":
        tx.nothing_to_record("the result is published already")
        return {}
    rules.check_state(question.state, "closed")
    result = tx.get(Result, question.id)
    if result.tie == "open" and not result.settled_side and not wanted.confirm:
        raise Refused("tie_unsettled")
    question.state, question.published_at = "published", tx.now
    settled = {"settled": result.settled_side} if result.settled_side else {}
    tx.record(Event.RESULT_PUBLISHED, question, **told_of(question, result), item_id=question.item_id, **settled)
    return {}
