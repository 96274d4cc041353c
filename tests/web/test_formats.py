"""Dates, times and numbers are written as people here write them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from flask import Flask

from meeting.web import formats

NEARLY_MIDNIGHT = datetime(2026, 11, 23, 17, 30, tzinfo=UTC)  # 00:30 on the 24th in Viet Nam


def test_a_moment_is_shown_on_the_council_s_clock() -> None:
    assert formats.write_date(NEARLY_MIDNIGHT) == "24/11/2026"
    assert formats.write_time(NEARLY_MIDNIGHT) == "00:30"
    assert formats.write_datetime(NEARLY_MIDNIGHT.isoformat()) == "00:30, 24/11/2026"


def test_nothing_is_shown_for_nothing() -> None:
    assert [formats.write_date(None), formats.write_datetime(None), formats.write_number(None)] == ["", "", ""]


def test_weekday_is_said_in_the_reader_s_language(app: Flask) -> None:
    with app.test_request_context():
        assert formats.write_weekday(date(2026, 12, 10)) == "Thứ Năm"


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [(42600, 0, "42.600"), (Decimal("85.24"), 1, "85,2"), (0, 0, "0"), (1234567.5, 2, "1.234.567,50")],
)
def test_numbers_have_dots_for_thousands_and_a_comma_for_decimals(value: float, decimals: int, shown: str) -> None:
    assert formats.write_number(value, decimals) == shown


@pytest.mark.parametrize(
    ("size_bytes", "shown"),
    [
        (10, "1 KB"),
        (204_800, "200 KB"),
        (1_468_006, "1,4 MB"),
        (104_857_600, "100 MB"),
        (1 << 30, "1 GB"),
        (1_610_612_736, "1,5 GB"),
    ],
)
def test_sizes_are_said_in_kb_and_mb(size_bytes: int, shown: str) -> None:
    assert formats.write_size(size_bytes) == shown


def test_initials_are_of_the_middle_and_the_given_name() -> None:
    assert formats.initials("Ông Nguyễn Văn Toản") == "VT"
    assert formats.initials("Đào") == "Đ"
    assert formats.initials(None) == ""


def test_fields_take_the_values_browsers_want() -> None:
    assert formats.iso_date(NEARLY_MIDNIGHT) == "2026-11-24"
    assert formats.iso_local(NEARLY_MIDNIGHT) == "2026-11-24T00:30"
