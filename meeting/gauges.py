"""Figures of this process for its operator: how often, how long. Cheap to note, never about a person.

Names and labels are few and known beforehand: acts by name, requests by room, answers by class. Read by `health.metrics`.
"""

import time
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

REQUEST_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1.0, 2.5, 10.0)
WAIT_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1.0, 5.0)
BATCH_ACTS = (1, 2, 5, 10, 20, 50, 100)

Labels = tuple[str, ...]


class Spread:
    """How values are spread: how many up to each bound, how many in all and their sum."""

    __slots__ = ("bounds", "counts", "total")

    def __init__(self, bounds: Sequence[float]) -> None:
        self.bounds, self.counts, self.total = bounds, [0] * (len(bounds) + 1), 0.0

    def note(self, value: float) -> None:
        """One value more."""
        self.counts[bisect_left(self.bounds, value)] += 1
        self.total += value


started_at = time.time()
acts: dict[Labels, int] = defaultdict(int)  # by name and outcome
requests: dict[Labels, int] = defaultdict(int)  # by room and class of the answer
request_seconds: dict[str, Spread] = defaultdict(lambda: Spread(REQUEST_SECONDS))  # by room
batch_size = Spread(BATCH_ACTS)
act_wait = Spread(WAIT_SECONDS)  # from coming in to the answer, with the commit


def outcome_of(status: int) -> str:
    """done, refused or failed."""
    return "done" if status < 400 else "refused" if status < 500 else "failed"


def note_batch(taken: Iterable[Any]) -> None:
    """Acts that the writer has answered, in one transaction."""
    now, count = time.monotonic(), 0
    for waiting in taken:
        count += 1
        if waiting.answer is not None:
            acts[waiting.act.name, outcome_of(waiting.answer.status)] += 1
            act_wait.note(now - waiting.asked_at)
    if count:
        batch_size.note(count)


def note_request(room: str, status: int, seconds: float) -> None:
    """One request that was answered."""
    requests[room, f"{status // 100}xx"] += 1
    request_seconds[room].note(seconds)
