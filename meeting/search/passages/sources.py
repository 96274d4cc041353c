"""What can be found, kind by kind, read from the rooms that hold it. Read by the worker, past all rights:

who may read a passage is asked anew at every search (`sight`). A reader is told the meeting (0: what belongs to none) and one
source there (0: all of them).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda.models import Meeting
from meeting.search.language.words import clean

TITLE_LETTERS = 300
UNDATED = date(1900, 1, 1)  # people and units have no day


@dataclass(frozen=True)
class Found:
    """One passage as its source has it."""

    source_id: int
    part: int
    title: str
    text: str
    dated: date
    symbol: str = ""
    item_id: int | None = None
    page: int | None = None
    document_id: int | None = None
    unit_id: int | None = None
    person_id: int | None = None
    state: str = ""
    due_on: date | None = None
    place: str = ""
    body_id: int | None = None  # of what belongs to no meeting


Reader = Callable[[Session, int, int], list[Found]]
READERS: dict[str, Reader] = {}


def reads(kind: str) -> Callable[[Reader], Reader]:
    """Registers what reads the passages of a kind."""

    def register(reader: Reader) -> Reader:
        READERS[kind] = reader
        return reader

    return register


def passages(session: Session, kind: str, scope: int, source_id: int = 0) -> list[Found]:
    """The passages of one kind of a meeting (0: of none), of one source or of all; their text cleaned, empty ones left out."""
    return [cleaned for found in READERS[kind](session, scope, source_id) if (cleaned := _cleaned(found)).text]


def _cleaned(found: Found) -> Found:
    title = " ".join(clean(found.title).split())[:TITLE_LETTERS]
    return replace(found, title=title, text=clean(found.text).strip(), symbol=found.symbol[:TITLE_LETTERS])


def day_of(meeting: Meeting) -> date:
    """The local day of a meeting."""
    return clock.local(meeting.opened_at or meeting.starts_at).date()


def sentences(*said: str | Mapping[str, str]) -> str:
    """Text and what is added to it, each as a sentence; a mapping adds "name: value" for what is known."""
    found: list[str] = []
    for each in said:
        pairs = [each] if isinstance(each, str) else [f"{name}: {value}" for name, value in each.items() if value.strip(" .;")]
        found += [text.strip().rstrip(" .;") for text in pairs if text.strip(" .;\n")]
    return " ".join(f"{text}." for text in found)
