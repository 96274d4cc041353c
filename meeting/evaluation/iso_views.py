"""Pages of the procedure: one meeting step by step, and the form in which a body keeps its procedure."""

from typing import Any

from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda.models import Meeting
from meeting.errors import Forbidden, Missing
from meeting.evaluation import iso, iso_facts, procedures, queries, report_iso
from meeting.evaluation.iso import Step
from meeting.evaluation.models import Procedure
from meeting.evaluation.report_units import late_words
from meeting.evaluation.scope import evidence_bodies
from meeting.evaluation.telling import Telling, on_page
from meeting.evaluation.views import pages
from meeting.organization.models import Body
from meeting.permissions import Action, Actor, allows
from meeting.web.api import asked, resource
from meeting.web.doors import actor, language, page, session


def judged(session: Session, who: Actor, meeting_id: int) -> tuple[Meeting, iso_facts.Judged]:
    """One meeting with its steps, for whom may read its evaluation."""
    meeting = queries.gradable(session, who, meeting_id)
    known = procedures.steps_of(session, meeting.body_id)
    day = clock.local(meeting.starts_at).date()
    (found,) = iso_facts.of_meetings(session, meeting.body, day, day, known, meeting.id)
    return meeting, found


@pages.get("/meetings/<int:meeting_id>/procedure")
def procedure_of(meeting_id: int) -> str:
    """Which steps of the procedure were done when, and until when were they due?"""
    meeting, found = judged(session(), actor(), meeting_id)
    return page(
        "evaluation/iso_meeting.html",
        meeting=meeting,
        found=found,
        states=report_iso.STATE_WORDS,
        norm=report_iso.norm_words,
        late_words=late_words,
        moment=report_iso.moment,
        tell=Telling(on_page, language()).value,
    )


@resource("/meetings/<int:meeting_id>/procedure", "The steps of the procedure at one meeting: role, norm, due and actual time")
def meeting_procedure(session: Session, who: Actor, meeting_id: int) -> dict[str, Any]:
    """For whom may read the evaluation of the meeting."""
    _, found = judged(session, who, meeting_id)
    return {"meeting_id": found.meeting_id, "urgent": found.urgent, "steps": [_step_json(result) for result in found.results]}


def _step_json(result: iso.Result) -> dict[str, Any]:
    due, done = result.taken.due_at, result.taken.done_at
    return {
        **result.step.as_json(),
        "due_at": due.isoformat() if due else None,
        "done_at": done.isoformat() if done else None,
        "state": result.state.value,
        "late_minutes": result.late_minutes,
        "reason": result.taken.reason,
    }


def _kept(session: Session, who: Actor, short_name: str) -> tuple[Body, list[Body]]:
    """The body whose procedure is asked for, and the bodies among which one may choose."""
    readable = evidence_bodies(session, who)
    body = next((each for each in readable if short_name in ("", each.short_name)), None)
    if body is None:
        raise Missing()
    return body, readable


@pages.get("/reports/procedure/edit")
def edit_procedure() -> str:
    """The form of a body's procedure: steps, roles, norms, from which day."""
    body, readable = _kept(session(), actor(), asked("body"))
    if not allows(Action.KEEP_PROCEDURES, actor().roles_in(body.id)):
        raise Forbidden()
    known = procedures.versions(session(), body.id)
    last = known[-1] if known else None
    return page(
        "evaluation/iso_edit.html",
        body=body,
        bodies=[each for each in readable if allows(Action.KEEP_PROCEDURES, actor().roles_in(each.id))],
        last=last,
        versions=known,
        steps=iso.read_steps(last.steps) if last else iso.DEFAULT,
        left_out=_left_out(iso.read_steps(last.steps) if last else iso.DEFAULT),
        code=last.code if last else iso.DEFAULT_CODE,
        name=last.name if last else iso.DEFAULT_NAME,
        today=clock.today(),
        in_book=iso.IN_BOOK,
        anchored=frozenset(iso.ANCHORS),
    )


def _left_out(steps: tuple[Step, ...]) -> list[Step]:
    """Steps of the default that a procedure does without: they can be taken up again."""
    here = {step.key for step in steps}
    return [step for step in iso.DEFAULT if step.key not in here]


@resource("/procedures", "The procedure of holding meetings of a body, with its versions", body="short name of a body")
def kept_procedure(session: Session, who: Actor) -> dict[str, Any]:
    """The steps in force today and all versions, oldest first; the default before the body has one of its own."""
    body, _ = _kept(session, who, asked("body"))
    steps = iso_facts.steps_on(procedures.steps_of(session, body.id), clock.today())
    known = procedures.versions(session, body.id)
    return {
        "body_id": body.id,
        "body": body.short_name,
        "steps": [step.as_json() for step in steps],
        "versions": [_version_json(row) for row in known],
    }


def _version_json(row: Procedure) -> dict[str, Any]:
    kept = {"code": row.code, "name": row.name, "steps": row.steps}
    return {"version": row.version, "starts_on": row.starts_on.isoformat(), **kept}
