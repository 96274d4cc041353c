"""The periods of reports."""

from datetime import date

import pytest

from meeting.evaluation.periods import Period, chosen, emphasised, named, offered

TODAY = date(2026, 8, 20)


@pytest.mark.parametrize(
    ("key", "since", "until"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-H1", date(2026, 1, 1), date(2026, 6, 30)),
        ("2026-H2", date(2026, 7, 1), date(2026, 12, 31)),
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
    ],
)
def test_a_key_names_its_days(key: str, since: date, until: date) -> None:
    found = named(key)

    assert found is not None
    assert (found.since, found.until) == (since, until)


@pytest.mark.parametrize("key", ["", "26", "2026-13", "2026-00", "2026-H3", "2026-Q5", "0000", "2026-1", "2026-01-01"])
def test_other_keys_name_nothing(key: str) -> None:
    assert named(key) is None


def test_nothing_is_offered_that_has_not_begun() -> None:
    keys = [period.key for period in offered(TODAY, [2026, 2025, 2024])]

    assert keys[:6] == ["year", "2025", "2024", "2026-H2", "2026-H1", "2025-H2"]
    assert "2026-08" in keys
    assert "2026-09" not in keys
    assert "2024-05" not in keys


def test_the_period_asked_for() -> None:
    years = [2026, 2025]

    assert chosen("", None, None, TODAY, years).until == TODAY
    assert chosen("nonsense", None, None, TODAY, years).key == "year"
    assert chosen("quarter", None, None, TODAY, years).key == "2026-Q3"
    assert chosen("month", None, None, TODAY, years).key == "2026-08"
    assert chosen("2019-Q3", None, None, TODAY, years).since == date(2019, 7, 1)
    assert chosen("", date(2026, 7, 1), date(2026, 9, 30), TODAY, years).key == "2026-Q3"
    turned = chosen("", date(2026, 9, 2), date(2026, 8, 1), TODAY, years)
    assert (turned.key, turned.since, turned.until) == ("own", date(2026, 8, 1), date(2026, 9, 2))


@pytest.mark.parametrize(
    ("since", "until", "before"),
    [
        (date(2026, 1, 1), date(2026, 9, 30), (date(2025, 1, 1), date(2025, 9, 30))),
        (date(2025, 2, 1), date(2025, 2, 28), (date(2024, 2, 1), date(2024, 2, 29))),
        (date(2024, 2, 1), date(2024, 2, 29), (date(2023, 2, 1), date(2023, 2, 28))),
    ],
)
def test_the_same_period_a_year_before(since: date, until: date, before: tuple[date, date]) -> None:
    found = Period("own", since, until).year_before

    assert (found.since, found.until) == before


def test_the_cumulative_period() -> None:
    quarter, year = named("2026-Q3"), named("2026")

    assert quarter is not None
    assert quarter.cumulative is not None
    assert (quarter.cumulative.since, quarter.cumulative.until) == (date(2026, 1, 1), date(2026, 9, 30))
    assert year is not None
    assert year.cumulative is None


def test_figures_stand_out_in_a_sentence() -> None:
    pieces = emphasised("Đúng hạn 25.925/25.969 (99,83%), không có nhiệm vụ, 5 cuộc.")

    assert [text for text, strong in pieces if strong] == ["25.925/25.969", "99,83%", "không có", "5"]
