"""The vote that carries a resolution: whether it passed, what is said of it."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.acts import Tx
from meeting.agenda.models import Meeting
from meeting.errors import N_, Missing, Refused, declare
from meeting.voting.forms import ON_PEOPLE
from meeting.voting.models import Question, Result
from meeting.voting.wording import decided, record

declare(
    {
        "vote_not_published": N_("The result of the vote “%(title)s” is not published yet."),
        "vote_not_passed": N_("The vote “%(title)s” did not pass: no resolution can rest on it."),
    }
)


@dataclass(frozen=True)
class Vote:
    """A vote as a document names it."""

    question_id: int
    item_id: int
    title: str
    sentence: str
    passed: bool
    on_people: bool = False  # an election or a relief: a resolution that is voted on by itself confirms it


def vote_on(session: Session, question_id: int | None) -> Vote | None:
    """A published vote with its result, or None."""
    question = session.get(Question, question_id) if question_id is not None else None
    result = session.get(Result, question.id) if question is not None and question.state == "published" else None
    return _vote(question, result) if question is not None and result is not None else None


def votes_in(session: Session, meeting_id: int) -> list[Vote]:
    """The published votes of a meeting in the order they were closed, whether they passed or not."""
    wanted = (
        select(Question, Result)
        .join(Result, Result.question_id == Question.id)
        .where(Question.meeting_id == meeting_id, Question.state == "published")
        .order_by(Question.closed_at, Question.id)
    )
    return [_vote(question, result) for question, result in session.execute(wanted)]


def check_vote(tx: Tx, question_id: int, meeting: Meeting) -> None:
    """Whether a document of the meeting may rest on a vote. Refused: `vote_not_published`, `vote_not_passed`."""
    question = tx.get(Question, question_id)
    if question.meeting_id != meeting.id:
        raise Missing()
    found = vote_on(tx.reading, question_id)
    if found is None:
        raise Refused("vote_not_published", title=question.title)
    if not found.passed:
        raise Refused("vote_not_passed", title=question.title)


def _vote(question: Question, result: Result) -> Vote:
    passed = result.passed or bool(decided(question, result))
    return Vote(question.id, question.item_id, question.title, record(question, result), passed, question.form in ON_PEOPLE)
