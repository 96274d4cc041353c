"""Acts of open data: a sitting is shown and taken back by people; the register of what is public is kept by the worker."""

from typing import Any

from pydantic import Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import jobs
from meeting.acts import ActInput, Tx, act
from meeting.agenda.models import Meeting
from meeting.database import database, reading
from meeting.errors import N_, Malformed, Refused
from meeting.events import Event
from meeting.journal import Entry
from meeting.opendata import rules
from meeting.opendata.models import OpenObject, PublicSitting
from meeting.opendata.objects import all_objects
from meeting.permissions import SYSTEM, Action
from meeting.writer import perform

REFRESH_SECONDS = 10.0


class SittingInput(ActInput):
    """Names a sitting."""


class HideInput(SittingInput):
    """Why it is taken back."""

    reason: str = Field("", max_length=2000)


def _meeting(tx: Tx, wanted: SittingInput) -> Meeting:
    if wanted.meeting_id is None:
        raise Malformed({"meeting_id": N_("Say which meeting.")})
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.SHOW_SITTING, meeting)
    return meeting


@act("opendata.show_sitting", Action.SHOW_SITTING)
def show_sitting(tx: Tx, wanted: SittingInput) -> dict[str, Any]:
    """Shows a sitting of the council to the public: programme, presence, results, and its minutes once they are signed.

    Refused: `sitting_not_council`, `sitting_closed`, `sitting_in_group`, `sitting_not_issued`, `sitting_shown`. Recorded.
    """
    meeting = _meeting(tx, wanted)
    practice = meeting.body.practice_of_id is not None
    rules.check_shown(meeting.body.kind, meeting.state, meeting.sitting, closed=meeting.closed, practice=practice)
    row = tx.scalar(select(PublicSitting).where(PublicSitting.meeting_id == meeting.id))
    if row is not None and row.hidden_at is None:
        raise Refused("sitting_shown")
    if row is None:
        row = tx.add(PublicSitting(meeting_id=meeting.id, shown_at=tx.now, shown_by_id=tx.actor.person_id))
    row.shown_at, row.shown_by_id = tx.now, tx.actor.person_id
    row.hidden_at, row.hidden_by_id, row.reason = None, None, ""
    tx.flush()
    refresh_register(tx)
    tx.record(Event.SITTING_SHOWN, meeting)
    return {}


@act("opendata.hide_sitting", Action.SHOW_SITTING)
def hide_sitting(tx: Tx, wanted: HideInput) -> dict[str, Any]:
    """Takes a sitting back from the public at once; programs that copied it find a tombstone.

    Refused: `sitting_not_shown`. Recorded with the reason.
    """
    meeting = _meeting(tx, wanted)
    row = tx.scalar(select(PublicSitting).where(PublicSitting.meeting_id == meeting.id))
    if row is None or row.hidden_at is not None:
        raise Refused("sitting_not_shown")
    row.hidden_at, row.hidden_by_id, row.reason = tx.now, tx.actor.person_id, wanted.reason
    tx.flush()
    refresh_register(tx)
    tx.record(Event.SITTING_HIDDEN, meeting, reason=wanted.reason)
    return {}


class RefreshInput(ActInput):
    """Nothing is asked: the register follows the store."""


@act("opendata.refresh", Action.KEEP_OPEN_DATA)
def refresh(tx: Tx, wanted: RefreshInput) -> dict[str, Any]:  # noqa: ARG001 - there is nothing to want
    """Brings what the public reads up to date. Not recorded: what changed it stands in the journal."""
    tx.require(Action.KEEP_OPEN_DATA)
    tx.nothing_to_record("what changed is recorded where it changed")
    return {"changed": refresh_register(tx)}


def refresh_register(tx: Tx) -> int:
    """Compares the register with what is public now; returns how many objects came, changed or went."""
    made = all_objects(tx.reading)
    kept = {f"{row.kind}/{row.key}": row for row in tx.scalars(select(OpenObject))}
    changed = 0
    for name, each in made.items():
        changed += _keep(tx, each, rules.digest_of(name, made), kept.get(name))
    for name, row in kept.items():
        if name not in made and row.deleted_at is None:
            row.content, row.digest, row.deleted_at, row.modified_at = {}, "", tx.now, tx.now
            changed += 1
    return changed


def is_behind(session: Session) -> bool:
    """Whether the register says something else than what is public now. Only read: no act waits while it is compared."""
    made = all_objects(session)
    rows = session.execute(select(OpenObject.kind, OpenObject.key, OpenObject.digest).where(OpenObject.deleted_at.is_(None)))
    kept = {f"{kind}/{key}": digest for kind, key, digest in rows}
    return kept.keys() != made.keys() or any(kept[name] != rules.digest_of(name, made) for name in made)


def _keep(tx: Tx, each: rules.Made, digest: str, row: OpenObject | None) -> bool:
    if row is None:
        row = OpenObject(kind=each.kind, key=each.key, meeting_id=each.meeting_id, created_at=tx.now, content={}, digest="",
                         modified_at=tx.now)  # fmt: skip
        tx.add(row)
    if row.digest == digest and row.deleted_at is None:
        return False
    row.content, row.digest, row.modified_at, row.deleted_at = each.content, digest, tx.now, None
    return True


_seen: dict[str, int] = {}


@jobs.every(REFRESH_SECONDS)
def follow() -> None:
    """The worker: after something was recorded anywhere, the register follows. Nothing is asked while nothing happens, and
    nothing is written, with all other acts waiting, while nothing public has changed."""
    store = database().url
    with reading() as session:
        newest = session.scalar(select(Entry.id).order_by(Entry.id.desc()).limit(1)) or 0
        behind = _seen.get(store) != newest and is_behind(session)
    if behind:
        perform(SYSTEM, "opendata.refresh", {})
    _seen[store] = newest
