"""What this process knows of a meeting's live state, as JSON, and reading again what may have changed.

Each part (a section for an audience, a room's part of `me`) is read in a session of its own on one picture of the store, so
that the tables it looks into are noted for it alone. A part is read again when one of them has been written since (see
`touched`), or when everything is read (`whole`), which happens every few seconds while anything changes.
"""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda.models import Meeting
from meeting.database import KNOWN, LiveVersion, database
from meeting.live import state, touched
from meeting.permissions import Actor
from meeting.tables import Setting

Audience = tuple[str, frozenset[int] | None]  # the audience's name and, for a limited guest, his items
Read = TypeVar("Read")

FRESH_SECONDS = 5.0
text_of = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
_HEAD = select(LiveVersion.version, select(Setting.value).where(Setting.name == "epoch").scalar_subquery())


class Picture:
    """One consistent picture of the store for a meeting: its number, and readings that note what they look into."""

    def __init__(self, connection: Connection, notes: touched.Notes, meeting_id: int) -> None:
        self.moment = touched.moment()
        self._connection = connection
        self._notes = notes
        with Session(connection, expire_on_commit=False) as session:
            row = session.execute(_HEAD.where(LiveVersion.meeting_id == meeting_id)).first()
            self.seq: int = row[0] if row else 0
            self.epoch: str = (row[1] or "1") if row else state.epoch(session)
            notes.taken()
            self._meeting = session.get(Meeting, meeting_id)
            session.expunge_all()
        self._base = notes.taken()

    @property
    def there(self) -> bool:
        """Whether there is such a meeting."""
        return self._meeting is not None

    def read(self, reading: Callable[[Session, Meeting], Read]) -> tuple[Read, frozenset[str]]:
        """What a reading finds, and the tables it looked into."""
        assert self._meeting is not None
        with Session(self._connection, expire_on_commit=False) as session:
            session.info[KNOWN] = {}
            found = reading(session, session.merge(self._meeting, load=False))
        return found, self._notes.taken() | self._base


@contextmanager
def picture(meeting_id: int) -> Iterator[Picture]:
    """One read transaction for a meeting."""
    notes = touched.Notes()
    with database().reader.connect() as fresh:
        connection = fresh.execution_options(**{touched.TABLES: notes})
        with connection.begin():
            yield Picture(connection, notes, meeting_id)


@dataclass(frozen=True)
class Part:
    """Something that was read: its JSON, the tables it came from, and when."""

    text: str
    tables: frozenset[str]
    moment: int
    seq: int = 0  # the meeting's number in the picture it was read from

    def is_newer(self, found: "Picture") -> bool:
        """Whether it was read from a newer picture: while a store answers, others read too."""
        return (self.moment, self.seq) > (found.moment, found.seq)

    @property
    def holds(self) -> bool:
        """Whether this process has written nothing since that it was read from."""
        return not touched.written_since(self.moment, self.tables)


Pause = Callable[[], None]
NO_PAUSE: Pause = lambda: None  # noqa: E731 - where nobody waits meanwhile


@dataclass
class Sections:
    """The sections of one audience."""

    audience: Audience
    parts: dict[str, Part] = field(default_factory=dict)
    whole_at: float = -FRESH_SECONDS
    whole_seq: int = -1  # the meeting's number when everything was read

    @property
    def fresh(self) -> bool:
        """Whether everything was read a moment ago, so that what this process wrote since is all there can be to read."""
        return time.monotonic() - self.whole_at < FRESH_SECONDS

    @property
    def holds(self) -> bool:
        """Whether all of it is known and stands."""
        return len(self.parts) == len(state.SECTIONS) and all(part.holds for part in self.parts.values())

    def refresh(self, found: Picture, *, whole: bool, pause: Pause = NO_PAUSE) -> None:
        """Reads what may have changed, or everything."""
        name, items = self.audience
        for section, read in state.SECTIONS.items():
            part = self.parts.get(section)
            if part is not None and (part.is_newer(found) or (part.holds and not whole)):
                continue

            def reading(session: Session, meeting: Meeting, read: state.Section = read) -> Any:
                return read(state.View(session, meeting, name, clock.now(), items))

            value, tables = found.read(reading)
            part = self.parts.get(section)
            if part is None or not part.is_newer(found):
                self.parts[section] = Part(text_of(value), tables, found.moment, found.seq)
            pause()
        if whole:
            self.whole_at, self.whole_seq = time.monotonic(), max(self.whole_seq, found.seq)

    def texts(self) -> dict[str, str]:
        """The JSON of each section."""
        return {section: part.text for section, part in self.parts.items()}


