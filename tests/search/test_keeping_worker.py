"""Found at once: with a real worker whose quick lane is busy, and a reader in another process."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from meeting import jobs
from meeting.database import reading
from meeting.jobs import Job
from meeting.permissions import SYSTEM
from meeting.search.engines import engine
from meeting.search.engines.engine import Unreadable
from meeting.writer import perform
from tests.conftest import Council
from tests.search import busy_worker  # noqa: F401 - registers the act here too

pytestmark = pytest.mark.server
ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0  # seconds, on a machine that does other things too


def comes_true(question: Callable[[], Any]) -> float:
    """Waits until it is so; answers how long that took."""
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE:
        if question():
            return time.monotonic() - began
        time.sleep(0.02)
    raise AssertionError("it did not come true")


@pytest.fixture
def working(council: Council, store: Path) -> Iterator[None]:
    """A real worker on the store of this test; jobs are kicked as in the web process."""
    log = (store / "worker.log").open("ab")
    environment = {
        **os.environ,
        "MEETING_DATA": str(store),
        "MEETING_KEYS": str(store / "keys"),
        "MEETING_PARENT": str(os.getpid()),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.search.busy_worker"], cwd=ROOT, env=environment, stdout=log, stderr=log
    )
    jobs.queue.held = False
    try:
        yield
    finally:
        jobs.queue.held = True
        process.kill()
        process.wait(10)
        log.close()


def running(kind: str) -> bool:
    with reading() as session:
        return session.scalar(select(Job.id).where(Job.kind == kind, Job.state == "running")) is not None


def finds(*terms: str) -> bool:
    try:
        return bool(engine.current().find(terms))
    except Unreadable:
        return False


def test_what_was_just_done_is_found_though_the_quick_lane_is_busy(
    council: Council, do: Callable[..., Any], working: None
) -> None:
    meeting_id = council.meeting(state="draft")
    comes_true(lambda: finds("ubnd"))  # the worker is up and has read the store
    perform(SYSTEM, "tests.send_to_dawdle", {})
    comes_true(lambda: running("tests.dawdle"))

    do("minh", "agenda.add_item", meeting_id=meeting_id, title="Hệ thống thoát nước khu phố 3")
    comes_true(lambda: finds("thoat_nuoc", "=nươc1"))

    assert running("tests.dawdle")  # still
