"""Pure rules of the catalogues: which there are, what an entry must have, how entries are ordered and found again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from meeting.errors import N_, Refused, declare
from meeting.organization.names import folded

POSITION = "position"
DOCUMENT_TYPE = "document_type"
AUTHORITY = "authority"

#: Whose papers a kind of document or an authority belongs to; positions leave it open.
STYLES = {"": N_("Both"), "state": N_("Of the State"), "party": N_("Of the Party")}

declare(
    {
        "entry_exists": N_("“%(name)s” is in this catalogue already."),
        "entry_exists_retired": N_("“%(name)s” is in this catalogue but is no longer used. Bring it back instead."),
        "abbreviation_taken": N_("The abbreviation “%(abbreviation)s” already stands for “%(name)s”."),
        "abbreviation_form": N_("An abbreviation is one word without spaces."),
        "abbreviation_needless": N_("A position has no abbreviation, style or authority above."),
        "parent_unknown": N_("The authority above is not in the catalogue."),
        "parent_in_circle": N_("An authority cannot stand above itself."),
        "entry_retired": N_("“%(name)s” is no longer used. Bring it back first."),
        "authority_has_others": N_("Other authorities stand under “%(name)s”. Retire or move them first."),
        "room_exists": N_("There is a room “%(name)s” already."),
        "room_retired": N_("The room “%(name)s” is no longer used. Bring it back first."),
        "room_booked": N_("Meetings that are still to come take place in “%(name)s”. Move them first."),
    }
)


@dataclass(frozen=True)
class Known:
    """What the check of a new name needs of an entry that is there."""

    id: int
    name: str
    abbreviation: str
    style: str
    retired: bool


def check_entry(kind: str, name: str, abbreviation: str, style: str, parent: bool, others: Iterable[Known]) -> None:
    """Whether an entry can be kept beside the others of its catalogue; marks and capitals make no difference between names.

    The same name may stand once for the State and once for the Party (Nghị quyết: 01/NQ-HĐND and 01-NQ/ĐU). Refused as
    `entry_exists`, `entry_exists_retired`, `abbreviation_taken` (kinds of documents only: symbols are read back by them),
    `abbreviation_form`, `abbreviation_needless`.
    """
    if kind == POSITION and (abbreviation or style or parent):
        raise Refused("abbreviation_needless")
    if " " in abbreviation:
        raise Refused("abbreviation_form")
    for other in others:
        if not styles_meet(style, other.style):
            continue
        if folded(other.name) == folded(name):
            raise Refused("entry_exists_retired" if other.retired else "entry_exists", name=other.name)
        if kind == DOCUMENT_TYPE and abbreviation and other.abbreviation == abbreviation:
            raise Refused("abbreviation_taken", abbreviation=abbreviation, name=other.name)


def styles_meet(one: str, other: str) -> bool:
    """Whether two entries can be offered to the same body."""
    return not one or not other or one == other


def check_parent(entry: int | None, parent: int | None, above: Mapping[int, int | None]) -> None:
    """Whether an authority may stand under another. `above`: every authority's own parent.

    Refused as `parent_unknown`, or `parent_in_circle` when the line upwards comes back to the entry.
    """
    if parent is None:
        return
    if parent not in above:
        raise Refused("parent_unknown")
    climbing: int | None = parent
    while climbing is not None:
        if climbing == entry:
            raise Refused("parent_in_circle")
        climbing = above[climbing]


def moved(order: Sequence[int], entry: int, to: str) -> list[int]:
    """The order after moving an entry one place `up` or `down`, or to the `top`; at the ends it stays where it is."""
    rest = [each for each in order if each != entry]
    place = order.index(entry)
    target = {"up": place - 1, "down": place + 1, "top": 0}[to]
    target = min(max(target, 0), len(rest))
    return [*rest[:target], entry, *rest[target:]]


def rank_of(position: str, names: Sequence[str]) -> int:
    """Where a position written in free words stands in the catalogue (0 is the highest office); after all when it is not there.

    Each part of the words ("Bí thư Đảng ủy, Chủ tịch HĐND") is read by the longest catalogue name it begins with, so that
    "Phó Chủ tịch UBND" is never taken for "Chủ tịch UBND"; the highest of the parts counts.
    """
    known = [(folded(name), place) for place, name in enumerate(names)]
    ranks = [_rank(part, known) for part in folded(position).replace(";", ",").replace(" kiem ", ",").split(",")]
    return min((rank for rank in ranks if rank is not None), default=len(names))


def _rank(part: str, known: Sequence[tuple[str, int]]) -> int | None:
    words = f"{part.strip()} "
    fitting = [(len(name), -place) for name, place in known if name and words.startswith(f"{name} ")]
    return -max(fitting)[1] if fitting else None
