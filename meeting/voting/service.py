"""The course of a question from the opening of its box: opened, paused, resumed, cancelled."""

from collections.abc import Callable
from datetime import timedelta
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import delete

from meeting.acts import ActInput, Tx, act, on
from meeting.errors import Missing, Refused
from meeting.events import Event
from meeting.journal import Told
from meeting.live import queries as live
from meeting.live.rules import Quorum, check_quorum
from meeting.permissions import Action
from meeting.voting import box, digests, erasing, keys, lawful, queries, registers, rules
from meeting.voting.models import Question, SealedBallot

PREPARING = ("draft", "submitted", "rejected", "approved", "issued", "in_session", "paused")

#: What else must hold before a box opens; each may refuse. The rooms' modules add to it when they are imported.
BEFORE_OPENING: list[Callable[[Tx, Question], None]] = []

Seconds = Annotated[int, Field(ge=0, le=lawful.MOST_SECONDS)]


class QuestionInput(ActInput):
    """One question."""

    question_id: int


class OpenInput(QuestionInput):
    """Opening; `confirm` answers the warning `few_electors`, `seconds` sets another time limit than prepared (0: none)."""

    confirm: bool = False
    seconds: Seconds | None = None


class CancelInput(QuestionInput):
    """Cancelling says why."""

    reason: str = Field(min_length=1, max_length=2000)


def before_opening(check: Callable[[Tx, Question], None]) -> Callable[[Tx, Question], None]:
    """Registers what must hold before a box opens."""
    BEFORE_OPENING.append(check)
    return check


def asked(tx: Tx, action: Action, wanted: QuestionInput) -> Question:
    """The question, once the right is proved; one of another meeting than the named one is missing."""
    question = tx.get(Question, wanted.question_id)
    tx.require(action, question)
    if wanted.meeting_id is not None and wanted.meeting_id != question.meeting_id:
        raise Missing()
    return question


@act("voting.open", Action.RUN_VOTE)
def open_vote(tx: Tx, wanted: OpenInput) -> dict[str, Any]:
    """Opens the box: everyone on the register who is present may vote. From a draft it freezes the register itself.

    With a time limit the box closes by itself when it ends. Refused: `meeting_not_in_session`, `no_quorum`, `review_running`,
    `other_vote_open`, `no_electors`, `few_electors` (until confirmed), `question_state`, `no_limit_by_hand`, and what the
    counting committee asks. Opening an open vote again is harmless. A secret vote's private key is on its memory file system
    before this act commits. Recorded as `voting.vote_opened` with present, total, quorum, and the digests of
    the register and of the paper.
    """
    question = asked(tx, Action.RUN_VOTE, wanted)
    if question.state == "open":
        tx.nothing_to_record("the vote is open already")
        return {}
    rules.check_state(question.state, "draft", "ready")
    quorum = _check_meeting(tx, question)
    seconds = question.seconds if wanted.seconds is None else wanted.seconds
    lawful.check_limit(question.kind, seconds)
    for check in BEFORE_OPENING:
        check(tx, question)
    if question.state == "draft":
        registers.freeze(tx, question)
    register = queries.register(tx.reading, question.id)
    electors = len(queries.electors_here(tx.reading, question))
    rules.check_opening(question.kind, electors, wanted.confirm)
    _begin(tx, question, quorum, seconds)
    tx.record(
        Event.VOTE_OPENED, question, question_id=question.id, item_id=question.item_id, title=question.title,
        kind=question.kind, form=question.form, on_paper=question.on_paper, round=question.round, rule=question.rule,
        seconds=seconds, electors=electors, present=quorum.present, total=quorum.total, need=quorum.need,
        people=sorted(register), register=digests.register(register), paper=digests.paper(question),
    )  # fmt: skip
    return {}


def _check_meeting(tx: Tx, question: Question) -> Quorum:
    if question.meeting.state != "in_session":
        raise Refused("meeting_not_in_session")
    quorum = live.quorum(tx.reading, question.meeting)
    check_quorum(quorum)
    other = queries.running(tx.reading, question.meeting_id)
    if other is not None:
        raise Refused("other_vote_open", title=other.title)
    if queries.review(tx.reading, question.meeting_id) is not None:
        raise Refused("review_running")
    return quorum


