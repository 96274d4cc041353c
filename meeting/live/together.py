"""What many ask in the same moment is answered together: the first at once, those who came meanwhile in the next turn."""

import logging
from collections import deque
from collections.abc import Callable, Sequence
from threading import Event
from typing import Any, Generic, TypeVar

from meeting import asyncmode
from meeting.errors import Unavailable
from meeting.web.sockets import socketio

log = logging.getLogger("meeting.live")

LIMIT_SECONDS = 30.0

Asked = TypeVar("Asked")
Told = TypeVar("Told")


class _Waiting(Generic[Asked, Told]):
    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.done = Event()
        self.answer: list[Told] = []  # one, when it is there


class Together(Generic[Asked, Told]):
    """Takes at most `most` questions to one answering; others go on between two turns."""

    def __init__(self, answer: Callable[[Sequence[Asked]], Sequence[Told]], most: int) -> None:
        self._answer = answer
        self._most = most
        self._queue: deque[_Waiting[Asked, Told]] = deque()
        self._running = False

    def ask(self, asked: Asked) -> Told:
        """The answer, when its turn has come. Refused as `busy` when it could not be given."""
        if asyncmode.mode() == "threading":
            return self._answer([asked])[0]
        mine: _Waiting[Asked, Told] = _Waiting(asked)
        self._queue.append(mine)
        if not self._running:
            self._running = True
            socketio.start_background_task(self._run)
        mine.done.wait(LIMIT_SECONDS)
        if not mine.answer:
            raise Unavailable("busy")
        return mine.answer[0]

    def _run(self) -> None:
        try:
            while self._queue:
                self._turn([self._queue.popleft() for _ in range(min(self._most, len(self._queue)))])
                socketio.sleep(0)
        finally:
            self._running = False

    def _turn(self, group: Sequence[Any]) -> None:
        try:
            for each, told in zip(group, self._answer([each.asked for each in group]), strict=True):
                each.answer.append(told)
        except Exception:
            log.exception("a question of many at once was not answered")
        for each in group:
            each.done.set()
