"""Dates, times and numbers are written as people here write them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from flask import Flask
from flask_babel import force_locale

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
    ("language", "value", "joint", "shown"),
    [
        ("vi", date(2026, 11, 24), ", ", "Thứ Ba, 24/11/2026"),
        ("vi", date(2026, 11, 24), " ", "Thứ Ba 24/11/2026"),
        ("vi", date(2026, 12, 6), ", ngày ", "Chủ nhật, ngày 06/12/2026"),
        ("en", date(2026, 11, 24), ", ", "Tuesday, 24 November 2026"),
        ("en", date(2026, 12, 6), ", ngày ", "Sunday, 6 December 2026"),
        ("en", NEARLY_MIDNIGHT, " ", "Tuesday, 24 November 2026"),
        ("en", "2027-01-01", " ", "Friday, 1 January 2027"),
        ("en", None, " ", ""),
    ],
)
def test_a_day_is_said_with_its_weekday(app: Flask, language: str, value: date, joint: str, shown: str) -> None:
    with app.test_request_context(), force_locale(language):
        assert formats.write_full_date(value, joint) == shown
        assert formats.mark_full_date(value, joint).striptags() == shown


def test_the_figures_of_a_day_keep_their_face(app: Flask) -> None:
    with app.test_request_context(), force_locale("vi"):
        assert formats.mark_full_date(date(2026, 11, 24), "<") == 'Thứ Ba&lt;<span class="num">24/11/2026</span>'


@pytest.mark.parametrize(
    ("language", "month", "of_year"), [("vi", "tháng 9", "Tháng 9/2026"), ("en", "September", "September 2026")]
)
def test_months_have_their_names(app: Flask, language: str, month: str, of_year: str) -> None:
    with app.test_request_context(), force_locale(language):
        assert (formats.write_month(date(2026, 9, 30)), formats.write_month_of_year(date(2026, 9, 30))) == (month, of_year)


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
