"""kill -9 at fifty random moments: what was acknowledged is counted, nothing twice, nothing tied to a name, and it goes on.

Forty-five times it hits a process that holds the real writer and the real store (forked from a warm one, a few tenths of a
second each), five times the whole web server with its clients.
"""

import json
import os
import pickle
import random
import subprocess
import sys
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from sqlalchemy import select, text

from meeting import config, database
from meeting.journal import verify
from meeting.live.models import Attendance
from meeting.voting import sweep
from meeting.voting.models import BareBallot, OpenBallot, Question, Receipt, Result, SealedBallot
from tests.conftest import TESTS
from tests.serving import Server

pytestmark = pytest.mark.server

WRITER_KILLS = 45
SERVER_KILLS = 5
VOTERS = 24  # of each vote in which the writer is killed
DELEGATES = 40  # of each in which the server is
AT_ONCE = 16
CHOICES = ("for", "against", "abstain")


class Killer:
    """The process that forks victims and kills them."""

    def __init__(self, chamber, store):
        path = store / "actors"
        path.write_bytes(pickle.dumps({name: chamber.actor(name) for name in [*chamber.crowd, "lan"]}))
        folders = {"MEETING_DATA": str(store), "MEETING_KEYS": str(store / "keys")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.voting.killing", str(path)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=TESTS.parent, env={**os.environ, **folders},
        )  # fmt: skip
        assert self.process.stdout.readline() == "ready\n"

    def round(self, **told):
        """One victim; what it had answered."""
        self.process.stdin.write(json.dumps(told) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def end(self):
        """No more."""
        self.process.stdin.close()
        assert self.process.wait(30) == 0
        self.process.stdout.close()


def present(chamber, council):
    """The crowd of this chamber, in the room without an act each."""
    rows = [
        Attendance(meeting_id=chamber.meeting_id, person_id=council.person(name), presence="present") for name in chamber.crowd
    ]
    council.write(*rows)


def wishes_of(chamber, question, chance, closes):
    """Every delegate's ballot in random order, with a request id of its own; sometimes the chair closes among them."""
    order = chance.sample(chamber.crowd, len(chamber.crowd))
    wishes = [
        [name, "voting.cast", {"question_id": question, "choice": chance.choice(CHOICES)}, f"r-{question}-{name}"]
        for name in order
    ]
    if closes:
        wishes.insert(chance.randrange(len(wishes)), ["lan", "voting.close", {"question_id": question}, f"r-{question}-close"])
    return wishes


def standing(council, question):
    """What the store holds of a question: state, people whose ballot is in, number of ballots, result."""
    row = council.one(select(Question).where(Question.id == question))
    kept = council.all(select(Receipt.person_id).where(Receipt.question_id == question))
    table = OpenBallot.person_id if row.kind == "open" else SealedBallot.key if row.state == "open" else BareBallot.nonce
    ballots = council.all(select(table).where(table.class_.question_id == question))
    result = council.all(select(Result).where(Result.question_id == question))
    return row, set(kept), ballots, result[0] if result else None


def test_a_writer_killed_at_any_moment_loses_no_acknowledged_ballot(room, council, store):
    chamber = room()
    chamber.seat(VOTERS)
    present(chamber, council)
    people = {name: council.person(name) for name in chamber.crowd}
    url, killer = database.database().url, Killer(chamber, store)
    alive = closed_by_victim = 0
    for number in range(WRITER_KILLS):
        chance = random.Random(number)
        kind, closes = ("open", "secret")[number % 2], number % 3 == 0
        question = chamber.open(kind)
        wishes = wishes_of(chamber, question, chance, closes)
        database.use(None)

        told = killer.round(wishes=wishes, seed=number, after=chance.randrange(len(wishes) - 8))

        database.use(database.Database(url))
        sweep.sweep()
        acknowledged = {people[who] for who, name, status in told["answers"] if name == "voting.cast" and status == 200}
        row, kept, ballots, result = standing(council, question)
        assert told["killed"]
        assert acknowledged <= kept, number
        assert len(ballots) == len(set(ballots)) == len(kept)
        assert {status for _, _, status in told["answers"]} <= {200, 409}
        alive += not told["ended"]
        if ("lan", "voting.close", 200) in [tuple(each) for each in told["answers"]]:
            assert row.state == "closed"
        if row.state == "closed":
            closed_by_victim += 1
            assert result.cast == sum(result.counts.values()) == len(kept)
        else:
            again = [chamber.ask(who, name, key, **wanted).status for who, name, wanted, key in wishes if name == "voting.cast"]
            assert again == [200] * VOTERS
            chamber.do("lan", "voting.close", question_id=question)
            row, kept, ballots, result = standing(council, question)
            assert result.cast == sum(result.counts.values()) == len(kept) == len(ballots) == VOTERS
        chamber.do("lan", "voting.publish", question_id=question)
        assert council.all(select(SealedBallot.key)) == []
        assert [path for path in config.settings().keys.rglob("*") if path.is_file()] == []
    killer.end()

    with database.reading() as session:
        assert list(verify(session.connection())) == []
        assert session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    assert alive >= WRITER_KILLS // 3  # killed among ballots, not after them
    assert closed_by_victim >= 3


def ballot(server, question, username):
    """The status of one ballot, with a request id of its own; None when no answer came."""
    choice = CHOICES[len(username) % 3]
    headers = {"Authorization": f"Bearer token-{username}"}
    wanted = {"question_id": question, "choice": choice, "request_id": f"r-{question}-{username}"}
    try:
        heard = requests.post(f"{server.address}/api/v1/acts/voting.cast", json=wanted, headers=headers, timeout=60)
    except requests.RequestException:
        return None
    return heard.status_code


def all_vote(server, question, names, kill_after=None):
    """Everybody at once; the server is killed after so many acknowledgements. Returns username -> status."""
    heard, lock = {}, threading.Lock()

    def vote(username):
        status = ballot(server, question, username)
        with lock:
            heard[username] = status
            if list(heard.values()).count(200) == kill_after and status == 200:
                server.kill()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(vote, names))
    return heard