def _begin(tx: Tx, question: Question, quorum: Quorum, seconds: int) -> None:
    question.state, question.opened_at = "open", tx.now
    question.total, question.opened_present, question.quorum_need = quorum.total, quorum.present, quorum.need
    question.seconds, question.ends_at = seconds, tx.now + timedelta(seconds=seconds) if seconds else None
    if question.kind == "secret":
        private, public = box.new_pair()
        keys.write(public, private)
        question.public_key = public


@act("voting.pause", Action.RUN_VOTE)
def pause(tx: Tx, wanted: QuestionInput) -> dict[str, Any]:
    """Holds the box: ballots are refused until the chair resumes, those given stay, and a time limit stands still.

    Twice is harmless. Refused: `question_state`, `vote_time_over` (the box is just closing by itself).
    """
    question = asked(tx, Action.RUN_VOTE, wanted)
    if question.state == "paused":
        tx.nothing_to_record("the vote is paused already")
        return {}
    rules.check_state(question.state, "open")
    rules.check_time_left(question.ends_at, tx.now)
    hold(tx, question)
    return {}


def hold(tx: Tx, question: Question, **facts: Any) -> None:
    """The pausing itself: for the chair's act and for a meeting that rests."""
    question.state, question.paused_at = "paused", tx.now
    tx.record(Event.VOTE_PAUSED, question, question_id=question.id, item_id=question.item_id, title=question.title, **facts)


@on(Event.MEETING_PAUSED, Event.MEETING_ADJOURNED)
def rest(tx: Tx, told: Told) -> None:
    """Nobody votes while the meeting rests: an open box is held until the chair resumes it."""
    running = queries.running(tx.reading, told.chain)
    if running is not None and running.state == "open" and not rules.is_over(running.ends_at, tx.now):
        hold(tx, running, rests=True)


@act("voting.resume", Action.RUN_VOTE)
def resume(tx: Tx, wanted: QuestionInput) -> dict[str, Any]:
    """Opens a held box again; its time limit goes on with what was left. Twice is harmless.

    Refused: `question_state`, `meeting_not_in_session`.
    """
    question = asked(tx, Action.RUN_VOTE, wanted)
    if question.state == "open":
        tx.nothing_to_record("the vote is open already")
        return {}
    rules.check_state(question.state, "paused")
    if question.meeting.state != "in_session":
        raise Refused("meeting_not_in_session")
    if question.ends_at is not None and question.paused_at is not None:
        question.ends_at += tx.now - question.paused_at
    question.state, question.paused_at = "open", None
    tx.record(Event.VOTE_RESUMED, question, question_id=question.id, item_id=question.item_id, title=question.title)
    return {}


@act("voting.cancel", Action.RUN_VOTE)
def cancel(tx: Tx, wanted: CancelInput) -> dict[str, Any]:
    """Calls a question off before its result is published; the reason is recorded. A vote again is a new question.

    The sealed ballots of a cancelled secret vote are removed unopened and their key destroyed. Refused: `question_state`.
    """
    question = asked(tx, Action.RUN_VOTE, wanted)
    call_off(tx, question, wanted.reason)
    return {}


def call_off(tx: Tx, question: Question, reason: str) -> None:
    """The cancelling itself: for the chair's act and for a box whose key was lost."""
    rules.check_state(question.state, "draft", "ready", "open", "paused", "closed")
    opened = question.opened_at is not None
    question.state, question.reason, question.cancelled_at = "cancelled", reason, tx.now
    tx.execute(delete(SealedBallot).where(SealedBallot.question_id == question.id))
    tx.record(
        Event.QUESTION_CANCELLED, question, question_id=question.id, item_id=question.item_id, title=question.title,
        reason=reason, opened=opened,
    )  # fmt: skip
    public = question.public_key
    if public is not None:
        tx.after_commit(lambda: erasing.forget(public))
