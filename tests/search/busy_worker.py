"""Run as a program: the worker, with one more kind of quick job that takes very long."""

import time
from typing import Any

from meeting import jobs, worker
from meeting.acts import ActInput, Tx, act
from meeting.jobs import job
from meeting.permissions import Action

LONG = 300.0  # seconds; the test ends it


@job("tests.dawdle")
def dawdle() -> None:
    """Holds up the quick lane."""
    time.sleep(LONG)


@act("tests.send_to_dawdle", Action.KEEP_RECORDS)
def send_to_dawdle(tx: Tx, wanted: ActInput) -> dict[str, Any]:
    """Gives the worker something that holds up its quick lane."""
    tx.require(Action.KEEP_RECORDS)
    tx.nothing_to_record("a job of a test")
    return {"job_id": jobs.enqueue(tx, "tests.dawdle").id}


if __name__ == "__main__":
    worker.main()
