"""Sixty tablets vote in the same moment on a real server: every ballot is in, and the screens are told a handful of times."""

import asyncio
import json
import shutil

import pytest

from bench.wire import connect, emitted
from meeting import database
from tests.serving import serving

pytestmark = pytest.mark.server

CROWD = 60


def test_ballots_at_once_cause_a_handful_of_messages(room, store, tmp_path_factory):
    chamber = room(crowd=CROWD)
    question = chamber.open("open")
    database.database().empty_log()
    database.use(None)
    folder = tmp_path_factory.mktemp("served")
    (folder / "storage").mkdir()
    shutil.copy(store / "storage" / "meeting.db", folder / "storage" / "meeting.db")

    with serving(folder, "--empty") as server:
        answers, told, mine, shown = asyncio.run(vote(server.port, chamber, question))

    assert all(answer["ok"] for answer in answers)
    assert shown["cast"] == CROWD
    assert sum(told) < CROWD * CROWD / 4  # told one by one it would be 60 messages to each of 60 tablets
    assert sum(mine) < CROWD * 4


async def vote(port, chamber, question):
    """The answers, how many messages of each kind every tablet got, and the vote as the chair sees it afterwards."""
    clients = await connect(port, [f"token-{name}" for name in chamber.crowd])
    for client in clients:
        assert (await client.call("live.join", {"meeting_id": chamber.meeting_id}))["ok"]
    told, mine, answers = [0] * CROWD, [0] * CROWD, {}
    done = asyncio.get_running_loop().create_future()

    def hear(place, text):
        told[place] += "live.state" in text
        mine[place] += "live.me" in text
        if text.startswith("43"):
            answers[place] = json.loads(text[text.index("[") :])[0]
            if len(answers) == CROWD and not done.done():
                done.set_result(None)

    for place, client in enumerate(clients):
        client.heard = lambda _client, text, place=place: hear(place, text)
    for place, client in enumerate(clients):
        client.send(emitted(7_000, "voting.cast", {"question_id": question, "choice": "for", "request_id": f"r-{place}"}))
    await asyncio.wait_for(done, 60)
    (chair,) = await connect(port, [f"token-{chamber.chair}"])
    state = (await chair.call("live.join", {"meeting_id": chamber.meeting_id}))["state"]
    await asyncio.sleep(1.5)  # what follows the ballots is counted too
    for client in [*clients, chair]:
        client.transport.abort()
    await asyncio.sleep(0.1)
    return list(answers.values()), told, mine, state["voting"]["current"]
