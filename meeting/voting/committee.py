"""Ban kiểm phiếu: who counts the paper ballots of a meeting. One standing committee; a new one takes the place of the old.

Source: NQ 104/2025/UBTVQH15 Điều 16.1đ: the council elects the counting committee at the chair's proposal; annex, form 3: a head
and members, all of them members of the body.
"""

from collections.abc import Sequence
from typing import Any, Literal

from pydantic import BaseModel, Field
from sqlalchemy import select, update
from sqlalchemy.orm import Session, selectinload

from meeting.acts import ActInput, Tx, act
from meeting.agenda.models import Meeting
from meeting.agenda.rules import OVER_STATES
from meeting.errors import N_, Refused, declare
from meeting.events import Event
from meeting.live import queries as live
from meeting.organization.models import Person
from meeting.permissions import Action
from meeting.voting.models import CountingCommittee, CountingSeat, Question, Result

POSTS = {"head": N_("Head"), "member": N_("Member")}
FEWEST, MOST = 2, 15
NOT_OVER = ("draft", "ready", "open", "paused")

declare(
    {
        "committee_small": N_("A counting committee has a head and at least one member."),
        "committee_head": N_("A counting committee has exactly one head."),
        "committee_twice": N_("%(name)s is named twice."),
        "committee_outsider": N_("%(name)s is not a member of this body and cannot count its ballots."),
        "committee_vote": N_("The committee can be tied only to an open vote of this meeting that was passed."),
        "committee_missing": N_("Paper ballots need a counting committee. Form it before opening this vote."),
        "committee_busy": N_("The figures of “%(title)s” are confirmed. Close that vote before the committee changes."),
        "committee_counting": N_("The committee is counting “%(title)s”. Close or cancel that vote first."),
        "committee_none": N_("This meeting has no counting committee."),
        "counter_is_candidate": N_("%(name)s stands on the ballot of “%(title)s” and cannot count it. Name somebody else."),
    }
)


class SeatInput(BaseModel):
    """Somebody on the committee."""

    person_id: int
    post: Literal["head", "member"] = "member"


class CommitteeInput(ActInput):
    """Who counts; `question_id` is the open vote by which they were elected."""

    meeting_id: int
    people: list[SeatInput] = Field(max_length=MOST)
    question_id: int | None = None


class DissolveInput(ActInput):
    """The standing committee of a meeting."""

    meeting_id: int


@act("voting.form_committee", Action.KEEP_COMMITTEE)
def form_committee(tx: Tx, wanted: CommitteeInput) -> dict[str, Any]:
    """Puts the counting committee of a meeting on record: a head and members, all of them members of the body.

    A new committee takes the place of the standing one for every paper vote that is not closed; figures that the old one entered
    for them are dropped. Refused: `committee_small`, `committee_head`, `committee_twice`, `committee_outsider`,
    `committee_vote`, `committee_busy`,
    `counter_is_candidate`, `vote_after_meeting`. Recorded as `voting.committee_formed` with names and posts.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.KEEP_COMMITTEE, meeting)
    if meeting.state in OVER_STATES:
        raise Refused("vote_after_meeting")
    people = _people(tx, meeting, wanted.people)
    _check_vote(tx, meeting, wanted.question_id)
    waiting = _waiting(tx, meeting.id)
    _check_change(waiting)
    standing = standing_of(tx.reading, meeting.id)
    if standing is not None:
        standing.dissolved_at = tx.now
    seats = [CountingSeat(person_id=each.person_id, post=each.post) for each in wanted.people]
    made = tx.add(
        CountingCommittee(
            meeting_id=meeting.id,
            elected_by_id=wanted.question_id,
            formed_at=tx.now,
            formed_by_id=tx.actor.person_id,
            seats=seats,
        )
    )
    tx.flush()
    for question in waiting:
        if question.state in ("open", "paused"):
            check_candidates(question, {each.person_id: people[each.person_id].called for each in wanted.people})
        _hand_to(tx, question, made.id)
    tx.record(
        Event.COMMITTEE_FORMED,
        meeting,
        committee_id=made.id,
        question_id=wanted.question_id,
        people=[{"id": each.person_id, "name": people[each.person_id].called, "post": each.post} for each in wanted.people],
    )
    return {"committee_id": made.id}


def _people(tx: Tx, meeting: Meeting, seats: Sequence[SeatInput]) -> dict[int, Person]:
    """The people by id, once it is sure that they can be a committee."""
    if len(seats) < FEWEST:
        raise Refused("committee_small")
    if sum(each.post == "head" for each in seats) != 1:
        raise Refused("committee_head")
    people = {each.person_id: tx.get(Person, each.person_id) for each in seats}
    if len(people) < len(seats):
        ids = [each.person_id for each in seats]
        raise Refused("committee_twice", name=next(people[each].called for each in ids if ids.count(each) > 1))
    members = live.members(tx.reading, meeting)
    for person_id, person in people.items():
        if person_id not in members:
            raise Refused("committee_outsider", name=person.called)
    return people


def _check_vote(tx: Tx, meeting: Meeting, question_id: int | None) -> None:
    if question_id is None:
        return
    question = tx.get(Question, question_id)
    result = tx.reading.get(Result, question_id)
    secret = question.kind == "secret" or question.on_paper
    over = question.state in ("closed", "published")
    if question.meeting_id != meeting.id or secret or not over or result is None or not result.passed:
        raise Refused("committee_vote")


def _waiting(tx: Tx, meeting_id: int) -> list[Question]:
    """The paper votes that the committee still has before it."""
    wanted = select(Question).where(Question.meeting_id == meeting_id, Question.on_paper, Question.state.in_(NOT_OVER))
    return list(tx.scalars(wanted.order_by(Question.id)))


def _check_change(waiting: Sequence[Question]) -> None:
    done = next((each for each in waiting if each.figures_confirmed_at is not None), None)
    if done is not None:
        raise Refused("committee_busy", title=done.title)


def _hand_to(tx: Tx, question: Question, committee_id: int | None) -> None:
    """Ties a question to its committee; figures of an earlier committee no longer hold."""
    values = {"committee_id": committee_id, "figures": None, "figures_by_id": None, "figures_at": None}
    tx.execute(update(Question).where(Question.id == question.id).values(values))


@act("voting.dissolve_committee", Action.KEEP_COMMITTEE)
def dissolve_committee(tx: Tx, wanted: DissolveInput) -> dict[str, Any]:
    """Ends the standing committee of a meeting; votes that are closed keep the one that counted them.

    Refused: `committee_none`; `committee_counting` and `committee_busy` while a paper vote is open. Recorded as
    `voting.committee_dissolved`.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.KEEP_COMMITTEE, meeting)
    standing = standing_of(tx.reading, meeting.id)
    if standing is None:
        raise Refused("committee_none")
    waiting = _waiting(tx, meeting.id)
    _check_change(waiting)
    if any(each.state in ("open", "paused") for each in waiting):
        raise Refused("committee_counting", title=next(each.title for each in waiting if each.state in ("open", "paused")))
    for question in waiting:
        _hand_to(tx, question, None)
    standing.dissolved_at = tx.now
    tx.record(Event.COMMITTEE_DISSOLVED, meeting, committee_id=standing.id)
    return {}


