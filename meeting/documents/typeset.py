"""Setting official papers as PDF: exact millimetres, embedded Vietnamese letters, PDF/A, tagged.

A paper is a *layout* (what kind of paper it is) and a *sheet* (its words). The sheet travels to Typst as JSON and is
used there as text only: nothing in it can become markup, whatever a user types. Setting takes about 60 ms a page and is
not meant for the web process: call it from a job or a command.

Legal form: Nghị định 30/2020/NĐ-CP Phụ lục I for the state, Hướng dẫn 36-HD/VPTW (2018) for the Party. The numbers
stand in `layouts/frame.typ`; a test measures them in the produced file.
"""

import json
import re
import unicodedata
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal, NotRequired, TypedDict

import typst

UNSHOWN = "?"  # stands in print for a letter that our fonts do not have
MOST_STRANGE = 40  # so many times the compiler may name such letters
_NOT_SHOWN = re.compile(r'the text `"(.+?)"` could not be displayed')
LAYOUTS = Path(__file__).parent / "layouts"
FONTS = Path(__file__).parents[2] / "static" / "vendor" / "fonts"

Layout = Literal[
    "notice",
    "minutes",
    "invitation",
    "decision",
    "result",
    "paper",
    "week",
    "seating",
    "cards",
    "ballot",
    "counting",
    "progress",
    "contents",
]


class Fact(TypedDict):
    """One labelled line: "Địa điểm: Phòng họp tầng 2"."""

    label: str
    text: str


class Block(TypedDict):
    """One piece of the body: `p` may begin with a bold `lead`; a `table` has head, rows, relative widths."""

    kind: Literal["p", "heading", "centred", "table"]
    text: NotRequired[str]
    lead: NotRequired[str]
    head: NotRequired[list[str]]
    rows: NotRequired[list[list[str]]]
    widths: NotRequired[list[int]]
    centred: NotRequired[list[int]]
    right: NotRequired[list[int]]
    line_id: NotRequired[int]  # for screens: which line of a notice this is


class Signature(TypedDict):
    """Who signs: `lines` are authority and office in capitals; `mark` stands in the place of the signature."""

    lines: list[str]
    name: str
    mark: NotRequired[str]


class Annex(TypedDict):
    """What follows on pages of its own: its title (set in capitals) and the line that says to what paper it belongs."""

    title: str
    note: str
    blocks: list[Block]


class WeekRow(TypedDict):
    """One line of a weekly work calendar; `half` is "Sáng" or "Chiều", empty on a day without a line."""

    half: str
    hours: str
    title: str
    chair: str
    people: str
    place: str


class WeekDay(TypedDict):
    """One day of a weekly work calendar with at least one line."""

    weekday: str
    date: str
    rows: list[WeekRow]


class Count(TypedDict):
    """One row of a result sheet, already written out: "Tán thành", "14", "87,5%"."""

    label: str
    count: str
    share: str


class BallotRow(TypedDict):
    """One line of a ballot paper: who or what, and what is added below the name."""

    name: str
    detail: str
    group: NotRequired[str]  # begins a group of people who stand for one office


class BallotPaper(TypedDict):
    """What stands on a ballot paper below its title: an appeal, a table with a box in each column or boxes alone, notes."""

    appeal: str
    head: str  # over the names; empty: the boxes stand one under the other
    columns: list[str]  # what each box means
    posts: NotRequired[str]  # over a column of its own for the details; rows are numbered within their group
    rows: list[BallotRow]
    notes: list[str]


class Sheet(TypedDict):
    """The words of one paper. Fields of the heading first, then those that only some layouts read."""

    style: Literal["state", "party"]
    parent: NotRequired[list[str]]
    body: list[str]
    symbol: NotRequired[str]
    number: NotRequired[str]
    place_date: NotRequired[str]
    open: NotRequired[bool]  # number, date and signatures stay open: fields of the finished PDF (`slots`)
    place: NotRequired[str]  # of an open sheet: the place alone
    title: str
    abstract: NotRequired[list[str]]
    to: NotRequired[str]
    opening: NotRequired[list[str]]
    facts: NotRequired[list[Fact]]
    blocks: NotRequired[list[Block]]
    counts: NotRequired[list[Count]]
    picture: NotRequired[dict[str, Any]]  # seating: a plan as `catalogues.drawing` draws it
    cards: NotRequired[list[dict[str, str]]]  # seat cards: label, name, position, the picture of the code
    closing: NotRequired[list[str]]
    recipients: NotRequired[list[str]]
    authority: NotRequired[list[str]]  # of a decision: who decides, in capitals
    word: NotRequired[str]  # of a decision: "QUYẾT NGHỊ:"; left out: "QUYẾT ĐỊNH:"
    grounds: NotRequired[list[str]]  # of a decision: căn cứ, one paragraph each
    annex: NotRequired[Annex]
    week: NotRequired[list[WeekDay]]  # of a weekly work calendar
    progress: NotRequired[dict[str, Any]]  # of a progress sheet: head, groups with title and rows
    contents: NotRequired[dict[str, Any]]  # of the list of a file: head, rows
    under_body: NotRequired[list[str]]  # ballots, counting minutes: term and session below the body's name
    committee: NotRequired[str]  # counting minutes: the committee that makes them
    seal: NotRequired[str]  # ballots: where the hanging seal goes
    ballot: NotRequired[BallotPaper]
    copies: NotRequired[int]  # of a ballot
    trace: NotRequired[str]  # small, below the signatures: where the paper's facts stand in the journal
    signature: NotRequired[Signature]
    second_signature: NotRequired[Signature]
    qr: NotRequired[str]  # picture (SVG) at the foot of the first page, beside `verify`
    verify: NotRequired[list[str]]  # how anybody may look whether the paper is genuine: address, code


