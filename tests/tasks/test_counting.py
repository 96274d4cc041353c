"""How tasks of a period are counted. The period is November 2026."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meeting.tasks.counting import Extension, Life, Place, TaskFigures, belongs, due_at, figures, is_new, place

STARTS, ENDS = date(2026, 11, 1), date(2026, 11, 30)


def nov(day: int) -> date:
    return date(2026, 11, day)


OCT, DEC = date(2026, 10, 10), date(2026, 12, 10)


@pytest.mark.parametrize(
    ("life", "new", "where"),
    [
        (Life(nov(1), nov(20), done_on=nov(20)), True, "done_on_time"),  # the due day itself is in time
        (Life(nov(1), nov(20), done_on=nov(21)), True, "done_late"),
        (Life(OCT, OCT, done_on=nov(1)), False, "done_late"),  # overdue when carried over, done late now
        (Life(nov(30), None), True, "in_progress"),  # without a date it is never overdue
        (Life(nov(1), nov(30)), True, "in_progress"),  # due on the last day: still in its time
        (Life(nov(1), nov(29)), True, "overdue"),
        (Life(OCT, DEC), False, "in_progress"),
        (Life(nov(5), nov(20), done_on=DEC), True, "overdue"),  # completed later: at the end of November it was overdue
        (Life(nov(5), DEC, done_on=DEC), True, "in_progress"),
        (Life(nov(5), nov(20), waits_since=nov(20)), True, "in_progress"),  # reported in time, not judged yet
        (Life(nov(5), nov(20), waits_since=nov(21)), True, "overdue"),  # reported late, not judged yet
        (Life(nov(5), nov(20), cancelled_on=nov(25)), True, "cancelled"),
        (Life(OCT, nov(20), cancelled_on=DEC), False, "overdue"),  # cancelled after the period
        (Life(OCT, OCT, done_on=OCT), None, None),  # over before the period
        (Life(OCT, nov(3), cancelled_on=date(2026, 10, 31)), None, None),
        (Life(date(2026, 12, 1), DEC), None, None),  # given after it
    ],
)
def test_each_task_of_a_period_stands_in_one_place(life: Life, new: bool | None, where: str | None) -> None:
    assert belongs(life, STARTS, ENDS) == (where is not None)
    if where is not None:
        assert (is_new(life, STARTS), place(life, ENDS)) == (new, where)


def test_the_figures_of_a_period() -> None:
    lives = [
        Life(OCT, nov(5), done_on=nov(4)),
        Life(OCT, nov(5), done_on=nov(6)),
        Life(OCT, OCT, done_on=OCT),
        Life(nov(2), nov(10)),
        Life(nov(2), DEC),
        Life(nov(2), nov(10), waits_since=nov(9)),
        Life(nov(2), nov(10), cancelled_on=nov(3)),
    ]

    found = figures(lives, STARTS, ENDS)

    assert found == TaskFigures(new=3, carried=2, done_on_time=1, done_late=1, overdue=1, in_progress=2, waiting=1, cancelled=1)
    assert (found.total, found.done) == (5, 2)
    assert figures([], STARTS, ENDS) == TaskFigures()


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (nov(9), nov(10)),
        (nov(10), nov(20)),  # moved on the 10th
        (nov(24), nov(20)),
        (nov(25), DEC),
        (DEC, DEC),
    ],
)
def test_the_due_date_of_the_past_is_found_again(day: date, due: date) -> None:
    moved = [Extension(nov(25), nov(20), DEC), Extension(nov(10), nov(10), nov(20))]

    assert due_at(DEC, moved, day) == due


DAYS = st.dates(date(2026, 9, 1), date(2027, 1, 31))
LIVES = st.builds(Life, DAYS, st.none() | DAYS, st.none() | DAYS, st.none() | DAYS, st.none() | DAYS)


@given(st.lists(LIVES))
def test_nothing_is_lost_or_counted_twice(lives: list[Life]) -> None:
    found = figures(lives, STARTS, ENDS)

    assert found.total == found.done + found.overdue + found.in_progress
    assert found.total + found.cancelled == sum(belongs(life, STARTS, ENDS) for life in lives)
    assert found.waiting <= found.in_progress


@given(LIVES, st.dates(date(2026, 9, 1), date(2026, 12, 31)))
def test_what_is_open_at_the_end_of_a_period_is_carried_over_to_the_next(life: Life, ends: date) -> None:
    following = ends.toordinal() + 1
    if life.assigned_on <= ends and place(life, ends) in (Place.OVERDUE, Place.IN_PROGRESS):
        starts = date.fromordinal(following)
        assert belongs(life, starts, date(2027, 3, 1)) or any(
            day is not None and day < life.assigned_on for day in (life.done_on, life.cancelled_on)
        )
