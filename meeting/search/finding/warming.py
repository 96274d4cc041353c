"""What the first searches of a process would wait for is made when the process starts, before anybody asks.

Some of it can only be done in one go: that comes before the server takes its first connection. The rest is read in small steps
beside everything else.
"""

import gc
import logging
from collections.abc import Callable
from contextlib import suppress

from sqlalchemy.orm import Session

from meeting.asyncmode import run_blocking
from meeting.database import reading
from meeting.search.engines import engine
from meeting.search.engines.engine import Unreadable
from meeting.search.finding import catalogue
from meeting.search.finding.catalogue import Catalogue
from meeting.search.language import wanted

log = logging.getLogger("meeting.search")

SAID = "kết luận của UBND tỉnh về đầu tư công số 135/TB-UBND ngày 7/11/2026"  # every table of the language is needed for it
Follower = Callable[[Session, Catalogue], object]
followers: list[Follower] = []  # what else is held of the catalogue in this process and is made from it at first use


def open_up() -> None:
    """Loads what takes long in one go: the modules of the engine, the threads for what blocks, the tables of the language."""
    with suppress(LookupError):  # told when somebody searches
        engine.current()
    run_blocking(int)
    wanted.read(SAID)


def warm_up() -> None:
    """Reads the catalogue and what is made of it, and opens the index. Whatever goes wrong is told by the first search.

    What then stands is never garbage: the collector need not walk it.
    """
    try:
        with reading() as session:
            known = catalogue.current(session)
            for follow in followers:
                follow(session, known)
        with suppress(Unreadable):
            engine.current().find(["uy_ban"])
        gc.freeze()
    except Exception:
        log.exception("the catalogue could not be read at the start")
