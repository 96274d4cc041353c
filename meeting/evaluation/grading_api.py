"""Evaluations over the API: one meeting with its grounds, the survey as the person asked sees it, the form of a body."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.clock import today
from meeting.evaluation import criteria, forms, screens, survey_results
from meeting.permissions import Actor
from meeting.web.api import resource
from meeting.web.doors import language


@resource(
    "/meetings/<int:meeting_id>/evaluation", "What was recorded of a meeting, what the form comes to, what the chair judged"
)
def evaluation(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """For chair, office and inspectors. Grades of persons are not in it; survey results only once it has ended."""
    shown = screens.grading_page(session, actor, meeting_id, language())
    grade = shown["grade"]
    return {
        "state": shown["meeting"].evaluation_state,
        "closes_at": shown["closes_at"].isoformat(),
        "verdict": grade.verdict if grade else "",
        "shade": grade.shade if grade else "",
        "reason": grade.reason if grade else "",
        "override_reason": grade.override_reason if grade else "",
        "late": bool(grade and grade.late),
        "computed": {
            "points_tenths": shown["outcome"].tenths,
            "verdict": shown["outcome"].verdict,
            "shade": shown["outcome"].shade,
            "why": shown["why"],
        },
        "lines": [
            {
                "criterion": each["code"],
                "name": each["name"],
                "points": each["points"],
                "points_tenths": each["tenths"],
                "by": each["by"],
                "said": each["said"],
                "note": each["note"],
                "sources": [{"text": text, "url": url, "said": said, "good": good} for text, url, said, good in each["sources"]],
            }
            for each in shown["lines"]
        ],
        "papers": [
            {
                "unit_id": unit,
                "requirement_id": requirement or None,
                "verdict": each.verdict,
                "shade": each.shade,
                "reason": each.reason,
            }
            for (unit, requirement), each in shown["papers"].items()
        ],
        "statements": [
            {"criterion": name, "verdict": each.verdict, "shade": each.shade, "reason": each.reason}
            for (_, name), each in shown["statements"].items()
        ],
        "read_percent": shown["record"].read_percent,
        "changed_since": shown["changed"],
        "survey": _survey(shown["survey"]),
    }


def _survey(found: survey_results.Results | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "state": found.state,
        "asked": found.asked,
        "answered": found.answered,
        "smallest_sample": found.smallest_sample,
        "closes_at": found.closes_at.isoformat(),
        "questions": [
            {"code": each.question.code, "counts": {str(level): count for level, count in each.counts}}
            for each in found.questions
        ],
        "comments": list(found.comments),
    }


@resource("/meetings/<int:meeting_id>/survey", "The survey on a meeting for one who is asked")
def survey(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """Its questions, until when, and whether one has answered. Missing for everybody who is not asked."""
    turn = survey_results.turn_of(session, actor, meeting_id)
    return {
        "questions": [{"code": each.code, "text": each.text} for each in turn.questions],
        "levels": criteria.LEVELS,
        "closes_at": turn.box.closes_at.isoformat(),
        "open": turn.is_open,
        "answered": turn.answered,
    }


@resource("/bodies/<int:body_id>/evaluation-form", "By what a body judges its meetings, today's form and the earlier ones")
def evaluation_form(session: Session, actor: Actor, body_id: int) -> dict[str, Any]:
    """For chair, office and inspectors of the body."""
    body, may_keep = forms.body_for(session, actor, body_id)
    kept = forms.forms_of(session, body.id)
    now = forms.row_on(session, body.id, today())
    return {
        "form": criteria.as_columns(forms.form_of(now)),
        "starts_on": now.starts_on.isoformat() if now else None,
        "may_keep": may_keep,
        "forms": [{"starts_on": row.starts_on.isoformat(), **criteria.as_columns(forms.form_of(row))} for row in kept],
    }
