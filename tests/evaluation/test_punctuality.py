"""The punctuality ledger as pure rules."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from meeting.evaluation.punctuality import Asked, evidence, ledger

NOON = datetime(2026, 11, 20, 5, tzinfo=UTC)


def paper(unit: str, late: int | None, *, due: datetime = NOON, **known: Any) -> Asked:
    """A paper first received so many minutes late; None: never."""
    first_at = None if late is None else due + timedelta(minutes=late or -60)
    return Asked(len(unit), unit, due, first_at, late, **known)


def test_the_ledger_ranks_units_that_were_asked_often_enough() -> None:
    papers = [
        *(paper("Kinh tế", 0) for _ in range(3)),
        *(paper("Văn hóa", late) for late in (0, 0, 120)),
        *(paper("Tư pháp", late, returned=1) for late in (0, None, 0)),
        paper("Công an", None),
        paper("Công an", None, due=NOON + timedelta(days=9)),
    ]

    lines = ledger(papers, NOON + timedelta(days=1))

    assert [(li.unit, li.asked, li.on_time, li.late, li.missing, li.returned, li.late_minutes, li.rank) for li in lines] == [
        ("Kinh tế", 3, 3, 0, 0, 0, 0, 1),
        ("Tư pháp", 3, 2, 0, 1, 3, 0, 2),
        ("Văn hóa", 3, 2, 1, 0, 0, 120, 2),
        ("Công an", 1, 0, 0, 1, 0, 0, None),
    ]


def test_a_due_time_moved_afterwards_does_not_take_lateness_away() -> None:
    moved = Asked(1, "Kinh tế", NOON + timedelta(days=9), NOON + timedelta(hours=2), 120)

    (line,) = ledger([moved], NOON)

    assert (line.on_time, line.late, line.late_minutes, line.late_minutes_in_all) == (0, 1, 120, 120)


@pytest.mark.parametrize(
    ("figure", "behind"),
    [
        ("asked", [5, 2, 3, 1, 4]),
        ("on_time", [1, 4]),
        ("late", [5, 2]),
        ("missing", [3]),
        ("returned", [4]),
        ("granted", [5]),
        ("graded", [5, 1]),
        ("not_met", [5]),
    ],
)
def test_every_figure_is_the_number_of_papers_behind_it(figure: str, behind: list[int]) -> None:
    papers = [
        paper("Kinh tế", 0, requirement_id=1, verdict="met"),
        paper("Kinh tế", 30, requirement_id=2),
        paper("Kinh tế", None, requirement_id=3),
        paper("Kinh tế", 0, requirement_id=4, returned=2, due=NOON + timedelta(hours=1)),
        paper("Kinh tế", 90, requirement_id=5, granted=1, verdict="not_met"),
        paper("Kinh tế", None, requirement_id=6, due=NOON + timedelta(days=9)),
    ]
    later = NOON + timedelta(days=1)

    found = evidence(papers, figure, later)

    assert [each.requirement_id for each in found] == behind
    assert getattr(ledger(papers, later)[0], figure) == len(behind)
