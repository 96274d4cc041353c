"""The plan of backups: when they are made, which are kept. Pure."""

import re
from collections.abc import Hashable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from meeting import clock
from meeting.errors import Refused
from meeting.records.sealed import read_key

MOST_TIMES = 6
TIME = re.compile(r"^([01]\d|2[0-3]):[0-5]\d$")
DRILL_EVERY = timedelta(days=7)


@dataclass(frozen=True)
class Plan:
    """What the administrator decided. `folder` empty: beside the data; `recipient` empty: as the server's key file says."""

    on: bool = True
    times: tuple[str, ...] = ("01:30",)
    folder: str = ""
    daily: int = 7
    weekly: int = 5
    monthly: int = 12
    recipient: str = ""
    drill: bool = True
    since: str = ""  # from when the times count

    def as_value(self) -> dict[str, Any]:
        """As it is stored."""
        return {**asdict(self), "times": list(self.times)}


def plan_of(value: dict[str, Any]) -> Plan:
    """A stored plan; what it lacks is as by default."""
    known = {name: value[name] for name in asdict(Plan()) if name in value}
    return Plan(**{**known, "times": tuple(known.get("times", Plan().times))})


def checked(plan: Plan) -> Plan:
    """The plan with its times in order. Refused: `backup_times_wrong`, `backup_keep_nothing`, `backup_key_wrong`."""
    times = tuple(sorted({each.strip() for each in plan.times if each.strip()}))
    if not all(TIME.match(each) for each in times) or len(times) > MOST_TIMES or (plan.on and not times):
        raise Refused("backup_times_wrong")
    if plan.daily + plan.weekly + plan.monthly < 1:
        raise Refused("backup_keep_nothing")
    if plan.recipient:
        read_key(plan.recipient)
    return Plan(**{**asdict(plan), "times": times, "folder": plan.folder.strip(), "recipient": plan.recipient.strip()})


def slot_due(plan: Plan, now: datetime, since: datetime) -> str:
    """The newest moment of the plan that has passed, as 2026-11-24T01:30 local; empty when none has since then.

    A machine that was off at night makes up for it when it is on again: one backup, however many moments passed.
    """
    local = clock.local(now)
    for day in (local, local - timedelta(days=1)):
        for time in sorted(plan.times, reverse=True):
            hour, minute = map(int, time.split(":"))
            moment = day.replace(hour=hour, minute=minute, second=0, microsecond=0)
            if since < moment <= local:
                return f"{moment:%Y-%m-%dT%H:%M}"
    return ""


def superfluous(made: Sequence[tuple[Hashable, datetime]], plan: Plan) -> list[Hashable]:
    """Which backups may go: all but the newest of each of the last days, weeks and months, and never the newest of all."""
    newest_first = sorted(made, key=lambda each: each[1], reverse=True)
    kept = {newest_first[0][0]} if newest_first else set()
    for form, most in (("%Y-%m-%d", plan.daily), ("%G-%V", plan.weekly), ("%Y-%m", plan.monthly)):
        spans: dict[str, Hashable] = {}
        for key, at in newest_first:
            spans.setdefault(clock.local(at).strftime(form), key)
        kept |= set(list(spans.values())[:most])
    return [key for key, _ in newest_first if key not in kept]
