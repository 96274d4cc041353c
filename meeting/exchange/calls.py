"""The log of calls: gathered in the process that answers, written a few times a minute, and at a clean stop."""

import logging
import threading
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert

from meeting.acts import ActInput, Tx, act
from meeting.database import database
from meeting.exchange.models import ApiCall
from meeting.permissions import SYSTEM, Action
from meeting.writer import perform

WRITTEN_AFTER_SECONDS = 15.0
WRITTEN_AT = 500  # calls at once
MOST_HELD = 20_000  # while the store does not answer

_say = logging.getLogger("meeting.exchange")


@dataclass(frozen=True)
class Call:
    """One call as it is kept."""

    client_id: int
    at: datetime
    address: str
    path: str
    status: int
    ms: int


class CallInput(ActInput):
    """The same on its way to the writer."""

    client_id: int
    at: datetime
    address: str
    path: str
    status: int
    ms: int


class CallsInput(ActInput):
    """Some calls, in order."""

    calls: list[CallInput]


@act("exchange.note_calls", Action.SEND_WEBHOOKS)
def note_calls(tx: Tx, wanted: CallsInput) -> dict[str, Any]:
    """The system writes down what other systems asked. Nothing of it stands in the journal: the log is its record."""
    tx.require(Action.SEND_WEBHOOKS)
    tx.nothing_to_record("the log of calls is its own record")
    rows = [each.model_dump(exclude={"meeting_id"}) for each in wanted.calls]
    if rows:
        tx.execute(insert(ApiCall), rows)
    return {"noted": len(rows)}


class CallLog:
    """What this process has answered and not yet written."""

    def __init__(self) -> None:
        self._held: list[tuple[str, Call]] = []
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None

    def add(self, call: Call) -> None:
        """One more call; the first one sets the time of the next writing."""
        with self._lock:
            self._held.append((database().url, call))
            full = len(self._held) == WRITTEN_AT
            if self._timer is None:
                self._set(WRITTEN_AFTER_SECONDS)
        if full:
            threading.Thread(target=self.flush, daemon=True).start()

    def flush(self) -> None:
        """Writes all there is. What the store did not take is kept for the next time, up to a limit."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
            self._timer = None
            held, self._held = self._held, []
        here = [each for each in held if each[0] == database().url] if held else []  # the store was not exchanged meanwhile
        if not here:
            return
        try:
            for start in range(0, len(here), WRITTEN_AT):
                perform(SYSTEM, "exchange.note_calls", {"calls": [_sent(call) for _, call in here[start : start + WRITTEN_AT]]})
                held = here[start + WRITTEN_AT :]
        except Exception:
            _say.exception("calls could not be written; they are kept", extra={"calls": len(held)})
            with self._lock:
                self._held = [*held, *self._held][-MOST_HELD:]
                if self._timer is None:
                    self._set(WRITTEN_AFTER_SECONDS)

    def _set(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self.flush)
        self._timer.daemon = True
        self._timer.start()


def _sent(call: Call) -> dict[str, Any]:
    return {**asdict(call), "at": call.at.isoformat()}


log = CallLog()
