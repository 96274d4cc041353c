"""The course of a question: prepared, made ready, opened, paused, resumed, cancelled; hands counted at the table."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field
from sqlalchemy import delete, insert, select, update

from meeting.acts import ActInput, Tx, act
from meeting.agenda.models import Item, Participant
from meeting.errors import Missing, Refused
from meeting.events import Event
from meeting.live import queries as live
from meeting.live.rules import Quorum, check_quorum
from meeting.permissions import Action
from meeting.voting import box, keys, queries, rules
from meeting.voting.majority import RULES
from meeting.voting.models import Elector, Question, SealedBallot

PREPARING = ("draft", "submitted", "rejected", "approved", "issued", "in_session", "paused")


class OptionInput(BaseModel):
    """An option by its key, as the live state names it."""

    key: str


class PrepareInput(ActInput):
    """A matter to be put to the vote. Without `rule` and `options` those of the meeting's type hold."""

    item_id: int
    title: str = Field(min_length=1, max_length=300)
    kind: Literal["open", "secret", "hand"]
    rule: str | None = None
    options: list[str | OptionInput] | None = None
    candidates: list[Any] | None = None
    seats: int | None = None
    changeable: bool = True


class QuestionInput(ActInput):
    """One question."""

    question_id: int


class OpenInput(QuestionInput):
    """Opening; `confirm` answers the warning `few_electors`."""

    confirm: bool = False


class CancelInput(QuestionInput):
    """Cancelling says why."""

    reason: str = Field(min_length=1, max_length=2000)


class CountsInput(QuestionInput):
    """Hands counted, by option; `chair` is the chair's own side, for a tie."""

    counts: dict[str, Annotated[int, Field(ge=0)]]
    chair: Literal["for", "against"] | None = None


@act("voting.prepare", Action.PREPARE_VOTE)
def prepare(tx: Tx, wanted: PrepareInput) -> dict[str, Any]:
    """Writes down a question on an item, with its kind, its rule and its options.

    Refused: `vote_outside`, `vote_after_meeting`, `rule_unknown`, `options_not_lawful`, `not_yet_offered` (elections).
    Recorded as `voting.question_prepared`. Nothing is open yet.
    """
    item = tx.get(Item, wanted.item_id)
    tx.require(Action.PREPARE_VOTE, item)
    if wanted.meeting_id is not None and wanted.meeting_id != item.meeting_id:
        raise Missing()
    if wanted.candidates is not None or wanted.seats is not None:
        raise Refused("not_yet_offered")
    if item.outside:
        raise Refused("vote_outside")
    if item.meeting.state not in PREPARING:
        raise Refused("vote_after_meeting")
    question = tx.add(_drafted(tx, item, wanted))
    tx.record(
        Event.QUESTION_PREPARED, question, question_id=question.id, item_id=item.id, title=question.title, kind=question.kind
    )
    return {"question_id": question.id}


def _drafted(tx: Tx, item: Item, wanted: PrepareInput) -> Question:
    meeting = item.meeting
    rule = wanted.rule or meeting.book.majority
    if rule not in RULES:
        raise Refused("rule_unknown", rules=list(RULES))
    asked = None
    if wanted.options is not None:
        asked = [each if isinstance(each, str) else each.key for each in wanted.options]
    return Question(
        meeting_id=meeting.id,
        item_id=item.id,
        title=wanted.title,
        kind=wanted.kind,
        rule=rule,
        tie=meeting.book.tie,
        options=list(rules.options(meeting.body.kind, wanted.kind, meeting.book.choices, asked)),
        changeable=wanted.changeable,
        prepared_by=tx.actor.person_id,
        prepared_at=tx.now,
    )


@act("voting.ready", Action.PREPARE_VOTE)
def ready(tx: Tx, wanted: QuestionInput) -> dict[str, Any]:
    """Freezes the register of electors: everyone invited with a vote. Twice is harmless. Refused: `question_state`."""
    question = asked(tx, Action.PREPARE_VOTE, wanted)
    if question.state == "ready":
        tx.nothing_to_record("the register stands already")
        return {}
    rules.check_state(question.state, "draft")
    electors = _freeze(tx, question)
    question.state = "ready"
    tx.record(Event.QUESTION_READY, question, question_id=question.id, electors=electors)
    return {}


def _freeze(tx: Tx, question: Question) -> int:
    listed = select(Participant.person_id).where(Participant.meeting_id == question.meeting_id, Participant.voting)
    people = sorted(tx.scalars(listed))
    if people:
        rows = [{"question_id": question.id, "person_id": person} for person in people]
        tx.execute(insert(Elector.__table__), rows)  # type: ignore[arg-type]
    question.total = live.quorum(tx.reading, question.meeting).total
    return len(people)


