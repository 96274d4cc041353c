"""A chamber in session: the standing cast checked in, more delegates when asked for, questions by one call."""

from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import select

from meeting.agenda.models import Participant
from meeting.organization.models import Account, ApiToken, Membership, Person
from meeting.permissions import Actor, Role
from meeting.rulebook.models import RuleBook
from meeting.writer import answer, perform
from tests.conftest import MORNING, Council

SEATED = {"HĐND": ["lan", "hoa", "tuan"], "UBND": ["hung", "hoa", "tuan"]}
CHAIR = {"HĐND": "lan", "UBND": "hung"}


@dataclass
class Chamber:
    """One meeting in session and the people in it."""

    council: Council
    body: str = "HĐND"
    meeting_id: int = 0
    items: list[int] = field(default_factory=list)
    crowd: list[str] = field(default_factory=list)

    @property
    def chair(self) -> str:
        """Who runs it."""
        return CHAIR[self.body]

    def actor(self, username: str) -> Actor:
        """A person with the roles of today."""
        return self.council.actor(username)

    def do(self, username: str, name: str, request_id: str | None = None, **wanted: Any) -> dict[str, Any]:
        """An act that succeeds, or raises its refusal."""
        return perform(self.actor(username), name, wanted, request_id)

    def ask(self, username: str, name: str, request_id: str | None = None, **wanted: Any) -> Any:
        """An act with its whole answer."""
        return answer(self.actor(username), name, wanted, request_id)

    def seat(self, number: int) -> None:
        """More delegates with an account and a token; they come in at `start`."""
        names = [f"dai_bieu_{place}" for place in range(number)]
        people = self.council.write(*[Person(full_name=f"Đại Biểu {each:03d}", honorific="Bà") for each in range(number)])
        pairs = list(zip(names, people, strict=True))
        accounts = self.council.write(
            *[Account(person_id=person, username=name, created_at=MORNING) for name, person in pairs],
        )
        body = self.council.body(self.body)
        rows: list[Any] = []
        for name, person, account in zip(names, people, accounts, strict=True):
            digest = sha256(f"token-{name}".encode()).hexdigest()
            rows.append(ApiToken(account_id=account, name="tests", sha256=digest, created_at=MORNING))
            rows.append(Membership(person_id=person, body_id=body, role=Role.MEMBER, starts_on=date(2026, 1, 1)))
            rows.append(Participant(meeting_id=self.meeting_id, person_id=person, voting=True))
        self.council.write(*rows)
        self.crowd.extend(names)

    def start(self) -> None:
        """Everyone checks in and the chair opens the meeting."""
        for username in SEATED[self.body] + self.crowd:
            self.do(username, "live.check_in", meeting_id=self.meeting_id)
        self.do(self.chair, "live.open", meeting_id=self.meeting_id)

    def rules(self, **columns: Any) -> None:
        """Sets rules of this body's rule book: `elections`, `electronic_votes`, `missing_names` …"""
        self.council.update(RuleBook, self.council.book(self.body), **columns)

    def prepare(self, kind: str = "open", **more: Any) -> int:
        """A question on the first item."""
        wanted = {"meeting_id": self.meeting_id, "item_id": self.items[0], "title": "Thông qua dự toán", "kind": kind, **more}
        return int(self.do("minh", "voting.prepare", **wanted)["question_id"])

    def open(self, kind: str = "open", **more: Any) -> int:
        """A question whose box is open."""
        question = self.prepare(kind, **more)
        self.do(self.chair, "voting.open", question_id=question, confirm=True)
        return question

    def cast(self, question: int, **choices: str) -> None:
        """Ballots by username."""
        for username, choice in choices.items():
            self.do(username, "voting.cast", question_id=question, choice=choice)

    def finish(self, question: int) -> None:
        """Closes and publishes."""
        self.do(self.chair, "voting.close", question_id=question)
        self.do(self.chair, "voting.publish", question_id=question)

    def usernames(self) -> dict[int, str]:
        """Username by person id."""
        return {self.council.person(name): name for name in SEATED[self.body] + self.crowd}


@pytest.fixture
def room(council: Council) -> Any:
    """A chamber of a body: `room()` for the HĐND, `room("UBND")`, `room(crowd=20)`."""

    def made(body: str = "HĐND", crowd: int = 0) -> Chamber:
        meeting_id = council.meeting(body)
        chamber = Chamber(council, body, meeting_id, council.items(meeting_id))
        chamber.seat(crowd)
        chamber.start()
        return chamber

    return made


@pytest.fixture
def journal_of(council: Council) -> Any:
    """(event, facts) of a meeting's journal, in order."""
    from meeting.journal import Entry

    def read(meeting_id: int) -> list[tuple[str, dict[str, Any]]]:
        rows = council.all(select(Entry).where(Entry.chain == meeting_id).order_by(Entry.seq))
        return [(row.event, row.facts) for row in rows]

    return read
