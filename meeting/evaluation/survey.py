"""The half-minute survey: members who took part say how the meeting was. That they answered is known; what, never."""

from typing import Any

from pydantic import Field
from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from meeting.acts import ActInput, Tx, act, on
from meeting.agenda.models import Meeting, Participant
from meeting.errors import N_, Malformed, Refused
from meeting.evaluation import forms, survey_box
from meeting.evaluation.criteria import LEVELS
from meeting.evaluation.gathering import CAME
from meeting.evaluation.models import SealedAnswer, SurveyBox, SurveyTurn
from meeting.evaluation.survey_box import MOST_LETTERS, Slip
from meeting.events import Event
from meeting.journal import Told
from meeting.live.models import Attendance
from meeting.permissions import Action
from meeting.voting.box import fresh_key

WRONG_MARK = N_("This answer does not belong to the survey.")


class AnswerInput(ActInput):
    """A level from 1 (poor) to 4 (very good) for each question, and one sentence if one likes."""

    meeting_id: int
    answers: dict[str, int] = Field(max_length=10)
    comment: str = Field(default="", max_length=MOST_LETTERS)


def asked_people(session: Session, meeting: Meeting) -> set[int]:
    """Who is asked: who sat there with a vote and took part (everybody invited where no presence was kept), not the chair."""
    kept = exists().where(Attendance.meeting_id == meeting.id)
    came = select(Attendance.person_id).where(Attendance.meeting_id == meeting.id, Attendance.presence.in_(tuple(CAME)))
    wanted = select(Participant.person_id).where(
        Participant.meeting_id == meeting.id, Participant.voting, Participant.person_id.in_(came) | ~kept
    )
    return set(session.scalars(wanted)) - {meeting.chair_id}


@on(Event.MEETING_CLOSED)
def begin(tx: Tx, told: Told) -> None:
    """Right after the meeting the members who were there can answer, until the day on which the evaluation closes.

    Where fewer took part than answers are needed before anything may be shown, nobody is asked in vain.
    """
    meeting = tx.get(Meeting, told.chain)
    form = forms.form_for(tx.reading, meeting)
    people = asked_people(tx.reading, meeting)
    if not form.survey or len(people) < form.smallest_sample or tx.find(SurveyBox, meeting.id) is not None:
        return
    public = survey_box.make_key()
    if public is None:
        return
    tx.add(
        SurveyBox(
            meeting_id=meeting.id,
            public_key=public,
            questions=[{"code": each.code, "text": each.text} for each in form.survey],
            smallest_sample=form.smallest_sample,
            asked=len(people),
            opened_at=tx.now,
            closes_at=forms.closes_at(tx.reading, meeting),
        )
    )


@act("evaluation.answer_survey", Action.ANSWER_SURVEY, keeps_digest=False)
def answer_survey(tx: Tx, wanted: AnswerInput) -> dict[str, Any]:
    """Answers the survey on a meeting, once and without a name.

    Refused: `survey_closed`, `survey_not_yours` for guests, the chair and who was not there, `survey_answered`, `survey_empty`.
    Recorded is only that this person answered; the answer itself is sealed, and is read, taken apart and shuffled with all
    others at the end. Not even a digest of it is kept.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.ANSWER_SURVEY, meeting)
    box = tx.find(SurveyBox, meeting.id)
    if tx.actor.person_id not in asked_people(tx.reading, meeting):
        raise Refused("survey_not_yours")
    if box is None or box.state != "open" or box.closes_at <= tx.now:
        raise Refused("survey_closed")
    if has_answered(tx.reading, meeting.id, tx.actor.person_id):
        raise Refused("survey_answered")
    slip = Slip(_marks(box, wanted.answers), wanted.comment.strip())
    tx.add(SurveyTurn(meeting_id=meeting.id, person_id=tx.actor.person_id))
    tx.add(SealedAnswer(key=fresh_key(), meeting_id=meeting.id, box=survey_box.seal(box.public_key, slip)))
    tx.record(Event.SURVEY_ANSWERED, meeting)
    return {"received": True}


def _marks(box: SurveyBox, answers: dict[str, int]) -> dict[str, int]:
    known = [each["code"] for each in box.questions]
    wrong = {f"answers.{code}": WRONG_MARK for code, level in answers.items() if code not in known or not 1 <= level <= LEVELS}
    if wrong:
        raise Malformed(wrong)
    if not answers:
        raise Refused("survey_empty")
    return {code: answers[code] for code in known if code in answers}


def has_answered(session: Session, meeting_id: int, person_id: int) -> bool:
    """Whether somebody answered already."""
    turn = select(SurveyTurn.id).where(SurveyTurn.meeting_id == meeting_id, SurveyTurn.person_id == person_id)
    return session.scalar(turn) is not None


def turns(session: Session, meeting_id: int) -> int:
    """How many have answered."""
    return session.scalar(select(func.count()).select_from(SurveyTurn).where(SurveyTurn.meeting_id == meeting_id)) or 0
