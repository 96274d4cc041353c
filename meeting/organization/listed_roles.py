"""The roles of one line of a list: bodies and roles side by side, and the days on which each begins and ends."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from meeting.errors import N_, declare
from meeting.organization import rules
from meeting.organization.columns import Reading
from meeting.organization.names import folded
from meeting.permissions import Role

ROLE_NAMES = {  # as a list of ours writes them
    Role.MEMBER: "Đại biểu",
    Role.CHAIR: "Chủ trì",
    Role.SECRETARY: "Thư ký",
    Role.CHIEF: "Chánh Văn phòng",
    Role.CLERK: "Văn thư",
    Role.OFFICER: "Cán bộ đơn vị",
    Role.HEAD: "Lãnh đạo đơn vị",
    Role.GUEST: "Khách mời",
    Role.INSPECTOR: "Thanh tra",
    Role.UNIT_ADMIN: "Quản trị đơn vị",
}
ROLE_WORDS = {  # the folded word → the role
    **{role.value: role for role in rules.BODY_ROLES},
    **{folded(name): role for role, name in ROLE_NAMES.items()},
    "thanh vien": Role.MEMBER,
    "uy vien": Role.MEMBER,
    "chu toa": Role.CHAIR,
    "chuyen vien": Role.OFFICER,
    "nop tai lieu": Role.OFFICER,
}
NO_DAY = "-"
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
WRITTEN = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")

declare(
    {
        "row_body_unknown": N_("There is no body “%(value)s”."),
        "row_role_unknown": N_("There is no role “%(value)s”."),
        "row_role_missing": N_("The body “%(value)s” has no role beside it."),
        "row_body_missing": N_("The role “%(value)s” has no body beside it."),
        "row_role_day": N_("“%(value)s” is not a day. Write it like 24/11/2026."),
        "row_role_days_count": N_("There are %(count)s days for %(roles)s roles: write one for all, or one for each."),
        "row_role_days_order": N_("The last day lies before the first day."),
    }
)


@dataclass(frozen=True)
class Given:
    """A role of a list. Without a first day it begins today."""

    body_id: int
    role: Role
    starts_on: date | None = None
    ends_on: date | None = None


def read_day(text: str) -> date | None:
    """A day as people write it, 24/11/2026, or as programs do; None when it is not one."""
    found = ISO.fullmatch(text)
    parts = found.groups() if found else (WRITTEN.fullmatch(text) or _NOTHING).groups()[::-1]
    try:
        return date(*(int(part) for part in parts))
    except (TypeError, ValueError):
        return None


class _Nothing:
    def groups(self) -> tuple[str, ...]:
        return ()


_NOTHING = _Nothing()


def read_roles(reading: Reading, line: int, cells: Mapping[str, str], bodies: Mapping[str, int]) -> list[Given]:
    """Pairs of the nth body and the nth role, a comma parting several roles in one body, with the days beside them.

    A single role holds for all bodies named, a single day for all roles.
    """
    pairs = _pairs(reading, line, cells.get("body", ""), cells.get("role", ""))
    starts = _days(reading, line, "starts_on", cells.get("starts_on", ""), len(pairs))
    ends = _days(reading, line, "ends_on", cells.get("ends_on", ""), len(pairs))
    given: list[Given] = []
    for (body, word), first, last in zip(pairs, starts, ends, strict=True):
        body_id, role = bodies.get(folded(body)), ROLE_WORDS.get(folded(word))
        if role is None:
            reading.wrong(line, "role", "row_role_unknown", value=word)
        if first and last and last < first:
            reading.wrong(line, "ends_on", "row_role_days_order")
        if body_id is not None and role is not None:
            given.append(Given(body_id, role, first, last))
    for body in dict.fromkeys(body for body, _ in pairs if folded(body) not in bodies):
        reading.wrong(line, "body", "row_body_unknown", value=body)
    return list(dict.fromkeys(given))


def _pairs(reading: Reading, line: int, bodies: str, roles: str) -> list[tuple[str, str]]:
    body_names = [part.strip() for part in bodies.split(";") if part.strip()]
    role_names = [part.strip() for part in roles.split(";") if part.strip()]
    if body_names and not role_names:
        reading.wrong(line, "role", "row_role_missing", value=bodies)
        return []
    if role_names and not body_names:
        reading.wrong(line, "body", "row_body_missing", value=roles)
        return []
    if len(role_names) == 1:
        role_names *= len(body_names)
    for lonely in body_names[len(role_names) :]:
        reading.wrong(line, "role", "row_role_missing", value=lonely)
    for lonely in role_names[len(body_names) :]:
        reading.wrong(line, "body", "row_body_missing", value=lonely)
    beside = zip(body_names, role_names, strict=False)
    return [(body, word) for body, words in beside for word in (part.strip() for part in words.split(",")) if word]


def _days(reading: Reading, line: int, column: str, text: str, roles: int) -> list[date | None]:
    parts = [part.strip() for group in text.split(";") for part in group.split(",")]
    if len(parts) == 1:
        parts *= roles
    if len(parts) != roles:
        reading.wrong(line, column, "row_role_days_count", count=len(parts), roles=roles)
        return [None] * roles
    days: list[date | None] = []
    for part in parts:
        days.append(None if part in ("", NO_DAY) else read_day(part))
        if part not in ("", NO_DAY) and days[-1] is None:
            reading.wrong(line, column, "row_role_day", value=part)
    return days