def standing_of(session: Session, meeting_id: int) -> CountingCommittee | None:
    """The committee that counts in this meeting now."""
    wanted = select(CountingCommittee).where(CountingCommittee.meeting_id == meeting_id, CountingCommittee.dissolved_at.is_(None))
    return session.scalar(wanted.options(selectinload(CountingCommittee.seats)).order_by(CountingCommittee.id.desc()).limit(1))


def committee_of(session: Session, question: Question) -> CountingCommittee | None:
    """The committee of a question: the one that counted it, else the one that stands."""
    if question.committee_id is not None:
        return session.get(CountingCommittee, question.committee_id)
    return standing_of(session, question.meeting_id) if question.state in NOT_OVER else None


def seats_of(committee: CountingCommittee | None) -> list[CountingSeat]:
    """The head, then the members in the order of names."""
    seats = committee.seats if committee else []
    return sorted(seats, key=lambda each: (each.post != "head", each.person.full_name))


def shown(committee: CountingCommittee | None) -> dict[str, Any] | None:
    """A committee as it goes over the wire."""
    if committee is None:
        return None
    people = [{"id": each.person_id, "name": each.person.called, "post": each.post} for each in seats_of(committee)]
    return {"id": committee.id, "people": people}


def is_head(session: Session, question: Question, person_id: int) -> bool:
    """Whether somebody heads the committee of a question."""
    seat = session.get(CountingSeat, (question.committee_id, person_id)) if question.committee_id else None
    return seat is not None and seat.post == "head"


def check_candidates(question: Question, counters: dict[int, str]) -> None:
    """Nobody counts a ballot on which they stand, by whom they are or by name: `counter_is_candidate`."""
    for line in question.lines:
        for person_id, name in counters.items():
            by_name = line.person_id is None and bare_name(line.title) == bare_name(name)
            if line.person_id == person_id or by_name:
                raise Refused("counter_is_candidate", name=name, title=question.title)


def bare_name(called: str) -> str:
    """A name without the word of respect before it, in small letters."""
    folded = " ".join(called.casefold().split())
    return next((folded.removeprefix(word) for word in ("ông ", "bà ", "đồng chí ") if folded.startswith(word)), folded)


def check_ready(tx: Tx, question: Question) -> None:
    """Before a vote opens: paper ballots have their committee, and nobody on it stands on the ballot.

    Ties the standing committee to the question. An electronic secret vote on people takes it along where there is one (it signs
    the minutes), but needs none. Refused: `committee_missing`, `counter_is_candidate`.
    """
    standing = standing_of(tx.reading, question.meeting_id)
    if not question.on_paper:
        if question.kind == "secret" and standing is not None:
            question.committee_id = standing.id
        return
    if standing is None:
        raise Refused("committee_missing")
    check_candidates(question, {each.person_id: each.person.called for each in standing.seats})
    question.committee_id = standing.id
