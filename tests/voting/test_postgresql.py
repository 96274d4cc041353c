"""Two processes take ballots on one PostgreSQL, open and close beside each other: the sums agree there too."""

import json
import os
import pickle
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from meeting import config, database, jobs, migrations
from meeting.config import Settings
from meeting.live.models import Attendance
from tests import postgresql
from tests.conftest import TESTS, Council, _seed
from tests.voting.conftest import Chamber
from tests.voting.test_evidence import checked, made, unfolded
from tests.voting.test_races import agrees, happened, is_whole

pytestmark = pytest.mark.server

VOTERS = 60
CHOICES = ("for", "against", "abstain")


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Council, Path]]:
    """The standing cast in a PostgreSQL that was migrated from nothing."""
    folder: Path = tmp_path_factory.mktemp("grown")
    (folder / "storage").mkdir()
    with postgresql.cluster() as address:
        config.use(Settings(data=folder, database_url=address, keys=folder / "keys"))
        database.use(database.Database(address))
        migrations.upgrade()
        with Session(database.database().writing) as session:
            _seed(session)
            session.commit()
        held, jobs.queue.held = jobs.queue.held, True
        yield Council(), folder
        jobs.queue.held = held
        database.use(None)


@pytest.fixture(scope="module")
def chamber(grown: tuple[Council, Path]) -> Chamber:
    """Sixty delegates in the room."""
    council, _ = grown
    meeting_id = council.meeting("HĐND")
    made_one = Chamber(council, "HĐND", meeting_id, council.items(meeting_id))
    made_one.start()
    made_one.seat(VOTERS)
    council.write(
        *[Attendance(meeting_id=meeting_id, person_id=council.person(name), presence="present") for name in made_one.crowd]
    )
    return made_one


class Pair:
    """Two processes with a writer each on the same store."""

    def __init__(self, folder: Path) -> None:
        folders = {"MEETING_DATA": str(folder), "MEETING_KEYS": str(folder / "keys")}
        environment = {**os.environ, **folders, "MEETING_DATABASE_URL": database.database().url}
        command = [sys.executable, "-m", "tests.voting.pg_voters"]
        self.folder = folder
        self.processes = [
            subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=TESTS.parent, env=environment)
            for _ in range(2)
        ]
        assert [self._line(each) for each in self.processes] == ["ready\n"] * 2

    @staticmethod
    def _line(process: Any) -> str:
        return str(process.stdout.readline())

    def at_once(self, chamber: Chamber, *plans: list[Any]) -> list[list[Any]]:
        """A plan for each, let go in the same moment; returns every answer."""
        actors = {name: chamber.actor(name) for name in [*chamber.crowd, "lan"]}
        paths = [self.folder / f"plan-{number}" for number in range(len(plans))]
        for path, wishes in zip(paths, plans, strict=True):
            path.write_bytes(pickle.dumps({"actors": actors, "wishes": wishes}))
        for process, path in zip(self.processes, paths, strict=True):
            assert process.stdin is not None
            process.stdin.write(f"{path}\n")
            process.stdin.flush()
        return [answer for process in self.processes for answer in json.loads(self._line(process))]

    def end(self) -> None:
        """No more plans."""
        for process in self.processes:
            process.communicate(timeout=60)
        assert [process.returncode for process in self.processes] == [0, 0]


@pytest.fixture(scope="module")
def pair(grown: tuple[Council, Path], chamber: Chamber) -> Iterator[Pair]:
    """The two of them."""
    found = Pair(grown[1])
    yield found
    found.end()


@pytest.mark.parametrize("kind", ["secret", "open"])
def test_two_processes_take_one_vote(chamber: Chamber, grown: tuple[Council, Path], pair: Pair, kind: str) -> None:
    """Half of the voters at each process, ten of them at both with different choices; both open it and both close it."""
    council, folder = grown
    chance = random.Random(kind)
    question = chamber.prepare(kind, changeable=False)
    order = chance.sample(chamber.crowd, VOTERS)
    plans: list[list[Any]] = []
    for number, names in enumerate((order[:35], order[25:])):
        ballots = [
            [name, "voting.cast", {"question_id": question, "choice": chance.choice(CHOICES)}, f"{question}-{number}-{name}"]
            for name in names
        ]
        opening = [["lan", "voting.open", {"question_id": question, "confirm": True}, None]] * 2
        plans.append(opening + ballots)
    heard = pair.at_once(chamber, *plans)
    closing = pair.at_once(chamber, *[[["lan", "voting.close", {"question_id": question}, None]] * 3] * 2)
    chamber.do("lan", "voting.publish", question_id=question)

    taken = [(name, status, code) for name, act, _, status, code in heard if act == "voting.cast"]
    acknowledged = [name for name, status, _ in taken if status == 200]
    again = {code for _, status, code in taken if status != 200}
    assert {status for _, act, _, status, _ in [*heard, *closing] if act != "voting.cast"} == {200}
    assert len(acknowledged) == len(set(acknowledged))
    assert again <= {"already_voted", "no_second_ballot", "vote_not_open"}, again
    assert len(acknowledged) >= VOTERS - 15  # a few may have come before the opening
    assert agrees(council, question, acknowledged) == "published"
    assert happened(council, question)["voting.vote_opened"] == 1
    assert happened(council, question)["voting.vote_closed"] == 1
    assert checked(unfolded(made(question)[0])) == []
    assert is_whole()
    assert [path for path in (folder / "keys").rglob("*") if path.is_file()] == []


def test_a_close_at_one_process_among_ballots_at_the_other(chamber: Chamber, grown: tuple[Council, Path], pair: Pair) -> None:
    """Whoever was told "received" is in the result, whoever came after it was told "closed"."""
    council, _ = grown
    for seed, kind in enumerate(("secret", "open") * 3):
        chance = random.Random(seed)
        question = chamber.open(kind)
        ballots = [
            [name, "voting.cast", {"question_id": question, "choice": chance.choice(CHOICES)}, f"{question}-{name}"]
            for name in chance.sample(chamber.crowd, VOTERS)
        ]
        other = ballots[40:]
        other.insert(chance.randrange(4, 12), ["lan", "voting.close", {"question_id": question}, None])
        heard = pair.at_once(chamber, ballots[:40], other)
        acknowledged = [name for name, act, _, status, _ in heard if act == "voting.cast" and status == 200]
        late = {code for _, act, _, status, code in heard if act == "voting.cast" and status != 200}

        assert late <= {"vote_closed"}
        assert agrees(council, question, acknowledged) == "closed"
        assert is_whole()
