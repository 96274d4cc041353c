"""Pure rules of the programme as a tree: items under items, three levels deep, kept in one flat order.

A programme is read from top to bottom, so the flat order is the tree walked through: an item, what lies under it, the next.
Labels follow from it: 1, 1.1, 1.1.1, 1.2, 2. Nothing here knows a database; a node is an item's id and its parent's.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from meeting.errors import N_, Refused, declare

LEVELS = 3  # a matter, its parts, the steps of a part: what still fits on one page of a programme
Way = Literal["up", "down", "in", "out"]

declare(
    {
        "tree_too_deep": N_("The programme has three levels at most."),
        "item_under_itself": N_("An item cannot be put under itself."),
        "no_item_above": N_("There is no item above under which this one could go."),
    }
)


@dataclass(frozen=True)
class Node:
    """An item and the item it lies under."""

    id: int
    parent: int | None = None


@dataclass(frozen=True)
class Place:
    """Where an item stands: its rank among its siblings, its label, and how many items it lies under."""

    rank: int
    label: str
    depth: int


def children_of(nodes: Iterable[Node], parent: int | None) -> list[Node]:
    """The items directly under one (None: the top level), in order."""
    return [node for node in nodes if node.parent == parent]


def under(nodes: Sequence[Node], item: int) -> set[int]:
    """An item and everything below it."""
    found = {item}
    for node in nodes:  # parents come before their children in the flat order
        if node.parent in found:
            found.add(node.id)
    return found


def numbered(nodes: Sequence[Node]) -> dict[int, Place]:
    """Each item's place, from the flat order: 1, 1.1, 1.1.1 as the law numbers its articles' parts."""
    counts: dict[int | None, int] = {}
    places: dict[int, Place] = {}
    for node in nodes:
        rank = counts[node.parent] = counts.get(node.parent, 0) + 1
        above = places.get(node.parent) if node.parent is not None else None
        label = f"{above.label}.{rank}" if above else str(rank)
        places[node.id] = Place(rank, label, above.depth + 1 if above else 0)
    return places


def walked(nodes: Sequence[Node]) -> list[Node]:
    """The flat order of a tree whose nodes stand in any order, siblings as they stand. An unknown parent means the top."""
    known = {node.id for node in nodes}
    below: dict[int | None, list[Node]] = {}
    for node in nodes:
        below.setdefault(node.parent if node.parent in known else None, []).append(node)
    order: list[Node] = []

    def walk(parent: int | None) -> None:
        for node in below.get(parent, []):
            order.append(replace(node, parent=parent))
            walk(node.id)

    walk(None)
    return order


def check_depth(nodes: Sequence[Node]) -> None:
    """Refused as `tree_too_deep` when an item lies under more than two others."""
    if any(place.depth >= LEVELS for place in numbered(nodes).values()):
        raise Refused("tree_too_deep")


def put(nodes: Sequence[Node], item: int, parent: int | None, rank: int) -> list[Node]:
    """The tree after an item, with all below it, went under a parent at a rank (1 is the first; beyond the end is the end).

    Refused as `item_under_itself`, `tree_too_deep`.
    """
    if parent is not None and parent in under(nodes, item):
        raise Refused("item_under_itself")
    rest = [node for node in nodes if node.id != item]
    siblings = children_of(rest, parent)
    at = min(max(rank, 1), len(siblings) + 1) - 1
    before = siblings[at].id if at < len(siblings) else None
    index = next((number for number, node in enumerate(rest) if node.id == before), len(rest))
    order = walked([*rest[:index], Node(item, parent), *rest[index:]])
    check_depth(order)
    return order


def put_at(nodes: Sequence[Node], item: int, position: int) -> list[Node]:
    """The tree after an item went to a place of the flat order without changing its parent: before the sibling found there."""
    own = next(node for node in nodes if node.id == item)
    order = [node.id for node in nodes if node.id not in under(nodes, item)]
    before = set(order[: max(position, 1) - 1])
    siblings = [node for node in children_of(nodes, own.parent) if node.id != item]
    return put(nodes, item, own.parent, 1 + sum(node.id in before for node in siblings))


def stepped(nodes: Sequence[Node], item: int, way: Way) -> list[Node]:
    """One step up or down among the siblings, in under the sibling above, or out to the level of the parent, after it.

    At the edge nothing moves. Refused as `no_item_above` when the first of its level should go in, `tree_too_deep`.
    """
    own = next(node for node in nodes if node.id == item)
    siblings = [node.id for node in children_of(nodes, own.parent)]
    rank = siblings.index(item) + 1
    if way == "in":
        if rank == 1:
            raise Refused("no_item_above")
        above = siblings[rank - 2]
        return put(nodes, item, above, len(children_of(nodes, above)) + 1)
    if way == "out":
        return _out(nodes, own)
    return put(nodes, item, own.parent, rank + (1 if way == "down" else -1))


def _out(nodes: Sequence[Node], own: Node) -> list[Node]:
    if own.parent is None:
        return list(nodes)
    parent = next(node for node in nodes if node.id == own.parent)
    after = [node.id for node in children_of(nodes, parent.parent)].index(parent.id) + 2
    return put(nodes, own.id, parent.parent, after)


def without(nodes: Sequence[Node], item: int) -> list[Node]:
    """The tree without an item: what lay directly under it takes its place."""
    own = next(node for node in nodes if node.id == item)
    return [replace(node, parent=own.parent if node.parent == item else node.parent) for node in nodes if node.id != item]


def sums(nodes: Sequence[Node], minutes: Mapping[int, int]) -> dict[int, int]:
    """Minutes of each item with everything below it."""
    totals = {node.id: minutes.get(node.id, 0) for node in nodes}
    for node in reversed(nodes):
        if node.parent is not None:
            totals[node.parent] += totals[node.id]
    return totals


def headings(nodes: Iterable[Node]) -> set[int]:
    """The items that have others under them."""
    return {node.parent for node in nodes if node.parent is not None}