def test_a_server_killed_among_its_clients_loses_no_acknowledged_ballot(room, council, store):
    chamber, chance = room(), random.Random(50)
    chamber.seat(DELEGATES)
    present(chamber, council)
    url = database.database().url
    for number in range(SERVER_KILLS):
        kind = ("secret", "open")[number % 2]
        question = chamber.open(kind)
        database.use(None)
        server = Server(store, ready=True).start()
        moment = chance.randrange(4, DELEGATES - AT_ONCE)
        try:
            first = all_vote(server, question, chamber.crowd, kill_after=moment)
        finally:
            server.stop()
        database.use(database.Database(url))
        acknowledged = {council.person(name) for name, status in first.items() if status == 200}
        _, kept, ballots, _ = standing(council, question)
        assert moment <= len(acknowledged) < DELEGATES
        assert acknowledged <= kept
        assert len(ballots) == len(set(ballots)) == len(kept)
        if number == SERVER_KILLS - 1:
            database.use(None)
            server = Server(store, ready=True).start()
            try:
                again = all_vote(server, question, chamber.crowd)
                closed = [server.act("lan", name, question_id=question)[0] for name in ("voting.close", "voting.publish")]
            finally:
                server.stop()
            database.use(database.Database(url))
            assert set(again.values()) == {200}
            assert closed == [200, 200]
        else:
            sweep.sweep()
            for name in chamber.crowd:
                chamber.do(name, "voting.cast", f"r-{question}-{name}", question_id=question, choice=CHOICES[len(name) % 3])
            chamber.finish(question)
        result = council.one(select(Result).where(Result.question_id == question))
        assert result.cast == sum(result.counts.values()) == DELEGATES
        assert Counter(council.all(select(Receipt.person_id).where(Receipt.question_id == question))).most_common(1)[0][1] == 1
