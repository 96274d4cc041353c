"""What this room shows on the meeting page and the home page: the verdict, and meetings that wait for one."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.agenda.panels import home_card, panel
from meeting.evaluation import forms, queries, survey_results
from meeting.evaluation.rules import MEETING_OVER
from meeting.permissions import Action, Actor, allows


def of_meeting(session: Session, actor: Actor, meeting: Meeting) -> dict[str, Any] | None:
    """The verdict on a meeting that is over, for whom may read it."""
    if meeting.state not in MEETING_OVER:
        return None
    may_grade = meeting.evaluation_state == "open" and allows(Action.GRADE, meeting.hats_of(actor, session))
    return {"grade": queries.meeting_grade(session, meeting.id), "may_grade": may_grade}


def waiting(session: Session, actor: Actor) -> dict[str, Any] | None:
    """Meetings that are over and that this person has to judge."""
    meetings = queries.to_grade(session, actor)
    return {"meetings": meetings[:4], "count": len(meetings)} if meetings else None


def survey_of(session: Session, actor: Actor, meeting: Meeting) -> dict[str, Any] | None:
    """The survey for one who took part and has not answered yet."""
    waits = [each for each in survey_results.waiting(session, actor) if each.id == meeting.id]
    return {"closes_at": forms.closes_at(session, meeting)} if waits else None


def surveys(session: Session, actor: Actor) -> dict[str, Any] | None:
    """Meetings on which this person may say how they were."""
    meetings = survey_results.waiting(session, actor)
    return {"meetings": meetings[:2], "count": len(meetings)} if meetings else None


panel("survey", place="side", template="evaluation/survey_panel.html", load=survey_of, action=Action.ANSWER_SURVEY, order=4)
home_card("survey", place="todo", template="evaluation/survey_rows.html", load=surveys, order=55)
panel(
    "evaluation",
    place="side",
    template="evaluation/panel.html",
    load=of_meeting,
    action=Action.READ_EVALUATION,
    order=70,
)
home_card("evaluation", place="todo", template="evaluation/home_rows.html", load=waiting, order=60)
