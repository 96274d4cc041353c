"""Carrying notes along when a new version comes: started by its publication, done by the worker, harmless when repeated."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased, undefer

from meeting.acts import ActInput, Tx, act, on
from meeting.database import reading
from meeting.documents.models import File, Page
from meeting.events import Event
from meeting.jobs import Job, enqueue, job
from meeting.journal import Told
from meeting.materials.compare import MAX_WORDS
from meeting.materials.compare_service import page_texts
from meeting.materials.models import Submission
from meeting.notes import rules
from meeting.notes.anchors import Document, PageWords
from meeting.notes.carrying import Placed, carry
from meeting.notes.following import Path
from meeting.notes.models import Note
from meeting.permissions import SYSTEM, Action
from meeting.writer import perform

JOB = "notes.carry"
CHUNK = 20  # notes written in one transaction


class CarriedInput(ActInput):
    """Notes placed on a newer version: of each its source, the revision that was read, and where the copy stands."""

    file_id: int
    notes: list[dict[str, Any]]


@on(Event.PAPER_PUBLISHED)
def version_published(tx: Tx, told: Told) -> None:
    """A new version was handed out: the notes on the versions before it come along."""
    version = tx.get(Submission, told.facts["submission_id"])
    _ask_worker(tx, version.requirement_id)


@on(Event.FILE_READY)
def version_read(tx: Tx, told: Told) -> None:
    """All pages of a version were read: what had to wait for its text is done now."""
    wanted = select(Submission).where(Submission.file_id == told.facts["file_id"], Submission.published_at.is_not(None))
    for version in tx.scalars(wanted).all():
        _ask_worker(tx, version.requirement_id)


def carry_on(tx: Tx, file_id: int) -> None:
    """A note was written on a version that has a newer one already: it comes along too."""
    newer = aliased(Submission)
    wanted = (
        select(Submission.requirement_id)
        .join(newer, newer.requirement_id == Submission.requirement_id)
        .where(Submission.file_id == file_id, newer.number > Submission.number, newer.published_at.is_not(None))
        .distinct()
    )
    for requirement_id in tx.scalars(wanted).all():
        _ask_worker(tx, requirement_id)


def _ask_worker(tx: Tx, requirement_id: int) -> None:
    """One job for a paper is enough, and none where nobody has written anything."""
    files = select(Submission.file_id).where(Submission.requirement_id == requirement_id)
    noted = tx.scalar(select(func.count()).select_from(Note).where(Note.file_id.in_(files)))
    arguments = {"requirement_id": requirement_id}
    waits = tx.scalar(select(Job.id).where(Job.kind == JOB, Job.state == "waiting", Job.arguments == arguments).limit(1))
    if noted and waits is None:
        enqueue(tx, JOB, **arguments)


@job(JOB)
def run(requirement_id: int) -> None:
    """Carries the notes of everybody on every version of a paper to the next one handed out. Again it finds nothing to do."""
    with reading() as session:
        steps = _steps(session, requirement_id)
    for older, newer in steps:
        with reading() as session:
            placed = list(_placed(session, older, newer))
        for start in range(0, len(placed), CHUNK):
            perform(SYSTEM, "notes.keep_carried", {"file_id": newer, "notes": placed[start : start + CHUNK]})


def _steps(session: Session, requirement_id: int) -> list[tuple[int, int]]:
    """From each version's file to that of the next version handed out, oldest first; files not yet read wait."""
    wanted = select(Submission).where(Submission.requirement_id == requirement_id).order_by(Submission.number)
    versions = list(session.scalars(wanted))
    found = []
    for at, version in enumerate(versions):
        following = next((each for each in versions[at + 1 :] if each.is_published), None)
        if following is not None and following.file_id != version.file_id and following.file.state == "ready":
            found.append((version.file_id, following.file_id))
    return found


def _placed(session: Session, older: int, newer: int) -> Iterator[dict[str, Any]]:
    """Where the notes of one version stand in another, those that have no copy yet or whose copy is behind."""
    notes = _to_carry(session, older)
    if not notes:
        return
    there = document(session, session.get_one(File, newer))
    paths: dict[int, Path] = {}
    for note in notes:
        home = _last_home(note)
        if home.file_id not in paths:
            paths[home.file_id] = Path(document(session, home.file), there, MAX_WORDS)
        found = carry(paths[home.file_id], note.kind, Placed(note.page, note.anchor, note.strokes))
        where = {"page": found.page, "anchor": found.anchor, "strokes": found.strokes, "lost": found.lost}
        yield {"note_id": note.id, "revision": note.revision, **where}


