"""Changed passages as boxes on the pictures of both versions: made by the worker, kept with the comparison."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from meeting.documents.models import File, Page
from meeting.materials.compare import PageChange
from meeting.materials.compare_boxes import Box, beside, lines, places
from meeting.materials.compare_marks import Mark, Place
from meeting.materials.compare_text import PageText, read

MOST_LETTERS = 600  # of a passage's words kept beside its boxes

Find = Callable[[int], tuple[Sequence[str], list[Box | None]]]  # a page's number: its words and where each stands


def drawn(
    session: Session,
    files: tuple[File, File],
    texts: tuple[Sequence[PageText], Sequence[PageText]],
    changes: Sequence[PageChange],
) -> list[list[dict[str, Any]]]:
    """For each page change its passages: `gone` and `come` as words, `old` and `new` as boxes by page.

    A side without words has one thin box where they would stand, or none.
    """
    find = (_finder(session, files[0].id, texts[0]), _finder(session, files[1].id, texts[1]))
    return [[_passage(mark, find) for mark in change.marks] for change in changes]


def _finder(session: Session, file_id: int, texts: Sequence[PageText]) -> Find:
    text = read(texts)
    index = {page.number: at for at, page in enumerate(text.pages)}

    @cache
    def found(number: int) -> tuple[Sequence[str], list[Box | None]]:
        words = text.words_of(index[number])
        wanted = select(Page).where(Page.file_id == file_id, Page.number == number).options(undefer(Page.boxes))
        row = session.scalar(wanted)
        return words, places(words, row.words if row else [])

    return found


def _passage(mark: Mark, find: tuple[Find, Find]) -> dict[str, Any]:
    old, new = ([_on_page(place, side) for place in where] for where, side in zip((mark.gone, mark.come), find, strict=True))
    gone, come = (_said(where, side) for where, side in zip((mark.gone, mark.come), find, strict=True))
    return {"gone": gone, "come": come, "old": old, "new": new}


def _on_page(place: Place, find: Find) -> dict[str, Any]:
    boxes = find(place.page)[1]
    if place.start < place.end:
        return {"page": place.page, "boxes": [list(box) for box in lines(boxes[place.start : place.end])]}
    thin = beside(boxes, place.start)
    return {"page": place.page, "boxes": [list(thin)] if thin else []}


def _said(where: Sequence[Place], find: Find) -> str:
    words = " ".join(" ".join(find(place.page)[0][place.start : place.end]) for place in where).strip()
    return words if len(words) <= MOST_LETTERS else words[:MOST_LETTERS].rsplit(" ", 1)[0] + " …"