#: Lists every layout may read without asking whether they are there.
EMPTY_LISTS = ("opening", "facts", "blocks", "counts", "closing", "recipients", "authority", "grounds")

#: The names of bodies that take a line of their own above the place: "ỦY BAN NHÂN DÂN / PHƯỜNG GIANG BIÊN".
TWO_LINE_NAMES = ("Hội đồng nhân dân", "Ủy ban nhân dân")


def typeset(layout: Layout, sheet: Sheet, made_at: datetime | None = None) -> bytes:
    """Set one paper and return the PDF's bytes (PDF/A-2a, tagged, fonts embedded, text in NFC).

    `made_at` goes into the file's own record (default: the start of 2000, so that the same sheet always gives the same
    bytes and is stored once). A letter that our fonts do not have is printed as a question mark. Raises `typst.TypstError`
    when the layout cannot be set: that is a bug, not a refusal.
    """
    words: Any = {name: [] for name in EMPTY_LISTS} | dict(sheet)
    for _ in range(MOST_STRANGE):
        try:
            return _compiled(layout, words, made_at)
        except typst.TypstError as error:
            strange = _strange_in(str(error))
            if not strange:
                raise
            words = _without(words, dict.fromkeys(map(ord, strange), UNSHOWN))
    return _compiled(layout, words, made_at)


def _strange_in(said: str) -> str:
    """The letters that our fonts do not have, as the compiler names them: PDF/A wants every letter shown."""
    found = _NOT_SHOWN.search(said)
    text = re.sub(r"\\u\{([0-9a-f]+)\}", lambda escape: chr(int(escape[1], 16)), found[1]) if found else ""
    return "".join(letter for letter in text if ord(letter) > 126 or ord(letter) < 32)


def _without(value: Any, strange: dict[int, str]) -> Any:
    """The same words with a sign in place of each strange letter."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value).translate(strange)
    if isinstance(value, list):
        return [_without(each, strange) for each in value]
    return {name: _without(each, strange) for name, each in value.items()} if isinstance(value, dict) else value


def _compiled(layout: Layout, words: Any, made_at: datetime | None) -> bytes:
    return typst.compile(
        str(LAYOUTS / f"{layout}.typ"),
        root=str(LAYOUTS),
        font_paths=[str(FONTS)] if FONTS.is_dir() else [],
        format="pdf",
        sys_inputs={"sheet": unicodedata.normalize("NFC", json.dumps(words, ensure_ascii=False))},
        pdf_standards=["a-2a"],
        timestamp=made_at or datetime(2000, 1, 1, tzinfo=UTC),
    )


def body_lines(name: str) -> list[str]:
    """The body's name as it stands in the heading: capitals, council and committee on a line of their own.

    "Ủy ban nhân dân phường Giang Biên" gives ["ỦY BAN NHÂN DÂN", "PHƯỜNG GIANG BIÊN"] (NĐ 30, Phụ lục I, mục II.2).
    """
    for start in TWO_LINE_NAMES:
        if name.casefold().startswith(start.casefold()) and len(name) > len(start):
            return [start.upper(), name[len(start) :].strip().upper()]
    return [name.upper()]


def place_and_date(place: str, day: date | None) -> str:
    """Place and date of the heading: "Giang Biên, ngày 05 tháng 02 năm 2026" (NĐ 30, Phụ lục I, mục II.4).

    Without a day the places of day and month stay open, to be filled when the number is given.
    """
    when = long_date(day) if day else "ngày      tháng      năm"
    return f"{place}, {when}" if place else when.replace("ngày", "Ngày", 1)


def long_date(day: date) -> str:
    """The day as official papers write it, "ngày 05 tháng 02 năm 2026": 0 before days under 10, months 1 and 2."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"
