"""The piece of a passage that is shown: around the first hits, cut between words, with the hits as they are written there."""

from collections.abc import Sequence
from dataclasses import dataclass

from meeting.search.language.matching import Span

SHOWN_LETTERS = 220
BEFORE = 60


@dataclass(frozen=True)
class Piece:
    """A run of text, marked or not."""

    text: str
    hit: bool = False


def cut(text: str, spans: Sequence[Span]) -> list[Piece]:
    """Pieces in order; "…" where text was left out at either end. Line breaks become spaces."""
    start, end = _window(text, spans)
    pieces: list[Piece] = [Piece("… ")] if start > 0 else []
    at = start
    for first, last in spans:
        if last <= start or first >= end:
            continue
        pieces += [Piece(text[at:first]), Piece(text[first:last], hit=True)]
        at = last
    pieces.append(Piece(text[at:end]))
    if end < len(text):
        pieces.append(Piece(" …"))
    return [Piece(" ".join(p.text.split("\n")), p.hit) for p in pieces if p.text]


def whole(text: str, spans: Sequence[Span]) -> list[Piece]:
    """The whole text in pieces, with its line breaks."""
    pieces = []
    at = 0
    for first, last in spans:
        pieces += [Piece(text[at:first]), Piece(text[first:last], hit=True)]
        at = last
    return [piece for piece in [*pieces, Piece(text[at:])] if piece.text]


def _window(text: str, spans: Sequence[Span]) -> Span:
    if len(text) <= SHOWN_LETTERS:
        return 0, len(text)
    first = spans[0][0] if spans else 0
    start = max(0, first - BEFORE)
    if start:
        start = _next_word(text, start, first)
    end = min(len(text), max(start + SHOWN_LETTERS, spans[0][1] if spans else 0))
    inside = [last for begin, last in spans if begin < end]
    end = max([end, *inside])
    if end < len(text):
        space = text.rfind(" ", max([start, *inside]), end + 1)
        end = space if space > max([start, *inside]) else end
    return start, end


def _next_word(text: str, start: int, before: int) -> int:
    space = text.find(" ", start, before)
    return space + 1 if space >= 0 else start


def plain(pieces: Sequence[Piece]) -> str:
    """The piece without marks."""
    return "".join(piece.text for piece in pieces).strip()
