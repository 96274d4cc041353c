"""Votes on two web processes: every acknowledged ballot is in the result, whichever process took it and whichever closed."""

import asyncio
import random
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import insert, select

from bench.wire import Client, connect
from meeting import database
from meeting.agenda.models import Participant
from meeting.live.models import Attendance
from meeting.organization.models import Account, ApiToken, Membership, Person
from meeting.permissions import Role
from meeting.voting.models import Question
from tests.conclusions.test_numbering import numbers, signed
from tests.conftest import MORNING, Council
from tests.grown.house import House
from tests.serving import Server
from tests.voting import test_races
from tests.voting.conftest import Chamber, room
from tests.voting.test_races import agrees, happened, is_whole, test_a_hundred_at_once_are_all_counted
from tests.waiting import until

__all__ = ["room", "test_a_hundred_at_once_are_all_counted"]

pytestmark = pytest.mark.server

VOTERS = 500
AT_ONCE = 40


@pytest.fixture(autouse=True)
def _served(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The borrowed test finds the house where it would start a server."""

    @contextmanager
    def serving(*_arguments: Any, **_options: Any) -> Iterator[Server]:
        yield house.front

    monkeypatch.setattr(test_races, "serving", serving)


@pytest.fixture(scope="module")
def crowd(house: House) -> Chamber:
    """Five hundred delegates in the room, each with a token."""
    house.open()
    council = Council()
    meeting_id = council.meeting("HĐND", state="in_session")
    chamber = Chamber(council, "HĐND", meeting_id, council.items(meeting_id))
    body, names = council.body("HĐND"), [f"ghe_{place}" for place in range(VOTERS)]
    with database.database().writing.begin() as connection:
        people = [
            connection.execute(insert(Person).values(full_name=f"Ghế {n}", honorific="Bà").returning(Person.id)).scalar_one()
            for n in range(VOTERS)
        ]
        rows = [
            {"person_id": person, "username": name, "created_at": MORNING} for person, name in zip(people, names, strict=True)
        ]
        connection.execute(insert(Account), rows)
        accounts = dict(connection.execute(select(Account.username, Account.id).where(Account.username.in_(names))).all())
        tokens = [
            {"account_id": accounts[name], "name": "tests", "sha256": sha256(f"token-{name}".encode()).hexdigest()}
            for name in names
        ]
        connection.execute(insert(ApiToken), [{**each, "created_at": MORNING} for each in tokens])
        where = {"meeting_id": meeting_id}
        connection.execute(insert(Participant), [{**where, "person_id": person, "voting": True} for person in people])
        connection.execute(insert(Attendance), [{**where, "person_id": person, "presence": "present"} for person in people])
        roles = [{"person_id": each, "body_id": body, "role": Role.MEMBER, "starts_on": date(2026, 1, 1)} for each in people]
        connection.execute(insert(Membership), roles)
    chamber.crowd = names
    return chamber


async def _voted(house: House, chamber: Chamber, question: int, close_after: int) -> Counter[tuple[str, str]]:
    """Half of the crowd at each process, the chair's close among their ballots; answers by (who, what came of it)."""
    chance, names = random.Random(question), list(chamber.crowd)
    chance.shuffle(names)
    halves = [names[: VOTERS // 2], names[VOTERS // 2 :]]
    clients: list[tuple[str, Client]] = []
    for web, half in zip(house.web, halves, strict=True):
        clients += zip(half, await connect(web.port, [f"token-{name}" for name in half]), strict=True)
    chairs = [(await connect(web.port, ["token-lan"]))[0] for web in house.web]
    heard: dict[str, str] = {}

    async def cast(name: str, client: Client) -> None:
        wanted = {
            "question_id": question,
            "choice": chance.choice(("for", "against", "abstain")),
            "request_id": f"{question}-{name}",
        }
        answer = await client.call("voting.cast", wanted)
        heard[name] = "ok" if answer["ok"] else answer["code"]

    async def close() -> None:
        while len(heard) < close_after:
            await asyncio.sleep(0.002)
        for answer in await asyncio.gather(*(each.call("voting.close", {"question_id": question}) for each in chairs * 2)):
            assert answer["ok"], answer

    await asyncio.gather(close(), *(cast(name, client) for name, client in clients))
    for _, client in clients:
        client.transport.abort()
    for chair in chairs:
        chair.transport.abort()
    return Counter((name, said) for name, said in heard.items())


@pytest.mark.parametrize("kind", ["secret", "open"])
def test_five_hundred_ballots_at_two_processes_with_a_close_among_them(house: House, crowd: Chamber, kind: str) -> None:
    house.open()
    question = crowd.prepare(kind)
    opening = [(web, {"question_id": question, "confirm": True}) for web in house.web * 2]
    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(lambda each: each[0].act("lan", "voting.open", **each[1])[0], opening))
    assert opened == [200] * 4

    answers = asyncio.run(_voted(house, crowd, question, close_after=VOTERS // 2))

    acknowledged = [name for name, said in answers if said == "ok"]
    assert {said for _, said in answers} <= {"ok", "vote_closed"}
    assert len(answers) == VOTERS
    assert len(acknowledged) >= VOTERS // 2
    assert agrees(crowd.council, question, acknowledged) == "closed"
    events = happened(crowd.council, question)
    assert (events["voting.vote_opened"], events["voting.vote_closed"]) == (1, 1)
    assert list((house.folder / "keys").rglob("*.key")) == []
    assert is_whole()


def test_a_vote_that_ends_by_time_ends_once(house: House, crowd: Chamber) -> None:
    """Both processes look at the clock: one of them closes it."""
    house.open()
    question = crowd.open("secret", seconds=5)
    assert house.web[0].act(crowd.crowd[0], "voting.cast", question_id=question, choice="for")[0] == 200

    until(
        lambda: crowd.council.one(select(Question.state).where(Question.id == question)) == "closed",
        "the vote did not close by itself",
    )

    assert happened(crowd.council, question)["voting.vote_closed"] == 1
    assert agrees(crowd.council, question, crowd.crowd[:1]) == "closed"


def test_two_offices_take_numbers_at_once_without_gap_or_double(house: House, council: Council) -> None:
    """Sixteen documents are issued, eight at each process in the same moment; some of them at both."""
    documents, gate = signed(council, 16, body="HĐND"), threading.Barrier(8)

    def issue(place: int) -> None:
        gate.wait(30)
        for number in (place * 2, place * 2 + 1, (place * 2 + 2) % 16):
            status, body = house.web[place % 2].act("van", "conclusions.issue", notice_id=documents[number])
            assert status == 200 or body["code"] == "notice_issued", body

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(issue, range(8)))

    house.open()
    assert numbers(council, body="HĐND") == list(range(1, 17))
    assert is_whole()
