"""After a secret vote is durable: its key is destroyed and no copy of a sealed ballot stays in the write-ahead log."""

import logging
import threading
import time

from meeting.database import database
from meeting.voting import keys

log = logging.getLogger("meeting.voting")

ERASING_PAUSE_SECONDS = 1.0
ERASING_TRIES = 600


def forget(public: bytes) -> None:
    """Nobody can open a sealed ballot of this box any more."""
    keys.destroy(public)
    if not database().empty_log(tries=20):
        threading.Thread(target=_erase_until_done, name="erase sealed ballots", daemon=True).start()


def _erase_until_done() -> None:
    """A reader was in the way of emptying the log: asks again, beside the writer, until nobody is."""
    for _ in range(ERASING_TRIES):
        time.sleep(ERASING_PAUSE_SECONDS)
        if database().empty_log(tries=1):
            return
    log.error("the write-ahead log could not be emptied after a secret vote")
