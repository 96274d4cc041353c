"""Pure rule of taking an item ahead: the order of the programme in which it comes next.

The tree stays what it is: a part stays a part of its matter. At each level from the top down, the item (or the matter it
belongs to) goes right behind what is being dealt with; where nothing of that level is, before all that is still planned.
"""

from collections.abc import Collection, Sequence

from meeting.agenda.tree import Node, children_of, put


def chain_of(nodes: Sequence[Node], item: int | None) -> list[int]:
    """An item and those it lies under, the nearest first."""
    parents = {node.id: node.parent for node in nodes}
    found: list[int] = []
    while item is not None and item in parents:
        found.append(item)
        item = parents[item]
    return found


def taken_ahead(nodes: Sequence[Node], item: int, current: int | None, begun: Collection[int] = ()) -> list[Node]:
    """The programme after an item was taken ahead. `begun`: items done or set aside, which are over."""
    order = list(nodes)
    now = set(chain_of(nodes, current))
    for each in reversed(chain_of(nodes, item)):  # the matter first, then its part
        if each in now:
            continue  # the matter is being dealt with: its part moves within it
        order = _behind(order, each, now, begun)
    return order


def _behind(nodes: Sequence[Node], item: int, now: Collection[int], begun: Collection[int]) -> list[Node]:
    parent = next(node.parent for node in nodes if node.id == item)
    siblings = [node.id for node in children_of(nodes, parent) if node.id != item]
    rank = 1 + next((place for place, each in enumerate(siblings, 1) if each in now), 0)
    if rank == 1:  # nothing of this level is dealt with now: before the first that is still to come
        rank = next((place for place, each in enumerate(siblings, 1) if each not in begun), len(siblings) + 1)
    return put(nodes, item, parent, rank)
