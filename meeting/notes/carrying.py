"""Carries a note from one version of a paper to the next: with its text, with the words under it, or with its page. Pure.

What cannot be placed is not dropped: it keeps its old page and is marked as lost.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from meeting.notes.anchors import Document, Span, boxes_of, page_of, passage, quote_of, under
from meeting.notes.following import Path

SAME_PAGE = 0.9  # of two pages' syllables, for a drawing to stay where it is although its words were not found
SHAPE = 10  # thousandths by which words under a drawing may have moved apart
NEAR = (160, 60)  # thousandths across and down within which a word belongs to a sticky note or a drawing
AROUND = 6  # syllables on either side of the word that a sticky note stands at
EDGE = 25  # thousandths that a drawing may be pushed over the edge of the page


@dataclass(frozen=True)
class Placed:
    """Where a note stands: on which page, by which anchor, with which strokes. Lost: on the page of the older version."""

    page: int
    anchor: Mapping[str, Any]
    strokes: Sequence[Mapping[str, Any]] = ()
    lost: bool = False


def carry(path: Path, kind: str, placed: Placed) -> Placed:
    """Where the note stands in the newer version."""
    found = None
    quoted = (placed.anchor.get("quote") or {}).get("exact")
    if kind == "bookmark":
        found = _with_page(path, placed)
    elif kind == "ink":
        found = _drawing(path, placed)
    elif quoted or (kind == "highlight" and placed.anchor.get("boxes")):
        found = _with_text(path, placed)
    else:
        found = _at_a_place(path, placed)
    return found or Placed(placed.page, placed.anchor, placed.strokes, lost=True)


def _with_text(path: Path, placed: Placed) -> Placed | None:
    """Highlights, and sticky notes on a passage; where there is no text, with the page if it is the same picture."""
    quote, boxes = placed.anchor.get("quote"), placed.anchor.get("boxes") or []
    span = passage(path.old, placed.page, quote, boxes)
    if span is None:
        return _same_page(path, placed)
    there = path.follow(span)
    if there is None:
        return None
    return _on(path, placed, span, there)


def _on(path: Path, placed: Placed, span: Span, there: Span) -> Placed:
    number = page_of(path.new, there)
    anchor: dict[str, Any] = {"quote": quote_of(path.new, there), "boxes": boxes_of(path.new, there, number)}
    if placed.anchor.get("at"):
        first = next(at for at in range(*there) if path.new.number_at(at) == number)
        anchor["at"] = _moved_point(placed.anchor["at"], path.old.syllables[span[0]].box, path.new.syllables[first].box)
    return Placed(number, anchor)


def _moved_point(at: Sequence[float], was: Sequence[float], now: Sequence[float]) -> list[float]:
    return [_within(at[0] + now[0] - was[0]), _within(at[1] + now[1] - was[1])]


def _within(value: float) -> float:
    kept = round(min(1000.0, max(0.0, value)), 1)
    return int(kept) if kept == int(kept) else kept


def _at_a_place(path: Path, placed: Placed) -> Placed | None:
    """A sticky note that names no passage: with the words it stands at; far from all words, with its page."""
    at = placed.anchor.get("at")
    nearest = _nearest(path.old, placed.page, at) if at else None
    if nearest is None:
        return _with_page(path, placed)
    start, end = path.old.span(placed.page)
    span = (max(start, nearest - AROUND), min(end, nearest + AROUND + 1))
    there = path.follow(span)
    if there is None:
        return _same_page(path, placed)
    home = path.homes.get(nearest, there[0] + min(nearest - span[0], there[1] - there[0] - 1))
    home = home if there[0] <= home < there[1] else there[0]
    point = _moved_point(at or (), path.old.syllables[nearest].box, path.new.syllables[home].box)
    return Placed(path.new.number_at(home), {**placed.anchor, "at": point})


def _nearest(document: Document, number: int, at: Sequence[float]) -> int | None:
    """The syllable nearest to a point of a page, if one is near."""
    best = None
    for each in range(*document.span(number)):
        left, top, right, bottom = document.syllables[each].box
        across = max(left - at[0], 0, at[0] - right)
        down = max(top - at[1], 0, at[1] - bottom)
        if across <= NEAR[0] and down <= NEAR[1]:
            far = across / NEAR[0] + down / NEAR[1]
            best = min(best, (far, each)) if best else (far, each)
    return best[1] if best else None


def _drawing(path: Path, placed: Placed) -> Placed | None:
    """A drawing goes with the words under it when they kept their shape; else it stays if the page is nearly the same."""
    words = _words_under(path.old, placed)
    homes = path.homes_of(words) if words else {}
    if not words or len(homes) * 5 < len(words) * 4:
        return _same_page(path, placed)
    pages = {path.new.number_at(home) for home in homes.values()}
    shifts = [_shift(path.old.syllables[was].box, path.new.syllables[home].box) for was, home in homes.items()]
    across, down = median(shift[0] for shift in shifts), median(shift[1] for shift in shifts)
    if len(pages) > 1 or any(abs(each[0] - across) > SHAPE or abs(each[1] - down) > SHAPE for each in shifts):
        return _same_page(path, placed)
    strokes = _shifted(placed.strokes, across, down)
    if strokes is None:
        return _same_page(path, placed)
    anchor = dict(placed.anchor)
    if anchor.get("at"):
        anchor["at"] = [_within(anchor["at"][0] + across), _within(anchor["at"][1] + down)]
    anchor["boxes"] = [
        [_within(box[0] + across), _within(box[1] + down), _within(box[2] + across), _within(box[3] + down)]
        for box in anchor.get("boxes") or []
    ]
    return Placed(pages.pop(), anchor, strokes)


def _shift(was: Sequence[float], now: Sequence[float]) -> tuple[float, float]:
    return now[0] - was[0], now[1] - was[1]


def _words_under(document: Document, placed: Placed) -> list[int]:
    """The syllables under a drawing; of one in the margin, those beside it."""
    points = [point for stroke in placed.strokes for point in stroke["points"]]
    if not points:
        return []
    box = [min(p[0] for p in points), min(p[1] for p in points), max(p[0] for p in points), max(p[1] for p in points)]
    found = under(document, placed.page, [box])
    if found:
        return found
    return under(document, placed.page, [[box[0] - NEAR[0], box[1] - NEAR[1] / 3, box[2] + NEAR[0], box[3] + NEAR[1] / 3]])


def _shifted(strokes: Iterable[Mapping[str, Any]], across: float, down: float) -> list[dict[str, Any]] | None:
    """The strokes moved; None when they would leave the page."""
    moved = []
    for stroke in strokes:
        points = [[point[0] + across, point[1] + down, *point[2:]] for point in stroke["points"]]
        if any(not -EDGE <= value <= 1000 + EDGE for point in points for value in point[:2]):
            return None
        moved.append({**stroke, "points": [[_within(point[0]), _within(point[1]), *point[2:]] for point in points]})
    return moved


def _with_page(path: Path, placed: Placed) -> Placed | None:
    """Bookmarks follow the content of their page."""
    found = path.page(placed.page)
    return Placed(found[0], placed.anchor, placed.strokes) if found else None


def _same_page(path: Path, placed: Placed) -> Placed | None:
    """On the page as it is, when that is nearly the same."""
    found = path.page(placed.page)
    if found is None or found[1] < SAME_PAGE:
        return None
    return Placed(found[0], placed.anchor, placed.strokes)
