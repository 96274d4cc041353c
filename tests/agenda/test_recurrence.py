"""On which days recurring meetings fall."""

from datetime import date

import pytest

from meeting.agenda.recurrence import MOST, Pattern, dates, on_working_day, title_on
from meeting.errors import Refused

OFF = {date(2026, 4, 27), date(2026, 4, 30), date(2026, 5, 1)}


def works(day: date) -> bool:
    return day.weekday() < 5 and day not in OFF


def said(first: date, pattern: Pattern) -> str:
    return " ".join(f"{day.day}/{day.month}" for day in dates(first, pattern, works))


@pytest.mark.parametrize(
    ("first", "pattern", "expected"),
    [
        (date(2026, 4, 6), Pattern(count=4), "13/4 20/4 28/4"),  # Monday 27/4 is off
        (date(2026, 4, 6), Pattern(count=4, holiday="keep"), "13/4 20/4 27/4"),
        (date(2026, 4, 6), Pattern(count=4, holiday="skip"), "13/4 20/4"),
        (date(2026, 4, 6), Pattern(count=4, holiday="previous"), "13/4 20/4 24/4"),
        (date(2026, 4, 6), Pattern(until=date(2026, 4, 20)), "13/4 20/4"),
        (date(2026, 4, 6), Pattern(interval=2, count=3), "20/4 4/5"),
        (date(2026, 4, 6), Pattern("month_weekday", count=4), "4/5 1/6 6/7"),  # the first Monday
        (date(2026, 6, 29), Pattern("month_weekday", count=3), "27/7 31/8"),  # a fifth Monday is the last
        (date(2026, 6, 22), Pattern("month_last_weekday", count=3), "27/7 31/8"),
        (date(2026, 1, 30), Pattern("month_day", count=4), "2/3 30/3 4/5"),  # 28/2 a Saturday, 30/4 off
        (date(2026, 12, 15), Pattern("month_day", count=3, interval=3), "15/3 15/6"),
    ],
)
def test_meetings_follow_the_pattern(first: date, pattern: Pattern, expected: str) -> None:
    assert said(first, pattern) == expected


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        (Pattern(), "series_endless"),
        (Pattern(count=MOST + 1), "series_too_long"),
        (Pattern(until=date(2030, 1, 1)), "series_too_long"),
        (Pattern(count=1), "series_empty"),
        (Pattern(until=date(2026, 4, 7)), "series_empty"),
    ],
)
def test_a_series_has_an_end_and_at_least_one_more_meeting(pattern: Pattern, code: str) -> None:
    with pytest.raises(Refused) as refused:
        dates(date(2026, 4, 6), pattern, works)

    assert refused.value.code == code


def test_two_meetings_never_fall_on_one_day() -> None:
    daily_off = {date(2026, 4, 13), date(2026, 4, 14), date(2026, 4, 15), date(2026, 4, 16), date(2026, 4, 17)}
    found = dates(date(2026, 4, 6), Pattern(count=3), lambda day: day not in daily_off and works(day))

    assert found == [date(2026, 4, 20)]


def test_a_working_day_stays() -> None:
    assert on_working_day(date(2026, 4, 28), "skip", works) == date(2026, 4, 28)


@pytest.mark.parametrize(
    ("title", "after", "expected"),
    [
        ("Phiên họp thường kỳ tháng 11 năm 2026", date(2027, 1, 4), "Phiên họp thường kỳ tháng 1 năm 2027"),
        ("Họp giao ban tuần 47", date(2026, 11, 23), "Họp giao ban tuần 48"),
        ("Họp tháng 11/2026", date(2026, 12, 14), "Họp tháng 12/2026"),
        ("Họp về 11 dự án", date(2026, 12, 14), "Họp về 11 dự án"),
    ],
)
def test_a_title_names_its_own_month_and_week(title: str, after: date, expected: str) -> None:
    assert title_on(title, date(2026, 11, 16), after) == expected
