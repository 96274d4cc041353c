"""Reads of notes: one's own, and others' as far as they are shared with the reader and the paper may be opened."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from meeting.documents.access import Place, place_of
from meeting.documents.models import File
from meeting.documents.queries import readable
from meeting.materials.audience_queries import may_open
from meeting.materials.models import Submission
from meeting.notes.models import Note
from meeting.notes.rules import sees
from meeting.organization.group_queries import groups_of
from meeting.permissions import Actor


@dataclass(frozen=True)
class Reader:
    """Whose notes somebody reads beside their own."""

    person_id: int
    groups: frozenset[int]

    def may_read(self, note: Note, meetings: frozenset[int]) -> bool:
        """Own notes always; others' as they are shared, in the meetings in which the reader may open the file."""
        if note.removed_at is not None:
            return False
        if note.person_id == self.person_id:
            return True
        return sees(note.shared, note.meeting_id, note.group_id, meetings=meetings, groups=self.groups)


def reader_of(session: Session, actor: Actor) -> Reader:
    """The reader with the groups they belong to today."""
    return Reader(actor.person_id, frozenset(group.id for group in groups_of(session, actor.person_id)))


def meetings_of(session: Session, actor: Actor, file_id: int, place: Place) -> frozenset[int]:
    """The meetings in which somebody may open a file now."""
    versions = session.scalars(select(Submission).where(Submission.file_id == file_id))
    found = {version.meeting_id for version in versions if may_open(session, actor, version)}
    return frozenset(found | ({place.meeting_id} if place.meeting_id else set()))


def _concerning(actor: Actor) -> Any:
    """Own notes and those that are or were shared; never another's private note."""
    return or_(Note.person_id == actor.person_id, Note.shared != "me")


def notes_on(session: Session, actor: Actor, file_id: int) -> list[Note]:
    """The notes on one document that the reader may see, by page. Missing for those who may not open it."""
    file, place = readable(session, actor, file_id)
    meetings, reader = meetings_of(session, actor, file.id, place), reader_of(session, actor)
    wanted = select(Note).where(Note.file_id == file_id, Note.removed_at.is_(None), _concerning(actor))
    rows = session.scalars(wanted.options(*_whole()).order_by(Note.page, Note.id))
    return [note for note in rows if reader.may_read(note, meetings)]


def _whole() -> tuple[Any, ...]:
    return joinedload(Note.group), joinedload(Note.carried_from)


def version_of(session: Session, actor: Actor, file_id: int) -> int:
    """Grows when something changes in a document's notes that concerns this reader."""
    mine = select(func.max(Note.stamp)).where(Note.file_id == file_id, Note.person_id == actor.person_id)
    others = select(func.max(Note.told_stamp)).where(Note.file_id == file_id)
    return max(session.scalar(mine) or 0, session.scalar(others) or 0)


def depends_on_groups(session: Session, actor: Actor, file_id: int) -> bool:
    """Whether others share notes on a document with groups: then the reader's notes change with their memberships too."""
    wanted = select(Note.id).where(Note.file_id == file_id, Note.shared == "group", Note.person_id != actor.person_id)
    return session.scalar(wanted.limit(1)) is not None


def numbers_of(session: Session, file_ids: Iterable[int]) -> dict[int, int]:
    """The version number of each file that is a version of a paper."""
    rows = session.execute(select(Submission.file_id, Submission.number).where(Submission.file_id.in_(list(file_ids))))
    return {row.file_id: row.number for row in rows}


def origin(note: Note) -> Note | None:
    """The note it was carried from; of a lost one, the note on the version that still had the passage."""
    found = note.carried_from
    while note.lost and found is not None and found.lost and found.carried_from is not None:
        found = found.carried_from
    return found


def wire(session: Session, actor: Actor, notes: Sequence[Note]) -> list[dict[str, Any]]:
    """Notes as clients get them."""
    origins = {note.id: origin(note) for note in notes}
    numbers = numbers_of(session, {found.file_id for found in origins.values() if found is not None})
    return [_one(actor, note, origins[note.id], numbers) for note in notes]


