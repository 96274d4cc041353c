"""The way of a task, the calendar, and who may accept."""

from datetime import date

import pytest

from meeting.errors import Refused
from meeting.tasks.rules import (
    TaskState,
    check_extension,
    check_open,
    check_report,
    check_reviewer,
    days_left,
    step,
    timeliness,
)

TODAY = date(2026, 12, 4)


@pytest.mark.parametrize(
    ("verb", "state", "after"),
    [
        ("receive", "assigned", "received"),
        ("report", "assigned", "in_progress"),
        ("report", "received", "in_progress"),
        ("report", "in_progress", "in_progress"),
        ("report_done", "in_progress", "reported"),
        ("accept", "reported", "accepted"),
        ("send_back", "reported", "in_progress"),
    ],
)
def test_a_task_goes_its_way(verb: str, state: str, after: str) -> None:
    assert step(verb, TaskState(state)) == TaskState(after)


@pytest.mark.parametrize(
    ("verb", "state", "code"),
    [
        ("receive", "received", "task_received"),
        ("receive", "in_progress", "task_received"),
        ("receive", "accepted", "task_accepted"),
        ("report", "reported", "task_reported"),
        ("report_done", "accepted", "task_accepted"),
        ("accept", "in_progress", "task_not_reported"),
        ("send_back", "assigned", "task_not_reported"),
        ("accept", "accepted", "task_accepted"),
    ],
)
def test_no_step_is_skipped_or_repeated(verb: str, state: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        step(verb, TaskState(state))

    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("state", "due", "done", "says"),
    [
        ("assigned", date(2026, 12, 3), None, "overdue"),
        ("assigned", date(2026, 12, 4), None, "due_soon"),  # the due day itself is in time
        ("in_progress", date(2026, 12, 7), None, "due_soon"),
        ("in_progress", date(2026, 12, 8), None, "on_track"),
        ("in_progress", None, None, "no_due"),
        ("reported", date(2026, 12, 3), date(2026, 12, 3), "done_on_time"),  # waiting is not the unit's delay
        ("reported", date(2026, 12, 2), date(2026, 12, 3), "done_late"),
        ("accepted", date(2026, 12, 1), date(2026, 12, 1), "done_on_time"),
        ("accepted", None, date(2026, 12, 1), "done_on_time"),
    ],
)
def test_the_calendar_says_how_a_task_stands(state: str, due: date | None, done: date | None, says: str) -> None:
    assert timeliness(TaskState(state), due, done, TODAY) == says


def test_days_left_turn_negative_when_the_day_has_passed() -> None:
    assert [days_left(d, TODAY) for d in (date(2026, 12, 6), TODAY, date(2026, 11, 30), None)] == [2, 0, -4, None]


@pytest.mark.parametrize(
    ("reporter", "actor", "unit", "actor_unit", "presides", "code"),
    [
        (1, 2, 10, 20, False, None),
        (1, 1, 10, 20, False, "own_report"),
        (1, 1, 10, None, True, "own_report"),
        (1, 2, 10, 10, False, "own_unit"),
        (1, 2, 10, 10, True, None),
        (None, 2, 10, None, False, None),
    ],
)
def test_nobody_accepts_what_is_theirs(
    reporter: int | None, actor: int, unit: int, actor_unit: int | None, presides: bool, code: str | None
) -> None:
    if code is None:
        check_reviewer(reporter, actor, unit, actor_unit, presides)
        return
    with pytest.raises(Refused) as refusal:
        check_reviewer(reporter, actor, unit, actor_unit, presides)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("text", "percent", "code"), [(" ", 50, "report_empty"), ("Đã làm", 101, "report_percent"), ("Đã làm", 100, None)]
)
def test_a_report_has_words_and_a_percentage(text: str, percent: int, code: str | None) -> None:
    if code is None:
        check_report(text, percent)
        return
    with pytest.raises(Refused) as refusal:
        check_report(text, percent)
    assert refusal.value.code == code


def test_an_extension_is_later_than_the_date_before() -> None:
    check_extension(TODAY, date(2026, 12, 5))
    check_extension(None, TODAY)
    with pytest.raises(Refused) as refusal:
        check_extension(TODAY, TODAY)

    assert (refusal.value.code, refusal.value.facts) == ("extension_not_later", {"due": "2026-12-04"})


def test_a_closed_task_is_neither_urged_nor_extended() -> None:
    check_open(TaskState.REPORTED)
    with pytest.raises(Refused) as refusal:
        check_open(TaskState.ACCEPTED)

    assert refusal.value.code == "task_accepted"
