"""The acts of notes: put one on a page, remove it. Private ones are told to nobody."""

from typing import Any

from sqlalchemy import func, select

from meeting.acts import Tx, act, on
from meeting.agenda.models import Meeting
from meeting.database import asking_once
from meeting.documents.access import Place, open_file
from meeting.documents.models import File
from meeting.documents.rules import SECRET
from meeting.errors import Missing, Refused
from meeting.events import Event
from meeting.journal import Told
from meeting.notes import rules
from meeting.notes.carry_service import carry_on, next_stamp
from meeting.notes.inputs import PutInput, RemoveInput
from meeting.notes.models import Note
from meeting.organization.group_queries import groups_of
from meeting.permissions import Action

CONTENT = ("kind", "page", "color", "text", "anchor", "strokes", "shared", "group_id")


@act("notes.put", Action.KEEP_NOTES)
def put(tx: Tx, wanted: PutInput) -> dict[str, Any]:
    """Keeps a note on a page, new or changed; shared with a group or the meeting, or taken back from them.

    The device names the newest revision it knew of: a note changed elsewhere meanwhile is not overwritten, the newcomer is
    kept beside it under `kept_key`. The same content again is harmless; a removed note is put back.

    Refused: `not_found`, `no_such_page`, `passage_missing`, `ink_empty`, `ink_only_drawn`, `ink_too_long`,
    `too_many_notes`, `note_stays_private`, `note_has_no_meeting`, `note_group_unknown`, `forbidden` (sharing).
    Journal: NOTE_SHARED and NOTE_TAKEN_BACK for the whole meeting, without its words; nothing of private notes.
    """
    tx.require(Action.KEEP_NOTES)
    tx.nothing_to_record("a private note")
    file, place = _opened(tx, wanted.file_id)
    content, row = wanted.content, _mine(tx, wanted.file_id, wanted.key)
    _check(tx, wanted, file, place, row)
    outcome = rules.put(_stored(row), wanted.base_revision, content)
    if outcome == "both":
        assert row is not None
        kept = _keep_beside(tx, wanted, place, content)
        return _answer(row) | {"conflict": True, "kept_key": kept.key, "kept_revision": kept.revision}
    if outcome != "same":
        row = _write(tx, row or _new(tx, wanted.key, file, place), content)
    assert row is not None
    return _answer(row)


@act("notes.remove", Action.KEEP_NOTES)
def remove(tx: Tx, wanted: RemoveInput) -> dict[str, Any]:
    """Removes one's own note; putting it again brings it back. Twice is harmless.

    A note changed on another device since `base_revision` stays (`removed: false`). What it said is erased, only that it
    was removed is kept. Refused: `not_found`. Journal: NOTE_TAKEN_BACK when the whole meeting could read it.
    """
    tx.require(Action.KEEP_NOTES)
    tx.nothing_to_record("a private note")
    row = _mine(tx, wanted.file_id, wanted.key)
    if row is None:
        raise Missing()
    outcome = rules.remove(_known(row), wanted.base_revision)
    if outcome == "remove":
        before = row.shared
        erase(row)
        _stamped(tx, row, before)
    return {"key": row.key, "revision": row.revision, "removed": row.removed_at is not None, "conflict": outcome == "kept"}


@on(Event.FILE_REFUSED)
def quoted_secrets_go(tx: Tx, told: Told) -> None:
    """A mark of secrecy was found after people had begun to read: what they wrote on the paper may quote it, and goes."""
    if told.facts["code"] != SECRET:
        return
    for row in tx.scalars(select(Note).where(Note.file_id == told.facts["file_id"])).all():
        before = row.shared
        erase(row)
        _stamped(tx, row, before)


def erase(row: Note) -> None:
    """Leaves of a note only that there was one."""
    row.text, row.anchor, row.strokes = "", {"boxes": []}, []
    row.shared, row.group_id = "me", None


def _opened(tx: Tx, file_id: int) -> tuple[File, Place]:
    file = tx.get(File, file_id)
    with asking_once(tx.reading):
        return file, open_file(tx.reading, tx.actor, file)


