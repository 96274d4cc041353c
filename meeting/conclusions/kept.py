"""Words that are kept at every pause of the hand, without an entry in the journal: who else wants to know of them."""

from collections.abc import Callable

from meeting.acts import Tx

Hearer = Callable[[Tx, str, int, int], None]
_HEARERS: list[Hearer] = []


def hears(hearer: Hearer) -> Hearer:
    """Registers an upper room's function: it is called in the same transaction with what was written (minutes, or the family
    of a document), its meeting and its id."""
    _HEARERS.append(hearer)
    return hearer


def went_on(tx: Tx, what: str, meeting_id: int, source_id: int) -> None:
    """The same hand went on writing."""
    for hearer in _HEARERS:
        hearer(tx, what, meeting_id, source_id)
