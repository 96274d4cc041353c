"""kill -9 in the middle of 200 ballots: every acknowledged ballot is there after the restart, none twice, none tied to a name."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from sqlalchemy import select

from meeting import database
from meeting.live.models import Attendance
from meeting.voting.models import OpenBallot, Receipt, Result, SealedBallot
from tests.serving import Server

pytestmark = pytest.mark.server

DELEGATES = 200
KILL_AFTER = 60
AT_ONCE = 16


def ballot(server, question, username):
    """The status of one ballot, with a request_id of its own; None when no answer came."""
    choice = ("for", "against", "abstain")[len(username) % 3]
    headers = {"Authorization": f"Bearer token-{username}"}
    wanted = {"question_id": question, "choice": choice, "request_id": f"r-{username}"}
    try:
        heard = requests.post(f"{server.address}/api/v1/acts/voting.cast", json=wanted, headers=headers, timeout=60)
    except requests.RequestException:
        return None
    return heard.status_code


@pytest.fixture
def chamber(room, council):
    """Two hundred delegates in the room."""
    made = room()
    made.seat(DELEGATES)
    rows = [Attendance(meeting_id=made.meeting_id, person_id=council.person(name), presence="present") for name in made.crowd]
    council.write(*rows)
    return made


@pytest.mark.parametrize("kind", ["open", "secret"])
def test_no_acknowledged_ballot_is_lost_and_none_counts_twice(chamber, council, store, kind):
    question = chamber.open(kind)
    url = database.database().url
    database.use(None)
    server = Server(store).start("--empty")
    acknowledged, lock = set(), threading.Lock()

    def vote(username):
        status = ballot(server, question, username)
        with lock:
            if status != 200:
                return
            acknowledged.add(username)
            if len(acknowledged) == KILL_AFTER:
                server.kill()

    try:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(vote, chamber.crowd))
        database.use(database.Database(url))
        kept = Counter(council.all(select(Receipt.person_id)))
        people = {council.person(name) for name in acknowledged}
        ballots = council.all(select(OpenBallot.person_id if kind == "open" else SealedBallot.key))
        database.use(None)

        server = Server(store).start("--empty")
        with ThreadPoolExecutor(AT_ONCE) as pool:
            again = list(pool.map(lambda name: ballot(server, question, name), chamber.crowd))
        closed = [server.act("lan", name, question_id=question)[0] for name in ("voting.close", "voting.publish")]
    finally:
        server.stop()
    database.use(database.Database(url))
    result = council.one(select(Result).where(Result.question_id == question))

    assert KILL_AFTER <= len(acknowledged) < DELEGATES
    assert people <= set(kept)
    assert set(kept.values()) == {1}
    assert len(ballots) == len(set(ballots)) == len(kept)
    assert again == [200] * DELEGATES
    assert closed == [200, 200]
    assert result.cast == sum(result.counts.values()) == DELEGATES
