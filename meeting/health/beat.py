"""The worker's sign of life, and its look at everything every five minutes."""

import json
import os
import time
from datetime import datetime, timedelta
from typing import Any

from meeting.acts import ActInput, Tx, act
from meeting.events import Event
from meeting.jobs import every
from meeting.permissions import SYSTEM, Action
from meeting.tables import Setting
from meeting.writer import perform

BEAT, FOUND, TOLD = "worker_beat", "health", "health_told"
BEAT_SECONDS = 15
LOOK_SECONDS = 300
SETTLING_SECONDS = 60
SILENT_SECONDS = 60
TOLD_AGAIN = timedelta(hours=20)

_begun = (time.time(), time.monotonic())
_looked = [0.0]


class BeatInput(ActInput):
    """A sign of life: by how many seconds the clock was moved since the worker began."""

    pid: int
    moved: float = 0.0


@act("health.beat", Action.KEEP_RECORDS)
def beat(tx: Tx, wanted: BeatInput) -> dict[str, Any]:
    """Says that the worker is alive. Only the worker; not recorded."""
    tx.require(Action.KEEP_RECORDS)
    tx.nothing_to_record("a heartbeat")
    _put(tx, BEAT, {"at": tx.now.isoformat(), "pid": wanted.pid, "moved": wanted.moved})
    return {}


class SeenInput(ActInput):
    """What a look found, and how far the journal was found whole."""

    checks: list[dict[str, Any]]
    verified: dict[str, int] = {}


@act("health.seen", Action.KEEP_RECORDS)
def seen(tx: Tx, wanted: SeenInput) -> dict[str, Any]:
    """Keeps what the last look found. Of what is bad the administrators are told once a day. Recorded then: HEALTH_BAD."""
    tx.require(Action.KEEP_RECORDS)
    _put(tx, FOUND, {"at": tx.now.isoformat(), "checks": wanted.checks})
    if wanted.verified:
        _put(tx, "journal_verified", wanted.verified)
    bad = sorted(each["name"] for each in wanted.checks if each["state"] == "bad")
    row = tx.find(Setting, TOLD)
    told: dict[str, Any] = json.loads(row.value) if row else {"at": "2000-01-01T00:00:00+00:00", "names": []}
    due = datetime.fromisoformat(told["at"]) + TOLD_AGAIN <= tx.now
    if not bad or not (due or set(bad) - set(told["names"])):
        tx.nothing_to_record("nothing that was not told")
        return {"told": False}
    _put(tx, TOLD, {"at": tx.now.isoformat(), "names": sorted({*bad, *([] if due else told["names"])})})
    tx.record(Event.HEALTH_BAD, None, checks=bad, count=len(bad))
    return {"told": True}


def _put(tx: Tx, name: str, value: Any) -> None:
    tx.keep_setting(name, json.dumps(value, ensure_ascii=False))


@every(BEAT_SECONDS)
def alive() -> None:
    """Runs in the worker."""
    moved = (time.time() - _begun[0]) - (time.monotonic() - _begun[1])
    perform(SYSTEM, "health.beat", {"pid": os.getpid(), "moved": round(moved, 1)})


@every(BEAT_SECONDS)
def look_now_and_then() -> None:
    """Every five minutes, once the machine has done with starting."""
    now = time.monotonic()
    if now - _begun[1] > SETTLING_SECONDS and now - _looked[0] > LOOK_SECONDS:
        _looked[0] = now
        look_and_keep()


def look_and_keep(full: bool = False) -> None:
    """Looks at everything and keeps what was found, for the page."""
    from meeting.health.chain import looked_through  # noqa: PLC0415 - the looks know the beat
    from meeting.health.looking import Asked, look_at  # noqa: PLC0415

    found = [each.as_value() for each in look_at(Asked(full=full))]
    chain = looked_through()
    verified = {} if chain.what else {"id": chain.last, "entries": chain.counted}
    perform(SYSTEM, "health.seen", {"checks": found, "verified": verified})
