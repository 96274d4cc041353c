"""The order of a programme in the store: read as a tree, written back as positions, parents and labels."""

from collections.abc import Sequence

from sqlalchemy import select, update

from meeting.acts import Tx
from meeting.agenda.models import Item
from meeting.agenda.tree import Node, numbered


def nodes_of(tx: Tx, meeting_id: int) -> list[Node]:
    """The programme as it stands."""
    wanted = select(Item.id, Item.parent_id).where(Item.meeting_id == meeting_id).order_by(Item.position)
    return [Node(row.id, row.parent_id) for row in tx.execute(wanted)]


def write(tx: Tx, meeting_id: int, nodes: Sequence[Node]) -> None:
    """Gives items their numbers; by way of negative positions, because no two may share one for a moment."""
    tx.flush()
    tx.execute(update(Item).where(Item.meeting_id == meeting_id).values(position=-Item.position))
    places = numbered(nodes)
    found = select(Item).where(Item.meeting_id == meeting_id).execution_options(populate_existing=True)
    items = {each.id: each for each in tx.scalars(found)}
    for position, node in enumerate(nodes, 1):
        item = items[node.id]
        item.position, item.parent_id, item.numbering = position, node.parent, places[node.id].label
    tx.flush()


def renumber(tx: Tx, meeting_id: int) -> None:
    """Numbers the programme anew in the order in which it stands."""
    write(tx, meeting_id, nodes_of(tx, meeting_id))