def _one(actor: Actor, note: Note, source: Note | None, numbers: Mapping[int, int]) -> dict[str, Any]:
    carried = {"version": numbers.get(source.file_id), "page": source.page, "file_id": source.file_id} if source else None
    return {
        "key": note.key,
        "id": note.id,
        "file_id": note.file_id,
        "page": note.page,
        "kind": note.kind,
        "color": note.color,
        "text": note.text,
        "anchor": note.anchor,
        "strokes": note.strokes,
        "shared": note.shared,
        "group_id": note.group_id,
        "group": note.group.name if note.group else None,
        "meeting_id": note.meeting_id,
        "revision": note.revision,
        "mine": note.person_id == actor.person_id,
        "person": {"id": note.person_id, "name": note.person.called},
        "changed_at": note.changed_at.isoformat(),
        "carried_from": carried,
        "lost": note.lost,
        "conflict_of": note.conflict_of,
    }


@dataclass(frozen=True)
class Leaf:
    """A note in a list, with the paper it stands on."""

    note: Note
    place: Place
    file: File
    requirement_id: int | None
    source: Note | None
    source_number: int | None

    @property
    def passage(self) -> str:
        """The words it stands on, if it stands on words."""
        return str((self.note.anchor.get("quote") or {}).get("exact", ""))


def notes_in(session: Session, actor: Actor, meeting_id: int) -> list[Leaf]:
    """All notes in a meeting that somebody may see: each once, on the newest version they may open, in the programme's order."""
    candidates = select(Note).where(Note.meeting_id == meeting_id, or_(_concerning(actor), Note.told_stamp > 0))
    return _leaves(session, actor, candidates)


def my_notes(session: Session, actor: Actor) -> list[Leaf]:
    """All own notes on papers that may be opened now, the latest first."""
    found = _leaves(session, actor, select(Note).where(Note.person_id == actor.person_id))
    return sorted(found, key=lambda leaf: (leaf.note.changed_at, leaf.note.id), reverse=True)


def _leaves(session: Session, actor: Actor, candidates: Select[Note]) -> list[Leaf]:
    rows = list(session.scalars(candidates.options(*_whole(), joinedload(Note.file)).order_by(Note.page, Note.id)))
    files = {note.file_id: note.file for note in rows}
    places = {file_id: place for file_id, file in files.items() if (place := _place(session, actor, file))}
    meetings = {file_id: meetings_of(session, actor, file_id, place) for file_id, place in places.items()}
    reader = reader_of(session, actor)
    replaced = {note.carried_from_id for note in rows if note.file_id in places}
    shown = [
        note
        for note in rows
        if note.file_id in places and note.id not in replaced and reader.may_read(note, meetings[note.file_id])
    ]
    origins = {note.id: origin(note) for note in shown}
    numbers = numbers_of(session, {each.file_id for each in origins.values() if each})
    papers = _papers(session, {note.file_id for note in shown})
    leaves = []
    for note in shown:
        source = origins[note.id]
        number = numbers.get(source.file_id) if source else None
        leaves.append(Leaf(note, places[note.file_id], note.file, papers.get(note.file_id), source, number))
    return sorted(leaves, key=_in_order)


def _place(session: Session, actor: Actor, file: File) -> Place | None:
    """Where the reader meets a file that may be opened now."""
    mine = bool(actor.person_id) and file.uploaded_by == actor.person_id
    if file.was_refused or not (mine or file.first_page_read):
        return None
    return place_of(session, actor, file)


def _papers(session: Session, file_ids: Iterable[int]) -> dict[int, int]:
    rows = session.execute(select(Submission.file_id, Submission.requirement_id).where(Submission.file_id.in_(list(file_ids))))
    return {row.file_id: row.requirement_id for row in rows}


def _in_order(leaf: Leaf) -> tuple[Any, ...]:
    """By item, then paper; in a paper those that lost their passage first, then by page and height."""
    at = _corner(leaf.note)
    paper = leaf.requirement_id or leaf.file.id
    return (leaf.place.item_number or 0, paper, not leaf.note.lost, leaf.note.page, at[1], leaf.note.id)


def any_in(session: Session, actor: Actor, meeting_id: int) -> bool:
    """Whether there is a note on the papers of a meeting that might concern somebody; one quick query."""
    wanted = select(Note.id).where(Note.meeting_id == meeting_id, Note.removed_at.is_(None), _concerning(actor))
    return session.scalar(wanted.limit(1)) is not None


def _corner(note: Note) -> Sequence[float]:
    """Where a note begins on its page."""
    boxes = note.anchor.get("boxes") or []
    points = [point for stroke in note.strokes for point in stroke["points"]]
    found: Sequence[float] = note.anchor.get("at") or (boxes[0] if boxes else points[0] if points else (0, 0))
    return found
