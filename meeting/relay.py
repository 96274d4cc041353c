"""What the processes of one installation tell each other at once, through Redis where there is one.

Only hints travel: "somebody wrote, meeting 7 is at version 12", who looks on, who has a document open. Nothing is true because
it was heard here, and nothing is lost with Redis: without it each process finds the same by looking at the store a little later.
"""

import json
import logging
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from meeting import config

log = logging.getLogger("meeting.relay")

MOST_WAITING = 1_000
FIRST_PAUSE_SECONDS = 0.1
LONGEST_PAUSE_SECONDS = 2.0
LISTEN_SECONDS = 1.0
REACH_SECONDS = 1.0  # a Redis that does not answer so long is taken as gone

Hearer = Callable[[str, Any], None]


def client(**options: Any) -> Any:
    """A connection to the Redis of the settings; its package comes with the extra `grown`."""
    import redis  # noqa: PLC0415 - only where an installation has grown

    reach = {"socket_connect_timeout": REACH_SECONDS, "socket_timeout": REACH_SECONDS * 5, "socket_keepalive": True}
    return redis.Redis.from_url(config.settings().redis_url, **{**reach, **options})


def installation() -> str:
    """A mark of this installation: several may share one Redis."""
    return sha256(config.settings().database_url.encode()).hexdigest()[:16]


class Relay:
    """Tells and hears beside the doors, and comes back by itself after Redis was away."""

    def __init__(self) -> None:
        self.name = secrets.token_hex(8)  # of this process
        self._hearers: dict[str, list[Hearer]] = {}
        self._waiting: deque[str] = deque(maxlen=MOST_WAITING)
        self._wake = threading.Event()
        self.running = False

    def start(self, *, listens: bool = True) -> None:
        """From now on what is told goes out; harmless without Redis and when called twice."""
        if self.running or not config.settings().redis_url:
            return
        self.running = True
        loops = [self._send] + [self._listen] * listens
        for loop in loops:
            threading.Thread(target=_again_and_again, args=(loop,), name="relay", daemon=True).start()

    def tell(self, topic: str, message: Any) -> None:
        """Tells all other processes, without waiting."""
        if self.running:
            self._waiting.append(json.dumps([self.name, topic, message]))
            self._wake.set()

    def hear(self, topic: str, hearer: Hearer) -> None:
        """`hearer(process, message)` is called for what others tell. "hello": a process has come, or Redis is back."""
        known = self._hearers.setdefault(topic, [])
        if hearer not in known:
            known.append(hearer)

    def _channel(self) -> str:
        return f"meeting:{installation()}"

    def _send(self, reached: Callable[[], None]) -> None:
        there = client()
        there.ping()
        reached()
        while True:
            while self._waiting:
                there.publish(self._channel(), self._waiting.popleft())
            self._wake.clear()
            if not self._waiting:
                self._wake.wait()

    def _listen(self, reached: Callable[[], None]) -> None:
        line = client().pubsub(ignore_subscribe_messages=True)
        line.subscribe(self._channel())
        reached()
        self.tell("hello", None)
        self._heard(json.dumps([self.name, "hello", None]), own=True)
        while True:
            message = line.get_message(timeout=LISTEN_SECONDS)
            if message is not None and message["type"] == "message":
                self._heard(message["data"])

    def _heard(self, text: str | bytes, *, own: bool = False) -> None:
        process, topic, message = json.loads(text)
        if process == self.name and not own:
            return
        for hearer in self._hearers.get(topic, []):
            try:
                hearer(process, message)
            except Exception:
                log.exception("what another process told was not taken", extra={"topic": topic})


def _again_and_again(loop: Callable[[Callable[[], None]], None]) -> None:
    """Runs a loop for ever; after each failure a moment later, and later still while Redis stays away."""
    pause = [FIRST_PAUSE_SECONDS]

    def reached() -> None:
        if pause[0] > FIRST_PAUSE_SECONDS:
            log.warning("Redis is back")
        pause[0] = FIRST_PAUSE_SECONDS

    while True:
        try:
            loop(reached)
        except Exception as problem:
            if pause[0] == FIRST_PAUSE_SECONDS:
                log.warning("Redis cannot be reached: %s", type(problem).__name__)
        time.sleep(pause[0])
        pause[0] = min(pause[0] * 2, LONGEST_PAUSE_SECONDS)


relay = Relay()
