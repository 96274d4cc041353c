"""A written round of the UBND: Minh keeps it, Hùng decides, Hùng, Hoa and Tuấn are asked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from meeting import clock
from meeting.documents.models import File
from meeting.journal import Entry
from meeting.notify.models import Notification
from meeting.rounds.models import OpinionRound, RoundAnswer
from tests.conftest import Council

Do = Callable[..., dict[str, Any]]


@dataclass
class Office:
    """What tests do with rounds."""

    council: Council
    do: Do

    def draft(self, body: str = "UBND", who: str = "minh", **values: Any) -> int:
        """A draft that is due in three days."""
        ground = {"UBND": "urgent", "HĐND": "nature", "Đảng ủy": "other"}[body]
        known = {
            "body_id": self.council.body(body),
            "title": "Điều chỉnh dự toán sửa chữa hố ga ngõ 91",
            "text": "Đồng ý điều chỉnh 120 triệu đồng từ dự phòng.",
            "ground": ground,
            "due_at": self.due().isoformat(),
        }
        return int(self.do(who, "rounds.draft", **{**known, **values})["round_id"])

    def due(self, days: int = 3) -> datetime:
        """A deadline."""
        return clock.now() + timedelta(days=days)

    def sent(self, body: str = "UBND", **values: Any) -> int:
        """A round that is open."""
        number = self.draft(body, **values)
        self.do("minh", "rounds.send", round_id=number)
        return number

    def answer(self, who: str, number: int, choice: str = "for", **values: Any) -> dict[str, Any]:
        """An answer."""
        return self.do(who, "rounds.answer", round_id=number, choice=choice, **values)

    def closed(self, choices: dict[str, str] | None = None, **values: Any) -> int:
        """A round that everybody answered, closed by the office."""
        number = self.sent(**values)
        for who, choice in (choices or {"hung": "for", "hoa": "for", "tuan": "against"}).items():
            self.answer(who, number, choice, **({"text": "Cần làm rõ"} if choice == "other" else {}))
        self.do("minh", "rounds.close", round_id=number)
        return number

    def row(self, number: int) -> OpinionRound:
        """The round, read fresh."""
        return self.council.one(select(OpinionRound).where(OpinionRound.id == number))

    def given(self, number: int, who: str) -> RoundAnswer | None:
        """Somebody's answer."""
        person = self.council.person(who)
        return self.council.one(select(RoundAnswer).where(RoundAnswer.round_id == number, RoundAnswer.person_id == person))

    def file(self, who: str, name: str = "to-trinh.pdf", media_type: str = "application/pdf", **values: Any) -> int:
        """A file that somebody sent, read already."""
        digest = f"{len(self.council.all(select(File.id))) + 1:064x}"
        known = {"size_bytes": 1, "uploaded_at": clock.now(), "state": "ready", "page_count": 1, "pages_done": 1}
        row = File(name=name, sha256=digest, media_type=media_type, uploaded_by=self.council.person(who), **{**known, **values})
        return self.council.write(row)[0]

    def told(self, who: str) -> list[str]:
        """What somebody was told, in order."""
        wanted = select(Notification.kind).where(Notification.person_id == self.council.person(who)).order_by(Notification.id)
        return self.council.all(wanted)

    def last(self) -> Entry:
        """The newest entry of the journal outside of meetings."""
        return self.council.one(select(Entry).where(Entry.event.startswith("rounds.")).order_by(Entry.id.desc()).limit(1))


@pytest.fixture
def office(council: Council, do: Do) -> Office:
    """The office with its cast."""
    return Office(council, do)
