"""Symbols of official documents in running text and in questions: 135/TB-UBND, 61/2018/NĐ-CP, 31-TB/ĐU, and parts of them.

Pure. The two patterns of running text were tested on 4,056 entries of a real register after cleaning.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from meeting.search.language.syllabary import bare, level

_U = "A-ZĐĂÂÊÔƠƯ"
_S = rf"[{_U}][{_U}a-zđ0-9&]{{0,14}}"
_STATE = re.compile(rf"(?<![\w/])(\d{{1,5}}[a-zđA-ZĐ]?)\s?/\s?(?:((?:19|20)\d{{2}})\s?/\s?)?({_S}(?:\s?-\s?{_S}){{0,4}})(?!\w)")
_PARTY = re.compile(rf"(?<![\w/])(\d{{1,4}})\s?-\s?({_S})\s?/\s?({_S}(?:-{_S}){{0,2}})(?!\w)")
_TYPED = re.compile(  # any case, with no space inside: 135/tb-ubnd, 61/2018/nd-cp, 31-tb/du, 61/2018, 135/TB
    r"(?<![\w/.,])\d{1,5}[a-zđ]?(?:/(?:19|20)\d{2})?[/-][^\W\d_][\w&]{0,14}(?:[-/][^\W\d_][\w&]{0,14}){0,5}(?![\w/])",
    re.IGNORECASE,
)
_WITH_YEAR = re.compile(r"(?<![\w/.,\-])(?:1[3-9]|[2-9]\d|\d{3,5})/(?:19|20)\d{2}(?![\w/]|[.,]\d)")  # below 13 it is a month
_DASHES = re.compile(r"[–—−‐‑‒]")
_COUNTED = "thang nam ngay tuan gio phut nguoi muc noi dong ty trieu nghin phan quy diem khoan dieu cau vu ho xa phuong lan m km"
_COUNTED_WORDS = frozenset(_COUNTED.split())  # báo cáo 6 tháng: no number of a document

#: Kinds of documents by the words people write before a number, and how the kind stands in a symbol.
KIND_CODES = {
    "nghi dinh": ("NĐ",),
    "nd": ("NĐ",),
    "quyet dinh": ("QĐ",),
    "qd": ("QĐ",),
    "nghi quyet": ("NQ",),
    "nq": ("NQ",),
    "thong bao ket luan": ("TB", "KL"),
    "tbkl": ("TB", "KL"),
    "ket luan": ("KL", "TB"),
    "kl": ("KL",),
    "thong bao": ("TB",),
    "tb": ("TB",),
    "ke hoach": ("KH",),
    "kh": ("KH",),
    "bao cao": ("BC",),
    "bc": ("BC",),
    "to trinh": ("TTr",),
    "ttr": ("TTr",),
    "chi thi": ("CT",),
    "ct": ("CT",),
    "thong tu": ("TT",),
    "huong dan": ("HD",),
    "chuong trinh": ("CTr",),
    "giay moi": ("GM",),
    "bien ban": ("BB",),
    "cong van": (),
    "cv": (),
    "van ban": (),
}
_LAW = ("nghi dinh", "nd", "nghi quyet", "nq", "quyet dinh", "qd", "thong tu", "chi thi", "cong van", "cv")
_NAMED = re.compile(
    rf"(?<![\w/])(?P<kind>{'|'.join(sorted(KIND_CODES, key=len, reverse=True))}) (?P<so>so |so: ?)?(?P<number>\d{{1,5}})"
    rf"(?: ?/ ?(?P<year>(?:19|20)\d\d))?(?![\w/%]|[-.,]\w)"
)
_NEXT_WORD = re.compile(r" +([^\W\d_]+)")
_NUMBER = re.compile(r"(?<!\w)so:? (?P<number>\d{1,5})(?![\w/%]|[-.,:]\w)")


@dataclass(frozen=True)
class Typed:
    """A symbol in a question, whole or in part: where, the ways it may stand in a text, and its key."""

    start: int
    end: int
    ways: tuple[str, ...]  # as typed first
    key: str
    named: bool = False  # by its kind and number, so that a year may stand between (nghị định 61)


def _spaced(text: str) -> str:
    """With plain dashes, letter for letter."""
    return _DASHES.sub("-", text).replace("_", "-").replace("Ð", "Đ")


def typed_in(question: str) -> list[Typed]:
    """The symbols that stand in a cleaned question, in order: in capitals or not, whole or in part, or as nghị định 61/2018."""
    spaced = _spaced(question)
    found: list[Typed] = []

    def add(start: int, end: int, ways: tuple[str, ...], keyed: str, named: bool = False) -> None:
        if all(end <= other.start or other.end <= start for other in found):
            found.append(Typed(start, end, ways, keyed, named))

    for pattern in (_STATE, _PARTY, _TYPED):
        for match in pattern.finditer(spaced):
            add(*match.span(), (match.group(),), key(match.group()))
    plain = level(spaced)
    for match in _NAMED.finditer(plain):
        if _is_named(match, plain):
            add(*match.span(), *_named(match, spaced[slice(*match.span())]), named=not match["year"])
    for match in _WITH_YEAR.finditer(spaced):
        add(*match.span(), (match.group(),), key(match.group()))
    return sorted(found, key=lambda typed: typed.start)


def _is_named(match: re.Match[str], plain: str) -> bool:
    """Whether the number is a document's: said to be, with its year, or followed by nothing that it could count."""
    after = _NEXT_WORD.match(plain, match.end())
    if match["so"] or match["year"] or not after:
        return True
    return match["kind"] in _LAW and after[1] not in _COUNTED_WORDS


