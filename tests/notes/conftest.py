"""A paper with real pages, handed out in a meeting of the UBND; its versions, and notes on it."""

import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import select

from meeting import clock, jobs
from meeting.documents.models import File, Page, packed
from meeting.jobs import Job
from meeting.journal import Entry
from meeting.notes.models import Note
from tests.materials.conftest import Desk, desk
from tests.notes.setting import PAPER, pages

__all__ = ["desk"]


@dataclass
class Paper:
    """One paper and what is done with it."""

    desk: Desk
    council: Any
    do: Callable[..., dict[str, Any]]
    files: list[int] = field(default_factory=list)

    def file(self, paragraphs: Any = PAPER, uploader: str = "dung", **how: Any) -> int:
        """A file whose pages hold these paragraphs."""
        made = pages(paragraphs, **how)
        row = File(
            sha256=secrets.token_hex(32),
            name="To trinh.pdf",
            media_type="application/pdf",
            size_bytes=1000,
            uploaded_by=self.council.person(uploader),
            uploaded_at=clock.now(),
            state="ready",
            page_count=len(made),
            pages_done=len(made),
            refusal_facts={},
        )
        (file_id,) = self.council.write(row)
        self.council.write(*(self._page(file_id, page) for page in made))
        return int(file_id)

    @staticmethod
    def _page(file_id: int, page: Any) -> Page:
        text = " ".join(str(word[4]) for word in page.words)
        boxes = packed([list(word) for word in page.words])
        return Page(file_id=file_id, number=page.number, width=595, height=842, text=text, boxes=boxes, source="text")

    def publish(self, paragraphs: Any = PAPER, carry: bool = True, **how: Any) -> int:
        """Sends, accepts and hands out a version; the worker carries the notes."""
        file_id = self.file(paragraphs, **how)
        if self.files:
            self.do("minh", "materials.return", requirement_id=self.desk.requirement_id, reason="Bổ sung số liệu")
        self.do("dung", "materials.submit", requirement_id=self.desk.requirement_id, file_id=file_id)
        self.do("minh", "materials.accept", requirement_id=self.desk.requirement_id)
        self.files.append(file_id)
        if carry:
            self.carry()
        return file_id

    def carry(self) -> None:
        """The worker does its carrying; its other work waits."""
        while waiting := self.council.all(select(Job.id).where(Job.kind == "notes.carry", Job.state == "waiting")):
            for job_id in waiting:
                jobs.run(job_id)

    @property
    def file_id(self) -> int:
        """The newest version's file."""
        return self.files[-1]

    def put(self, who: str = "hoa", **wanted: Any) -> dict[str, Any]:
        """Puts a note; a sticky one on page 1 unless something else is said."""
        note = {"file_id": self.file_id, "key": str(uuid.uuid4()), "kind": "sticky", "page": 1, "text": "Hỏi ngõ 91"}
        if wanted.get("kind") == "highlight":
            note["anchor"] = {"quote": {"exact": "trường mầm non", "prefix": "", "suffix": ""}}
        return self.do(who, "notes.put", **{**note, **wanted})

    def notes(self, who: str = "", file_id: int | None = None) -> list[Note]:
        """The notes stored on a version, tombstones too."""
        wanted = select(Note).where(Note.file_id == (file_id or self.file_id)).order_by(Note.id)
        if who:
            wanted = wanted.where(Note.person_id == self.council.person(who))
        found: list[Note] = self.council.all(wanted)
        return found

    def told(self) -> list[tuple[str, dict[str, Any]]]:
        """What the journal tells of notes."""
        rows = self.council.all(select(Entry).where(Entry.event.like("notes.%")).order_by(Entry.id))
        return [(row.event, row.facts) for row in rows]


@pytest.fixture
def paper(desk: Desk, council: Any, do: Callable[..., dict[str, Any]]) -> Paper:
    """A paper of one version that participants read."""
    found = Paper(desk, council, do)
    found.publish()
    return found
