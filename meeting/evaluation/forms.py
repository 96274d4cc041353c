"""The form of a body: which one holds for a meeting, and keeping a new one from a day on."""

from datetime import date, datetime, timedelta
from typing import Any

from pydantic import Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.acts import ActInput, Tx, act
from meeting.agenda.models import Meeting
from meeting.errors import Forbidden, Missing, Refused
from meeting.evaluation import criteria
from meeting.evaluation.criteria import DEFAULT, Criterion, Form, SurveyQuestion
from meeting.evaluation.models import EvaluationForm, MeetingGrade
from meeting.events import Event
from meeting.organization.models import Body
from meeting.permissions import ALLOWED, Action, Actor, Role, allows


class CriterionInput(ActInput):
    """One line: what is judged, its points, who judges it, the body's own name for it."""

    code: str = Field(max_length=40)
    points: int
    way: str = criteria.MEASURED
    label: str = Field(default="", max_length=200)


class QuestionInput(ActInput):
    """One question to the members in the body's own words; empty: the usual wording."""

    code: str = Field(max_length=40)
    text: str = Field(default="", max_length=200)


class KeepFormInput(ActInput):
    """The form of a body from a day on; without a day from today."""

    body_id: int
    starts_on: date | None = None
    criteria: list[CriterionInput] = Field(max_length=30)
    pass_points: int = DEFAULT.pass_points
    split: bool = DEFAULT.split
    good_from: int = DEFAULT.good_from
    fair_from: int = DEFAULT.fair_from
    failures: list[str] = Field(default=list(DEFAULT.failures), max_length=10)
    close_days: int = DEFAULT.close_days
    smallest_sample: int = DEFAULT.smallest_sample
    survey: list[QuestionInput] = Field(default_factory=list, max_length=10)


def day_of(meeting: Meeting) -> date:
    """The day by which the form of a meeting is chosen."""
    return clock.local(meeting.starts_at).date()


def row_on(session: Session, body_id: int, day: date) -> EvaluationForm | None:
    """The form that a body kept and that holds on a day."""
    wanted = select(EvaluationForm).where(EvaluationForm.body_id == body_id, EvaluationForm.starts_on <= day)
    return session.scalars(wanted.order_by(EvaluationForm.starts_on.desc()).limit(1)).first()


def form_of(row: EvaluationForm | None) -> Form:
    """A row's form; without one the default."""
    return criteria.from_columns(vars(row)) if row else DEFAULT


def form_for(session: Session, meeting: Meeting) -> Form:
    """The form by which a meeting is judged."""
    row = row_on(session, meeting.body_id, day_of(meeting))
    return form_of(row)


def closes_at(session: Session, meeting: Meeting) -> datetime:
    """When the evaluation closes: at the end of so many days after the day on which the meeting ended."""
    return clock.at_local(last_day(session, meeting) + timedelta(days=1))


def last_day(session: Session, meeting: Meeting) -> date:
    """The last day on which the evaluation is open."""
    ended = clock.local(meeting.closed_at or meeting.ends_at or meeting.starts_at).date()
    return ended + timedelta(days=form_for(session, meeting).close_days)


def forms_of(session: Session, body_id: int) -> list[EvaluationForm]:
    """Every form that the body kept, the newest first."""
    wanted = select(EvaluationForm).where(EvaluationForm.body_id == body_id)
    return list(session.scalars(wanted.order_by(EvaluationForm.starts_on.desc())))


def bodies_for(session: Session, actor: Actor) -> list[Body]:
    """The bodies whose form this person may read; Refused as `forbidden` when there is none."""
    mine = actor.bodies_as(*ALLOWED[Action.READ_EVALUATION])
    found = list(session.scalars(select(Body).where(Body.id.in_(mine), Body.retired_on.is_(None)).order_by(Body.id)))
    if not found:
        raise Forbidden()
    return found


def body_for(session: Session, actor: Actor, body_id: int) -> tuple[Body, bool]:
    """One of these bodies, and whether its form may be changed: `not_found` for a stranger."""
    body = session.get(Body, body_id)
    hats: frozenset[Role] = actor.roles_in(body_id) if body else frozenset()
    if body is None or not hats:
        raise Missing()
    if not allows(Action.READ_EVALUATION, hats):
        raise Forbidden()
    return body, allows(Action.KEEP_EVALUATION_FORM, hats)


def _given(wanted: KeepFormInput) -> Form:
    return criteria.checked(
        Form(
            criteria=tuple(Criterion(each.code, each.points, each.way, each.label) for each in wanted.criteria),
            pass_points=wanted.pass_points,
            split=wanted.split,
            good_from=wanted.good_from,
            fair_from=wanted.fair_from,
            failures=tuple(dict.fromkeys(wanted.failures)),
            close_days=wanted.close_days,
            smallest_sample=wanted.smallest_sample,
            survey=tuple(SurveyQuestion(each.code, each.text) for each in wanted.survey),
        )
    )


@act("evaluation.keep_form", Action.KEEP_EVALUATION_FORM)
def keep_form(tx: Tx, wanted: KeepFormInput) -> dict[str, Any]:
    """Sets by which form the meetings of a body are judged from a day on; one for the same day takes its place.

    Refused: malformed with a word for each wrong field, `form_under_graded` when a meeting that the new form would hold for is
    graded already. Recorded with the whole form, so that every change can be followed.
    """
    body = tx.get(Body, wanted.body_id)
    tx.require(Action.KEEP_EVALUATION_FORM, body)
    form, starts_on = _given(wanted), wanted.starts_on or clock.local(tx.now).date()
    _nothing_graded(tx.reading, body.id, starts_on)
    columns = criteria.as_columns(form)
    key = (EvaluationForm.body_id == body.id) & (EvaluationForm.starts_on == starts_on)
    row = tx.scalar(select(EvaluationForm).where(key)) or EvaluationForm(body_id=body.id, starts_on=starts_on)
    if row.id is not None and form_of(row) == form:
        tx.nothing_to_record("the same form again")
        return {"form_id": row.id}
    for name, value in columns.items():
        setattr(row, name, value)
    row.changed_at, row.changed_by_id = tx.now, tx.actor.person_id
    tx.add(row)
    tx.record(Event.EVALUATION_FORM_KEPT, None, body_id=body.id, starts_on=starts_on.isoformat(), form=columns)
    return {"form_id": row.id}


def _nothing_graded(session: Session, body_id: int, starts_on: date) -> None:
    """No meeting that was graded may come under another form afterwards."""
    following = select(EvaluationForm.starts_on).where(EvaluationForm.body_id == body_id, EvaluationForm.starts_on > starts_on)
    until = session.scalar(following.order_by(EvaluationForm.starts_on).limit(1))
    wanted = select(Meeting.starts_at).join(MeetingGrade, MeetingGrade.meeting_id == Meeting.id)
    wanted = wanted.where(Meeting.body_id == body_id, Meeting.starts_at >= clock.at_local(starts_on))
    if until:
        wanted = wanted.where(Meeting.starts_at < clock.at_local(until))
    last = session.scalar(wanted.order_by(Meeting.starts_at.desc()).limit(1))
    if last is not None:
        raise Refused("form_under_graded", day=f"{clock.local(last):%d/%m/%Y}")
