"""How often somebody tried: counted by all web processes together where there is a Redis, and by each for itself where not.

A Redis that went away stops nobody: each process counts for itself until it is back.
"""

import logging
import time
from typing import Any

from limits.storage import RedisStorage
from limits.strategies import MovingWindowRateLimiter, RateLimiter

from meeting import config, relay

log = logging.getLogger("meeting.web")

TRIED_AGAIN_SECONDS = 5.0


class SharedCounts:
    """Limits on rate that hold for the whole installation."""

    def __init__(self) -> None:
        self._there: RateLimiter | None = None
        self._own: RateLimiter | None = None
        self._away_until = 0.0

    def beside(self, own: RateLimiter) -> Any:
        """What counts now; `own` where there is no Redis, and as long as it is away."""
        self._own = own
        return self if config.settings().redis_url else own

    def hit(self, rate: Any, *key: str) -> bool:
        """Counts one; False past the rate."""
        return self._asked("hit", rate, key)

    def test(self, rate: Any, *key: str) -> bool:
        """Whether one more would be let through; counts nothing."""
        return self._asked("test", rate, key)

    def _asked(self, what: str, rate: Any, key: tuple[str, ...]) -> bool:
        assert self._own is not None
        if time.monotonic() >= self._away_until:
            try:
                return bool(getattr(self._strategy(), what)(rate, *key))
            except Exception as problem:
                log.warning("Redis does not count: %s; this process counts for itself", type(problem).__name__)
                self._there, self._away_until = None, time.monotonic() + TRIED_AGAIN_SECONDS
        return bool(getattr(self._own, what)(rate, *key))

    def _strategy(self) -> RateLimiter:
        if self._there is None:
            pool = relay.client(socket_timeout=relay.REACH_SECONDS).connection_pool
            prefix = f"meeting:{relay.installation()}:rate"
            storage = RedisStorage(config.settings().redis_url, connection_pool=pool, key_prefix=prefix)
            self._there = MovingWindowRateLimiter(storage)
        return self._there
