"""How a device is called in plain words, what it may say that it keeps, how a pack is summed up: values in, values out."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from meeting.errors import N_, declare

CHUNK = 50  # pages of words in one answer, as the viewer asks for them
NAME_LETTERS = 60
MOST_FILES = 2000  # of one meeting
MOST_KEPT = 200  # meetings on one device
MOST_DEVICES = 30  # browsers an account is known by

declare(
    {
        "tablet_revoked": N_("This device was taken off the account. Its papers were removed; sign in again to go on."),
        "tablet_ended": N_("This device was taken off the account before. It cannot be changed any more."),
    }
)

#: What stands in a user agent, and how people call that machine. The first that fits counts.
MACHINES = (
    ("iPad", N_("iPad")),
    ("iPhone", N_("iPhone")),
    ("Android.*Mobile", N_("Android phone")),
    ("Android", N_("Android tablet")),
    ("CrOS", N_("Chromebook")),
    ("Macintosh", N_("Mac computer")),
    ("Windows", N_("Windows computer")),
    ("Linux|X11", N_("Linux computer")),
)
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("CocCoc|coc_coc", "Cốc Cốc"), ("Firefox|FxiOS", "Firefox"),
            ("Chrome|CriOS", "Chrome"), ("Safari", "Safari"))  # fmt: skip
DEVICE = N_("Device")


def machine_of(user_agent: str, touch_points: int = 0) -> str:
    """The kind of a machine (a message id). An iPad says that it is a Mac, but a Mac has no touch screen."""
    if "Macintosh" in user_agent and touch_points > 1:
        return MACHINES[0][1]
    return next((name for sign, name in MACHINES if re.search(sign, user_agent)), DEVICE)


def browser_of(user_agent: str) -> str:
    """The browser's own name; nothing when it is not known."""
    return next((name for sign, name in BROWSERS if re.search(sign, user_agent)), "")


@dataclass(frozen=True)
class Entry:
    """One thing that a device fetches to keep a meeting. Without a mark its content is fetched anew at every update."""

    url: str
    size_bytes: int
    mark: str  # of the content; equal marks are equal bytes
    kind: str  # image, thumb, words, opening, notes, programme, shell


def version_of(entries: Iterable[Entry]) -> str:
    """Changes whenever something of a pack came, went or changed; what has no mark does not count."""
    lines = sorted(f"{each.url} {each.mark}" for each in entries if each.mark)
    return sha256("\n".join(lines).encode()).hexdigest()[:16]


def chunks(page_count: int) -> list[tuple[int, int]]:
    """First and last page of each answer with words, as the viewer asks: 1 to 50, 51 to 100, past the last page too."""
    return [(first, first + CHUNK - 1) for first in range(1, page_count + 1, CHUNK)]


def words_bytes(letters: int) -> int:
    """About how many bytes the words of so many letters of text take with their boxes: measured on the seeds."""
    return letters * 7 + 80


def settled(kept: Mapping[int, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """What a device says that it keeps, as it is stored: by meeting."""
    return {str(meeting_id): dict(each) for meeting_id, each in sorted(kept.items())}


def kept_bytes(kept: Mapping[str, Mapping[str, Any]]) -> int:
    """How many bytes a device keeps in all."""
    return sum(int(each.get("bytes", 0)) for each in kept.values())


def megabytes(size_bytes: int) -> str:
    """A size as people read it, with a decimal comma: "3,4 MB", "41 MB", "1,2 GB"."""
    unit, size = ("GB", size_bytes / 1e9) if size_bytes >= 1e9 else ("MB", size_bytes / 1e6)
    return f"{size:.{0 if size >= 10 else 1}f} {unit}".replace(".", ",")
