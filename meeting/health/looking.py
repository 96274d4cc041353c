"""Looks at everything, one check after the other. A check that fails is itself a finding."""

import logging
from collections.abc import Callable, Iterable

from meeting.errors import N_
from meeting.health.rules import Check

log = logging.getLogger("meeting.health")

Look = Callable[["Asked"], Check]
LOOKS: dict[str, Look] = {}


class Asked:
    """How thoroughly: `full` recomputes the whole journal and compares the whole index; `cert` is a certificate's file."""

    def __init__(self, full: bool = False, cert: str = "", outside: bool = True) -> None:
        self.full, self.cert, self.outside = full, cert, outside


def look(name: str) -> Callable[[Look], Look]:
    """Registers a check under its name."""

    def register(function: Look) -> Look:
        LOOKS[name] = function
        return function

    return register


def look_at(asked: Asked, names: Iterable[str] = ()) -> list[Check]:
    """All checks, or those named, in their order."""
    return [_done(name, LOOKS[name], asked) for name in (names or LOOKS)]


def _done(name: str, function: Look, asked: Asked) -> Check:
    try:
        return function(asked)
    except Exception as failure:
        log.exception("a check failed", extra={"check": name})
        sentence, advice = N_("This could not be looked at: %(why)s"), N_("Look into the log of the server.")
        return Check(name, "bad", sentence, {"why": type(failure).__name__}, advice)
