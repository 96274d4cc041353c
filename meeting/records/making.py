"""The worker's part: backups by the plan, old ones removed after the new one was read back, drills now and then."""

import json
import logging
import subprocess
import sys
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from meeting import clock, config
from meeting.database import reading
from meeting.errors import Refused
from meeting.jobs import every, job
from meeting.permissions import SYSTEM
from meeting.records import backup
from meeting.records.keeping import counts_from, folder_of, keys_of, plan_now
from meeting.records.models import BackupRun, DrillRun
from meeting.records.planning import DRILL_EVERY, Plan, slot_due, superfluous
from meeting.writer import perform

log = logging.getLogger("meeting.records")

TOLD_SECONDS = 2.0
SETTLING_SECONDS = 50.0
DRILL_LIMIT = timedelta(hours=6)


_begun = time.monotonic()


@every(60)
def when_settled() -> None:
    """Looks at the plan once a minute, but not while the machine is still busy with starting."""
    if time.monotonic() - _begun > SETTLING_SECONDS:
        by_the_plan()


def by_the_plan() -> None:
    """Begins the backup whose moment has come; one that was missed while the machine was off is made up for, once."""
    with reading() as session:
        plan = plan_now(session)
        slot = slot_due(plan, clock.now(), counts_from(session, plan)) if plan.on else ""
        if not slot or session.scalar(select(BackupRun.id).where(BackupRun.slot == slot)):
            return
    perform(SYSTEM, "records.backup_due", {"slot": slot})


@job("records.backup", slow=True)
def make(backup_id: int) -> None:
    """Makes one backup and removes those that the plan no longer keeps. What goes wrong is written down, and told."""
    with reading() as session:
        run, plan = session.get(BackupRun, backup_id), plan_now(session)
    if run is None or run.state in ("done", "removed", "failed"):
        return
    try:
        made = _made(run, plan)
    except Refused as refused:
        perform(SYSTEM, "records.backup_failed", {"backup_id": backup_id, "code": refused.code, "facts": refused.facts})
        return
    except OSError as failure:
        log.exception("a backup broke off")
        facts = {"reason": failure.strerror or type(failure).__name__}
        perform(SYSTEM, "records.backup_failed", {"backup_id": backup_id, "code": "backup_broke_off", "facts": facts})
        return
    sizes = {"size_bytes": made.size_bytes, "files": made.files, "is_sealed": made.is_sealed}
    perform(SYSTEM, "records.backup_made", {"backup_id": backup_id, "path": str(made.path), **sizes})
    tidy()
    _try_out(backup_id, plan)


def _made(run: BackupRun, plan: Plan) -> backup.Made:
    keys, folder = keys_of(plan), folder_of(plan)
    name = f"hop-khong-giay-{clock.local(run.started_at):%Y%m%d-%H%M}-{run.id}.{'hkg' if keys else 'tar'}"
    if (folder / name).exists():  # the worker was killed before it could say so
        (folder / name).unlink()
    told = 0.0

    def progress(done: int, total: int) -> None:
        nonlocal told
        if time.monotonic() - told > TOLD_SECONDS:
            told = time.monotonic()
            percent = min(99, 100 * done // max(1, total))
            perform(SYSTEM, "records.backup_goes_on", {"backup_id": run.id, "percent": percent})

    return backup.make(folder / name, keys, progress)


def tidy() -> list[int]:
    """Removes the backups that the plan no longer keeps. Only called after a newer one was read back."""
    with reading() as session:
        plan = plan_now(session)
        runs = list(session.scalars(select(BackupRun).where(BackupRun.state == "done")))
    ids = superfluous([(run.id, run.done_at or run.started_at) for run in runs], plan)
    for run in runs:
        if run.id in ids:
            with suppress(FileNotFoundError):
                Path(run.path).unlink()
    if ids:
        perform(SYSTEM, "records.backups_removed", {"backup_ids": ids})
    return [int(str(key)) for key in ids]


def _try_out(backup_id: int, plan: Plan) -> None:
    """Once a week the fresh backup is restored beside the system, where its key allows."""
    if not plan.drill:
        return
    with reading() as session:
        last = session.scalar(select(DrillRun.at).order_by(DrillRun.at.desc()))
    if last is None or clock.now() - last >= DRILL_EVERY - timedelta(hours=1):
        with suppress(Refused):
            perform(SYSTEM, "records.drill_now", {"backup_id": backup_id})


@job("records.drill", slow=True)
def drill(drill_id: int, path: str) -> None:
    """Restores a backup in a process of its own, so that this one keeps its store, and writes down what came of it."""
    with reading() as session:
        key_file = config.settings().backup_key_file
        plan = plan_now(session)
        keys = keys_of(plan)
    more = ["--key-file", str(key_file)] if key_file and keys and keys.secret else []
    command = [sys.executable, "-m", "meeting.cli", "drill", path, "--json", *more]
    begun = time.monotonic()
    try:
        limit = DRILL_LIMIT.total_seconds()
        ended = subprocess.run(command, capture_output=True, text=True, timeout=limit, check=False)  # noqa: S603 - our own program
        found: dict[str, Any] = json.loads(ended.stdout)
    except (ValueError, subprocess.TimeoutExpired):
        found = {"ok": False, "seconds": round(time.monotonic() - begun), "findings": [], "error": "drill_broke_off"}
    known = {name: found[name] for name in ("seconds", "ok", "findings", "error") if name in found}
    perform(SYSTEM, "records.drilled", {"drill_id": drill_id, **known})
