"""What programs may read of keeping."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.errors import Forbidden, Missing
from meeting.permissions import Action, Actor, allows
from meeting.records import archiving, retention, screens
from meeting.web.api import resource


@resource("/keeping", "The plan of backups, the backups that stand, the last drill; for the administrator")
def keeping(session: Session, actor: Actor) -> dict[str, Any]:
    """Backups and drills."""
    return screens.as_value(session, actor)


@resource("/retention", "What is kept for how many days (null: for ever) and why; for the administrator")
def retention_rules(session: Session, actor: Actor) -> dict[str, Any]:
    """Terms of keeping, and what was removed lately."""
    screens.demand(session, actor, Action.KEEP_RETENTION)
    removed = retention.prunings(session)
    return {
        "rules": [{"key": each.key, "days": each.days, "verified": each.verified} for each in retention.rules(session)],
        "removed": [{"rule": row.rule, "at": row.at.isoformat(), "count": row.count} for row in removed],
    }


@resource("/meetings/<int:meeting_id>/archive", "One's own newest archive file of a filed meeting: how far it is")
def meeting_archive(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """State, percent, name, hash."""
    meeting = session.get(Meeting, meeting_id)
    hats = meeting.hats_of(actor, session) if meeting else frozenset()
    if meeting is None or not hats:
        raise Missing()
    if not allows(Action.TAKE_ARCHIVE, hats):
        raise Forbidden()
    row = (archiving.mine(session, actor, meeting) or {}).get("row")
    if row is None:
        return {"archive": None}
    names = ("id", "state", "percent", "name", "size_bytes", "sha256", "pieces")
    return {"archive": {name: getattr(row, name) for name in names}}
