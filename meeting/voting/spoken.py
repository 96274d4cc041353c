"""A tablet that fails: in an open vote the secretary enters the choice said aloud, and who presides confirms it (ghi hộ).

In a secret vote nobody votes for anybody: the member signs in on a spare tablet.
"""

from typing import Any

from pydantic import Field
from sqlalchemy import select

from meeting.acts import Tx, act
from meeting.errors import N_, Missing, Refused, declare
from meeting.events import Event
from meeting.live import queries as live
from meeting.organization.models import Person
from meeting.permissions import Action, Actor
from meeting.voting import forms, queries, rules
from meeting.voting.casting import Choice, Choices, paper_of, write
from meeting.voting.models import Question, SpokenBallot
from meeting.voting.service import QuestionInput, asked

declare(
    {
        "secret_not_for_others": N_(
            "In a secret vote nobody votes for anybody else. Give the member a spare tablet: they sign in there and vote "
            "themselves."
        ),
        "spoken_own": N_("You cannot enter a choice for yourself. Vote on your own tablet, or ask somebody else to enter it."),
        "spoken_no_elector": N_("%(name)s is not on the list of electors of this vote."),
        "spoken_absent": N_("%(name)s is not checked in. Check them in first, then enter what they said."),
        "spoken_voted": N_("%(name)s has voted already, so nothing is entered for them."),
        "spoken_waiting": N_("A choice entered for %(name)s waits for the confirmation of who presides."),
        "spoken_decided": N_("This entry has been decided already, or the member has voted themselves meanwhile."),
        "spoken_confirm_own": N_("You entered this yourself, so somebody else has to confirm it."),
    }
)


class CastForInput(QuestionInput):
    """What somebody said aloud, in the shape of a ballot, and why their tablet could not be used."""

    person_id: int
    choice: Choice | None = None
    choices: Choices | None = None
    text: str = Field(default="", max_length=2000)
    reason: str = Field(min_length=1, max_length=500)


class SpokenInput(QuestionInput):
    """One entry of a question."""

    question_id: int = 0
    spoken_id: int


class RefuseSpokenInput(SpokenInput):
    """Refusing may say why."""

    reason: str = Field(default="", max_length=500)


@act("voting.cast_for", Action.CAST_FOR)
def cast_for(tx: Tx, wanted: CastForInput) -> dict[str, Any]:
    """Enters what a member said aloud in an open vote; it counts once who presides has confirmed it.

    Refused: `secret_not_for_others`, `by_hand`, `vote_not_open`, `vote_paused`, `vote_closed`, `spoken_own`,
    `spoken_no_elector`, `spoken_absent`, `spoken_voted`, `spoken_waiting`, and what is wrong with the ballot itself. Recorded as
    `voting.spoken_entered`: for whom and why, never what.
    """
    question = asked(tx, Action.CAST_FOR, wanted)
    person = tx.get(Person, wanted.person_id)
    if person.id == tx.actor.person_id:
        raise Refused("spoken_own")
    _admit(tx, question, person)
    waits = select(SpokenBallot.id).where(
        SpokenBallot.question_id == question.id, SpokenBallot.person_id == person.id, SpokenBallot.state == "asked"
    )
    if tx.scalar(waits) is not None:
        raise Refused("spoken_waiting", name=person.called)
    ballot = forms.read(paper_of(tx.reading, question), wanted.choice, wanted.choices, wanted.text)
    row = tx.add(
        SpokenBallot(
            question_id=question.id,
            person_id=person.id,
            choice=ballot.choice,
            marks={str(line): mark for line, mark in ballot.marks.items()} or None,
            text=ballot.text,
            reason=wanted.reason,
            entered_by_id=tx.actor.person_id,
            entered_at=tx.now,
        )
    )
    tx.record(Event.SPOKEN_ENTERED, question, **_told(row, question), reason=wanted.reason)
    return {"spoken_id": row.id}


def _admit(tx: Tx, question: Question, person: Person) -> None:
    if question.kind == "secret" or question.on_paper:
        raise Refused("secret_not_for_others")
    if question.kind == "hand":
        raise Refused("by_hand")
    rules.check_voting_time(question.state, over=rules.is_over(question.ends_at, tx.now))
    if person.id not in queries.register(tx.reading, question.id):
        raise Refused("spoken_no_elector", name=person.called)
    if queries.receipts_of(tx.reading, question.id, [person.id]):
        raise Refused("spoken_voted", name=person.called)
    if person.id not in live.present_voters(tx.reading, question.meeting):
        raise Refused("spoken_absent", name=person.called)


@act("voting.confirm_spoken", Action.CONFIRM_SPOKEN)
def confirm_spoken(tx: Tx, wanted: SpokenInput) -> dict[str, Any]:
    """Who presides confirms what was said aloud: now it is a ballot, with its receipt, marked as entered for the member.

    The member may still vote on a tablet where the question allows a change; then that ballot counts. Twice is harmless.
    Refused: `spoken_decided`, `spoken_confirm_own`, and as `voting.cast_for`. Recorded as `voting.spoken_confirmed`.
    """
    row, question = _entry(tx, wanted)
    if row.state == "confirmed":
        tx.nothing_to_record("it is confirmed already")
        return {}
    _check_waits(tx, row)
    _admit(tx, question, row.person)
    marks = {int(line): mark for line, mark in (row.marks or {}).items()}
    ballot = forms.Ballot(row.choice, marks, row.text)
    member = Actor(account_id=0, person_id=row.person_id, name=row.person.called)
    write(tx, question, paper_of(tx.reading, question), [(member, ballot)], set(), spoken=True)
    row.state, row.decided_by_id, row.decided_at = "confirmed", tx.actor.person_id, tx.now
    tx.record(Event.SPOKEN_CONFIRMED, question, **_told(row, question), entered_by=row.entered_by_id, reason=row.reason)
    return {}


@act("voting.refuse_spoken", Action.CONFIRM_SPOKEN)
def refuse_spoken(tx: Tx, wanted: RefuseSpokenInput) -> dict[str, Any]:
    """Who presides does not confirm an entry; nothing is counted for the member, who may still vote or be entered again.

    Refused: `spoken_decided`. Recorded as `voting.spoken_refused`.
    """
    row, question = _entry(tx, wanted)
    if row.state == "refused":
        tx.nothing_to_record("it is refused already")
        return {}
    if row.state != "asked":
        raise Refused("spoken_decided")
    row.state, row.decided_by_id, row.decided_at = "refused", tx.actor.person_id, tx.now
    tx.record(Event.SPOKEN_REFUSED, question, **_told(row, question), reason=wanted.reason)
    return {}


def _entry(tx: Tx, wanted: SpokenInput) -> tuple[SpokenBallot, Question]:
    row = tx.get(SpokenBallot, wanted.spoken_id)
    named = QuestionInput(question_id=row.question_id, meeting_id=wanted.meeting_id)
    question = asked(tx, Action.CONFIRM_SPOKEN, named)
    if wanted.question_id not in (0, question.id):
        raise Missing()
    return row, question


def _check_waits(tx: Tx, row: SpokenBallot) -> None:
    if row.state != "asked":
        raise Refused("spoken_decided")
    if row.entered_by_id == tx.actor.person_id:
        raise Refused("spoken_confirm_own")


def _told(row: SpokenBallot, question: Question) -> dict[str, Any]:
    """An entry as the journal tells it: for whom, never what."""
    return {
        "question_id": question.id,
        "item_id": question.item_id,
        "title": question.title,
        "spoken_id": row.id,
        "person_id": row.person_id,
        "name": row.person.called,
    }
