"""The order of a document's lines: those for the whole meeting first, then item by item of the programme."""

from collections.abc import Sequence

from meeting.acts import Tx
from meeting.conclusions.models import Instrument


def arrange(tx: Tx, document: Instrument, wanted: Sequence[int] = ()) -> None:
    """Puts the lines in the order they are printed; within an item as they stand, or as `wanted` has them."""
    place = {line_id: number for number, line_id in enumerate(wanted)}
    keyed = [
        (line.item.position if line.item else 0, line.item_id or 0, place.get(line.id, line.position), line.id)
        for line in document.lines
    ]
    number(tx, document, [line_id for *_, line_id in sorted(keyed)])


def number(tx: Tx, document: Instrument, order: Sequence[int]) -> None:
    """Gives the lines their places 1, 2, 3 …; in two steps, because two lines may never share a place."""
    by_id = {line.id: line for line in document.lines}
    for sign in (-1, 1):
        for place, line_id in enumerate(order, start=1):
            by_id[line_id].position = sign * place
        tx.flush()
    tx.reading.expire(document, ["lines"])
