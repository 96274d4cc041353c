"""Acts of the plan of backups: it is set, a backup is asked for, and what becomes of each is written down."""

import json
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from meeting import clock, config
from meeting.acts import ActInput, Tx, act
from meeting.database import setting
from meeting.errors import Refused
from meeting.events import Event
from meeting.jobs import enqueue
from meeting.journal import Entry
from meeting.permissions import Action
from meeting.records.models import BackupRun, DrillRun
from meeting.records.planning import Plan, checked, plan_of
from meeting.records.sealed import Keys, read_key, read_key_file

PLAN = "backup_plan"
SILENT = timedelta(minutes=2)  # a backup that says nothing for so long is not being made any more
UNWRITTEN = "the progress of a backup is not part of what happened"


def plan_now(session: Session) -> Plan:
    """The plan that holds. A demo has none until somebody sets one."""
    written = setting(session, PLAN)
    if written:
        return plan_of(json.loads(written))
    return Plan(on=setting(session, "demo") != "1")


def counts_from(session: Session, plan: Plan) -> datetime:
    """From when the plan's times count: since it was set, else since the installation's first entry."""
    first = session.scalar(select(func.min(Entry.at)))
    return datetime.fromisoformat(plan.since) if plan.since else first or clock.now()


def folder_of(plan: Plan) -> Path:
    """Where backups are laid: what the plan says, else MEETING_BACKUPS, else beside the data."""
    return Path(plan.folder) if plan.folder else config.settings().backups or config.settings().data / "backups"


def keys_of(plan: Plan) -> Keys | None:
    """The key backups are encrypted for: the plan's public one, else that of MEETING_BACKUP_KEY_FILE. None: they are not.

    Where the file holds the secret key of the plan's public one, it comes along. Refused: `backup_key_wrong`.
    """
    written = config.settings().backup_key_file
    of_file = read_key_file(written) if written else None
    if not plan.recipient:
        return of_file
    wanted = read_key(plan.recipient)
    return of_file if of_file and of_file.public == wanted.public else wanted


def _apart(written: Any) -> Any:
    return written.replace(",", " ").replace(";", " ").split() if isinstance(written, str) else written


class PlanInput(ActInput):
    """When backups are made, where they lie, how many are kept, for which public key."""

    on: bool = False
    times: Annotated[list[str], BeforeValidator(_apart), Field(max_length=20)] = []
    folder: str = Field("", max_length=1000)
    daily: int = Field(ge=0, le=60)
    weekly: int = Field(ge=0, le=60)
    monthly: int = Field(ge=0, le=120)
    recipient: str = Field("", max_length=200)
    drill: bool = False


@act("records.set_backups", Action.KEEP_BACKUPS)
def set_backups(tx: Tx, wanted: PlanInput) -> dict[str, Any]:
    """Sets when backups are made, where they lie, how many are kept and for which key they are encrypted.

    Refused: `backup_times_wrong`, `backup_keep_nothing`, `backup_key_wrong`, `backup_no_folder` (not a full path). Recorded:
    BACKUPS_SET with before and after, unless nothing changes.
    """
    tx.require(Action.KEEP_BACKUPS)
    before = plan_now(tx.reading)
    after = checked(Plan(**wanted.model_dump(exclude={"meeting_id", "times"}), times=tuple(wanted.times)))
    if after.folder and not Path(after.folder).is_absolute():
        raise Refused("backup_no_folder", folder=after.folder)
    if replace(before, since="") == after:
        tx.nothing_to_record("the plan is the same")
        return {"plan": after.as_value()}
    tx.keep_setting(PLAN, json.dumps(replace(after, since=tx.now.isoformat()).as_value(), ensure_ascii=False))
    changed = [name for name, value in asdict(after).items() if asdict(before)[name] != value and name != "since"]
    tx.record(
        Event.BACKUPS_SET,
        None,
        before={name: before.as_value()[name] for name in changed},
        after={name: after.as_value()[name] for name in changed},
    )
    return {"plan": after.as_value()}


class NowInput(ActInput):
    """Nothing to say: the plan says where."""


@act("records.back_up_now", Action.KEEP_BACKUPS)
def back_up_now(tx: Tx, _wanted: NowInput) -> dict[str, Any]:
    """Asks for a backup at once, beside those of the plan. Refused: `backup_running`. Recorded: BACKUP_ASKED."""
    tx.require(Action.KEEP_BACKUPS)
    _demand_none_runs(tx)
    run = _begin(tx, "by_hand", "")
    tx.record(Event.BACKUP_ASKED, None, backup_id=run.id)
    return {"backup_id": run.id}


class DueInput(ActInput):
    """A moment of the plan that has come."""

    slot: str


@act("records.backup_due", Action.KEEP_RECORDS)
def backup_due(tx: Tx, wanted: DueInput) -> dict[str, Any]:
    """Begins the backup of a moment of the plan, once. Only the system."""
    tx.require(Action.KEEP_RECORDS)
    tx.nothing_to_record("what comes of it is recorded")
    if tx.scalar(select(BackupRun.id).where(BackupRun.slot == wanted.slot)):
        return {"backup_id": None}
    return {"backup_id": _begin(tx, "schedule", wanted.slot).id}


