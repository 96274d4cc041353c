"""The e-office of the ward is connected; the UBND has a meeting with papers, an issued notice and a task."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from meeting import clock
from meeting.agenda.models import Item
from meeting.documents import store as files
from meeting.documents.models import File
from meeting.exchange import calls
from meeting.exchange.rules import key_digest
from meeting.materials.models import Requirement, Submission
from meeting.tasks.models import Task
from tests.conftest import Council
from tests.documents.papers import paper

Do = Callable[..., dict[str, Any]]
NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # 8:00 in Viet Nam
KEY = "hkg_a-key-of-the-e-office-that-nobody-guesses"
ALL = ("meetings", "papers", "people", "notices", "tasks")


@dataclass
class Office:
    """The e-office as it asks."""

    app: Flask
    council: Council
    do: Do
    client_id: int
    key: str = KEY
    address: str = "203.0.113.7"
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> TestResponse:
        """A read, with the key."""
        sent = {"Authorization": f"Bearer {self.key}", **self.headers, **headers}
        from_here = {"REMOTE_ADDR": self.address}
        heard = self.app.test_client().get(f"/api/v1/exchange{path}", headers=sent, environ_overrides=from_here, buffered=True)
        heard.close()
        return heard

    def ask(self, path: str) -> tuple[int, Any]:
        """Status and JSON."""
        heard = self.get(path)
        return heard.status_code, heard.get_json(force=True)

    def code(self, path: str) -> str:
        """The code of a refusal."""
        return str(self.ask(path)[1]["code"])

    def ids(self, path: str) -> list[int]:
        """What a list holds."""
        status, told = self.ask(path)
        assert status == 200, told
        return [row["id"] for row in told["data"]]

    def grant(self, body: str = "UBND", *kinds: str, granted: bool = True, **more: bool) -> None:
        """Gives it rights, all when none is named."""
        for kind in kinds or ALL:
            wanted = {"client_id": self.client_id, "body_id": self.council.body(body), "kind": kind, "granted": granted, **more}
            self.do("admin", "exchange.set_right", **wanted)


@pytest.fixture
def office(app: Flask, council: Council, do: Do, at: Callable[[datetime], None]) -> Iterator[Office]:
    """Connected, with a key, without any right yet."""
    at(NOW)
    made = do("admin", "exchange.add_client", name="Quản lý văn bản", contact="Phòng CNTT", sha256=key_digest(KEY), ending="sses")
    yield Office(app, council, do, made["client_id"])
    calls.log.flush()


@pytest.fixture
def session_of_ubnd(office: Office) -> dict[str, int]:
    """An issued meeting of the UBND tomorrow: Kinh tế prepares item 2, with a paper for all; others are not for all."""
    council = office.council
    meeting = council.meeting(issued_at=NOW, starts_at=NOW + timedelta(days=1))
    item = council.items(meeting)[1]
    council.update(Item, item, unit_id=council.unit("kinh_te"))
    council.invite(meeting, "dung")
    found = {"meeting": meeting, "item": item}
    for audience in ("all", "members", "office"):
        found[audience] = put_paper(council, meeting, item, audience=audience)
    return found


def put_paper(council: Council, meeting: int, item: int, published: bool = True, **values: Any) -> int:
    """A paper that was accepted, with real bytes in the store; returns the requirement's id."""
    received = files.take_in(io.BytesIO(paper(2, "TỜ TRÌNH")))
    file = File(
        sha256=received.sha256,
        name="To trinh.pdf",
        media_type="application/pdf",
        size_bytes=received.size_bytes,
        uploaded_by=council.person("dung"),
        uploaded_at=NOW,
        state="ready",
        page_count=2,
        pages_done=2,
        refusal_facts={},
    )
    (file_id,) = council.write(file)
    asked = {"unit_id": council.unit("kinh_te"), "asked_by": council.person("minh"), "asked_at": NOW, "due_at": NOW}
    late = {"first_received_at": NOW, "first_late_minutes": 0}
    row = Requirement(meeting_id=meeting, item_id=item, what="Tờ trình dự toán", state="accepted", **asked, **late, **values)
    (requirement,) = council.write(row)
    council.write(
        Submission(
            requirement_id=requirement,
            number=1,
            file_id=file_id,
            received_at=NOW,
            late_minutes=0,
            due_at=NOW,
            sent_by=council.person("dung"),
            state="accepted",
            published_at=NOW if published else None,
        )
    )
    return int(requirement)


@pytest.fixture
def concluded(office: Office) -> dict[str, int]:
    """A held meeting of the UBND with an issued notice that gives Kinh tế a task."""
    council, do = office.council, office.do
    held = clock.now() - timedelta(days=1)
    meeting = council.meeting(state="held", issued_at=held, starts_at=held, opened_at=held, closed_at=held + timedelta(hours=2))
    return {"meeting": meeting, **issue_notice(council, do, meeting)}


def issue_notice(council: Council, do: Do, meeting: int) -> dict[str, int]:
    """A notice with one task, issued by the office."""
    line = {
        "text": "Tháo gỡ mặt bằng ngõ 115",
        "lead_unit_id": council.unit("kinh_te"),
        "officer_id": council.person("dung"),
        "leader_id": council.person("hung"),
        "process": "Kiểm đếm, bàn giao",
        "due_on": "2026-12-15",
        "product": "Báo cáo kết quả",
    }
    notice = do("minh", "conclusions.draft", meeting_id=meeting, lines=[line])["notice_id"]
    do("hung", "conclusions.approve", notice_id=notice)
    do("minh", "conclusions.sign", notice_id=notice)
    do("van", "conclusions.issue", notice_id=notice)

    return {"notice": notice, "task": int(council.one(select(Task.id).where(Task.notice_id == notice)))}
