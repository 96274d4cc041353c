"""How a grown installation is started: the commands of the guide, two workers, one that starts while others run."""

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from contextlib import suppress

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from meeting import clock, database, migrations, postgresql
from meeting.batch import renewal
from meeting.database import lock_journal
from meeting.errors import Refused
from meeting.jobs import Job
from meeting.organization import identity
from meeting.organization.models import Membership
from meeting.permissions import SYSTEM
from meeting.search.passages.service import FEED
from meeting.writer import perform
from tests.conftest import Council
from tests.grown.house import House
from tests.serving import Server
from tests.waiting import until

pytestmark = pytest.mark.server


def test_the_migrations_make_what_the_models_say(house: House, council: Council) -> None:
    assert migrations.differences() == []


def test_one_more_web_process_starts_beside_the_others_by_its_command(house: House) -> None:
    third = Server(house.folder, environment=house.environment)
    try:
        third.start("--web-only", "--empty")
        assert third.get("hoa", "/meetings")[0] == 200
        started = subprocess.run(
            ["pgrep", "-P", str(third.process.pid if third.process else 0)], capture_output=True, check=False
        )
        assert started.stdout == b"", "it started a worker"
        assert third.stop() == 0
    finally:
        if third.process is not None and third.process.poll() is None:
            third.kill()


def test_two_workers_do_each_job_once_and_one_of_them_the_duties(house: House, council: Council) -> None:
    command = [sys.executable, "-m", "meeting.cli", "worker", "--data", str(house.folder)]
    with (house.folder / "worker-2.log").open("ab") as log:
        second = subprocess.Popen(
            command, stdout=log, stderr=log, env={**os.environ, **house.environment}, start_new_session=True
        )
    try:
        until(lambda: len(_duties(house)) == 1, "nobody has the duties")
        made = council.write(*[Job(kind=FEED, arguments={}, created_at=clock.now(), beat_at=clock.now()) for _ in range(6)])
        tries = select(Job.attempts).where(Job.id.in_(made), Job.state == "done")
        until(lambda: len(council.all(tries)) == 6, "the workers do not work")
        assert council.all(tries) == [1] * 6
        assert len(_duties(house)) == 1
    finally:
        with suppress(ProcessLookupError):
            os.killpg(second.pid, signal.SIGKILL)
        second.wait(10)


def _duties(house: House) -> list[int]:
    with database.reading() as session:
        wanted = text("SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = :lock AND granted")
        return [row[0] for row in session.execute(wanted, {"lock": postgresql.DUTIES_LOCK})]


def test_a_duty_is_taken_over_when_who_has_it_is_gone(house: House, council: Council) -> None:
    url, first, second = house.store.address(), postgresql.Turn(77), postgresql.Turn(77)
    assert first.is_mine(url)
    assert first.is_mine(url)
    assert not second.is_mine(url)
    (holder,) = council.all(text("SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = 77 AND granted"))
    with database.database().writing.begin() as connection:
        connection.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": holder})

    until(lambda: second.is_mine(url), "nobody took it over")

    assert not first.is_mine(url)


def test_a_job_is_begun_by_one_of_many_who_ask_at_once(house: House, council: Council) -> None:
    (job_id,) = council.write(Job(kind=FEED, arguments={}, created_at=clock.now(), beat_at=clock.now()))
    gate, heard = threading.Barrier(6), []

    def begin() -> None:
        gate.wait(30)
        heard.append(perform(SYSTEM, "jobs.begin", {"job_id": job_id})["run"])

    threads = [threading.Thread(target=begin) for _ in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    perform(SYSTEM, "jobs.end", {"job_id": job_id})

    assert Counter(heard)[True] <= 1  # the worker may have been sooner
    assert len(heard) == 6


def test_the_writer_asks_for_rights_itself_when_they_changed_meanwhile(house: House, council: Council) -> None:
    """Whoever the door knew: what holds is what the transaction finds."""
    held = council.one(
        select(Membership.id).where(Membership.person_id == council.person("van"), Membership.body_id == council.body("HĐND"))
    )
    meeting_id = council.meeting("HĐND", state="in_session")
    before = identity.by_token("token-van")
    assert before is not None
    assert before.as_of is not None
    wanted = {"meeting_id": meeting_id, "people": [council.person("hoa")], "presence": "present"}
    perform(before, "live.mark", wanted)
    perform(council.actor("admin"), "organization.end_role", {"membership_id": held})

    with pytest.raises(Refused) as refused:
        perform(before, "live.mark", wanted)

    assert refused.value.code == "not_found"
    assert renewal.of(Session(database.database().reader), before) != before
    again = {"person_id": council.person("van"), "body_id": council.body("HĐND"), "role": "clerk"}
    perform(council.actor("admin"), "organization.set_role", again)


def test_who_cannot_write_for_five_seconds_is_told_busy(house: House, council: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting_id = council.meeting(state="in_session")
    monkeypatch.setattr(postgresql, "BUSY_SECONDS", 1)
    other = database.Database(house.store.address())
    try:
        with Session(database.database().writing) as session:
            lock_journal(session)
            with Session(other.writing) as waiting, pytest.raises(Refused, match="busy"):
                lock_journal(waiting)
            session.rollback()
    finally:
        other.close()
    said = {"meeting_id": meeting_id, "text": "Sau đó"}
    assert perform(council.actor("hoa"), "discussion.post", said)["comment_id"]