@dataclass
class People:
    """Everybody's own part of the state, by person and by the room that adds it; `changed` waits to be told."""

    mine: dict[int, dict[str, Any]] = field(default_factory=dict)
    read: dict[str, tuple[int, frozenset[str]]] = field(default_factory=dict)  # by part: when, and from which tables
    changed: set[int] = field(default_factory=set)
    newest: dict[str, tuple[int, int]] = field(default_factory=dict)  # by part: the picture everybody's was read from last
    common: dict[str, Any] = field(default_factory=dict)  # by part: the value kept last, shared by all who have the same

    @property
    def holds(self) -> bool:
        """Whether nothing was written that anybody's part is read from, and nothing waits to be told."""
        stand = all(not touched.written_since(then, tables) for then, tables in self.read.values())
        return not self.changed and len(self.read) == len(state.MINE) + 1 and stand

    def refresh(self, found: Picture, actors: Sequence[Actor], *, whole: bool, pause: Pause = NO_PAUSE) -> None:
        """Reads for everybody what may have changed, and all of it for those who are new."""
        new = [actor for actor in actors if actor.person_id not in self.mine]
        for name, reading in _readings().items():
            then, tables = self.read.get(name, (-1, frozenset()))
            stale = then <= found.moment and (whole or then < 0 or touched.written_since(then, tables))
            asked = actors if stale else new
            if not asked:
                continue
            values, looked = found.read(lambda session, meeting, reading=reading, asked=asked: reading(session, meeting, asked))  # type: ignore[misc]
            if not self._is_behind(name, found):
                self.read[name] = (found.moment, looked) if stale else (then, tables | looked)
                self.newest[name] = max(self.newest.get(name, (-1, -1)), (found.moment, found.seq) if stale else (-1, -1))
            self._take_all(name, found, asked, values)
            pause()

    def read_for(self, found: Picture, actors: Sequence[Actor]) -> None:
        """Reads all of it for people who come in; their other screens hear what is new to them."""
        for name, reading in _readings().items():
            values, looked = found.read(lambda session, meeting, reading=reading: reading(session, meeting, actors))  # type: ignore[misc]
            then, tables = self.read.get(name, (found.moment, frozenset()))
            self.read[name] = (then, tables | looked)
            self._take_all(name, found, actors, values)

    def _is_behind(self, name: str, found: Picture) -> bool:
        """Whether everybody's part was read from a newer picture while this one was looked at."""
        return (found.moment, found.seq) < self.newest.get(name, (-1, -1))

    def _take_all(self, name: str, found: Picture, actors: Sequence[Actor], values: dict[int, Any]) -> None:
        behind = self._is_behind(name, found)
        for actor in actors:
            if not (behind and name in self.mine.get(actor.person_id, {})):
                self._take(actor.person_id, name, values.get(actor.person_id))

    def _take(self, person: int, name: str, value: Any) -> None:
        kept = self.mine.setdefault(person, {})
        if name in self.common and value == self.common[name]:
            value = self.common[name]
        self.common[name] = value
        if name not in kept or kept[name] != value:
            if name in kept:
                self.changed.add(person)
            kept[name] = value

    def text(self, person: int) -> str:
        """The JSON of `me` for one person."""
        merged: dict[str, Any] = {}
        for part in self.mine[person].values():
            merged.update(part or {})
        return text_of(merged)

    def forget(self, person: int) -> None:
        """Nobody of this person looks on any more."""
        self.mine.pop(person, None)
        self.changed.discard(person)


Reading = Callable[[Session, Meeting, Sequence[Actor]], dict[int, Any]]


def _readings() -> dict[str, Reading]:
    """Who everybody is here, and then what each room adds."""

    def room(read: state.Mine) -> Reading:
        return lambda session, meeting, actors: dict(read(session, meeting, [a.person_id for a in actors], clock.now()))

    return {"": state.standing, **{name: room(read) for name, read in state.MINE.items()}}
