"""A job is done once, tried again when it fails, and found again when its worker was killed."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from meeting import clock, jobs
from meeting.acts import ActInput, Tx, act
from meeting.database import reading
from meeting.permissions import Action

done: list[str] = []


class Errand(ActInput):
    word: str


@act("kernel.send", Action.KEEP_OWN_ACCOUNT)
def send(tx: Tx, wanted: Errand) -> dict[str, int]:
    """Asks the worker for an errand."""
    tx.require(Action.KEEP_OWN_ACCOUNT)
    tx.nothing_to_record("an errand of a test")
    return {"job_id": jobs.enqueue(tx, "kernel.errand", word=wanted.word).id}


@jobs.job("kernel.errand")
def errand(word: str) -> None:
    done.append(word)
    if word == "break":
        raise OSError("the printer is on fire")


@pytest.fixture(autouse=True)
def _nothing_done():
    done.clear()


def row(council, job_id):
    return council.one(select(jobs.Job).where(jobs.Job.id == job_id))


def test_a_job_waits_in_its_row_until_the_worker_does_it(council, do):
    job_id = do("hoa", "kernel.send", word="nước")["job_id"]
    waiting = row(council, job_id).state

    jobs.run_waiting()

    assert (waiting, row(council, job_id).state, done) == ("waiting", "done", ["nước"])


def test_a_done_job_is_not_done_again(council, do):
    job_id = do("hoa", "kernel.send", word="nước")["job_id"]
    jobs.run(job_id)

    jobs.run(job_id)

    assert done == ["nước"]


def test_a_failing_job_is_tried_five_times_and_keeps_its_error(council, do):
    job_id = do("hoa", "kernel.send", word="break")["job_id"]

    jobs.run_waiting()

    assert len(done) == 5
    assert (row(council, job_id).state, row(council, job_id).error) == ("failed", "OSError: the printer is on fire")


def test_a_job_whose_worker_was_killed_is_found_and_done(council, do):
    job_id = do("hoa", "kernel.send", word="nước")["job_id"]
    council.update(jobs.Job, job_id, state="running", beat_at=clock.now() - timedelta(minutes=1))

    with reading() as session:
        found = jobs.waiting(session)
    jobs.run_waiting()

    assert (found, done) == ([(job_id, "kernel.errand")], ["nước"])


def test_a_job_that_still_beats_is_left_alone(council, do):
    job_id = do("hoa", "kernel.send", word="nước")["job_id"]
    council.update(jobs.Job, job_id, state="running", beat_at=clock.now())

    jobs.run_waiting()

    assert done == []


def test_a_refused_act_sends_nobody_on_an_errand(council, ask):
    heard = ask("hoa", "kernel.send")

    assert heard.status == 422
    assert council.all(select(jobs.Job.id)) == []


@jobs.job("kernel.long_errand", slow=True)
def long_errand(word: str) -> None:
    done.append(word)


@act("kernel.send_far", Action.KEEP_OWN_ACCOUNT)
def send_far(tx: Tx, wanted: Errand) -> dict[str, int]:
    """Asks the worker for a long errand."""
    tx.require(Action.KEEP_OWN_ACCOUNT)
    tx.nothing_to_record("an errand of a test")
    return {"job_id": jobs.enqueue(tx, "kernel.long_errand", word=wanted.word).id}


def test_long_errands_wait_in_a_lane_of_their_own(council, do, monkeypatch):
    monkeypatch.setattr(jobs.queue, "held", False)
    jobs.queue.forget()
    do("hoa", "kernel.send_far", word="sách")
    do("hoa", "kernel.send", word="nước")

    lengths = {name: jobs.queue.lane(name).pending_count() for name in jobs.LANES}
    jobs.queue.forget()

    assert lengths == {"quick": 1, "slow": 1, "search": 0, "outside": 0}