def _to_carry(session: Session, file_id: int) -> list[Note]:
    copy = aliased(Note)
    wanted = (
        select(Note)
        .outerjoin(copy, copy.carried_from_id == Note.id)
        .where(Note.file_id == file_id)
        .where(
            or_(
                copy.id.is_(None) & Note.removed_at.is_(None),
                copy.touched.is_(False) & (copy.carried_revision < Note.revision),
            )
        )
        .order_by(Note.id)
    )
    return list(session.scalars(wanted))


def _last_home(note: Note) -> Note:
    """The note where its passage was last seen: a lost one is looked for from the version that still had it."""
    found = note
    while found.lost and found.carried_from is not None:
        found = found.carried_from
    return found


def document(session: Session, file: File) -> Document:
    """The words of a file with their boxes; a page without any is known by its picture."""
    pictures = {page.number: page.picture for page in page_texts(session, file)}
    rows = session.scalars(select(Page).where(Page.file_id == file.id).options(undefer(Page.boxes)).order_by(Page.number))
    return Document(PageWords(row.number, row.words, pictures[row.number], row.width, row.height) for row in rows)


@act("notes.keep_carried", Action.CARRY_NOTES)
def keep_carried(tx: Tx, wanted: CarriedInput) -> dict[str, Any]:
    """Keeps the copies of notes on a newer version, each with its writer's words and sharing; those of a version that was
    never handed out, or was taken back, with their writer alone. Only the worker does this.

    A copy its writer has changed or removed stays as it is; a note changed since it was read waits for the next run. Twice
    is harmless. Nothing is recorded: nobody did anything.
    """
    tx.require(Action.CARRY_NOTES)
    tx.nothing_to_record("the worker takes notes along")
    kept = sum(_keep(tx, wanted.file_id, each) for each in wanted.notes)
    return {"kept": kept}


def _keep(tx: Tx, file_id: int, placed: dict[str, Any]) -> bool:
    source = tx.get(Note, placed["note_id"])
    copy = tx.scalar(select(Note).where(Note.carried_from_id == source.id))
    if source.revision != placed["revision"] or (copy is None and source.removed_at is not None):
        return False
    if copy is not None and (copy.touched or (copy.carried_revision or 0) >= source.revision):
        return False
    if copy is None:
        copy = Note(
            file_id=file_id,
            person_id=source.person_id,
            key=rules.carried_key(source.key, file_id),
            meeting_id=source.meeting_id,
            revision=0,
            shared="me",
            made_at=source.made_at,
            conflict_of=rules.carried_key(source.conflict_of, file_id) if source.conflict_of else None,
            carried_from_id=source.id,
        )
    _copy(tx, source, copy, placed)
    return True


def _copy(tx: Tx, source: Note, copy: Note, placed: dict[str, Any]) -> None:
    before = copy.shared
    for name in ("kind", "color", "text", "changed_at", "removed_at"):
        setattr(copy, name, getattr(source, name))
    copy.shared, copy.group_id = (source.shared, source.group_id) if _handed_out(tx, source.file_id) else ("me", None)
    copy.page, copy.anchor, copy.strokes = placed["page"], placed["anchor"], placed["strokes"]
    copy.lost, copy.carried_revision, copy.touched = placed["lost"], source.revision, False
    copy.revision += 1
    copy.stamp = next_stamp(tx, copy.file_id, copy.person_id)
    if rules.heard_by_others(before, copy.shared):
        copy.told_stamp = copy.stamp
    tx.add(copy)
    if copy.meeting_id is not None:
        tx.touch(copy.meeting_id)


def _handed_out(tx: Tx, file_id: int) -> bool:
    """Whether readers know this version. What the office wrote on one they never got quotes it, and stays with its writer."""
    versions = tx.scalars(select(Submission).where(Submission.file_id == file_id))
    return any(version.is_published for version in versions)


def next_stamp(tx: Tx, file_id: int, person_id: int) -> int:
    """Greater than all this person has heard of in the file; says nothing about others' private notes. Microseconds."""
    mine = select(func.max(Note.stamp)).where(Note.file_id == file_id, Note.person_id == person_id)
    others = select(func.max(Note.told_stamp)).where(Note.file_id == file_id)
    heard = max(tx.scalar(mine) or 0, tx.scalar(others) or 0)
    return max(int(tx.now.timestamp() * 1_000_000), heard + 1)
