"""Reads of the voting room: registers, receipts, results, and what each screen may see of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.live import queries as live
from meeting.organization.models import Person
from meeting.voting.majority import Counted, Verdict, decide
from meeting.voting.models import BareBallot, Elector, OpenBallot, Question, Receipt, Result

RUNNING = ("open", "paused")


def questions_of(session: Session, meeting_id: int) -> list[Question]:
    """All questions of a meeting, in the order in which they were prepared."""
    wanted = select(Question).where(Question.meeting_id == meeting_id).order_by(Question.id)
    return list(session.scalars(wanted))


def running(session: Session, meeting_id: int) -> Question | None:
    """The question whose box is open (or paused) in this meeting."""
    return session.scalar(select(Question).where(Question.meeting_id == meeting_id, Question.state.in_(RUNNING)).limit(1))


def register(session: Session, question_id: int) -> set[int]:
    """The people on a question's frozen register."""
    return set(session.scalars(select(Elector.person_id).where(Elector.question_id == question_id)))


def voted(session: Session, question_id: int) -> set[int]:
    """The people whose ballot is in."""
    return set(session.scalars(select(Receipt.person_id).where(Receipt.question_id == question_id)))


def cast_count(session: Session, question: Question) -> int:
    """How many ballots are in. Never says which."""
    if question.kind == "hand":
        return sum((question.hand_counts or {}).values()) if question.state != "draft" else 0
    return session.scalar(select(func.count()).where(Receipt.question_id == question.id)) or 0


def electors_here(session: Session, question: Question) -> set[int]:
    """Those on the register who are in the room or whose ballot is in: the n of "19 of n ballots received"."""
    listed = register(session, question.id)
    present = live.present_voters(session, question.meeting) & listed
    return present | voted(session, question.id)


def counted_open(session: Session, question: Question) -> dict[str, int]:
    """The choices of an open vote by option. Only for the close."""
    wanted = select(OpenBallot.choice, func.count()).where(OpenBallot.question_id == question.id).group_by(OpenBallot.choice)
    found = {key: value for key, value in session.execute(wanted)}  # noqa: C416 - rows, not pairs
    return {key: found.get(key, 0) for key in question.options}


def chair_side(session: Session, question: Question) -> str | None:
    """The side on which the chair voted, where that is known: in an open vote or a show of hands."""
    if question.kind == "hand":
        return question.hand_chair
    if question.kind != "open" or question.meeting.chair_id is None:
        return None
    found = session.get(OpenBallot, (question.id, question.meeting.chair_id))
    return found.choice if found else None


def verdict_of(result: Result, rule: str) -> Verdict:
    """The verdict as it was frozen at the close."""
    votes = result.counts.get("for", 0)
    return Verdict(rule, result.base, result.base_count, result.needed, votes, result.passed, result.tie)


def judged(session: Session, question: Question, counted: Counted) -> Verdict:
    """Applies the question's rule to a count."""
    return decide(question.rule, counted, question.tie, chair_side(session, question))


def names_by_choice(session: Session, question: Question) -> dict[str, list[str]]:
    """Who voted how in an open vote, by option, in the order of names. Callers check that it is published."""
    wanted = (
        select(OpenBallot.choice, Person)
        .join(Person, Person.id == OpenBallot.person_id)
        .where(OpenBallot.question_id == question.id)
    )
    found: dict[str, list[str]] = {key: [] for key in question.options}
    for choice, person in session.execute(wanted):
        found[choice].append(person.called)
    return {key: sorted(names) for key, names in found.items()}


def other_opinions(session: Session, question: Question) -> list[dict[str, str]]:
    """The texts of "other opinion" in a published open vote, with their names."""
    wanted = (
        select(OpenBallot.text, Person)
        .join(Person, Person.id == OpenBallot.person_id)
        .where(OpenBallot.question_id == question.id, OpenBallot.choice == "other")
    )
    return sorted(
        ({"name": person.called, "text": text} for text, person in session.execute(wanted)), key=lambda each: each["name"]
    )


def missing(session: Session, question: Question) -> list[dict[str, Any]]:
    """Who is here and has not voted yet, by name: for the chair and the secretariat."""
    away = electors_here(session, question) - voted(session, question.id)
    people = session.scalars(select(Person).where(Person.id.in_(away)))
    return sorted(({"id": each.id, "name": each.called} for each in people), key=lambda each: str(each["name"]))


def receipts_of(session: Session, question_id: int, people: Sequence[int]) -> dict[int, datetime]:
    """When the ballots of some people were received, by person."""
    wanted = select(Receipt.person_id, Receipt.at).where(Receipt.question_id == question_id, Receipt.person_id.in_(people))
    return {person: at for person, at in session.execute(wanted)}  # noqa: C416 - rows, not pairs


def choices_of(session: Session, question_id: int, people: Sequence[int]) -> dict[int, str]:
    """What some people voted in an open vote: each is told only their own."""
    wanted = select(OpenBallot.person_id, OpenBallot.choice).where(
        OpenBallot.question_id == question_id, OpenBallot.person_id.in_(people)
    )
    return {key: value for key, value in session.execute(wanted)}  # noqa: C416 - rows, not pairs


def bare_counts(session: Session, question: Question) -> dict[str, int]:
    """The opened ballots of a secret vote by option: must equal the result for ever."""
    wanted = select(BareBallot.choice, func.count()).where(BareBallot.question_id == question.id).group_by(BareBallot.choice)
    found = {key: value for key, value in session.execute(wanted)}  # noqa: C416 - rows, not pairs
    return {key: found.get(key, 0) for key in question.options}


def current(session: Session, meeting: Meeting) -> Question | None:
    """The question all screens look at: the one whose box is open, else the one opened last."""
    found = running(session, meeting.id)
    if found is not None:
        return found
    last = select(Question).where(Question.meeting_id == meeting.id, Question.opened_at.is_not(None))
    return session.scalar(last.order_by(Question.opened_at.desc(), Question.id.desc()).limit(1))
