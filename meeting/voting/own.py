"""What each person is told of their own vote: set queries for everybody at once, nothing of anybody else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.errors import Refused
from meeting.live import queries as live
from meeting.live.state import mine
from meeting.voting import queries, rules
from meeting.voting.models import CountingSeat, Elector, OpenBallot, Question, SpokenBallot
from meeting.voting.shown import figures_of, iso


@dataclass(frozen=True)
class Ballot:
    """What somebody voted in an open vote, or what was entered for them: told to nobody else before the result is published."""

    choice: str | None = None
    marks: dict[str, str] | None = None
    text: str = ""
    spoken: bool = False

    def told(self) -> dict[str, Any]:
        """What stands on it."""
        return {"choice": self.choice, "marks": self.marks, "text": self.text}


@mine("voting")
def my_vote(session: Session, meeting: Meeting, people: Sequence[int], _now: datetime) -> Mapping[int, Mapping[str, Any]]:
    """For each: may I vote, why not, is my ballot in, what I chose in an open vote, am I ready for the next one, do I count."""
    question, waiting = queries.current(session, meeting), queries.waiting(session, meeting.id)
    if question is None and waiting is None:
        return {person: {"voting": None} for person in people}
    listed = listed_among(session, waiting.id, people) if waiting else set()
    ready = queries.ready_among(session, waiting.id, people) if waiting else set()
    counters = _counters(session, question, waiting)
    counted = _counting(session, question, counters)
    own = _of_current(session, meeting, question, people) if question else _of_none(people)
    return {
        person: {
            "voting": {
                **own[person],
                "ready": person in ready if person in listed else None,
                "counter": person in counters,
                "counting": counted.get(person),
            }
        }
        for person in people
    }


def _of_none(people: Sequence[int]) -> dict[int, dict[str, Any]]:
    """No box was opened yet: only readiness is told."""
    nobody = _line(None, elector=False, why="vote_not_open", at=None, ballot=Ballot(), asked=None)
    return {person: dict(nobody) for person in people}


def _of_current(session: Session, meeting: Meeting, question: Question, people: Sequence[int]) -> dict[int, dict[str, Any]]:
    electors, present = listed_among(session, question.id, people), live.present_voters(session, meeting)
    receipts = queries.receipts_of(session, question.id, people)
    ballots = own_ballots(session, question.id, people) if question.kind == "open" else {}
    waits = asked_for(session, question.id, people) if question.kind == "open" and question.state in queries.RUNNING else {}
    found: dict[int, dict[str, Any]] = {}
    for person in people:
        why = _why_not(question, elector=person in electors, present=person in present, voted=person in receipts)
        found[person] = _line(
            question.id, elector=person in electors, why=why, at=receipts.get(person), ballot=ballots.get(person, Ballot()),
            asked=waits.get(person),
        )  # fmt: skip
    return found


def _line(
    question_id: int | None, *, elector: bool, why: str | None, at: datetime | None, ballot: Ballot, asked: Ballot | None
) -> dict[str, Any]:
    return {
        "question_id": question_id,
        "elector": elector,
        "may_vote": why is None,
        "why": why,
        "voted": at is not None,
        "received_at": iso(at),
        **ballot.told(),
        "spoken": ballot.spoken,
        "asked": asked.told() if asked else None,
    }


def _why_not(question: Question, *, elector: bool, present: bool, voted: bool) -> str | None:
    """The code of the refusal a ballot would meet now; None: it would be taken."""
    try:
        rules.admit(
            state=question.state, kind=question.kind, elector=elector, present=present, voted=voted,
            changeable=question.changeable,
        )  # fmt: skip
    except Refused as refused:
        return refused.code
    return None


def _counters(session: Session, *questions: Question | None) -> set[int]:
    """Who sits on the committees that count the paper ballots at hand."""
    committees = {each.committee_id for each in questions if each is not None and each.committee_id is not None}
    if not committees:
        return set()
    return set(session.scalars(select(CountingSeat.person_id).where(CountingSeat.committee_id.in_(committees))))


def _counting(session: Session, question: Question | None, counters: set[int]) -> dict[int, dict[str, Any]]:
    """What the committee of an open paper vote has entered so far, for those who sit on it, and who heads it."""
    if question is None or not counters or question.committee_id is None or question.state not in queries.RUNNING:
        return {}
    wanted = select(CountingSeat.person_id, CountingSeat.post).where(CountingSeat.committee_id == question.committee_id)
    entered = figures_of(question)
    return {
        person: {"head": post == "head", "figures": entered} for person, post in session.execute(wanted) if person in counters
    }


def listed_among(session: Session, question_id: int, people: Sequence[int]) -> set[int]:
    """Who of these people is on a question's frozen register."""
    wanted = select(Elector.person_id).where(Elector.question_id == question_id, Elector.person_id.in_(people))
    return set(session.scalars(wanted))


def own_ballots(session: Session, question_id: int, people: Sequence[int]) -> dict[int, Ballot]:
    """What some people voted in an open vote."""
    columns = OpenBallot.person_id, OpenBallot.choice, OpenBallot.marks, OpenBallot.text, OpenBallot.spoken
    wanted = select(*columns).where(OpenBallot.question_id == question_id, OpenBallot.person_id.in_(people))
    return {row.person_id: Ballot(row.choice or None, row.marks, row.text, row.spoken) for row in session.execute(wanted)}


def asked_for(session: Session, question_id: int, people: Sequence[int]) -> dict[int, Ballot]:
    """What was entered for some people and waits for the confirmation of who presides."""
    columns = SpokenBallot.person_id, SpokenBallot.choice, SpokenBallot.marks, SpokenBallot.text
    wanted = select(*columns).where(
        SpokenBallot.question_id == question_id, SpokenBallot.person_id.in_(people), SpokenBallot.state == "asked"
    )
    return {row.person_id: Ballot(row.choice or None, row.marks, row.text, True) for row in session.execute(wanted)}
