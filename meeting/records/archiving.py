"""Acts around the archive file of a closed meeting: it is asked for, made by the worker, offered for some days, taken."""

import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from pydantic import Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import clock, config
from meeting.acts import ActInput, Tx, act
from meeting.agenda.models import Meeting
from meeting.agenda.panels import panel
from meeting.database import reading
from meeting.documents import store_shared
from meeting.errors import N_, Forbidden, Missing, Refused, declare
from meeting.events import Event
from meeting.jobs import enqueue, job
from meeting.permissions import SYSTEM, Action, Actor, allows
from meeting.records import archive_file
from meeting.records.models import ArchiveFile
from meeting.writer import perform

OFFERED = timedelta(days=7)
TOLD_SECONDS = 1.0

declare(
    {
        "archive_not_filed": N_("The archive file is made once the meeting has been filed."),
        "archive_on_its_way": N_("The archive file of this meeting is being made for you."),
        "archive_gone": N_("This archive file is not there any more. Have it made again."),
    }
)


def folder() -> Path:
    """Where archive files wait for whoever asked for them."""
    place = config.settings().storage / "archives"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return place


def place_of(archive_id: int) -> Path:
    """Where one lies."""
    return folder() / f"{archive_id}.zip"


class ArchiveInput(ActInput):
    """The meeting."""

    meeting_id: int


