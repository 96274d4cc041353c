"""A catalogue or a list of rooms from a table: every line is checked, every problem is told with its line, nothing is guessed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from meeting.catalogues.rules import AUTHORITY, DOCUMENT_TYPE, POSITION, Known, check_entry
from meeting.errors import N_, Refused, declare
from meeting.organization.columns import Problem, Reading
from meeting.organization.names import folded
from meeting.organization.rows import Rows

NAME = ("name", "ten", "ten goi")
HEADINGS: Mapping[str, Mapping[str, tuple[str, ...]]] = {  # the folded heading of a column → the field it fills
    POSITION: {"name": (*NAME, "position", "chuc vu", "chuc danh", "ten chuc vu")},
    DOCUMENT_TYPE: {
        "name": (*NAME, "document type", "loai van ban", "ten loai van ban"),
        "abbreviation": ("abbreviation", "viet tat", "chu viet tat", "ten viet tat", "ky hieu"),
        "style": ("style", "he thong", "thuoc", "khoi"),
    },
    AUTHORITY: {
        "name": (*NAME, "authority", "co quan", "co quan ban hanh", "ten co quan"),
        "abbreviation": ("abbreviation", "viet tat", "chu viet tat", "ten viet tat", "ky hieu"),
        "style": ("style", "he thong", "thuoc", "khoi"),
        "parent": ("parent", "co quan cap tren", "cap tren", "truc thuoc"),
    },
    "room": {
        "name": (*NAME, "room", "phong hop", "ten phong", "ten phong hop"),
        "place": ("place", "dia diem", "vi tri", "dia chi"),
        "capacity": ("capacity", "suc chua", "so cho", "so cho ngoi"),
        "equipment": ("equipment", "trang thiet bi", "thiet bi"),
    },
}
NAME_HEADINGS = {POSITION: "Chức vụ", DOCUMENT_TYPE: "Loại văn bản", AUTHORITY: "Cơ quan ban hành", "room": "Phòng họp"}
STYLE_WORDS = {
    "": "",
    "ca hai": "",
    "both": "",
    "nha nuoc": "state",
    "chinh quyen": "state",
    "state": "state",
    "dang": "party",
    "party": "party",
}

declare(
    {
        "row_entry_twice": N_("“%(value)s” already stands in line %(first)s."),
        "row_style_unknown": N_("“%(value)s” is not one of: Nhà nước, Đảng, cả hai."),
        "row_parent_unknown": N_("There is no authority “%(value)s” in the catalogue or in this file."),
        "row_parent_later": N_("The authority above, “%(value)s”, stands further down in the file. Put it first."),
        "row_capacity": N_("“%(value)s” is not a number of seats."),
        "row_abbreviation_long": N_("The abbreviation “%(value)s” is longer than %(most)s characters."),
    }
)
LONGEST_ABBREVIATION = 20


@dataclass(frozen=True)
class NewEntry:
    """One entry of the list; `parent` is the name of the authority above."""

    line: int
    name: str
    abbreviation: str = ""
    style: str = ""
    parent: str = ""


@dataclass(frozen=True)
class NewRoom:
    """One room of the list."""

    line: int
    name: str
    place: str = ""
    capacity: int = 0
    equipment: str = ""


def read_entries(rows: Rows, kind: str, present: Sequence[Known]) -> tuple[list[NewEntry], list[Problem]]:
    """The entries of a list and every problem, in order of lines. `present`: what the catalogue holds already."""
    reading = Reading(rows, HEADINGS[kind], "name", NAME_HEADINGS[kind])
    found: list[NewEntry] = []
    for line, row in reading.lines:
        cells = reading.cells(line, row)
        style = STYLE_WORDS.get(folded(cells.get("style", "")).strip())
        if style is None:
            reading.wrong(line, "style", "row_style_unknown", value=cells["style"])
        entry = NewEntry(line, cells["name"], cells.get("abbreviation", ""), style or "", cells.get("parent", ""))
        _check(reading, kind, entry, found, present)
        found.append(entry)
    _check_parents(reading, found, {folded(each.name) for each in present})
    return found, sorted(reading.problems, key=lambda problem: problem.line)


def _check(reading: Reading, kind: str, entry: NewEntry, before: Sequence[NewEntry], present: Sequence[Known]) -> None:
    if not _name_fits(reading, entry.line, entry.name):
        return
    if len(entry.abbreviation) > LONGEST_ABBREVIATION:
        reading.wrong(entry.line, "abbreviation", "row_abbreviation_long", value=entry.abbreviation, most=LONGEST_ABBREVIATION)
        return
    earlier = next((each for each in before if (folded(each.name), each.style) == (folded(entry.name), entry.style)), None)
    if earlier:
        reading.wrong(entry.line, "name", "row_entry_twice", value=entry.name, first=earlier.line)
        return
    others = [*present, *(Known(-each.line, each.name, each.abbreviation, each.style, False) for each in before)]
    try:
        check_entry(kind, entry.name, entry.abbreviation, entry.style, False, others)
    except Refused as refused:
        reading.wrong(entry.line, "abbreviation" if "abbreviation" in refused.code else "name", refused.code, **refused.facts)


def _name_fits(reading: Reading, line: int, name: str) -> bool:
    if not name:
        reading.wrong(line, "name", "row_name_missing")
    elif len(name) > 300:
        reading.wrong(line, "name", "row_name_long", most=300)
    return 0 < len(name) <= 300


def _check_parents(reading: Reading, entries: Sequence[NewEntry], present: set[str]) -> None:
    lines = {folded(each.name): each.line for each in entries}
    for entry in entries:
        above = folded(entry.parent)
        if not above or above in present:
            continue
        if above not in lines:
            reading.wrong(entry.line, "parent", "row_parent_unknown", value=entry.parent)
        elif lines[above] >= entry.line:
            reading.wrong(entry.line, "parent", "row_parent_later", value=entry.parent)


def read_rooms(rows: Rows, present: Mapping[str, str]) -> tuple[list[NewRoom], list[Problem]]:
    """The rooms of a list and every problem. `present`: the folded names of the rooms there are, with the names as written."""
    reading = Reading(rows, HEADINGS["room"], "name", NAME_HEADINGS["room"])
    found: list[NewRoom] = []
    lines: dict[str, int] = {}
    for line, row in reading.lines:
        cells = reading.cells(line, row)
        name, plain = cells["name"], folded(cells["name"])
        if _name_fits(reading, line, name):
            if plain in present:
                reading.wrong(line, "name", "room_exists", name=present[plain])
            elif plain in lines:
                reading.wrong(line, "name", "row_entry_twice", value=name, first=lines[plain])
            lines.setdefault(plain, line)
        capacity = cells.get("capacity", "") or "0"
        if not (capacity.isascii() and capacity.isdigit() and int(capacity) <= 100_000):
            reading.wrong(line, "capacity", "row_capacity", value=capacity)
            capacity = "0"
        found.append(NewRoom(line, name, cells.get("place", "")[:300], int(capacity), cells.get("equipment", "")))
    return found, sorted(reading.problems, key=lambda problem: problem.line)
