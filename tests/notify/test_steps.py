"""The steps of reminders: tables of moments."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from meeting.notify.steps import (
    Office,
    PaperPlan,
    after_working_days,
    after_working_hours,
    answer_steps,
    due_now,
    paper_steps,
    task_steps,
    waiting_steps,
)
from meeting.rulebook.calendar import vietnamese_calendar

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
OFFICE = Office(calendar=vietnamese_calendar(2026))


def at(day: int, hour: int = 7, minute: int = 30, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


DUE = at(16, 17, 0)  # Wednesday


def test_papers_are_recalled_three_and_one_working_days_before_in_the_morning_at_the_time_and_after_it() -> None:
    assert [(step.key, step.at, step.whom) for step in paper_steps(DUE, PaperPlan(), OFFICE)] == [
        ("before-3", at(11), "owner"),  # Friday: the weekend does not count
        ("before-1", at(15), "owner"),
        ("before-0", at(16), "owner"),
        ("due", at(16, 17, 0), "owner"),
        ("overdue", at(17), "owner"),
        ("head", at(17, 17, 0), "head"),
    ]


def test_a_body_sets_its_own_steps_and_counts_hours_of_the_office() -> None:
    steps = paper_steps(at(18, 17, 0), PaperPlan(before=(5,), head_after=4, head_unit="hours"), OFFICE)

    assert [(step.key, step.at) for step in steps] == [
        ("before-5", at(11)),
        ("due", at(18, 17, 0)),
        ("overdue", at(21)),
        ("head", at(21, 11, 30)),
    ]


def test_a_paper_due_at_the_opening_has_no_morning_of_its_own() -> None:
    assert [step.key for step in paper_steps(at(16), PaperPlan(before=(0,)), OFFICE)] == ["due", "overdue", "head"]


@pytest.mark.parametrize(
    ("moment", "hours", "expected"),
    [
        (at(16, 9, 0), 2, at(16, 11, 0)),
        (at(16, 16, 0), 2, at(17, 8, 30)),
        (at(18, 16, 0), 10, at(21, 16, 30)),  # Friday to Monday: an hour, then nine
        (at(19, 10, 0), 1, at(21, 8, 30)),  # from a Saturday
        (at(16, 3, 0), 1, at(16, 8, 30)),  # from the night
    ],
)
def test_office_hours_pass_only_when_the_office_is_open(moment: datetime, hours: int, expected: datetime) -> None:
    assert after_working_hours(moment, hours, OFFICE) == expected


def test_working_days_keep_the_time_of_day() -> None:
    assert after_working_days(at(18, 15, 10), 1, OFFICE) == at(21, 15, 10)


def test_answers_are_recalled_on_the_mornings_before_the_meeting() -> None:
    assert [(each.key, each.at) for each in answer_steps(at(21, 8, 0), OFFICE)] == [("answer-2", at(17)), ("answer-1", at(18))]


def test_what_waits_is_recalled_after_a_day_and_goes_to_the_office_after_two() -> None:
    steps = waiting_steps(at(17, 10, 0), OFFICE)

    assert [(each.at, each.whom) for each in steps] == [(at(18, 10, 0), "owner"), (at(21, 10, 0), "office")]


def test_a_task_is_recalled_before_it_is_due_and_to_the_leader_when_it_is_long_overdue() -> None:
    steps = task_steps(date(2026, 12, 16), at(11), OFFICE)

    days = [("before-3", at(13)), ("before-1", at(15)), ("before-0", at(16)), ("leader-5", at(21))]
    assert [(each.key, each.at) for each in steps] == days


STEPS = paper_steps(DUE, PaperPlan(), OFFICE)


@pytest.mark.parametrize(
    ("since", "now", "done", "send", "passed"),
    [
        (at(1), at(10), [], [], []),
        (at(1), at(11, 7, 29), [], [], []),
        (at(1), at(11), [], ["before-3"], []),
        (at(1), at(11), ["before-3"], [], []),
        (at(11, 10), at(11, 11), [], [], []),  # asked after the step: no reminder of what was asked just now
        (at(11, 10), at(15), [], ["before-1"], []),
        (at(1), at(16, 8), ["before-3"], ["before-0"], ["before-1"]),  # the worker was off: only the newest
        (at(1), at(17, 17), [], ["overdue", "head"], ["before-3", "before-1", "before-0", "due"]),
        (at(16, 16), at(17, 8), [], ["overdue"], ["due"]),
        (at(18), at(21), [], [], []),  # asked when everything had passed
    ],
)
def test_of_the_steps_that_have_come_the_newest_of_each_addressee_is_sent(
    since: datetime, now: datetime, done: list[str], send: list[str], passed: list[str]
) -> None:
    found = due_now(STEPS, since, now, done)

    assert ([each.key for each in found.send], [each.key for each in found.passed]) == (send, passed)
