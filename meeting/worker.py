"""The worker process: long work from the queue, and what has to happen every so often."""

import logging
import os
import signal
import threading
import time

from huey.consumer import Consumer

from meeting import jobs, logs, postgresql
from meeting.app import load_rooms
from meeting.database import database, reading
from meeting.records import holding
from meeting.relay import relay
from meeting.writer import writer

log = logging.getLogger("meeting.worker")

SWEEP_SECONDS = 5.0
BREATH_SECONDS = 0.010


def sweep() -> None:
    """Kicks the jobs that wait or stopped beating: the queue loses a running job at a kill."""
    with reading() as session:
        for job_id, kind in jobs.waiting(session):
            jobs.queue.kick(job_id, kind)


_duties = postgresql.Turn(postgresql.DUTIES_LOCK)
_asking = threading.Lock()


def _is_my_turn() -> bool:
    """Whether the duties are this worker's: where two run, one of them has them until it ends."""
    with _asking:
        return _duties.is_mine(database().url)


def _periodically(seconds: float, function: object) -> None:
    assert callable(function)
    while True:
        try:
            if _is_my_turn():
                function()
        except Exception:
            log.exception("a periodic duty failed")
        time.sleep(seconds)


def main() -> None:
    """Runs until SIGTERM or SIGINT; a running job is finished first, at most a few seconds."""
    logs.set_up()
    load_rooms()
    holding.serve_here()
    writer.breath_seconds = BREATH_SECONDS
    writer.start()
    relay.start(listens=False)
    parent = int(os.environ.get("MEETING_PARENT") or os.getppid())  # 0: it stands alone
    for seconds, function in [(SWEEP_SECONDS, sweep), *jobs.PERIODIC]:
        threading.Thread(target=_periodically, args=(seconds, function), daemon=True).start()
    if parent:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    signal.signal(signal.SIGTERM, signal.getsignal(signal.SIGINT))
    beside = [_consumer(lane) for lane in jobs.LANES if lane != "quick"]
    quick = _consumer("quick")
    for consumer in beside:
        consumer.start()
    try:
        quick.run()
    finally:
        for consumer in beside:
            consumer.stop()


def _consumer(lane: str) -> Consumer:
    return Consumer(jobs.queue.lane(lane), workers=1, periodic=False, initial_delay=0.05, max_delay=0.2, backoff=1.15)


def _end_with(parent: int) -> None:
    """A worker whose starter was killed ends too, so that none is left behind."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)


if __name__ == "__main__":
    main()
