"""Reads of surveys: what waits for somebody's answer, and what came out once a survey has ended."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from meeting import clock
from meeting.agenda.models import Meeting
from meeting.errors import Missing
from meeting.evaluation import survey
from meeting.evaluation.criteria import LEVELS, QUESTIONS
from meeting.evaluation.models import SurveyAnswer, SurveyBox, SurveyTurn
from meeting.permissions import Action, Actor, allows


@dataclass(frozen=True)
class Asked:
    """One question: its own words, or the usual ones (a message id)."""

    code: str
    text: str
    usual: str


@dataclass(frozen=True)
class Answered:
    """One question with how many chose each level, the best first."""

    question: Asked
    counts: tuple[tuple[int, int], ...]

    @property
    def total(self) -> int:
        """How many answered it."""
        return sum(count for _, count in self.counts)

    @property
    def satisfied(self) -> int:
        """How many chose one of the two upper levels."""
        return sum(count for level, count in self.counts if level > LEVELS // 2)


@dataclass(frozen=True)
class Results:
    """A survey as chair and office see it. Questions and remarks only of one that has ended with enough answers."""

    state: str  # open, counted, too_few, lost
    asked: int
    answered: int
    smallest_sample: int
    closes_at: datetime
    questions: tuple[Answered, ...] = ()
    comments: tuple[str, ...] = ()


def questions_of(box: SurveyBox) -> list[Asked]:
    """What is asked, as it stood when the survey began."""
    return [Asked(each["code"], each["text"], QUESTIONS.get(each["code"], "")) for each in box.questions]


def results(session: Session, meeting_id: int) -> Results | None:
    """The survey on a meeting; None when there was none. While it runs only how many have answered."""
    box = session.get(SurveyBox, meeting_id)
    if box is None:
        return None
    answered = survey.turns(session, meeting_id) if box.state == "open" else box.answered
    plain = Results(box.state, box.asked, answered, box.smallest_sample, box.closes_at)
    if box.state != "counted":
        return plain
    rows = session.scalars(select(SurveyAnswer).where(SurveyAnswer.meeting_id == meeting_id).order_by(SurveyAnswer.id)).all()
    counted = Counter((code, level) for row in rows for code, level in row.answers.items())
    found = tuple(
        Answered(each, tuple((level, counted[each.code, level]) for level in range(LEVELS, 0, -1))) for each in questions_of(box)
    )
    remarks = tuple(row.comment for row in rows if row.comment)  # in the order of random numbers
    return Results(plain.state, plain.asked, plain.answered, plain.smallest_sample, plain.closes_at, found, remarks)


def waiting(session: Session, actor: Actor) -> list[Meeting]:
    """Meetings on which this person may still answer, the soonest to end first."""
    if not actor.person_id:
        return []
    mine = select(SurveyTurn.meeting_id).where(SurveyTurn.person_id == actor.person_id)
    wanted = (
        select(SurveyBox)
        .where(SurveyBox.state == "open", SurveyBox.closes_at > clock.now(), SurveyBox.meeting_id.not_in(mine))
        .options(joinedload(SurveyBox.meeting))
        .order_by(SurveyBox.closes_at, SurveyBox.meeting_id)
    )
    return [box.meeting for box in session.scalars(wanted) if actor.person_id in survey.asked_people(session, box.meeting)]


@dataclass(frozen=True)
class Turn:
    """The survey as the person asked sees it."""

    meeting: Meeting
    box: SurveyBox
    questions: list[Asked]
    answered: bool
    is_open: bool


def turn_of(session: Session, actor: Actor, meeting_id: int) -> Turn:
    """The survey on a meeting for somebody who is asked: `not_found` for everybody else, and where there is none."""
    meeting = session.get(Meeting, meeting_id)
    hats = meeting.hats_of(actor, session) if meeting else frozenset()
    box = session.get(SurveyBox, meeting_id)
    if meeting is None or box is None or not allows(Action.ANSWER_SURVEY, hats):
        raise Missing()
    if actor.person_id not in survey.asked_people(session, meeting):
        raise Missing()
    answered = survey.has_answered(session, meeting.id, actor.person_id)
    return Turn(meeting, box, questions_of(box), answered, box.state == "open" and box.closes_at > clock.now())
