"""Pure rules of leading: whose page the others follow, which papers may be shown so, and what may be marked on a page.

Chair and secretariat may always lead. Whoever presents an item may lead while it is being dealt with, and shows its papers or
those of the whole meeting. The lead is taken by showing a page and given back by taking the page off.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from meeting.errors import N_, Forbidden, Refused, declare

MOST_BOXES = 80  # a marked passage has at most so many lines
WHOLE = 1000  # boxes are in thousandths of the page's width and height

Box = tuple[int, int, int, int]  # left, top, right, bottom

declare(
    {
        "not_presenting": N_("You can lead the page while the item that you present is being dealt with."),
        "paper_of_another_item": N_("While you present, you can show the papers of this item and of the whole meeting."),
        "lead_taken": N_("The page is led by %(name)s now."),
        "nobody_leads": N_("The page has been taken off the screens. Show it again if you want to go on."),
    }
)


@dataclass(frozen=True)
class Lead:
    """Who leads, and from which of his screens ("" when the screen did not say)."""

    person_id: int | None
    screen: str = ""


def check_may_lead(*, always: bool, presents: Collection[int], current_id: int | None) -> None:
    """Whether somebody may lead now. `always`: chair and secretariat; `presents`: the items of this meeting he presents.

    Refused: `forbidden` for whoever presents nothing here, `not_presenting` while another item is dealt with.
    """
    if always:
        return
    if not presents:
        raise Forbidden()
    if current_id not in presents:
        raise Refused("not_presenting")


def check_paper(*, always: bool, of_item: int | None, current_id: int | None) -> None:
    """Whether this paper may be shown by whoever leads. Refused as `paper_of_another_item` for a presenter."""
    if not always and of_item not in (None, current_id):
        raise Refused("paper_of_another_item")


def check_goes_on(now: Lead, mine: Lead, name: str) -> None:
    """A turn of the page goes on with a lead; it never takes one back that another person or screen has taken meanwhile.

    Refused as `nobody_leads`, or `lead_taken` with the `name` of who leads.
    """
    if now.person_id is None:
        raise Refused("nobody_leads")
    if now != mine:
        raise Refused("lead_taken", name=name)


def whole_boxes(boxes: Sequence[Box]) -> bool:
    """Whether these boxes can be drawn: each inside the page, and not empty."""
    return all(0 <= left < right <= WHOLE and 0 <= top < bottom <= WHOLE for left, top, right, bottom in boxes)


def neighbours(page: int, pages: int) -> list[int]:
    """The pages that are wanted next: screens fetch them ahead, the next one first."""
    return [number for number in (page + 1, page - 1) if 1 <= number <= pages]
