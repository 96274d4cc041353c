"""Pure rules of the run sheet: who overwrites whom never, and which saving stands in the journal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from meeting.errors import N_, Refused, declare

SAME_HAND = timedelta(minutes=10)  # autosaves of one person within this time are one entry in the journal
OVER = frozenset({"held", "archived", "cancelled"})

Value = str | int | None

declare(
    {
        "script_changed": N_("%(name)s has written here meanwhile. Both texts are shown; nothing was overwritten."),
        "script_over": N_("The meeting is over; its run sheet stays as it was."),
    }
)


@dataclass(frozen=True)
class Change:
    """One field as the editor found it and as it should be."""

    field: str
    before: Value
    after: Value


def check_open(state: str) -> None:
    """A run sheet is written until the meeting is over. Refused as `script_over`."""
    if state in OVER:
        raise Refused("script_over")


def applied(now: Mapping[str, Value], changes: Iterable[Change], name: str) -> dict[str, Value]:
    """The fields that change. Two people who write in different fields both keep their words; the same field is refused.

    Refused as `script_changed` with the `field` and what stands there `now`, so that the screen can bring both together.
    """
    found: dict[str, Value] = {}
    for change in changes:
        current = now[change.field]
        if current == change.after:
            continue
        if current != change.before:
            raise Refused("script_changed", name=name, field=change.field, now=current)
        found[change.field] = change.after
    return found


def is_new_hand(by: int | None, at: datetime | None, person: int, now: datetime) -> bool:
    """Whether a saving is told in the journal: somebody else wrote last, or it is long ago."""
    return at is None or by != person or now - at > SAME_HAND