def _mine(tx: Tx, file_id: int, key: str) -> Note | None:
    return tx.scalar(select(Note).where(Note.file_id == file_id, Note.person_id == tx.actor.person_id, Note.key == key))


def _check(tx: Tx, wanted: PutInput, file: File, place: Place, row: Note | None) -> None:
    """Whether this note may be kept as it is sent; see `put` for the refusals."""
    on_old_page = row is not None and row.lost and row.page == wanted.page
    if wanted.page > file.page_count and not on_old_page:
        raise Refused("no_such_page")
    content = wanted.content
    rules.check_kind(wanted.kind, "quote" in content["anchor"], bool(wanted.anchor.boxes), content["strokes"])
    if row is None:
        counted = select(func.count()).where(Note.file_id == file.id, Note.person_id == tx.actor.person_id)
        rules.check_count(tx.scalar(counted.where(Note.removed_at.is_(None))) or 0)
    meeting = tx.get(Meeting, place.meeting_id) if place.meeting_id and wanted.shared != "me" else None
    groups = groups_of(tx.reading, tx.actor.person_id, meeting.body_id) if meeting and wanted.shared == "group" else []
    rules.check_sharing(
        wanted.shared,
        wanted.group_id,
        has_meeting=bool(place.meeting_id),
        by_link=tx.actor.only_meeting is not None,
        group_ids=[group.id for group in groups],
    )
    if meeting is not None:
        tx.require(Action.SHARE_NOTES, meeting)


def _stored(row: Note | None) -> rules.Stored | None:
    return _known(row) if row is not None else None


def _known(row: Note) -> rules.Stored:
    return rules.Stored(row.revision, {name: getattr(row, name) for name in CONTENT}, row.removed_at is not None)


def _new(tx: Tx, key: str, file: File, place: Place, **values: Any) -> Note:
    return Note(
        file_id=file.id,
        person_id=tx.actor.person_id,
        key=key,
        meeting_id=place.meeting_id,
        revision=0,
        made_at=tx.now,
        shared="me",
        **values,
    )


def _keep_beside(tx: Tx, wanted: PutInput, place: Place, content: dict[str, Any]) -> Note:
    """The second of two versions of a note; sent again it is the one kept before."""
    key = rules.kept_key(wanted.key, content)
    known = _mine(tx, wanted.file_id, key)
    return known or _write(tx, _new(tx, key, tx.get(File, wanted.file_id), place, conflict_of=wanted.key), content)


def _write(tx: Tx, row: Note, content: dict[str, Any]) -> Note:
    before = row.shared
    if row.lost and (row.page, row.anchor) != (content["page"], content["anchor"]):
        row.lost = False  # its writer has put it somewhere by hand
    for name in CONTENT:
        setattr(row, name, content[name])
    row.removed_at = None
    _stamped(tx, row, before, removed=False)
    return row


def _stamped(tx: Tx, row: Note, before: str, removed: bool = True) -> None:
    """A change is numbered, others hear of it if it concerns them, and copies on newer versions follow."""
    row.revision += 1
    row.changed_at = tx.now
    row.removed_at = tx.now if removed else None
    row.touched = row.carried_from_id is not None
    row.stamp = next_stamp(tx, row.file_id, row.person_id)
    if rules.heard_by_others(before, row.shared):
        row.told_stamp = row.stamp
    tx.add(row)
    if row.meeting_id is not None and rules.heard_by_others(before, row.shared):
        tx.touch(row.meeting_id)
        _tell(tx, row, rules.told(before, row.shared))
    carry_on(tx, row.file_id)


def _tell(tx: Tx, row: Note, what: str) -> None:
    events = {"shared": Event.NOTE_SHARED, "taken_back": Event.NOTE_TAKEN_BACK}
    if what:
        tx.record(events[what], row, file_id=row.file_id, page=row.page, kind=row.kind)


def _answer(row: Note) -> dict[str, Any]:
    return {"key": row.key, "revision": row.revision, "conflict": False, "kept_key": None, "kept_revision": None}