def _named(match: re.Match[str], typed: str) -> tuple[tuple[str, ...], str]:
    """A kind and a number: as typed, with and without "số", and as they stand in a symbol."""
    kind = typed[: len(match["kind"])]
    number = match["number"] + (f"/{match['year']}" if match["year"] else "")
    codes = KIND_CODES[match["kind"]]
    ways = (typed, f"{kind} số {number}", f"{kind} {number}", *(f"{number}/{code}" for code in codes))
    return tuple(dict.fromkeys(ways)), key(f"{number}/{codes[0]}" if codes else number)


def numbers_in(question: str) -> list[Typed]:
    """The bare numbers that are called one (số 135)."""
    return [
        Typed(*match.span(), (question[slice(*match.span())], match["number"]), key(match["number"]))
        for match in _NUMBER.finditer(level(question))
    ]


def key(symbol: str) -> str:
    """One key for one symbol: capitals, plain dashes, no spaces, no leading zeros."""
    plain = re.sub(r"\s+", "", _spaced(symbol)).upper()
    return re.sub(r"^0+(?=\d)", "", plain)


_YEAR = re.compile(r"(?:19|20)\d\d")


@lru_cache(maxsize=30_000)
def parts(symbol: str) -> tuple[str, ...]:
    """What a symbol is made of, without marks: 61, 2018, nd, cp."""
    return tuple(part for part in re.split(r"[/-]", bare(key(symbol).lower())) if part)


def bears(symbol: str, typed: str) -> bool:
    """Whether a document's own symbol is the one typed, or begins or goes on with the parts typed.

    135/TB is borne by 135/TB-UBND and by 135/TB-VP, 135/TB-UBND only by the first; 61/NĐ by 61/2018/NĐ-CP; TB-VP by 135/TB-VP.
    """
    whole, wanted = parts(symbol), parts(typed)
    if not whole or not wanted:
        return False
    if len(whole) > 2 and _YEAR.fullmatch(whole[1]) and not any(_YEAR.fullmatch(part) for part in wanted[1:]):
        whole = (whole[0], *whole[2:])
    starts = (0,) if wanted[0][0].isdigit() and not _YEAR.fullmatch(wanted[0]) else range(len(whole))
    return any(whole[at : at + len(wanted)] == wanted for at in starts)
