"""Days as people type them."""

from datetime import date

import pytest

from meeting.search.language.dates import period, said_in

TODAY = date(2026, 11, 23)  # a Monday


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("7/11/2026", date(2026, 11, 7), date(2026, 11, 7)),
        ("07-11-2026", date(2026, 11, 7), date(2026, 11, 7)),
        ("7.11.2026", date(2026, 11, 7), date(2026, 11, 7)),
        ("2026-11-07", date(2026, 11, 7), date(2026, 11, 7)),
        ("ngày 7 tháng 11 năm 2026", date(2026, 11, 7), date(2026, 11, 7)),
        ("ngay 7 thang 11", date(2026, 11, 7), date(2026, 11, 7)),
        ("29/2/2024", date(2024, 2, 29), date(2024, 2, 29)),
        ("tháng 6", date(2026, 6, 1), date(2026, 6, 30)),
        ("tháng 12", date(2026, 12, 1), date(2026, 12, 31)),
        ("tháng sáu năm 2025", date(2025, 6, 1), date(2025, 6, 30)),
        ("6/2026", date(2026, 6, 1), date(2026, 6, 30)),
        ("tháng 2/2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("quý I/2026", date(2026, 1, 1), date(2026, 3, 31)),
        ("quý 4", date(2026, 10, 1), date(2026, 12, 31)),
        ("quý hai năm 2025", date(2025, 4, 1), date(2025, 6, 30)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("năm 2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("hôm nay", TODAY, TODAY),
        ("hom qua", date(2026, 11, 22), date(2026, 11, 22)),
        ("tuần này", TODAY, date(2026, 11, 29)),
        ("tuần trước", date(2026, 11, 16), date(2026, 11, 22)),
        ("tháng này", date(2026, 11, 1), date(2026, 11, 30)),
        ("tháng trước", date(2026, 10, 1), date(2026, 10, 31)),
        ("quý trước", date(2026, 7, 1), date(2026, 9, 30)),
        ("năm nay", date(2026, 1, 1), date(2026, 12, 31)),
        ("năm ngoái", date(2025, 1, 1), date(2025, 12, 31)),
        ("đầu năm", date(2026, 1, 1), TODAY),
        ("30 ngày qua", date(2026, 10, 24), TODAY),
    ],
)
def test_days_of_a_field(typed: str, first: date, last: date) -> None:
    assert period(typed, TODAY) == (first, last)


@pytest.mark.parametrize(
    "typed", ["", "xyz", "31/2/2026", "0/1/2026", "tháng 13", "quý V", "29/2/2025", "7/11/2026 họp", "12", "số 7"]
)
def test_what_is_no_day_is_none(typed: str) -> None:
    assert period(typed, TODAY) is None


def test_a_month_without_a_year_is_the_one_near_today() -> None:
    assert period("tháng 12", date(2027, 1, 10)) == (date(2026, 12, 1), date(2026, 12, 31))
    assert period("tháng 2", date(2027, 1, 10)) == (date(2027, 2, 1), date(2027, 2, 28))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("họp ngày 7/11/2026 tại phường", ["ngày 7/11/2026"]),
        ("họp 7/11 và tháng 12", ["7/11", "tháng 12"]),
        ("từ 1/11/2026 đến 3/11/2026", ["1/11/2026", "3/11/2026"]),
        ("kết quả tháng sáu", ["tháng sáu"]),
        ("kế hoạch tháng sau", []),  # next month
        ("ke hoach thang sau", []),
        ("61/2018/NĐ-CP", []),
        ("3.697/7.043", []),
        ("99,83%", []),
        ("10.1.1.12", []),
        ("1/2/3/4", []),
    ],
)
def test_dates_stand_out_of_a_question(typed: str, found: list[str]) -> None:
    assert [typed[said.start : said.end] for said in said_in(typed)] == found
