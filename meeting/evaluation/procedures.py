"""The procedures of bodies: their versions, and the act that keeps a new one."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from pydantic import Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.acts import ActInput, Tx, act
from meeting.errors import Refused
from meeting.evaluation import iso
from meeting.evaluation.iso import Step
from meeting.evaluation.models import Procedure
from meeting.events import Event
from meeting.organization.models import Body
from meeting.permissions import Action


class StepInput(ActInput):
    """One step: `rule` is "book", "own" (then with norm and unit) or empty."""

    key: str = Field(max_length=40)
    name: str = Field(max_length=300)
    role: str = Field(max_length=120)
    rule: str = Field(default="", max_length=10)
    norm: int | None = None
    unit: str = Field(default="", max_length=10)


class KeepProcedureInput(ActInput):
    """A procedure of a body from a day on."""

    body_id: int
    code: str = Field(default=iso.DEFAULT_CODE, min_length=1, max_length=60)
    name: str = Field(default=iso.DEFAULT_NAME, min_length=1, max_length=300)
    starts_on: date
    steps: list[StepInput] = Field(max_length=40)


def versions(session: Session, body_id: int) -> Sequence[Procedure]:
    """The versions of a body's procedure, oldest first."""
    wanted = select(Procedure).where(Procedure.body_id == body_id)
    return session.scalars(wanted.order_by(Procedure.starts_on, Procedure.version)).all()


def steps_of(session: Session, body_id: int) -> list[tuple[date, tuple[Step, ...]]]:
    """From which day which steps hold, oldest first; the default before the body has one of its own."""
    kept = [(row.starts_on, iso.read_steps(row.steps)) for row in versions(session, body_id)]
    return kept or [(date.min, iso.DEFAULT)]


@act("evaluation.keep_procedure", Action.KEEP_PROCEDURES)
def keep_procedure(tx: Tx, wanted: KeepProcedureInput) -> dict[str, Any]:
    """Keeps the steps in which a body holds its meetings, from a day on; earlier meetings are still judged by the older version.

    The same day again sets that version anew. Refused: `procedure_before_last` for a day before the last version's; malformed
    where a step is unknown, stands twice, or has no name, role or lawful norm. Recorded with the version, its day and its steps.
    """
    body = tx.get(Body, wanted.body_id)
    tx.require(Action.KEEP_PROCEDURES, body)
    steps = [Step(**step.model_dump(exclude={"meeting_id"})) for step in wanted.steps]
    iso.check_steps(steps)
    known = versions(tx.reading, body.id)
    last = known[-1] if known else None
    if last and wanted.starts_on < last.starts_on:
        raise Refused("procedure_before_last", starts_on=last.starts_on.isoformat())
    kept_steps = [step.as_json() for step in steps]
    content: dict[str, Any] = {"code": wanted.code, "name": wanted.name, "steps": kept_steps}
    if last and last.starts_on == wanted.starts_on:
        row = tx.get(Procedure, last.id)
        if {"code": row.code, "name": row.name, "steps": row.steps} == content:
            tx.nothing_to_record("the same procedure again")
            return {"version": row.version}
        row.code, row.name, row.steps = wanted.code, wanted.name, kept_steps
        row.changed_at, row.changed_by_id = tx.now, tx.actor.person_id
    else:
        version = (last.version if last else 0) + 1
        kept = {"version": version, "starts_on": wanted.starts_on, "changed_at": tx.now, "changed_by_id": tx.actor.person_id}
        row = tx.add(Procedure(body_id=body.id, **kept, **content))
    tx.flush()
    tx.record(Event.PROCEDURE_KEPT, body, version=row.version, starts_on=wanted.starts_on.isoformat(), **content)
    return {"version": row.version}
