"""It is Monday morning, in office hours, unless a test says otherwise: at night nothing would be sent."""

import email
import email.policy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import select

from meeting import clock, config
from meeting.notify.models import Notification
from meeting.organization.models import Person
from tests.conftest import Council
from tests.serving import free_port

Do = Callable[..., dict[str, Any]]
At = Callable[[datetime], None]
MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_office_hours() -> Iterator[None]:
    with clock.frozen(MORNING):
        yield


@dataclass
class Postman:
    """A real SMTP server that keeps what it gets and refuses some addresses."""

    letters: list[EmailMessage] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    controller: Controller | None = None

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        """The letters to one address."""
        return [each for each in self.letters if each["To"] == address]


def mail_on(url: str) -> None:
    """Sets up mail."""
    config.use(replace(config.settings(), smtp_url=url, smtp_from="vanphong@giangbien.example", public_url="https://hop.example"))


@pytest.fixture
def postman(council: Council) -> Iterator[Postman]:
    """Mail is set up, and everybody has an address."""
    found = Postman()
    found.controller = Controller(found, hostname="127.0.0.1", port=free_port())
    found.controller.start()
    mail_on(f"smtp://127.0.0.1:{found.controller.port}")
    for username in ("hoa", "tuan", "hung", "minh", "lan", "dung", "truong"):
        council.update(Person, council.person(username), email=f"{username}@giangbien.example")
    yield found
    found.controller.stop()


def told(council: Council, username: str) -> list[str]:
    """What somebody was told, in order."""
    mine = select(Notification).where(Notification.person_id == council.person(username)).order_by(Notification.id)
    return [each.kind for each in council.all(mine)]


def ready(do: Do, council: Council) -> int:
    """A meeting that can be issued."""
    wanted = {"type_id": council.type(), "title": "Phiên họp tháng 12", "starts_at": "2026-12-10T08:00:00+07:00"}
    made = do("minh", "agenda.create", **wanted, place="Phòng họp 2", items=[{"title": "Ngân sách"}])
    return int(made["meeting_id"])
