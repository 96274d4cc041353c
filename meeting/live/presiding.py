"""Pure rules of handing over: who presides now, and to whom the chair may hand the meeting or an item.

The chair may name a deputy chair or another member to preside (chủ tọa phân công người điều hành), for the whole meeting or for
a matter. What was handed over for an item holds while that item, or a part of it, is dealt with; it goes before what was
handed over for the whole meeting. Whoever leaves the room presides no longer, and the chair does again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from meeting.errors import N_, Refused, declare

declare(
    {
        "deputy_not_invited": N_("%(name)s does not take part in this meeting."),
        "deputy_no_member": N_("Only a voting member or somebody of the presidium can preside: %(name)s is neither."),
        "deputy_not_here": N_("%(name)s has not checked in, so the meeting cannot be handed over now."),
        "deputy_presides": N_("%(name)s presides already."),
        "deputy_is_chair": N_("%(name)s chairs this meeting. Take it back instead."),
        "nothing_handed": N_("Nothing is handed over here that could be taken back."),
        "item_is_over": N_("“%(title)s” is done, so nobody can be asked to preside over it."),
    }
)


@dataclass(frozen=True)
class Handed:
    """One handing over that has not ended: the whole meeting (`item_id` None) or an item."""

    to_id: int
    item_id: int | None = None
    id: int = 0


@dataclass(frozen=True)
class Deputy:
    """Somebody who is to preside, as far as the rules look at them."""

    name: str
    invited: bool = True
    voting: bool = True
    presidium: bool = False
    here: bool = True
    chair: bool = False


def holding(handed: Iterable[Handed], chain: Sequence[int]) -> Handed | None:
    """What holds now. `chain`: the current item and those it lies under, the nearest first; empty before the first item."""
    by_item = {each.item_id: each for each in handed}
    return next((by_item[item] for item in chain if item in by_item), by_item.get(None))


def in_force(handed: Iterable[Handed], chain: Sequence[int]) -> list[Handed]:
    """What ends when its deputy is no longer here: that of the whole meeting and that of the current item."""
    return [each for each in handed if each.item_id is None or each.item_id in chain]


def check_deputy(deputy: Deputy, *, presides: bool) -> None:
    """Whether somebody may preside. `presides`: they do already, over what is to be handed over.

    Refused: `deputy_is_chair`, `deputy_not_invited`, `deputy_no_member`, `deputy_not_here`, `deputy_presides`.
    """
    if deputy.chair:
        raise Refused("deputy_is_chair", name=deputy.name)
    if not deputy.invited:
        raise Refused("deputy_not_invited", name=deputy.name)
    if not (deputy.voting or deputy.presidium):
        raise Refused("deputy_no_member", name=deputy.name)
    if not deputy.here:
        raise Refused("deputy_not_here", name=deputy.name)
    if presides:
        raise Refused("deputy_presides", name=deputy.name)


def check_item_ahead(state: str, title: str) -> None:
    """Only an item still ahead or being dealt with is handed over. Refused: `item_is_over`, `item_set_aside`."""
    if state == "done":
        raise Refused("item_is_over", title=title)
    if state in ("deferred", "withdrawn"):
        raise Refused("item_set_aside", title=title)
