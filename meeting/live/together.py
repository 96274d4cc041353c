"""What many ask in the same moment is answered together: the first at once, those who came meanwhile in the next turn."""

import logging
from collections import deque
from collections.abc import Callable, Sequence
from threading import Event
from typing import Any, Generic, TypeVar

from meeting import asyncmode
from meeting.errors import Refused, Unavailable
from meeting.web.sockets import socketio

log = logging.getLogger("meeting.live")

LIMIT_SECONDS = 30.0

Asked = TypeVar("Asked")
Told = TypeVar("Told")


class Together(Generic[Asked, Told]):
    """Takes at most `most` questions to one answering; others go on between two turns."""

    def __init__(self, answer: Callable[[Sequence[Asked]], Sequence[Told]], most: int) -> None:
        self._answer = answer
        self._most = most
        self._queue: deque[tuple[Asked, Callable[[Told | Refused], None]]] = deque()
        self._running = False

    def hand_in(self, asked: Asked, heard: Callable[[Told | Refused], None]) -> None:
        """`heard` is told the answer in the turn that finds it, before anybody else goes on; `busy` when none could be given."""
        self._queue.append((asked, heard))
        if asyncmode.mode() == "threading":
            self._turn([self._queue.popleft()])
        elif not self._running:
            self._running = True
            socketio.start_background_task(self._run)

    def ask(self, asked: Asked) -> Told:
        """The answer, when its turn has come. Refused as `busy` when it could not be given."""
        done, answers = Event(), deque[Told | Refused](maxlen=1)

        def heard(answer: Told | Refused) -> None:
            answers.append(answer)
            done.set()

        self.hand_in(asked, heard)
        if not answers:
            done.wait(LIMIT_SECONDS)
        answer = answers[0] if answers else Unavailable("busy")
        if isinstance(answer, Refused):
            raise answer
        return answer

    def _run(self) -> None:
        try:
            while self._queue:
                self._turn([self._queue.popleft() for _ in range(min(self._most, len(self._queue)))])
                socketio.sleep(0)
        finally:
            self._running = False

    def _turn(self, group: Sequence[tuple[Any, Callable[[Any], None]]]) -> None:
        answers: Sequence[Any] = [Unavailable("busy")] * len(group)
        try:
            answers = self._answer([asked for asked, _ in group])
        except Exception:
            log.exception("a question of many at once was not answered")
        for (_, heard), answer in zip(group, answers, strict=True):
            try:
                heard(answer)
            except Exception:
                log.exception("an answer was not heard")
