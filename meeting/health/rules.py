"""What a look at the installation says: one check, its state, a sentence with figures and what to do. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from meeting.errors import N_

State = Literal["ok", "warn", "bad"]
EXIT = {"ok": 0, "warn": 1, "bad": 2}

NAMES: Mapping[str, str] = {
    "disk": N_("Room on the disk"),
    "folder": N_("Data folder"),
    "worker": N_("Worker"),
    "queue": N_("Queue"),
    "failed_jobs": N_("Failed work"),
    "database": N_("Database"),
    "migrations": N_("Tables of the database"),
    "journal": N_("Journal"),
    "backups": N_("Backups"),
    "drill": N_("Drill"),
    "ballot_keys": N_("Keys of ballots"),
    "index": N_("Search index"),
    "clock": N_("Clock"),
    "certificate": N_("Certificate of the server"),
    "mail": N_("Mail"),
    "programs": N_("Programs beside this one"),
    "version": N_("Version"),
}


@dataclass(frozen=True)
class Check:
    """One thing that was looked at. `sentence` and `advice` are message ids, filled with `facts`."""

    name: str
    state: State
    sentence: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    advice: str = ""

    def as_value(self) -> dict[str, Any]:
        """As it is stored, and for programs."""
        return {
            "name": self.name,
            "state": self.state,
            "sentence": self.sentence,
            "facts": dict(self.facts),
            "advice": self.advice,
        }


def worst(checks: Sequence[Check]) -> State:
    """The worst state of all."""
    states = {each.state for each in checks}
    return "bad" if "bad" in states else "warn" if "warn" in states else "ok"


def by_limits(value: float, warn: float, bad: float) -> State:
    """Warns beyond one limit, is bad beyond another; the limits may fall or rise."""
    if warn <= bad:
        return "bad" if value >= bad else "warn" if value >= warn else "ok"
    return "bad" if value <= bad else "warn" if value <= warn else "ok"
