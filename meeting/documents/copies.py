"""Copies of papers for one reader: asked for here, made in the worker, swept away after a day."""

import json
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from meeting import clock, config
from meeting.acts import ActInput, Tx, act
from meeting.documents import store_shared
from meeting.documents.access import open_file
from meeting.documents.copies_models import Copy
from meeting.documents.copies_rules import KEPT, check_copy, check_count, in_words
from meeting.documents.models import File
from meeting.documents.overlays import overlays
from meeting.errors import Refused
from meeting.events import Event
from meeting.jobs import enqueue
from meeting.permissions import Action, Actor

BEING_MADE = ("waiting", "making")

#: How a room above knows the unit of somebody whose office says nothing: `(session, actor) -> name or ""`.
UNITS_OF: list[Callable[[Session, Actor], str]] = []


class AskCopyInput(ActInput):
    """A copy of a paper: `stamped` with the reader's name and the time on each page, `noted` with their notes too."""

    file_id: int
    kind: Literal["stamped", "noted"] = "stamped"


class CopyInput(ActInput):
    """One copy, for the worker: how far it is, or why it could not be made."""

    copy_id: int
    pages_done: int = 0
    size_bytes: int = 0
    refusal: str = ""


class SweepInput(ActInput):
    """Nothing to say: whatever has lain its time."""


def copy_path(copy_id: int) -> Path:
    """Where the bytes of a copy lie. They are no part of a backup."""
    return config.settings().storage / "copies" / f"{copy_id}.pdf"


@act("documents.ask_copy", Action.TAKE_COPY)
def ask_copy(tx: Tx, wanted: AskCopyInput) -> dict[str, Any]:
    """Makes a PDF of a paper for its reader, with their name, office and this moment on each page; the worker makes it.

    Asked again while the same copy is being made, it is that copy. Refused: `nothing_allowed` where the office lets nobody
    take it, `copy_not_yet`, `no_notes_in_it`, `copies_waiting`, `copies_enough`; unknown papers are not found.
    Journal: COPY_ASKED, in the meeting of the paper.
    """
    tx.require(Action.TAKE_COPY)
    file = tx.get(File, wanted.file_id)
    place = open_file(tx.reading, tx.actor, file)
    check_copy(place.takeable, file.state)
    mine = select(Copy).where(Copy.person_id == tx.actor.person_id, Copy.expires_at > tx.now)
    same = tx.scalar(mine.where(Copy.file_id == file.id, Copy.kind == wanted.kind, Copy.state.in_(BEING_MADE)))
    if same is not None:
        tx.nothing_to_record("this copy is being made already")
        return {"copy_id": same.id}
    states = [each.state for each in tx.scalars(mine)]
    check_count(sum(state in BEING_MADE for state in states), len(states))
    row = tx.add(
        Copy(
            file_id=file.id,
            person_id=tx.actor.person_id,
            kind=wanted.kind,
            title=place.title[:300],
            bearer="\n".join(bearer(tx)),
            asked_at=tx.now,
            expires_at=tx.now + KEPT,
            overlay=_notes(tx, file) if wanted.kind == "noted" else None,
        )
    )
    known = {"title": place.title} if place.meeting_id else {}  # a private paper's name is nobody else's business
    tx.record(Event.COPY_ASKED, place.meeting_id, copy_id=row.id, file_id=file.id, kind=row.kind, **known)
    enqueue(tx, "documents.make_copy", copy_id=row.id)
    return {"copy_id": row.id}


def bearer(tx: Tx) -> list[str]:
    """What stands on each page: whose copy, their office or unit, and the moment on Vietnamese clocks."""
    office = tx.actor.position or next((unit for each in UNITS_OF if (unit := each(tx.reading, tx.actor))), "")
    moment = clock.local(tx.now).strftime("%H:%M %d/%m/%Y")
    return [each for each in (f"Bản sao của {in_words(tx.actor.name)}", office, moment) if each]


def _notes(tx: Tx, file: File) -> bytes:
    found = overlays.of(tx.reading, tx.actor, file)
    if found is None or not (found["pages"] or found["sheet"]):
        raise Refused("no_notes_in_it")
    return zlib.compress(json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode(), 6)


@act("documents.copy_begun", Action.READ_OUT_DOCUMENT)
def copy_begun(tx: Tx, wanted: CopyInput) -> dict[str, Any]:
    """The worker begins to make a copy, or begins again. `make` is false when there is nothing to do any more."""
    tx.require(Action.READ_OUT_DOCUMENT)
    tx.nothing_to_record("progress of the worker is no event of a council")
    row = tx.get(Copy, wanted.copy_id)
    if row.state not in BEING_MADE or row.file.was_refused:
        return {"make": False}
    row.state, row.pages_done = "making", 0
    overlay = json.loads(zlib.decompress(row.overlay)) if row.overlay else None
    order = {
        "bearer": row.bearer.split("\n"),
        "overlay": overlay,
        "heading": row.bearer.split("\n")[0].replace("Bản sao", "Ghi chú"),
    }
    return {"make": True, "file_id": row.file_id, "order": order}


@act("documents.copy_told", Action.READ_OUT_DOCUMENT)
def copy_told(tx: Tx, wanted: CopyInput) -> dict[str, Any]:
    """The worker tells how far a copy is; with its size it is ready, with a refusal it never will be. The notes drawn go."""
    tx.require(Action.READ_OUT_DOCUMENT)
    tx.nothing_to_record("progress of the worker is no event of a council")
    row = tx.get(Copy, wanted.copy_id)
    if row.state != "making":
        return {}
    row.pages_done = wanted.pages_done
    if wanted.refusal:
        row.state, row.refusal, row.overlay = "refused", wanted.refusal, None
    elif wanted.size_bytes:
        row.state, row.size_bytes, row.ready_at, row.overlay = "ready", wanted.size_bytes, tx.now, None
    return {}


@act("documents.sweep_copies", Action.READ_OUT_DOCUMENT)
def sweep_copies(tx: Tx, _wanted: SweepInput) -> dict[str, Any]:
    """Takes away the copies that have lain for a day; that they were taken stays in the journal. Twice is harmless."""
    tx.require(Action.READ_OUT_DOCUMENT)
    tx.nothing_to_record("the journal keeps that the copy was asked for")
    old = select(Copy).where(Copy.expires_at <= tx.now, Copy.state != "expired")
    rows = tx.scalars(old).all()
    for row in rows:
        row.state, row.overlay = "expired", None
    ids = [row.id for row in rows]
    tx.after_commit(lambda: remove(ids))
    return {"swept": len(ids)}


def remove(copy_ids: Sequence[int]) -> None:
    """Takes the bytes of copies off the disk."""
    for each in copy_ids:
        copy_path(each).unlink(missing_ok=True)
        store_shared.erase(store_shared.name_of(copy_path(each)))


def expired_copies(session: Session) -> int:
    """How many copies wait to be swept away."""
    return session.scalar(select(func.count()).where(Copy.expires_at <= clock.now(), Copy.state != "expired")) or 0