@act("records.ask_archive", Action.TAKE_ARCHIVE)
def ask_archive(tx: Tx, wanted: ArchiveInput) -> dict[str, Any]:
    """Has the archive file of a filed meeting made for oneself: everything of it, with its list. It is offered for seven days.

    Refused: `archive_not_filed`, `archive_on_its_way`. Recorded: ARCHIVE_ASKED.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.TAKE_ARCHIVE, meeting)
    if meeting.state != "archived":
        raise Refused("archive_not_filed")
    making = select(ArchiveFile.id).where(
        ArchiveFile.meeting_id == meeting.id,
        ArchiveFile.person_id == tx.actor.person_id,
        ArchiveFile.state.in_(("waiting", "running")),
    )
    if tx.scalar(making):
        raise Refused("archive_on_its_way")
    row = tx.add(ArchiveFile(meeting_id=meeting.id, person_id=tx.actor.person_id, asked_at=tx.now))
    enqueue(tx, "records.archive", archive_id=row.id)
    tx.record(Event.ARCHIVE_ASKED, meeting, archive_id=row.id)
    return {"archive_id": row.id}


class StateInput(ActInput):
    """How far an archive file is, or what became of it."""

    archive_id: int
    state: str
    percent: int = Field(0, ge=0, le=100)
    facts: dict[str, Any] = {}


@act("records.archive_goes_on", Action.KEEP_RECORDS)
def archive_goes_on(tx: Tx, wanted: StateInput) -> dict[str, Any]:
    """Says how far an archive file is. Only the worker. Recorded once it stands: ARCHIVE_MADE with its hash."""
    tx.require(Action.KEEP_RECORDS)
    row = tx.get(ArchiveFile, wanted.archive_id)
    row.state, row.percent = wanted.state, wanted.percent
    for name, value in wanted.facts.items():
        setattr(row, name, value)
    if wanted.state != "done":
        tx.nothing_to_record("only its standing counts")
        return {}
    row.done_at, row.ends_at = tx.now, tx.now + OFFERED
    tx.record(Event.ARCHIVE_MADE, row.meeting, archive_id=row.id, sha256=row.sha256, pieces=row.pieces)
    return {}


@job("records.archive", slow=True)
def make(archive_id: int) -> None:
    """Makes one archive file; what its time is over for goes."""
    clear_away()
    told = 0.0

    def tell(percent: int) -> None:
        nonlocal told
        if time.monotonic() - told > TOLD_SECONDS:
            told = time.monotonic()
            perform(SYSTEM, "records.archive_goes_on", {"archive_id": archive_id, "state": "running", "percent": percent})

    with reading() as session:
        row = session.get(ArchiveFile, archive_id)
        if row is None or row.state in ("done", "gone"):
            return
        try:
            made = archive_file.write(session, row.meeting, place_of(archive_id), tell)
            store_shared.patiently(lambda: store_shared.share(place_of(archive_id)))
        except Refused as refused:
            facts = {"archive_id": archive_id, "state": "failed", "facts": {"error": refused.code}}
            perform(SYSTEM, "records.archive_goes_on", facts)
            return
    facts = {"name": made.name, "size_bytes": made.size_bytes, "sha256": made.sha256, "pieces": made.pieces}
    perform(SYSTEM, "records.archive_goes_on", {"archive_id": archive_id, "state": "done", "percent": 100, "facts": facts})


def clear_away() -> int:
    """Removes the archive files whose days are over; answers how many. The meeting itself stays as it is."""
    with reading() as session:
        over = select(ArchiveFile.id).where(ArchiveFile.state == "done", ArchiveFile.ends_at < clock.now())
        ids = list(session.scalars(over))
    for key in ids:
        place_of(key).unlink(missing_ok=True)
        store_shared.erase(f"archives/{key}.zip")
        perform(SYSTEM, "records.archive_goes_on", {"archive_id": key, "state": "gone", "percent": 100})
    return len(ids)


def taken(session: Session, actor: Actor, archive_id: int) -> tuple[Path, ArchiveFile]:
    """A file that stands, for the person it was made for, with the rights they have now. Refused: `archive_gone`."""
    row = session.get(ArchiveFile, archive_id)
    if row is None or row.person_id != actor.person_id:
        raise Missing()
    hats = row.meeting.hats_of(actor, session)
    if not hats:
        raise Missing()
    if not allows(Action.TAKE_ARCHIVE, hats):
        raise Forbidden()
    path = store_shared.here(place_of(archive_id))
    if row.state != "done" or (row.ends_at and row.ends_at < clock.now()) or not path.exists():
        raise Refused("archive_gone")
    return path, row


class TakenInput(ActInput):
    """The file that was fetched."""

    archive_id: int


@act("records.take_archive", Action.TAKE_ARCHIVE)
def take_archive(tx: Tx, wanted: TakenInput) -> dict[str, Any]:
    """Notes that an archive file leaves the system, by whom, with its hash. Refused: `archive_gone`. Recorded: ARCHIVE_TAKEN."""
    row = tx.get(ArchiveFile, wanted.archive_id)
    tx.require(Action.TAKE_ARCHIVE, row.meeting)
    _, row = taken(tx.reading, tx.actor, wanted.archive_id)
    tx.record(Event.ARCHIVE_TAKEN, row.meeting, archive_id=row.id, sha256=row.sha256)
    return {"sha256": row.sha256}


class WrittenInput(ActInput):
    """An archive file that the operator has written."""

    meeting_id: int
    sha256: str
    pieces: int


@act("records.archive_written", Action.KEEP_RECORDS)
def archive_written(tx: Tx, wanted: WrittenInput) -> dict[str, Any]:
    """Notes that the operator has written the archive file of a meeting to the disk. Recorded: ARCHIVE_TAKEN."""
    tx.require(Action.KEEP_RECORDS)
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.record(Event.ARCHIVE_TAKEN, meeting, sha256=wanted.sha256, pieces=wanted.pieces)
    return {}


def write_out(meeting_id: int, target: Path) -> archive_file.Written:
    """Writes the archive file of a filed meeting to a place of the operator's. Refused: `archive_not_filed`, `file_exists`."""
    if target.exists():
        raise Refused("file_exists", file=target.name)
    with reading() as session:
        meeting = session.get(Meeting, meeting_id)
        if meeting is None:
            raise Missing()
        if meeting.state != "archived":
            raise Refused("archive_not_filed")
        made = archive_file.write(session, meeting, target)
    facts = {"meeting_id": meeting_id, "sha256": made.sha256, "pieces": made.pieces}
    perform(SYSTEM, "records.archive_written", facts)
    return made


def mine(session: Session, actor: Actor, meeting: Meeting) -> dict[str, Any] | None:
    """For the meeting's page: one's own newest archive file of it, once it is filed."""
    if meeting.state != "archived":
        return None
    wanted = select(ArchiveFile).where(ArchiveFile.meeting_id == meeting.id, ArchiveFile.person_id == actor.person_id)
    row = session.scalar(wanted.order_by(ArchiveFile.id.desc()).limit(1))
    if row is not None and row.state == "done" and row.ends_at is not None and row.ends_at < clock.now():
        row = None
    return {"row": row if row is not None and row.state != "gone" else None}


panel("archive", place="side", template="records/archive_panel.html", load=mine, action=Action.TAKE_ARCHIVE, order=60)