def _demand_none_runs(tx: Tx) -> None:
    busy = select(BackupRun.id).where(BackupRun.state.in_(("waiting", "running")), BackupRun.beat_at > tx.now - SILENT)
    if tx.scalar(busy):
        raise Refused("backup_running")


def _begin(tx: Tx, reason: str, slot: str) -> BackupRun:
    run = tx.add(BackupRun(reason=reason, slot=slot, started_at=tx.now, beat_at=tx.now))
    enqueue(tx, "records.backup", backup_id=run.id)
    return run


class StepInput(ActInput):
    """How far a backup is."""

    backup_id: int
    percent: int = Field(ge=0, le=100)


@act("records.backup_goes_on", Action.KEEP_RECORDS)
def backup_goes_on(tx: Tx, wanted: StepInput) -> dict[str, Any]:
    """Says how far a backup is. Only the worker."""
    tx.require(Action.KEEP_RECORDS)
    tx.nothing_to_record(UNWRITTEN)
    run = tx.get(BackupRun, wanted.backup_id)
    if run.state in ("waiting", "running"):
        run.state, run.percent, run.beat_at = "running", wanted.percent, tx.now
    return {}


class MadeInput(ActInput):
    """A backup that stands and was read back."""

    backup_id: int
    path: str
    size_bytes: int
    files: int
    is_sealed: bool


@act("records.backup_made", Action.KEEP_RECORDS)
def backup_made(tx: Tx, wanted: MadeInput) -> dict[str, Any]:
    """Writes down that a backup stands and was read back. Recorded: BACKUP_MADE."""
    tx.require(Action.KEEP_RECORDS)
    run = tx.get(BackupRun, wanted.backup_id)
    for name, value in wanted.model_dump(exclude={"backup_id", "meeting_id"}).items():
        setattr(run, name, value)
    run.state, run.percent, run.done_at, run.beat_at = "done", 100, tx.now, tx.now
    facts = wanted.model_dump(exclude={"meeting_id", "path"})
    tx.record(Event.BACKUP_MADE, None, **facts, file=Path(wanted.path).name)
    return {}


class FailedInput(ActInput):
    """Why there is no backup."""

    backup_id: int
    code: str
    facts: dict[str, Any] = {}


@act("records.backup_failed", Action.KEEP_RECORDS)
def backup_failed(tx: Tx, wanted: FailedInput) -> dict[str, Any]:
    """Writes down that a backup could not be made; the administrators are told. Recorded: BACKUP_FAILED."""
    tx.require(Action.KEEP_RECORDS)
    run = tx.get(BackupRun, wanted.backup_id)
    run.state, run.error, run.error_facts, run.beat_at = "failed", wanted.code, wanted.facts, tx.now
    tx.record(Event.BACKUP_FAILED, None, backup_id=run.id, code=wanted.code)
    return {}


class RemovedInput(ActInput):
    """Backups whose files are gone."""

    backup_ids: list[int] = Field(max_length=1000)


@act("records.backups_removed", Action.KEEP_RECORDS)
def backups_removed(tx: Tx, wanted: RemovedInput) -> dict[str, Any]:
    """Writes down which backups were removed because newer ones stand. Recorded: BACKUPS_REMOVED."""
    tx.require(Action.KEEP_RECORDS)
    files = []
    for key in wanted.backup_ids:
        run = tx.get(BackupRun, key)
        run.state = "removed"
        files.append(Path(run.path).name)
    tx.record(Event.BACKUPS_REMOVED, None, files=files)
    return {}


class DrillInput(ActInput):
    """The backup to try."""

    backup_id: int


@act("records.drill_now", Action.KEEP_BACKUPS)
def drill_now(tx: Tx, wanted: DrillInput) -> dict[str, Any]:
    """Asks the worker to restore a backup beside the running system and to compare. Refused: `backup_unknown`,
    `backup_key_needed` when it is encrypted and the server has only the public key. Recorded: DRILL_ASKED."""
    tx.require(Action.KEEP_BACKUPS)
    run = tx.get(BackupRun, wanted.backup_id)
    if run.state != "done":
        raise Refused("backup_unknown")
    keys = keys_of(plan_now(tx.reading))
    if run.is_sealed and (keys is None or keys.secret is None):
        raise Refused("backup_key_needed")
    drill = tx.add(DrillRun(backup_id=run.id, at=tx.now))
    enqueue(tx, "records.drill", drill_id=drill.id, path=run.path)
    tx.record(Event.DRILL_ASKED, None, backup_id=run.id)
    return {"drill_id": drill.id}


class DrilledInput(ActInput):
    """What came of a drill."""

    drill_id: int
    seconds: int
    ok: bool
    findings: list[dict[str, Any]] = []
    error: str = ""


@act("records.drilled", Action.KEEP_RECORDS)
def drilled(tx: Tx, wanted: DrilledInput) -> dict[str, Any]:
    """Writes down what came of a drill; the administrators are told of a bad one. Recorded: DRILL_DONE or DRILL_FAILED."""
    tx.require(Action.KEEP_RECORDS)
    row = tx.get(DrillRun, wanted.drill_id)
    row.seconds, row.ok, row.findings, row.error = wanted.seconds, wanted.ok, wanted.findings, wanted.error
    row.at = tx.now
    event = Event.DRILL_DONE if wanted.ok else Event.DRILL_FAILED
    tx.record(event, None, backup_id=row.backup_id, seconds=wanted.seconds)
    return {}
