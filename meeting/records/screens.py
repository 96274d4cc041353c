"""What the page on backups shows."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.errors import SENTENCES, Forbidden, Refused
from meeting.permissions import INSTALLATION, Action, Actor, allows
from meeting.records.drill import LOOKS
from meeting.records.keeping import folder_of, keys_of, plan_now
from meeting.records.models import BackupRun, DrillRun
from meeting.records.pieces import free_bytes

SHOWN = 60


def demand(session: Session, actor: Actor, action: Action) -> None:
    """Refused as `forbidden` for those who may not, wherever they sit."""
    if not allows(action, INSTALLATION.hats_of(actor, session)):
        raise Forbidden()


def runs(session: Session) -> list[BackupRun]:
    """Backups, the newest first: what stands, what is being made, what failed."""
    wanted = select(BackupRun).where(BackupRun.state != "removed").order_by(BackupRun.id.desc()).limit(SHOWN)
    return list(session.scalars(wanted))


def newest(session: Session) -> BackupRun | None:
    """The newest backup that was read back."""
    return session.scalar(select(BackupRun).where(BackupRun.state == "done").order_by(BackupRun.done_at.desc()).limit(1))


def last_drill(session: Session) -> DrillRun | None:
    """The newest drill that has ended."""
    ended = (DrillRun.findings != []) | (DrillRun.error != "")
    return session.scalar(select(DrillRun).where(ended).order_by(DrillRun.id.desc()).limit(1))


def overview(session: Session, actor: Actor) -> dict[str, Any]:
    """The plan, the backups, the key, the last drill. Only the administrator."""
    demand(session, actor, Action.KEEP_BACKUPS)
    plan = plan_now(session)
    folder = folder_of(plan)
    keys, key_error = None, ""
    try:
        keys = keys_of(plan)
    except Refused as refused:
        key_error = refused.code
    shown = runs(session)
    return {
        "plan": plan,
        "folder": str(folder),
        "free_bytes": free_bytes(folder),
        "public_key": keys.shown if keys else "",
        "has_secret": bool(keys and keys.secret),
        "key_error": key_error,
        "runs": shown,
        "busy": [run for run in shown if run.state in ("waiting", "running")],
        "newest": newest(session),
        "now": clock.now(),
        "drill": last_drill(session),
        "looks": LOOKS,
        "sentences": SENTENCES,
    }


def as_value(session: Session, actor: Actor) -> dict[str, Any]:
    """The same for programs."""
    found = overview(session, actor)
    drill = found["drill"]
    return {
        "plan": found["plan"].as_value(),
        "folder": found["folder"],
        "encrypted": bool(found["public_key"]),
        "backups": [
            {
                "id": run.id,
                "state": run.state,
                "reason": run.reason,
                "started_at": run.started_at.isoformat(),
                "verified_at": run.done_at.isoformat() if run.done_at else None,
                "percent": run.percent,
                "size_bytes": run.size_bytes,
                "files": run.files,
                "encrypted": run.is_sealed,
                "error": run.error,
            }
            for run in found["runs"]
        ],
        "drill": {"at": drill.at.isoformat(), "ok": drill.ok, "seconds": drill.seconds} if drill else None,
    }
