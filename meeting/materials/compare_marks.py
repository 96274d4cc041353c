"""The places where two versions differ: what was kept, and for each page the passages that went or came. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from meeting.materials.compare_scans import bare, is_reading_error
from meeting.materials.compare_text import Text
from meeting.materials.compare_words import Block, Gap, common


@dataclass(frozen=True)
class Place:
    """Some neighbouring words of one page: its number, the first of them and one past the last (equal: between two words)."""

    page: int
    start: int
    end: int


@dataclass(frozen=True)
class Mark:
    """A passage that differs: words of the older version that went, words of the newer one that came; one may be empty."""

    gone: tuple[Place, ...]
    come: tuple[Place, ...]


@dataclass(frozen=True)
class Fates:
    """Which words of the newer version were kept; for each of its pages, what went from it (by the word it stood before)."""

    kept: frozenset[int]
    gone: Mapping[int, Mapping[int, str]]
    marks: Mapping[int, Sequence[Mark]]


def keys(before: Text, after: Text) -> tuple[Sequence[str], Sequence[str]]:
    """By what words are compared: as they are written; bare when one of the versions was read from a scan."""
    if not before.scanned and not after.scanned:
        return before.words, after.words
    return [bare(word) for word in before.words], [bare(word) for word in after.words]


def gaps(before: Text, after: Text, blocks: Sequence[Block]) -> list[Gap]:
    """What differs, in order. Where a scan was read, possible reading errors are left out; elsewhere every letter counts."""
    found: list[Gap] = []
    old = new = 0
    for block in [*_strict(before, after, blocks), Block(len(before.words), len(after.words), 0)]:
        gap = Gap(old, block.old, new, block.new)
        if (gap.old < gap.old_end or gap.new < gap.new_end) and not _misread(before, after, gap):
            found.append(gap)
        old, new = block.old + block.size, block.new + block.size
    return found


def _strict(before: Text, after: Text, blocks: Sequence[Block]) -> Iterator[Block]:
    """Blocks of bare words, parted where typed pages differ in a mark or a sign."""
    if not before.scanned and not after.scanned:
        yield from blocks
        return
    for block in blocks:
        start = 0
        for offset in range(block.size):
            old, new = block.old + offset, block.new + offset
            if before.words[old] != after.words[new] and not _recognised(before, after, Gap(old, old + 1, new, new + 1)):
                if offset > start:
                    yield Block(block.old + start, block.new + start, offset - start)
                start = offset + 1
        if block.size > start:
            yield Block(block.old + start, block.new + start, block.size - start)


def _misread(before: Text, after: Text, gap: Gap) -> bool:
    old, new = before.words[gap.old : gap.old_end], after.words[gap.new : gap.new_end]
    return _recognised(before, after, gap) and is_reading_error(old, new)


def _recognised(before: Text, after: Text, gap: Gap) -> bool:
    return before.recognised_at(gap.old, gap.old_end) or after.recognised_at(gap.new, gap.new_end)


def fates(before: Text, after: Text, found: Sequence[Gap], partners: Mapping[int, int], left_out: set[int]) -> Fates:
    """What became of every word, page by page of the newer version. `left_out`: older pages that are told of as wholes."""
    come = {at for gap in found for at in range(gap.new, gap.new_end)}
    gone: dict[int, dict[int, str]] = {}
    marks: dict[int, list[Mark]] = {}
    for gap in found:
        went: dict[int, list[Place]] = {}
        for piece in pieces(before, gap.old, gap.old_end):
            home = _home(after, gap.new, piece[0], partners) if piece[0] not in left_out else None
            if home is not None:
                start, end = after.span(home)
                place = max(start, min(gap.new, end))
                said = gone.setdefault(home, {}).get(place, "")
                gone[home][place] = f"{said} {' '.join(before.words[piece[1] : piece[2]])}".strip()
                went.setdefault(home, []).append(_place(before, piece))
        came = {piece[0]: _place(after, piece) for piece in pieces(after, gap.new, gap.new_end) if piece[0] in partners}
        for page in sorted({*went, *came}):
            marks.setdefault(page, []).append(_mark(before, after, gap, page, went.get(page, []), came.get(page), partners))
    return Fates(frozenset(range(len(after.words))) - come, gone, marks)


def _mark(
    before: Text, after: Text, gap: Gap, page: int, went: Sequence[Place], came: Place | None, partners: Mapping[int, int]
) -> Mark:
    """Both sides of a passage; a side without words is the place between two words where the other's would stand."""
    return Mark(
        tuple(went) or (_between(before, gap.old, partners[page]),),
        (came,) if came else (_between(after, gap.new, page),),
    )


def _between(text: Text, at: int, page: int) -> Place:
    start, end = text.span(page)
    where = max(start, min(at, end)) - start
    return Place(text.pages[page].number, where, where)


def pieces(text: Text, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """A run of words parted at page breaks: page index, first word, one past the last."""
    while start < end:
        page = text.page_at(start)
        stop = min(end, text.span(page)[1])
        yield page, start, stop
        start = stop


def _place(text: Text, piece: tuple[int, int, int]) -> Place:
    page, start, end = piece
    first = text.span(page)[0]
    return Place(text.pages[page].number, start - first, end - first)


def _home(after: Text, at: int, old_page: int, partners: Mapping[int, int]) -> int | None:
    """The newer page on which words that went are shown: where they stood, at a page's edge the page of their own partner."""
    near = [page for page in partners if after.span(page)[0] <= at <= after.span(page)[1]]
    own = [page for page in near or partners if partners[page] == old_page]
    return min(own or near or partners, key=lambda page: abs(after.span(page)[0] - at), default=None)


def marks_between(old: Sequence[str], new: Sequence[str], old_page: int, new_page: int) -> tuple[Mark, ...]:
    """The passages that differ between two pages set against each other."""
    found: list[Mark] = []
    at_old = at_new = 0
    for block in [*common(old, new), Block(len(old), len(new), 0)]:
        if block.old > at_old or block.new > at_new:
            found.append(Mark((Place(old_page, at_old, block.old),), (Place(new_page, at_new, block.new),)))
        at_old, at_new = block.old + block.size, block.new + block.size
    return tuple(found)
