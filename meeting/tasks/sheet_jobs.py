"""A progress sheet of many tasks is made by the worker: asked for here, followed by its number, kept for a day.

What was asked stands in the job itself, so there is nothing to keep in step; the file is handed over and swept away.
"""

import json
from typing import Annotated, Any, Literal

from pydantic import Field
from sqlalchemy.orm import Session

from meeting.acts import ActInput, Tx, act
from meeting.database import reading
from meeting.documents import handing
from meeting.errors import N_, Missing, Refused, declare
from meeting.jobs import Job, enqueue, every, job
from meeting.organization.models import Account, Body, Unit
from meeting.organization.queries import actor_of
from meeting.permissions import Action, Actor
from meeting.tasks import monthly, sheets
from meeting.tasks.monthly import Month

MAKE = "tasks.make_sheet"
KEPT_SECONDS = 24 * 3600
LARGE = {"pdf": 150, "xlsx": 300}  # more tasks than these are set by the worker

Form = Literal["pdf", "xlsx"]

declare({"sheet_not_ready": N_("This progress sheet is still being made, or it has been cleared away. Please ask for it again.")})


class SheetInput(ActInput):
    """Which sheet: the body, one unit or all, the month (2026-11), as PDF or workbook."""

    body_id: int
    unit_id: int | None = None
    month: Annotated[str, Field(pattern=r"^\d{4}-\d{2}$")]
    form: Form = "pdf"


def sheet_file(job_id: int, form: str) -> str:
    """By which name a made sheet is handed over."""
    return f"sheets/{job_id}.{form}"


@act("tasks.ask_sheet", Action.READ_TASKS)
def ask_sheet(tx: Tx, wanted: SheetInput) -> dict[str, Any]:
    """Lets the worker make a progress sheet of the tasks that the asker may see; it is fetched by the number in the answer.

    Unknown bodies and units are not found, a month that is none is malformed. Nothing is recorded: a list of what one may read.
    """
    tx.require(Action.READ_TASKS)
    month = Month.of(wanted.month)
    tx.get(Body, wanted.body_id)
    if wanted.unit_id is not None:
        tx.get(Unit, wanted.unit_id)
    tx.nothing_to_record("a list of what the asker reads anyway")
    asked = {"body_id": wanted.body_id, "unit_id": wanted.unit_id, "month": month.key, "form": wanted.form}
    row = enqueue(tx, MAKE, account_id=tx.actor.account_id, **asked)
    row.arguments = {**row.arguments, "job_id": row.id}
    return {"sheet_id": row.id}


def content(session: Session, actor: Actor, body: Body, unit: Unit | None, month: Month, form: str) -> tuple[bytes, str]:
    """The bytes of a sheet and what the file is called."""
    found = monthly.sheet_of(session, actor, month, body.id, unit.id if unit else None)
    asked = sheets.Asked(body, unit.name if unit else "", actor.name)
    made = sheets.pdf(asked, found) if form == "pdf" else sheets.workbook(asked, found)
    return made, sheets.named(asked, found, form)


@job(MAKE)
def make_sheet(account_id: int, body_id: int, unit_id: int | None, month: str, form: str, job_id: int) -> None:
    """Makes the file and puts it in its place whole, with its name. Run again it gives the same."""
    with reading() as session:
        actor = actor_of(session, session.get(Account, account_id))
        if actor is None:
            return
        unit = session.get(Unit, unit_id) if unit_id else None
        made, name = content(session, actor, session.get_one(Body, body_id), unit, Month.of(month), form)
    handing.put(sheet_file(job_id, "name"), json.dumps(name).encode())
    handing.put(sheet_file(job_id, form), made)


def own_sheet(session: Session, actor: Actor, sheet_id: int) -> Job:
    """A sheet that the actor asked for; Missing for everybody else."""
    row = session.get(Job, sheet_id)
    if row is None or row.kind != MAKE or row.arguments.get("account_id") != actor.account_id:
        raise Missing()
    return row


def state_of(row: Job) -> str:
    """waiting, making, ready, failed or gone: swept away after a day."""
    if row.state == "failed":
        return "failed"
    if handing.lies(sheet_file(row.id, row.arguments["form"])):
        return "ready"
    return {"waiting": "waiting", "running": "making"}.get(row.state, "gone")


def fetched(row: Job) -> tuple[bytes, str]:
    """A sheet that is ready, and what the file is called when it is saved. Refused: `sheet_not_ready`."""
    try:
        made = handing.fetch(sheet_file(row.id, row.arguments["form"]))
        return made, str(json.loads(handing.fetch(sheet_file(row.id, "name"))))
    except FileNotFoundError:
        raise Refused("sheet_not_ready") from None


@every(3600)
def sweep_sheets() -> None:
    """Takes away what has lain for a day."""
    handing.sweep("sheets", KEPT_SECONDS)
