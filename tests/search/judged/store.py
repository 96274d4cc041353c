"""Puts real texts into a store as the system holds them: papers with pages, resolutions, notices, tasks, minutes.

Rows are written past all acts, for this is about finding, not about how they came to be. Laws and instruments are papers of the
meetings of their month; rows of the register are what their symbol says: a notice of conclusions (TB), a resolution (QĐ, NQ, CT,
KH …) or, for letters such as 12/UBND-VX, a task given by a document from above; articles are minutes.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, func, insert, select

from meeting.agenda.models import Item, Meeting, Participant
from meeting.conclusions.models import Minutes, Notice, NoticeLine
from meeting.documents.models import File, Page, packed
from meeting.materials.models import Requirement, Submission
from meeting.organization.models import OfficialNumber
from meeting.tasks.models import Task
from tests.search.judged.texts import Text

PAGE_LETTERS = 2200
TITLE_LETTERS = 200
NO_BOXES = packed([])
ORDER = (Meeting, Participant, Item, File, Page, Requirement, Submission, OfficialNumber, Notice, NoticeLine, Task, Minutes)
TASK_STATES = ("assigned", "in_progress", "reported", "accepted")
_LETTER = re.compile(r"^\d+[a-z]?\s*/\s*(?:UBND|VPUB|HDND|KT|VX|BCĐ)", re.I)
_DECIDES = re.compile(r"(?:QĐ|QÐ|NQ|CT|KH|CTr)\b", re.I)


@dataclass(frozen=True)
class Holder:
    """A body that meets: its rows in the store, and who is invited."""

    body_id: int
    type_id: int
    book_id: int
    name: str
    chair_id: int
    secretary_id: int
    members: tuple[int, ...]


@dataclass
class Filled:
    """What became of each text: kind and id of the document that search names; the meetings they are in."""

    documents: dict[str, tuple[str, int]] = field(default_factory=dict)
    meetings: set[int] = field(default_factory=set)
    pages: int = 0

    @property
    def keys(self) -> dict[tuple[str, int], str]:
        """The key of the text behind a document."""
        return {document: key for key, document in self.documents.items()}


@dataclass
class Filler:
    """Writes texts into a store. `holders` by short name: HĐND and UBND; `units` lead tasks and send papers."""

    connection: Connection
    holders: Mapping[str, Holder]
    units: Sequence[int]
    page_letters: int = PAGE_LETTERS
    filled: Filled = field(default_factory=Filled)
    _rows: dict[Any, list[dict[str, Any]]] = field(default_factory=dict)
    _last: dict[Any, int] = field(default_factory=dict)
    _meetings: dict[tuple[str, int, int], int] = field(default_factory=dict)
    _items: dict[int, int] = field(default_factory=dict)

    def fill(self, texts: Iterable[Text]) -> Filled:
        """All of them."""
        for number, text in enumerate(texts):
            if text.key.startswith("seed"):
                self._article(text)
            elif not text.key.startswith("reg"):
                self._paper(text, "UBND" if number % 2 else "HĐND")
            elif _LETTER.match(text.symbol):
                self._task(text)
            else:
                self._document(text, "decision" if _DECIDES.search(text.symbol) else "conclusion")
        for model in ORDER:
            rows = self.rows(model)
            for start in range(0, len(rows), 5000):
                self.connection.execute(insert(model.__table__), rows[start : start + 5000])
            go_on_after(self.connection, model)
        self.filled.meetings = {*self._meetings.values(), *self.filled.meetings}
        return self.filled

    def rows(self, model: Any) -> list[dict[str, Any]]:
        """What was written of one table."""
        return self._rows.get(model, [])

    def _add(self, model: Any, **values: Any) -> int:
        if model not in self._last:
            self._last[model] = self.connection.scalar(select(func.max(model.id))) or 0
        self._last[model] += 1
        self._rows.setdefault(model, []).append({"id": self._last[model], **values})
        return self._last[model]

    def _meeting(self, short: str, day: date) -> int:
        """The regular meeting of a body in that month."""
        key = (short, day.year, day.month)
        if key not in self._meetings:
            self._meetings[key] = self._held(short, day, f"Phiên họp thường kỳ tháng {day.month} năm {day.year}")
        return self._meetings[key]

    def _held(self, short: str, day: date, title: str) -> int:
        holder = self.holders[short]
        starts = datetime(day.year, day.month, 1, 1, tzinfo=UTC)
        meeting = self._add(
            Meeting,
            body_id=holder.body_id,
            type_id=holder.type_id,
            book_id=holder.book_id,
            title=title,
            place="Phòng họp 1",
            state="held",
            starts_at=starts,
            ends_at=starts + timedelta(hours=3),
            chair_id=holder.chair_id,
            secretary_id=holder.secretary_id,
            created_at=starts - timedelta(days=9),
            created_by=holder.secretary_id,
        )
        for person in holder.members:
            self._add(Participant, meeting_id=meeting, person_id=person, voting=True)
        self.filled.meetings.add(meeting)
        return meeting

    def _item(self, meeting: int, title: str) -> int:
        self._items[meeting] = self._items.get(meeting, 0) + 1
        return self._add(Item, meeting_id=meeting, position=self._items[meeting], title=title, minutes_planned=20)

    def _paper(self, text: Text, short: str) -> None:
        """A paper with its pages, published, every fourth under an item of its own."""
        meeting = self._meeting(short, text.dated)
        digest = sha256(text.key.encode()).hexdigest()
        item = self._item(meeting, text.title[:TITLE_LETTERS]) if int(digest, 16) % 4 == 0 else None
        at = datetime(text.dated.year, text.dated.month, text.dated.day, 2, tzinfo=UTC)
        who = self.holders[short].secretary_id
        pages = pages_of(text.body, self.page_letters)
        file = self._add(
            File,
            sha256=digest,
            name=f"{text.key}.pdf",
            media_type="application/pdf",
            size_bytes=1,
            uploaded_by=who,
            uploaded_at=at,
            state="ready",
            page_count=len(pages),
            pages_done=len(pages),
            ready_at=at,
        )
        for number, page in enumerate(pages, start=1):
            self._add(Page, file_id=file, number=number, width=595, height=842, text=page, boxes=NO_BOXES, source="text")
        requirement = self._add(
            Requirement,
            meeting_id=meeting,
            item_id=item,
            unit_id=self.units[file % len(self.units)],
            what=_named(text),
            due_at=at,
            asked_by=who,
            asked_at=at - timedelta(days=5),
            state="accepted",
            first_received_at=at,
            first_late_minutes=0,
            published_at=at,
        )
        version = self._add(
            Submission,
            requirement_id=requirement,
            number=1,
            file_id=file,
            received_at=at,
            sent_by=who,
            late_minutes=0,
            state="accepted",
            published_at=at,
            symbol=text.symbol[:60],
        )
        self.filled.pages += len(pages)
        self.filled.documents[text.key] = ("paper", version)

    def _document(self, text: Text, family: str) -> None:
        short = "HĐND" if "HĐND" in text.symbol else "UBND"
        meeting = self._meeting(short, text.dated)
        number = self._add(
            OfficialNumber,
            body_id=self.holders[short].body_id,
            kind="TB" if family == "conclusion" else "QĐ",
            period=f"judged {text.dated.year}",
            number=self._last.get(OfficialNumber, 0) + 1,
            symbol=text.symbol,
        )
        at = datetime(text.dated.year, text.dated.month, text.dated.day, 2, tzinfo=UTC)
        document = self._add(
            Notice,
            family=family,
            meeting_id=meeting,
            kind="TB" if family == "conclusion" else "QĐ",
            state="issued",
            abstract=text.title,
            opening="",
            closing="",
            recipients="",
            drafted_at=at,
            drafted_by_id=self.holders[short].secretary_id,
            issued_at=at,
            issued_on=text.dated,
            number_id=number,
        )
        for position, line in enumerate(pages_of(text.body, self.page_letters), start=1):
            self._add(NoticeLine, notice_id=document, position=position, text=line)
        self.filled.documents[text.key] = ("notice" if family == "conclusion" else "resolution", document)

    def _task(self, text: Text) -> None:
        at = datetime(text.dated.year, text.dated.month, text.dated.day, 2, tzinfo=UTC)
        number = self._last.get(Task, 0)
        task = self._add(
            Task,
            body_id=self.holders["UBND"].body_id,
            meeting_id=self._meeting("UBND", text.dated),
            origin="superior",
            source_symbol=text.symbol,
            source_issuer="UBND tỉnh",
            source_on=text.dated,
            text=text.body,
            lead_unit_id=self.units[number % len(self.units)],
            due_on=text.dated + timedelta(days=30),
            state=TASK_STATES[number % len(TASK_STATES)],
            assigned_at=at,
        )
        self.filled.documents[text.key] = ("task", task)

    def _article(self, text: Text) -> None:
        meeting = self._held("UBND", text.dated, "Phiên họp chuyên đề về chính quyền điện tử")
        at = datetime(text.dated.year, text.dated.month, text.dated.day, 2, tzinfo=UTC)
        self._add(Minutes, meeting_id=meeting, state="signed", text=text.body, drafted_at=at, signed_at=at)
        self.filled.documents[text.key] = ("minutes", meeting)


def go_on_after(connection: Connection, model: Any) -> None:
    """Lets PostgreSQL number new rows after those that were written with a number."""
    if connection.dialect.name == "postgresql":
        last = select(func.coalesce(func.max(model.id), 1)).scalar_subquery()
        connection.execute(select(func.setval(func.pg_get_serial_sequence(model.__tablename__, "id"), last)))


def _named(text: Text) -> str:
    """What a paper is called on the agenda: kind, symbol, what it is about."""
    kind, _, rest = text.title.partition(" ")
    if text.symbol and text.symbol not in text.title and kind.isupper():
        second, _, after = rest.partition(" ")
        kind, rest = (f"{kind} {second}", after) if second.isupper() and len(second) < 7 else (kind, rest)
        return f"{kind.capitalize()} số {text.symbol} {rest}"[:TITLE_LETTERS]
    return text.title[:TITLE_LETTERS]


def pages_of(body: str, letters: int) -> list[str]:
    """A text cut into pages of whole lines, as long as `letters` allow."""
    pages: list[str] = []
    held: list[str] = []
    size = 0
    for line in body.split("\n"):
        if held and size + len(line) > letters:
            pages.append("\n".join(held))
            held, size = [], 0
        held.append(line)
        size += len(line) + 1
    return [page for page in [*pages, "\n".join(held)] if page.strip()]
