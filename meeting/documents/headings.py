"""Contents of a paper that has no bookmarks: headings found in its text, by the way Vietnamese papers are divided. Pure.

Phần, Chương, Mục, Điều and Phụ lục are the divisions of legal papers (Nghị định 30/2020/NĐ-CP Phụ lục I; Nghị định
78/2025/NĐ-CP); reports number their parts I., II., III.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

MAX_ENTRIES = 2000
MAX_LETTERS = 160
FULL_LINE = 45  # letters: a shorter line ended where its writer ended it
FEWEST = 2  # one heading alone is no table of contents

_ROMAN = r"[IVXLC]{1,7}"
_REST = r"\s*[.:–-]?\s*(?P<rest>.*)$"
_RANKS = (
    ("annex", re.compile(rf"^phụ lục(?:\s+(?P<n>\d{{1,3}}|{_ROMAN}))?{_REST}", re.IGNORECASE)),
    ("part", re.compile(rf"^phần\s+(?:thứ\s+)?(?P<n>{_ROMAN}|\d{{1,2}}|[^\W\d]{{2,5}}){_REST}", re.IGNORECASE)),
    ("chapter", re.compile(rf"^chương\s+(?P<n>{_ROMAN}|\d{{1,3}}){_REST}", re.IGNORECASE)),
    ("section", re.compile(rf"^mục\s+(?P<n>\d{{1,3}}|{_ROMAN}){_REST}", re.IGNORECASE)),
    ("roman", re.compile(rf"^(?P<n>{_ROMAN})\s*[.–-]\s+(?P<rest>\S.*)$")),
    ("article", re.compile(r"^điều\s+(?P<n>\d{1,3}[a-zđ]?)\s*[.:]\s*(?P<rest>.*)$", re.IGNORECASE)),
)  # fmt: skip
_ORDER = ("annex", "part", "chapter", "section", "roman", "article")
_ALONE = frozenset({"annex", "part", "chapter", "section"})  # their title may stand on the next line
_LETTERS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_WORDS = {"nhất": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}


@dataclass(frozen=True)
class Heading:
    """One heading as it was met."""

    kind: str
    number: int  # 0: without a number
    title: str
    page: int


def found_in(pages: Iterable[tuple[int, str]]) -> list[dict[str, Any]]:
    """The contents found in the text of pages (number, text): `{title, page, level, found: true}`, or none.

    A line counts only where its number follows the one before of its kind, so that "Điều 5 Nghị định…" at the beginning
    of a line of running text does not.
    """
    kept = _in_sequence(_headings(pages))[:MAX_ENTRIES]
    if len(kept) < FEWEST:
        return []
    present = [kind for kind in _ORDER if any(each.kind == kind for each in kept)]
    deeper = [kind for kind in present if kind != "annex"]
    level = {kind: 1 + deeper.index(kind) if kind in deeper else 1 for kind in present}
    return [{"title": each.title, "page": each.page, "level": level[each.kind], "found": True} for each in kept]


def _headings(pages: Iterable[tuple[int, str]]) -> list[Heading]:
    found = []
    for page, text in pages:
        lines = [re.sub(r"\s+", " ", line).strip() for line in text.split("\n")]
        for place, line in enumerate(lines):
            heading = heading_of(line, lines[place + 1 : place + 3], page) if 2 < len(line) < 400 else None
            if heading is not None:
                found.append(heading)
    return found


def heading_of(line: str, after: Sequence[str], page: int) -> Heading | None:
    """The heading that begins with this line, or None; `after` are the next lines, where a title in capitals may stand."""
    for kind, pattern in _RANKS:
        met = pattern.match(line)
        if met is None:
            continue
        number, rest = _number(met["n"] or ""), met["rest"].strip()
        if number is None or not _is_heading(kind, line, rest):
            return None
        title = line
        if kind in _ALONE and not rest:
            title = " ".join([line, *_titles(after)])
        elif after and after[0][:1].islower() and len(line) >= FULL_LINE:
            title = f"{line} {after[0]}"  # a heading of two lines
        return Heading(kind, number, _short(title), page)
    return None


def _is_heading(kind: str, line: str, rest: str) -> bool:
    if kind == "roman":
        return rest.isupper() or (rest[:1].isupper() and len(rest) <= 90 and not rest.endswith((";", ",")))
    if kind == "article":
        return line.startswith(("Điều", "ĐIỀU")) and (not rest or rest[0].isupper() or rest[0].isdigit() or rest[0] in '“"(')
    if not line[0].isupper():
        return False
    return not rest or rest.isupper() or rest[0] in '(“"' or (rest[0].isupper() and kind != "annex" and len(rest) <= 120)


def _titles(after: Sequence[str]) -> list[str]:
    kept = []
    for line in after:
        if not line.isupper() or heading_of(line, (), 0) is not None:
            break
        kept.append(line)
    return kept


def _short(title: str) -> str:
    if len(title) <= MAX_LETTERS:
        return title
    return title[: MAX_LETTERS - 1].rsplit(" ", 1)[0] + "…"


def _number(written: str) -> int | None:
    """The number a heading bears: 0 for none, None for a word that is no number."""
    if not written:
        return 0
    if written[0].isdigit():
        return int(re.match(r"\d+", written)[0])  # type: ignore[index]
    upper = written.upper()
    if set(upper) <= set(_LETTERS):
        values = [_LETTERS[letter] for letter in upper]
        return sum(-value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True))
    return _WORDS.get(written.lower())


def _in_sequence(headings: Sequence[Heading]) -> list[Heading]:
    """Those whose number follows: one more than the last of the kind, or 1 anew under a higher division (Điều runs on)."""
    kept: list[Heading] = []
    last: dict[str, int] = {}
    for each in headings:
        if not _follows(each, last.get(each.kind), kept):
            continue
        kept.append(each)
        last[each.kind] = each.number
        below = _ORDER if each.kind == "annex" else _ORDER[_ORDER.index(each.kind) + 1 : -1]
        for lower in below:
            last.pop(lower, None)
    return kept


def _follows(each: Heading, before: int | None, kept: Sequence[Heading]) -> bool:
    if each.kind == "annex":
        return all(other.kind != "annex" or (other.title != each.title and other.page != each.page) for other in kept)
    if before is None:
        return each.number == 1
    return each.number == before + 1 or (each.number == 1 and _anew(each, kept))


def _anew(each: Heading, kept: Sequence[Heading]) -> bool:
    """Whether counting may begin again: a paper attached to this one begins on a later page."""
    return each.page > max(other.page for other in kept if other.kind == each.kind)
