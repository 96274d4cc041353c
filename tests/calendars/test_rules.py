"""The rules of calendars: tables of cases."""

from datetime import date, datetime, time

import pytest

from meeting.calendars.rules import (
    Known,
    Line,
    check_monday,
    compared,
    days_between,
    decided_by,
    half_of,
    is_significant,
    judged,
    mailed_reason,
    monday_of,
)
from meeting.clock import LOCAL
from meeting.errors import Refused


def at(month: int, day: int, hour: int) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=LOCAL)


HOA = Known("Hoa@Giangbien.example ", 2, True)


@pytest.mark.parametrize(
    ("changed", "raises"),
    [
        (["starts_at"], True),
        (["ends_at", "title"], True),
        (["place"], True),
        (["title", "chair_id", "secretary_id", "urgent"], False),
        ([], False),
    ],
)
def test_time_and_place_raise_the_sequence(changed: list[str], raises: bool) -> None:
    assert is_significant(changed) is raises


@pytest.mark.parametrize(
    ("known", "sender", "sequence", "answer", "outcome"),
    [
        (HOA, "hoa@giangbien.example", 2, "accepted", "take"),
        (HOA, "HOA@GIANGBIEN.EXAMPLE", 3, "declined", "take"),
        (HOA, "hoa@giangbien.example", 2, "delegated", "take"),
        (HOA, "hoa@giangbien.example", 2, "tentative", "tentative"),
        (HOA, "hoa@giangbien.example", 1, "accepted", "stale"),
        (HOA, "tuan@giangbien.example", 2, "accepted", "forged"),
        (HOA, "tuan@giangbien.example", 1, "tentative", "forged"),
        (Known("", 0, True), "", 0, "accepted", "forged"),
        (Known("hoa@giangbien.example", 2, False), "hoa@giangbien.example", 2, "accepted", "withdrawn"),
        (None, "hoa@giangbien.example", 2, "accepted", "unknown"),
    ],
)
def test_what_a_mailed_answer_is_worth(known: Known | None, sender: str, sequence: int, answer: str, outcome: str) -> None:
    assert judged(known, sender, sequence, answer) == outcome


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Đi công tác", "Đi công tác (trả lời qua thư)"),
        ("  Ốm,\n nghỉ  ", "Ốm, nghỉ (trả lời qua thư)"),
        ("", "Trả lời qua thư"),
        ("x" * 900, "x" * 500 + " (trả lời qua thư)"),
    ],
)
def test_the_reason_says_that_it_came_by_mail(words: str, reason: str) -> None:
    assert mailed_reason(words) == reason


@pytest.mark.parametrize(
    ("day", "monday", "friday"),
    [
        (date(2026, 11, 23), date(2026, 11, 23), date(2026, 11, 20)),
        (date(2026, 11, 29), date(2026, 11, 23), date(2026, 11, 20)),
        (date(2027, 1, 1), date(2026, 12, 28), date(2026, 12, 25)),
    ],
)
def test_a_week_is_decided_by_the_friday_before(day: date, monday: date, friday: date) -> None:
    assert (monday_of(day), decided_by(monday)) == (monday, friday)


def test_a_week_begins_on_a_monday() -> None:
    check_monday(date(2026, 11, 23))

    with pytest.raises(Refused, match="week_not_monday"):
        check_monday(date(2026, 11, 24))


@pytest.mark.parametrize(
    ("starts", "ends", "half"),
    [
        (time(7, 30), None, "morning"),
        (time(11, 59), time(13, 30), "morning"),
        (time(12), time(17), "afternoon"),
        (time(8), time(17), "day"),
    ],
)
def test_the_day_has_two_halves(starts: time, ends: time | None, half: str) -> None:
    assert half_of(starts, ends) == half


@pytest.mark.parametrize(
    ("starts", "ends", "days"),
    [
        (at(11, 24, 8), at(11, 24, 11), [24]),
        (at(11, 24, 8), None, [24]),
        (at(11, 24, 8), at(11, 26, 17), [24, 25, 26]),
        (at(11, 20, 8), at(11, 24, 17), [23, 24]),
        (at(11, 28, 8), at(12, 2, 17), [28, 29]),
        (at(11, 24, 8), at(11, 25, 0), [24]),
        (at(11, 16, 8), at(11, 17, 17), []),
    ],
)
def test_a_session_stands_on_each_of_its_days_in_the_week(starts: datetime, ends: datetime | None, days: list[int]) -> None:
    found = days_between(starts, ends, date(2026, 11, 23), date(2026, 11, 29))

    assert [each.day for each in found] == days


def line(key: str, **changes: str) -> Line:
    values = {"day": "2026-11-24", "starts": "08:00", "ends": "", "title": key, "chair": "", "people": "", "place": "P1"}
    return Line(key, **{**values, **changes})  # type: ignore[arg-type]


def test_changes_after_the_publication_are_marked() -> None:
    published = [line("m1"), line("m2", starts="14:00"), line("e3", day="2026-11-25")]

    marked = compared(
        published, [line("m1", place="P2", starts="09:00"), line("m2", starts="14:00"), line("m9", day="2026-11-26")]
    )

    assert [(each.line.key, each.mark, each.changed) for each in marked] == [
        ("m1", "changed", ("starts", "place")),
        ("m2", "", ()),
        ("e3", "dropped", ()),
        ("m9", "added", ()),
    ]


def test_a_line_survives_being_kept() -> None:
    assert Line.from_kept(line("m1").said()) == line("m1")
