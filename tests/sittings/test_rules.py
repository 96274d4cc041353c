"""Which sittings a session has and in which order (NQ 104/2025/UBTVQH15 Điều 11, 14, 15), and who came to how many."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from meeting.errors import Refused
from meeting.sittings.rules import KINDS, SITTING_NAMES, Came, Sitting, check_days, check_sitting, days_of, tally

MONDAY = date(2026, 12, 7)
TUESDAY = date(2026, 12, 8)


def at(hour: int, day: int = 0) -> datetime:
    return datetime(2026, 12, 7, tzinfo=UTC) + timedelta(days=day, hours=hour)


def sitting(number: int, kind: str, hour: int, ends: int | None = None, group: int | None = None) -> Sitting:
    return Sitting(number, kind, at(hour), f"Phiên {number}", at(ends) if ends else None, group)


OPENING = sitting(1, "opening", 2)
CLOSING = sitting(2, "closing", 9)
FIRST = sitting(3, "group", 5, 7, group=4)


def fits(wanted: Sitting, *others: Sitting, day: date = MONDAY) -> str:
    try:
        check_sitting(wanted, day, MONDAY, TUESDAY, others, "Tổ 4")
    except Refused as refused:
        return refused.code
    return ""


@pytest.mark.parametrize(
    ("wanted", "others", "answer"),
    [
        (sitting(9, "plenary", 3), [], ""),
        (sitting(9, "plenary", 3), [OPENING, CLOSING], ""),
        (sitting(9, "plenary", 1), [OPENING], "sitting_before"),
        (sitting(9, "plenary", 10), [CLOSING], "sitting_after"),
        (sitting(9, "opening", 3), [OPENING], "sitting_once"),
        (sitting(9, "closing", 10), [CLOSING], "sitting_once"),
        (sitting(9, "preparatory", 1), [OPENING], ""),
        (sitting(9, "preparatory", 3), [OPENING], "sitting_after"),
        (sitting(9, "opening", 1), [sitting(5, "preparatory", 2)], "sitting_before"),
        (sitting(9, "plenary", 3), [sitting(5, "plenary", 4)], ""),
        (sitting(9, "group", 5), [OPENING], "group_needed"),
        (sitting(9, "group", 5, 7, group=5), [OPENING, FIRST], ""),  # two Tổ at the same time
        (sitting(9, "group", 6, 8, group=4), [FIRST], "group_sits"),
        (sitting(9, "group", 4, group=4), [FIRST], "group_sits"),  # without an end it reaches into the other
        (sitting(9, "group", 7, 8, group=4), [FIRST], ""),
        (OPENING, [OPENING, CLOSING], ""),  # itself does not stand in its way
    ],
)
def test_a_sitting_fits_or_says_what_stands_in_its_way(wanted: Sitting, others: list[Sitting], answer: str) -> None:
    assert fits(wanted, *others) == answer


def test_a_sitting_lies_within_the_days_of_its_session() -> None:
    assert fits(sitting(9, "plenary", 3), day=date(2026, 12, 9)) == "sitting_outside"


@pytest.mark.parametrize(
    ("starts", "ends", "days", "answer"),
    [
        (MONDAY, TUESDAY, [MONDAY, TUESDAY], ""),
        (MONDAY, MONDAY, [], ""),
        (TUESDAY, MONDAY, [], "session_days_turned"),
        (MONDAY, MONDAY, [TUESDAY], "session_days_left"),
    ],
)
def test_a_session_covers_its_sittings(starts: date, ends: date, days: list[date], answer: str) -> None:
    code = ""
    try:
        check_days(starts, ends, days)
    except Refused as refused:
        code = refused.code
    assert code == answer


@pytest.mark.parametrize(
    ("presences", "held", "answer"),
    [
        ({}, [], Came()),
        ({1: "present", 2: "late", 3: "remote", 4: "left"}, [1, 2, 3, 4], Came(4, 4, 0, 0)),
        ({1: "present", 2: "excused", 3: "absent"}, [1, 2, 3], Came(3, 1, 1, 1)),
        ({1: "present", 2: "absent"}, [1], Came(1, 1, 0, 0)),  # the second has not been held yet
        ({1: "present"}, [1, 5], Came(1, 1, 0, 0)),  # the Tổ of others calls nobody else
    ],
)
def test_attendance_of_a_session_counts_the_sittings_one_was_called_to(
    presences: dict[int, str], held: list[int], answer: Came
) -> None:
    assert tally(presences, held) == answer


def test_sittings_are_told_day_by_day_in_the_order_of_beginning() -> None:
    late, early, other = sitting(1, "plenary", 9), sitting(2, "opening", 2), sitting(3, "closing", 30)
    found = days_of([late, early, other], {1: MONDAY, 2: MONDAY, 3: TUESDAY})
    assert [(day, [each.id for each in here]) for day, here in found.items()] == [(MONDAY, [2, 1]), (TUESDAY, [3])]


def test_every_kind_of_sitting_has_a_name() -> None:
    named: Any = set(SITTING_NAMES)
    assert named == set(KINDS)
