"""The programme as a tree: labels, steps, depth, sums."""

import pytest

from meeting.agenda import tree
from meeting.agenda.tree import Node
from meeting.errors import Refused

#   1 (1), 2 (2): 3 (2.1), 4 (2.2): 5 (2.2.1), 6 (3)
TREE = [Node(1), Node(2), Node(3, 2), Node(4, 2), Node(5, 4), Node(6)]


def labels(nodes: list[Node]) -> str:
    return " ".join(f"{key}:{place.label}" for key, place in tree.numbered(nodes).items())


def test_items_are_labelled_by_where_they_stand() -> None:
    assert labels(TREE) == "1:1 2:2 3:2.1 4:2.2 5:2.2.1 6:3"
    assert [place.depth for place in tree.numbered(TREE).values()] == [0, 0, 1, 1, 2, 0]


@pytest.mark.parametrize(
    ("item", "way", "expected"),
    [
        (6, "up", "1:1 6:2 2:3 3:3.1 4:3.2 5:3.2.1"),  # past the item above with all below it
        (2, "up", "2:1 3:1.1 4:1.2 5:1.2.1 1:2 6:3"),  # takes along what lies under it
        (1, "down", "2:1 3:1.1 4:1.2 5:1.2.1 1:2 6:3"),
        (4, "up", "1:1 2:2 4:2.1 5:2.1.1 3:2.2 6:3"),
        (1, "up", "1:1 2:2 3:2.1 4:2.2 5:2.2.1 6:3"),  # at the edge nothing moves
        (6, "down", "1:1 2:2 3:2.1 4:2.2 5:2.2.1 6:3"),
        (3, "up", "1:1 2:2 3:2.1 4:2.2 5:2.2.1 6:3"),  # the first among its siblings stays under its parent
        (6, "in", "1:1 2:2 3:2.1 4:2.2 5:2.2.1 6:2.3"),
        (5, "out", "1:1 2:2 3:2.1 4:2.2 5:2.3 6:3"),
        (3, "out", "1:1 2:2 4:2.1 5:2.1.1 3:3 6:4"),
        (1, "out", "1:1 2:2 3:2.1 4:2.2 5:2.2.1 6:3"),
    ],
)
def test_an_item_goes_one_step(item: int, way: tree.Way, expected: str) -> None:
    assert labels(tree.stepped(TREE, item, way)) == expected


@pytest.mark.parametrize(
    ("item", "way", "code"),
    [(1, "in", "no_item_above"), (3, "in", "no_item_above"), (2, "in", "tree_too_deep"), (5, "in", "no_item_above")],
)
def test_a_step_in_needs_an_item_above_and_room_below(item: int, way: tree.Way, code: str) -> None:
    with pytest.raises(Refused) as refused:
        tree.stepped(TREE, item, way)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("item", "parent", "rank", "expected"),
    [
        (6, None, 1, "6:1 1:2 2:3 3:3.1 4:3.2 5:3.2.1"),
        (6, 2, 2, "1:1 2:2 3:2.1 6:2.2 4:2.3 5:2.3.1"),
        (6, 4, 9, "1:1 2:2 3:2.1 4:2.2 5:2.2.1 6:2.2.2"),
        (4, 1, 1, "1:1 4:1.1 5:1.1.1 2:2 3:2.1 6:3"),
        (4, None, 0, "4:1 5:1.1 1:2 2:3 3:3.1 6:4"),
    ],
)
def test_an_item_is_put_under_another_at_a_rank(item: int, parent: int | None, rank: int, expected: str) -> None:
    assert labels(tree.put(TREE, item, parent, rank)) == expected


@pytest.mark.parametrize(
    ("item", "parent", "code"),
    [(2, 5, "item_under_itself"), (2, 2, "item_under_itself"), (2, 1, "tree_too_deep"), (4, 3, "tree_too_deep")],
)
def test_no_item_goes_under_itself_or_too_deep(item: int, parent: int, code: str) -> None:
    with pytest.raises(Refused) as refused:
        tree.put(TREE, item, parent, 1)

    assert refused.value.code == code


def test_a_place_in_the_flat_order_keeps_the_parent() -> None:
    flat = [Node(1), Node(2), Node(3)]
    assert [node.id for node in tree.put_at(flat, 3, 1)] == [3, 1, 2]
    assert [node.id for node in tree.put_at(flat, 1, 3)] == [2, 3, 1]
    assert [node.id for node in tree.put_at(flat, 1, 99)] == [2, 3, 1]
    assert labels(tree.put_at(TREE, 6, 4)) == "1:1 2:2 3:2.1 4:2.2 5:2.2.1 6:3"  # inside 2 there is no place at the top
    assert labels(tree.put_at(TREE, 6, 2)) == "1:1 6:2 2:3 3:3.1 4:3.2 5:3.2.1"


def test_what_lay_under_an_item_takes_its_place() -> None:
    assert labels(tree.without(TREE, 4)) == "1:1 2:2 3:2.1 5:2.2 6:3"
    assert labels(tree.without(TREE, 2)) == "1:1 3:2 4:3 5:3.1 6:4"


def test_minutes_are_summed_upwards() -> None:
    minutes = {1: 10, 2: 5, 3: 20, 4: 0, 5: 15, 6: 10}
    assert tree.sums(TREE, minutes) == {1: 10, 2: 40, 3: 20, 4: 15, 5: 15, 6: 10}
    assert tree.headings(TREE) == {2, 4}


def test_the_flat_order_is_the_tree_walked_through() -> None:
    scattered = [Node(5, 4), Node(1), Node(3, 2), Node(2), Node(4, 2), Node(6), Node(7, 99)]
    assert [node.id for node in tree.walked(scattered)] == [1, 2, 3, 4, 5, 6, 7]
