"""Taking an item ahead: the order of the programme in which it comes next."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meeting.agenda.tree import Node, walked
from meeting.live.ahead import chain_of, taken_ahead

FLAT = [Node(each) for each in (1, 2, 3, 4, 5)]
#: 1; 2 with 21, 22, 23; 3 with 31, 32; 4
TREE = [Node(1), Node(2), Node(21, 2), Node(22, 2), Node(23, 2), Node(3), Node(31, 3), Node(32, 3), Node(4)]

CASES = {
    "behind the current item": (FLAT, 5, 2, {1}, [1, 2, 5, 3, 4]),
    "next already": (FLAT, 3, 2, {1}, [1, 2, 3, 4, 5]),
    "before the first item nothing is over": (FLAT, 4, None, (), [4, 1, 2, 3, 5]),
    "between two items: before what is still to come": (FLAT, 5, None, {1, 2}, [1, 2, 5, 3, 4]),
    "what was taken earlier out of order stays where it is": (FLAT, 3, None, {1, 4}, [1, 3, 2, 4, 5]),
    "an earlier one that was passed over": (FLAT, 1, 3, {2}, [2, 3, 1, 4, 5]),
    "a part within the matter being dealt with": (TREE, 23, 21, (), [1, 2, 21, 23, 22, 3, 31, 32, 4]),
    "a matter goes behind the matter being dealt with, its parts along": (TREE, 3, 1, (), [1, 3, 31, 32, 2, 21, 22, 23, 4]),
    "a matter waits for the parts of the matter being dealt with": (TREE, 4, 21, (), [1, 2, 21, 22, 23, 4, 3, 31, 32]),
    "a part brings its matter along": (TREE, 32, 1, (), [1, 3, 32, 31, 2, 21, 22, 23, 4]),
    "a part of a matter half done": (TREE, 23, 4, {21}, [1, 3, 31, 32, 4, 2, 21, 23, 22]),
}


@pytest.mark.parametrize("case", CASES)
def test_order_after_an_item_was_taken_ahead(case: str) -> None:
    nodes, item, current, begun, expected = CASES[case]

    assert [node.id for node in taken_ahead(nodes, item, current, begun)] == expected


def test_chain_of_an_item_names_it_and_those_above() -> None:
    assert chain_of(TREE, 31) == [31, 3]
    assert chain_of(TREE, 4) == [4]
    assert chain_of(TREE, None) == chain_of(TREE, 99) == []


@given(st.data())
def test_nothing_but_the_order_changes(data: st.DataObject) -> None:
    parents = data.draw(st.lists(st.integers(0, 8), min_size=1, max_size=9))
    depth: dict[int | None, int] = {None: -1}
    nodes: list[Node] = []
    for number, above in enumerate(parents, 1):
        parent = above if 0 < above < number and depth[above] < 2 else None
        depth[number] = depth[parent] + 1
        nodes.append(Node(number, parent))
    nodes = walked(nodes)
    ids = [node.id for node in nodes]
    item, current = data.draw(st.sampled_from(ids)), data.draw(st.sampled_from([None, *ids]))
    begun = data.draw(st.sets(st.sampled_from(ids)))

    after = taken_ahead(nodes, item, current, begun)

    assert {(node.id, node.parent) for node in after} == {(node.id, node.parent) for node in nodes}
    rest = [node.id for node in after if node.id not in set(chain_of(nodes, item))]
    assert sorted(rest) == sorted(set(ids) - set(chain_of(nodes, item)))
    assert taken_ahead(after, item, current, begun) == after  # once is enough
