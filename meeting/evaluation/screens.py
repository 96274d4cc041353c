"""What the pages of evaluation show: grading one meeting, the form of a body."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.clock import today
from meeting.evaluation import assessing, changes, classification, criteria, forms, papers, queries, survey_results, wording
from meeting.evaluation.criteria import DEFAULT, Form
from meeting.evaluation.rules import CRITERIA, MEETING_OVER
from meeting.permissions import Action, Actor, allows


def grading_page(session: Session, actor: Actor, meeting_id: int, language: str) -> dict[str, Any]:
    """One meeting: what the system recorded, what the form comes to, what its chair judges. Refused as the read is."""
    meeting = queries.gradable(session, actor, meeting_id)
    found, grade = assessing.assess(session, meeting), queries.meeting_grade(session, meeting.id)
    kept = assessing.kept(grade)
    is_closed = meeting.evaluation_state == "closed"
    shown = kept if kept and is_closed else found.outcome
    changed = classification.differences(kept, found.outcome) if kept and is_closed else []
    is_over = meeting.state in MEETING_OVER
    may_grade = is_over and allows(Action.GRADE, meeting.hats_of(actor, session))
    return {
        "meeting": meeting,
        "form": found.form,
        "record": found.record,
        "outcome": shown,
        "verdict": shown.verdict,
        "lines": [_line(each, found.form, language) for each in shown.lines],
        "why": [wording.sentence(each, language) for each in shown.why],
        "points": wording.tenths(shown.tenths, language),
        "changed": [wording.called(code, label, language) for code, label in changed],
        "units": papers.of_meeting(session, meeting),
        "grade": grade,
        "papers": queries.paper_grades(session, meeting.id),
        "statements": {key: each for key, each in queries.statement_grades(session, meeting.id).items() if key[0] == 0},
        "criteria": CRITERIA,
        "survey": survey_results.results(session, meeting.id),
        "changes": changes.changes_of(session, meeting, language),
        "closes_at": forms.closes_at(session, meeting),
        "last_day": forms.last_day(session, meeting),
        "is_closed": is_closed,
        "is_over": is_over,
        "may_grade": may_grade,
        "open_now": may_grade and not is_closed,
        "level_names": criteria.LEVEL_NAMES,
    }


def _line(line: classification.Line, form: Form, language: str) -> dict[str, Any]:
    """A criterion as the page shows it."""
    on_form = form.criterion(line.code)
    return {
        "code": line.code,
        "name": wording.criterion_name(line, language),
        "points": line.points,
        "got": wording.tenths(line.tenths, language),
        "tenths": line.tenths,
        "share": line.share,
        "by": line.by,
        "said": wording.sentence(line.said, language),
        "note": line.note,
        "measured": wording.tenths(wording.measured_tenths(line), language),
        "sources": [(s.text, s.url, wording.sentence(s.said, language), s.good) for s in line.sources],
        "judged": bool(on_form and on_form.way != criteria.MEASURED),
    }


def form_page(session: Session, actor: Actor, body_id: int | None, usual: bool) -> dict[str, Any]:
    """The form of a body with those it had before; `usual` puts the default into the editor."""
    bodies = forms.bodies_for(session, actor)
    body, may_keep = forms.body_for(session, actor, body_id or bodies[0].id)
    kept = forms.forms_of(session, body.id)
    now = forms.row_on(session, body.id, today())
    form = DEFAULT if usual else forms.form_of(now)
    spare = [criteria.Criterion(code, 10, criteria.JUDGED) for code in criteria.OWN if form.criterion(code) is None]
    missing = [each for each in DEFAULT.criteria if form.criterion(each.code) is None]
    return {
        "bodies": bodies,
        "body": body,
        "may_keep": may_keep,
        "form": form,
        "kept": kept,
        "now": now,
        "usual": usual,
        "today": today(),
        "spare": spare[:1],
        "missing": missing,
        "names": criteria.NAMES,
        "ways": criteria.WAYS,
        "failures": criteria.FAILURES,
        "questions": criteria.QUESTIONS,
        "asked": {each.code: each.text for each in form.survey},
    }
