"""One matter on the programmes of several meetings: which items hang together, which may be linked, which look alike. Pure.

A link leads from an item to an earlier one. A matter may branch (a plenary's matter goes into every Tổ) and come together again;
it never runs in a circle.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import pairwise
from math import log

from meeting.agenda.rules import folded
from meeting.errors import N_, Refused, declare

Edge = tuple[int, int]  # item, earlier item

HOW = ("copied", "deferred", "sitting", "linked")
#: Steps of a meeting that belong to no matter: kinds, and how titles begin where no kind was chosen.
CEREMONY = frozenset({"opening", "closing"})
CEREMONY_TITLES = ("chao co", "khai mac", "tuyen bo ly do", "gioi thieu dai bieu", "be mac")
CEREMONY_WHOLE_TITLES = frozenset({"ket luan", "thao luan", "phat bieu ket luan", "nghi giai lao"})
MOST_ALIKE = 5
SHARED_AT_LEAST = 2  # pairs of syllables
ALIKE_FROM = 0.5  # of the weight of the shorter title
SYLLABLES = re.compile(r"[a-z0-9]+")

declare(
    {
        "link_itself": N_("An item cannot go on with itself."),
        "link_same_meeting": N_("Both items stand on the programme of the same meeting."),
        "link_exists": N_("These two items are linked already."),
        "link_circular": N_("The other item already goes on with this one. Link them the other way round."),
        "link_not_earlier": N_("The meeting of the other item comes later. Choose an item of an earlier meeting."),
        "link_other_body": N_("The other item belongs to %(body)s, whose secretariat you are not part of."),
        "carried_already": N_("This matter stands on the programme already."),
    }
)


def is_ceremony(kind: str, title: str) -> bool:
    """Whether an item is a step of every meeting and no matter that could go on."""
    plain = folded(title).strip(" .")
    return kind in CEREMONY or plain in CEREMONY_WHOLE_TITLES or plain.startswith(CEREMONY_TITLES)


def matter_of(edges: Iterable[Edge], item: int) -> frozenset[int]:
    """All items that hang together with one, itself included."""
    beside: dict[int, set[int]] = defaultdict(set)
    for one, other in edges:
        beside[one].add(other)
        beside[other].add(one)
    return frozenset(_reached(beside, item) | {item})


def earlier_than(edges: Iterable[Edge], item: int) -> set[int]:
    """The items that one goes on from, directly or by others."""
    back: dict[int, set[int]] = defaultdict(set)
    for later, earlier in edges:
        back[later].add(earlier)
    return _reached(back, item)


def _reached(ways: Mapping[int, set[int]], start: int) -> set[int]:
    found: set[int] = set()
    waiting = [start]
    while waiting:
        for each in ways.get(waiting.pop(), ()):
            if each not in found:
                found.add(each)
                waiting.append(each)
    return found


def check_link(edges: Sequence[Edge], item: int, earlier: int) -> None:
    """Whether an item may be said to go on with another.

    Refused: `link_itself`; `link_exists`, also when it follows from other links; `link_circular`.
    """
    if item == earlier:
        raise Refused("link_itself")
    if earlier in earlier_than(edges, item):
        raise Refused("link_exists")
    if item in earlier_than(edges, earlier):
        raise Refused("link_circular")


def check_meetings(meeting: int, starts_at: datetime, earlier_meeting: int, earlier_starts_at: datetime) -> None:
    """Whether the meetings of two items allow a link. Refused: `link_same_meeting`, `link_not_earlier`."""
    if meeting == earlier_meeting:
        raise Refused("link_same_meeting")
    if earlier_starts_at > starts_at:
        raise Refused("link_not_earlier")


@lru_cache(maxsize=20_000)
def pairs_of(title: str) -> frozenset[str]:
    """The pairs of neighbouring syllables of a title, without marks."""
    return frozenset(f"{one} {other}" for one, other in pairwise(SYLLABLES.findall(folded(title))))


class Titles:
    """The titles of many items, to be asked which of them look like another."""

    def __init__(self, titles: Mapping[int, str]) -> None:
        self._pairs = {key: pairs_of(title) for key, title in titles.items()}
        self._holders: dict[str, list[int]] = defaultdict(list)
        for key, pairs in self._pairs.items():
            for pair in pairs:
                self._holders[pair].append(key)

    def alike(self, title: str, but: Collection[int] = (), most: int = MOST_ALIKE) -> list[int]:
        """The items whose titles share most with one, best first, the newest (highest) among equals.

        Pairs weigh the more the fewer titles have them, so that "báo cáo", "thông qua" alone make nothing alike.
        """
        wanted = pairs_of(title)
        own = self._weight(wanted)
        held: dict[int, set[str]] = defaultdict(set)
        for pair in wanted:
            for key in self._holders.get(pair, ()):
                held[key].add(pair)
        scores: dict[int, float] = {}
        for key, shared in held.items():
            if key not in but and (len(shared) >= SHARED_AT_LEAST or self._pairs[key] == wanted):
                part = self._weight(shared) / min(own, self._weight(self._pairs[key]))
                if part >= ALIKE_FROM:
                    scores[key] = part
        return sorted(scores, key=lambda key: (-round(scores[key], 3), -key))[:most]

    def _weight(self, pairs: Iterable[str]) -> float:
        total = len(self._pairs) + 1
        return sum(log(1 + total / (1 + len(self._holders.get(pair, ())))) for pair in pairs)
