"""A list of people or units from a table: every line is checked, every problem is told with its line, nothing is guessed."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from meeting.errors import N_, declare
from meeting.organization import rules
from meeting.organization.columns import Problem, Reading, columns_of
from meeting.organization.listed_roles import Given, read_roles
from meeting.organization.names import folded, free_username
from meeting.organization.rows import Rows
from meeting.permissions import Role

HEADINGS = {  # the folded heading of a column → the field it fills; Vietnamese office lists and English ones
    "full_name": ("full_name", "full name", "name", "ho ten", "ho va ten", "ten"),
    "username": ("username", "user name", "user", "account", "tai khoan", "ten dang nhap"),
    "honorific": ("honorific", "xung ho", "danh xung", "ong/ba"),
    "position": ("position", "title", "chuc vu", "chuc danh"),
    "unit": ("unit", "department", "don vi", "phong", "phong, ban", "phong ban", "don vi cong tac"),
    "email": ("email", "e-mail", "mail", "thu dien tu", "hop thu", "hom thu"),
    "phone": ("phone", "telephone", "mobile", "dien thoai", "so dien thoai", "sdt"),
    "body": ("body", "bodies", "co quan"),
    "role": ("role", "roles", "vai tro"),
    "starts_on": ("starts_on", "from", "tu ngay", "ngay bat dau"),
    "ends_on": ("ends_on", "until", "den ngay", "ngay ket thuc"),
}
UNIT_HEADINGS = {
    "name": ("name", "unit", "unit name", "ten don vi", "don vi", "ten"),
    "short_name": ("short_name", "short name", "short", "ten viet tat", "viet tat", "ten ngan"),
    "parent": ("parent", "above", "don vi cap tren", "thuoc don vi"),
    "body": ("body", "co quan", "phuc vu co quan"),
    "rank": ("rank", "order", "thu tu"),
}
HONORIFICS = {"ong": "Ông", "ba": "Bà", "dong chi": "Đồng chí", "": ""}

declare(
    {
        "row_name_short": N_("“%(value)s” is not a full name: family name and given name are needed."),
        "row_username_form": N_("“%(value)s” is no user name: small plain letters, digits, dots and dashes, a letter first."),
        "row_username_twice": N_("The user name “%(value)s” already stands in line %(first)s."),
        "row_username_taken": N_("The user name “%(value)s” is already taken in the system."),
        "row_honorific": N_("“%(value)s” is not a form of address: Ông or Bà."),
        "row_unit_unknown": N_("There is no unit “%(value)s”."),
        "row_email": N_("“%(value)s” is not a mail address."),
        "row_phone": N_("“%(value)s” is not a telephone number."),
        "row_unit_twice": N_("The unit “%(value)s” already stands in line %(first)s."),
        "row_unit_exists": N_("The unit “%(value)s” is already in the system."),
        "row_unit_above_unknown": N_("There is no unit “%(value)s” above it, neither in the list nor in the system."),
        "row_unit_circle": N_("“%(value)s” would lie below itself."),
        "row_unit_rank": N_("“%(value)s” is not a place in an order: a whole number."),
    }
)


@dataclass(frozen=True)
class Known:
    """What the system has already: user names, and units and bodies by every folded name they go by."""

    usernames: frozenset[str]
    units: Mapping[str, int]
    bodies: Mapping[str, int]
    may_change: frozenset[str] = frozenset()  # user names whose line is taken as a correction


@dataclass
class NewPerson:
    """One person of the list, ready to be added."""

    line: int
    full_name: str
    username: str
    honorific: str = ""
    position: str = ""
    unit_id: int | None = None
    email: str = ""
    phone: str = ""
    given: list[Given] = dataclasses.field(default_factory=list)

    @property
    def roles(self) -> list[tuple[int, Role]]:
        """Body and role of each, without the days."""
        return [(one.body_id, one.role) for one in self.given]


@dataclass(frozen=True)
class NewUnit:
    """One unit of the list."""

    line: int
    name: str
    short_name: str
    parent: str = ""  # as written
    body_id: int | None = None
    rank: int = 0


def is_unit_list(rows: Rows) -> bool:
    """Whether the heading is that of a list of units: a short name, and nothing that only people have."""
    return bool(rows) and "short_name" in columns_of(rows[0], UNIT_HEADINGS) and "username" not in columns_of(rows[0], HEADINGS)


def read_units(
    rows: Rows, existing: frozenset[str], bodies: Mapping[str, int] | None = None, *, changing: bool = False
) -> tuple[list[NewUnit], list[Problem]]:
    """The units of a list and every problem, in order of lines. `existing`: folded names in the system.

    A unit above may stand anywhere in the list or be in the system. `changing`: a known unit is a correction, no problem.
    """
    reading = Reading(rows, UNIT_HEADINGS, "name", "Tên đơn vị")
    found: list[NewUnit] = []
    seen: dict[str, int] = {}
    for line, row in reading.lines:
        unit = _unit(reading, line, reading.cells(line, row), bodies or {})
        for value in dict.fromkeys((unit.name, unit.short_name)):
            plain = folded(value)
            if plain in seen:
                reading.wrong(line, "name", "row_unit_twice", value=value, first=seen[plain])
            elif plain in existing and not changing:
                reading.wrong(line, "name", "row_unit_exists", value=value)
            if plain:
                seen.setdefault(plain, line)
        found.append(unit)
    _check_parents(reading, found, existing)
    return found, sorted(reading.problems, key=lambda problem: problem.line)


def _unit(reading: Reading, line: int, cells: dict[str, str], bodies: Mapping[str, int]) -> NewUnit:
    name, body, rank = cells["name"], cells.get("body", ""), cells.get("rank", "")
    if not name:
        reading.wrong(line, "name", "row_name_missing")
    body_id = bodies.get(folded(body))
    if body and body_id is None:
        reading.wrong(line, "body", "row_body_unknown", value=body)
    number = int(rank) if rank.isdecimal() and len(rank) <= 4 else 0
    if rank and not (rank.isdecimal() and len(rank) <= 4):
        reading.wrong(line, "rank", "row_unit_rank", value=rank)
    return NewUnit(line, name, cells.get("short_name") or name[:60], cells.get("parent", ""), body_id, number)


def _check_parents(reading: Reading, found: list[NewUnit], existing: frozenset[str]) -> None:
    names = {folded(name): unit for unit in found for name in (unit.name, unit.short_name)}
    for unit in found:
        if unit.parent and folded(unit.parent) not in names and folded(unit.parent) not in existing:
            reading.wrong(unit.line, "parent", "row_unit_above_unknown", value=unit.parent)
        above, steps = names.get(folded(unit.parent)) if unit.parent else None, 0
        while above is not None and above is not unit and steps < len(found):
            above, steps = names.get(folded(above.parent)) if above.parent else None, steps + 1
        if above is unit:
            reading.wrong(unit.line, "parent", "row_unit_circle", value=unit.name)


def read_people(rows: Rows, known: Known) -> tuple[list[NewPerson], list[Problem]]:
    """The people of a list and every problem, in order of lines.

    An empty user name is made from the name. `body` and `role` may hold several parted by semicolons, one role a body;
    a single role then holds for all bodies named (`read_roles`).
    """
    reading = Reading(rows, HEADINGS, "full_name", "Họ và tên")
    people: list[NewPerson] = []
    first_lines: dict[str, int] = {}
    for line, row in reading.lines:
        cells = reading.cells(line, row)
        person = NewPerson(line, cells["full_name"], cells.get("username", "").lower(), position=cells.get("position", ""))
        _check_name(reading, person)
        _check_username(reading, person, known, first_lines)
        _take_contacts(reading, person, cells)
        _take_unit(reading, person, cells.get("unit", ""), known)
        person.given = read_roles(reading, line, cells, known.bodies)
        people.append(person)
    _make_usernames(people, set(known.usernames) | set(first_lines))
    return people, sorted(reading.problems, key=lambda problem: problem.line)


def _check_name(reading: Reading, person: NewPerson) -> None:
    if not person.full_name:
        reading.wrong(person.line, "full_name", "row_name_missing")
    elif len(person.full_name) > 300:
        reading.wrong(person.line, "full_name", "row_name_long", most=300)
    elif " " not in person.full_name or any(sign in person.full_name for sign in ",;@|"):
        reading.wrong(person.line, "full_name", "row_name_short", value=person.full_name)


def _check_username(reading: Reading, person: NewPerson, known: Known, first_lines: dict[str, int]) -> None:
    name = person.username
    if not name:
        return
    if not rules.USERNAME.fullmatch(name):
        reading.wrong(person.line, "username", "row_username_form", value=name)
    elif name in known.usernames and name not in known.may_change:
        reading.wrong(person.line, "username", "row_username_taken", value=name)
    elif name in first_lines:
        reading.wrong(person.line, "username", "row_username_twice", value=name, first=first_lines[name])
    first_lines.setdefault(name, person.line)


def _take_contacts(reading: Reading, person: NewPerson, cells: dict[str, str]) -> None:
    honorific = HONORIFICS.get(folded(cells.get("honorific", "")))
    if honorific is None:
        reading.wrong(person.line, "honorific", "row_honorific", value=cells["honorific"])
    person.honorific = honorific or ""
    person.email, person.phone = cells.get("email", ""), cells.get("phone", "")
    if person.email and not rules.EMAIL.fullmatch(person.email):
        reading.wrong(person.line, "email", "row_email", value=person.email)
    if person.phone and not rules.PHONE.fullmatch(person.phone):
        reading.wrong(person.line, "phone", "row_phone", value=person.phone)


def _take_unit(reading: Reading, person: NewPerson, unit: str, known: Known) -> None:
    if not unit:
        return
    person.unit_id = known.units.get(folded(unit))
    if person.unit_id is None:
        reading.wrong(person.line, "unit", "row_unit_unknown", value=unit)


def _make_usernames(people: list[NewPerson], taken: set[str]) -> None:
    for person in people:
        if not person.username:
            person.username = free_username(person.full_name, taken)
            taken.add(person.username)
