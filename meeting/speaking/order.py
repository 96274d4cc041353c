"""In what order the floor is given. Pure: who waits and the rule of the body in, the order out.

By rule (sources: NQ 114/2025/UBTVQH15 Điều 23, order of registration, debate belongs to the answer just heard; the working
rules of the body for the rest):
1. wishes on the item being dealt with, before those on later items;
2. points of order, among themselves in order of arrival;
3. debate before new speakers, where the rule book says so (`debate_first`; always among questions);
4. who has not yet spoken on the item before who has, where the rule book says so (`unspoken_first`);
5. otherwise, and among equals, in order of registration. Who was skipped stands behind all who waited then.

By hand: when the chair arranges the queue, it stands exactly so. The hand holds down to the last place that differs from the
rule's order: those people are placed and keep this order among themselves. Below, and for all who come later, the rule goes
on: they stand behind those placed, but a point of order still goes to the front, behind the points of order leading there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile

from meeting.errors import Refused

REGISTRATION = "registration"
UNSPOKEN_FIRST = "unspoken_first"
ORDERS = (REGISTRATION, UNSPOKEN_FIRST)


@dataclass(frozen=True)
class Rule:
    """How a body orders its speakers; its rule book sets it."""

    order: str = REGISTRATION
    debate_first: bool = False


@dataclass(frozen=True)
class Waiting:
    """A request in a queue, as the order sees it."""

    id: int
    kind: str
    arrived: datetime  # asked, or skipped last
    placed: int = 0  # 1 and on: its rank among those the chair has placed; 0: by rule
    turns: int = 0  # how often this person has spoken on the item
    skipped: int = 0
    later: bool = False  # on an item that comes later

    @property
    def leads(self) -> bool:
        """A point of order on the present item goes first, unless its turn was skipped."""
        return self.kind == "order" and not self.skipped and not self.later


def ordered(queue: Sequence[Waiting], rule: Rule) -> list[int]:
    """The ids in the order in which they will be called."""
    placed = sorted((each for each in queue if each.placed), key=lambda each: (each.placed, each.arrived, each.id))
    others = sorted((each for each in queue if not each.placed), key=lambda each: _rank(each, rule))
    leading = list(takewhile(lambda each: each.leads, placed))
    orders = [each for each in others if each.leads]
    rest = [each for each in others if not each.leads]
    return [each.id for each in (*leading, *orders, *placed[len(leading) :], *rest)]


def _rank(each: Waiting, rule: Rule) -> tuple[bool, int, datetime, int]:
    return each.later, _class(each, rule), each.arrived, each.id


def _class(each: Waiting, rule: Rule) -> int:
    if each.leads:
        return 0
    if each.skipped:
        return 3
    if each.kind == "debate" and rule.debate_first:
        return 1
    return 2 if rule.order == UNSPOKEN_FIRST and each.turns == 0 else 3


def placing(queue: Sequence[Waiting], wanted: Sequence[int], rule: Rule) -> Mapping[int, int]:
    """What the chair's order means for each: the rank among those placed, 0 for whoever stands where the rule puts them.

    `wanted` names everybody in the queue once; otherwise somebody came or went meanwhile: `order_incomplete`.
    """
    if sorted(each.id for each in queue) != sorted(wanted):
        raise Refused("order_incomplete")
    natural = ordered([replace(each, placed=0) for each in queue], rule)
    differing = [index for index, (mine, ruled) in enumerate(zip(wanted, natural, strict=True)) if mine != ruled]
    last = differing[-1] if differing else -1
    return {each: index + 1 if index <= last else 0 for index, each in enumerate(wanted)}


def seconds_ahead(limits: Sequence[int], before: int = 0) -> list[int]:
    """For each place in the queue the seconds of all turns before it, `before` being whoever is called but has not begun."""
    ahead, total = [], before
    for limit in limits:
        ahead.append(total)
        total += limit
    return ahead
