"""A notice that is approved, laid out, and keys to sign it with."""

from collections.abc import Callable
from typing import Any

import pytest

from meeting.conclusions.models import Instrument
from meeting.conclusions.sealing_jobs import lay_out
from tests.conclusions.conftest import Desk, desk
from tests.signing.papers import BODY_SECRET, SECRET, body_file, key_file

__all__ = ["desk"]


class Office:
    """What people do at the desk with keys; each returns status and answer."""

    def __init__(self, desk: Desk, api: Callable[[str], Any], council: Any) -> None:
        self.desk, self.api, self.council = desk, api, council

    def post(self, who: str, path: str, data: Any = None, **json: Any) -> tuple[int, Any]:
        """POST under /api/v1: a form with files as `data`, else JSON."""
        program = self.api(who)
        more = {"data": data} if data is not None else {"json": json}
        heard = program.client.post("/api/v1" + path, headers=program.headers, **more)
        return heard.status_code, heard.get_json(force=True)

    def add_key(self, who: str, content: bytes, secret: str, body: str = "", name: str = "") -> tuple[int, Any]:
        """Adds a key file by the door."""
        import io

        data = {"file": (io.BytesIO(content), "khoa.p12"), "secret": secret, "name": name}
        if body:
            data["body_id"] = str(self.council.body(body))
        return self.post(who, "/signing/keys", data)

    def laid_out(self) -> Instrument:
        """A notice that the chair approved and the worker laid out."""
        notice_id = self.desk.approved()
        document = self.document(notice_id)
        lay_out(notice_id, document.approved_at.isoformat())
        return self.document(notice_id)

    def document(self, notice_id: int) -> Instrument:
        """A document as it is now."""
        from sqlalchemy import select

        return self.council.one(select(Instrument).where(Instrument.id == notice_id))

    def bytes_of(self, file_id: int) -> bytes:
        """The bytes of a kept file."""
        from sqlalchemy import select

        from meeting.documents import store
        from meeting.documents.models import File

        return store.file_path(self.council.one(select(File.sha256).where(File.id == file_id))).read_bytes()


@pytest.fixture
def office(desk: Desk, api: Callable[[str], Any], council: Any) -> Office:
    """The office after a meeting."""
    return Office(desk, api, council)


@pytest.fixture
def minh_key(office: Office) -> int:
    """Minh's own certificate."""
    return int(office.add_key("minh", key_file(), SECRET)[1]["key_id"])


@pytest.fixture
def ubnd_key(office: Office) -> int:
    """The certificate of the UBND, kept by the văn thư."""
    return int(office.add_key("van", body_file(), BODY_SECRET, "UBND")[1]["key_id"])