@act("voting.open", Action.RUN_VOTE)
def open_vote(tx: Tx, wanted: OpenInput) -> dict[str, Any]:
    """Opens the box: everyone on the register who is present may vote. From a draft it freezes the register itself.

    Refused: `meeting_not_in_session`, `no_quorum`, `other_vote_open`, `no_electors`, `few_electors` (until confirmed),
    `question_state`. Opening an open vote again is harmless. A secret vote's private key is on its memory file system before
    this act commits. Recorded as `voting.vote_opened` with present, total and the number of electors.
    """
    question = asked(tx, Action.RUN_VOTE, wanted)
    if question.state == "open":
        tx.nothing_to_record("the vote is open already")
        return {}
    rules.check_state(question.state, "draft", "ready")
    quorum = _check_meeting(tx, question)
    if question.state == "draft":
        _freeze(tx, question)
    electors = len(queries.electors_here(tx.reading, question))
    rules.check_opening(question.kind, electors, wanted.confirm)
    question.state, question.opened_at, question.total = "open", tx.now, quorum.total
    if question.kind == "secret":
        _make_key(question)
    tx.record(
        Event.VOTE_OPENED, question, question_id=question.id, title=question.title, kind=question.kind, rule=question.rule,
        electors=electors, present=quorum.present, total=quorum.total,
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
    return quorum


def _make_key(question: Question) -> None:
    private, public = box.new_pair()
    keys.write(public, private)
    question.public_key = public


@act("voting.pause", Action.RUN_VOTE)
def pause(tx: Tx, wanted: QuestionInput) -> dict[str, Any]:
    """Holds the box: ballots are refused until the chair resumes. Twice is harmless. Refused: `question_state`."""
    return _turn(tx, wanted, "open", "paused", Event.VOTE_PAUSED)


@act("voting.resume", Action.RUN_VOTE)
def resume(tx: Tx, wanted: QuestionInput) -> dict[str, Any]:
    """Opens a held box again. Twice is harmless. Refused: `question_state`, `meeting_not_in_session`."""
    return _turn(tx, wanted, "paused", "open", Event.VOTE_RESUMED)


def _turn(tx: Tx, wanted: QuestionInput, before: str, after: str, event: Event) -> dict[str, Any]:
    question = asked(tx, Action.RUN_VOTE, wanted)
    if question.state == after:
        tx.nothing_to_record("it is so already")
        return {}
    rules.check_state(question.state, before)
    if after == "open" and question.meeting.state != "in_session":
        raise Refused("meeting_not_in_session")
    question.state = after
    tx.record(event, question, question_id=question.id)
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
    question.state, question.reason, question.cancelled_at = "cancelled", reason, tx.now
    tx.execute(delete(SealedBallot).where(SealedBallot.question_id == question.id))
    tx.record(Event.QUESTION_CANCELLED, question, question_id=question.id, title=question.title, reason=reason)
    public = question.public_key
    if public is not None:
        tx.after_commit(lambda: keys.destroy(public))


@act("voting.enter_counts", Action.ENTER_COUNTS)
def enter_counts(tx: Tx, wanted: CountsInput) -> dict[str, Any]:
    """Writes down a show of hands (or a paper ballot counted at the table); again until the close, the last entry counts.

    `chair` is the chair's own side, for a tie. Refused: `not_by_hand`, `vote_not_open`, `vote_closed`, `counts_too_many`.
    Recorded as `voting.counts_entered` with the counts: they were seen by the whole room.
    """
    question = asked(tx, Action.ENTER_COUNTS, wanted)
    if question.kind != "hand":
        raise Refused("not_by_hand")
    rules.check_voting_time(question.state)
    rules.check_hand_counts(question.options, wanted.counts, len(queries.electors_here(tx.reading, question)))
    counts = {key: wanted.counts.get(key, 0) for key in question.options}
    changed = update(Question).where(Question.id == question.id).values(hand_counts=counts, hand_chair=wanted.chair)
    tx.execute(changed)
    tx.record(Event.COUNTS_ENTERED, question, question_id=question.id, counts=counts)
    return {}


def asked(tx: Tx, action: Action, wanted: QuestionInput) -> Question:
    """The question, once the right is proved; one of another meeting than the named one is missing."""
    question = tx.get(Question, wanted.question_id)
    tx.require(action, question)
    if wanted.meeting_id is not None and wanted.meeting_id != question.meeting_id:
        raise Missing()
    return question
