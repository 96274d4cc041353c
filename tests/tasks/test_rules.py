"""The way of a task, the calendar, who may accept and decide, what may be asked and entered."""

from datetime import date
from typing import Any

import pytest

from meeting.errors import Refused
from meeting.tasks import rules
from meeting.tasks.rules import STEPS, TaskState, days_left, step, timeliness

TODAY = date(2026, 12, 4)


def refusal(rule: Any, *args: Any, **named: Any) -> str | None:
    """The code a rule refuses with, None when it does not."""
    try:
        rule(*args, **named)
    except Refused as refused:
        return refused.code
    return None


#: verb by state: where it leads, or the refusal
WAYS = """
verb            draft        assigned           received           in_progress        reported      accepted       cancelled
assign          assigned     task_assigned      task_assigned      task_assigned      task_assigned task_accepted  task_cancelled
edit            draft        assigned           received           in_progress        reported      task_accepted  task_cancelled
receive         task_draft   received           task_received      task_received      task_reported task_accepted  task_cancelled
propose         task_draft   assigned           received           in_progress        task_reported task_accepted  task_cancelled
raise_obstacle  task_draft   assigned           received           in_progress        task_reported task_accepted  task_cancelled
report          task_draft   in_progress        in_progress        in_progress        task_reported task_accepted  task_cancelled
report_done     task_draft   reported           reported           reported           task_reported task_accepted  task_cancelled
accept          task_draft   task_not_reported  task_not_reported  task_not_reported  accepted      task_accepted  task_cancelled
send_back       task_draft   task_not_reported  task_not_reported  task_not_reported  in_progress   task_accepted  task_cancelled
urge            task_draft   assigned           received           in_progress        task_reported task_accepted  task_cancelled
reword          task_draft   assigned           received           in_progress        task_reported task_accepted  task_cancelled
extend          task_draft   assigned           received           in_progress        reported      task_accepted  task_cancelled
transfer        task_draft   assigned           assigned           assigned           task_reported task_accepted  task_cancelled
cancel          cancelled    cancelled          cancelled          cancelled          cancelled     task_accepted  task_cancelled
"""
HEAD, *ROWS = [line.split() for line in WAYS.strip().splitlines()]
CASES = [(verb, state, says) for verb, *row in ROWS for state, says in zip(HEAD[1:], row, strict=True)]


def test_every_verb_and_every_state_stand_in_the_table() -> None:
    assert {verb for verb, *_ in ROWS} == set(STEPS)
    assert HEAD[1:] == [state.value for state in TaskState]


@pytest.mark.parametrize(("verb", "state", "says"), CASES)
def test_a_task_goes_its_way_and_no_other(verb: str, state: str, says: str) -> None:
    possible = says in set(TaskState)

    assert rules.may(verb, TaskState(state)) == possible
    if possible:
        assert step(verb, TaskState(state)) == TaskState(says)
    else:
        assert refusal(step, verb, TaskState(state)) == says


@pytest.mark.parametrize(
    ("state", "due", "done", "says"),
    [
        ("draft", date(2026, 12, 3), None, "overdue"),
        ("assigned", date(2026, 12, 3), None, "overdue"),
        ("assigned", date(2026, 12, 4), None, "due_soon"),  # the due day itself is in time
        ("in_progress", date(2026, 12, 7), None, "due_soon"),
        ("in_progress", date(2026, 12, 8), None, "on_track"),
        ("in_progress", None, None, "no_due"),
        ("reported", date(2026, 12, 3), date(2026, 12, 3), "done_on_time"),  # waiting is not the unit's delay
        ("reported", date(2026, 12, 2), date(2026, 12, 3), "done_late"),
        ("accepted", date(2026, 12, 1), date(2026, 12, 1), "done_on_time"),
        ("accepted", None, date(2026, 12, 1), "done_on_time"),
        ("cancelled", date(2026, 12, 1), None, "cancelled"),
    ],
)
def test_the_calendar_says_how_a_task_stands(state: str, due: date | None, done: date | None, says: str) -> None:
    assert timeliness(TaskState(state), due, done, TODAY) == says


def test_days_left_turn_negative_when_the_day_has_passed() -> None:
    assert [days_left(d, TODAY) for d in (date(2026, 12, 6), TODAY, date(2026, 11, 30), None)] == [2, 0, -4, None]


@pytest.mark.parametrize(
    ("reporter", "actor", "unit", "actor_unit", "presides", "officer", "code"),
    [
        (1, 2, 10, 20, False, 3, None),
        (1, 1, 10, 20, False, 3, "own_report"),
        (1, 1, 10, None, True, None, "own_report"),
        (1, 2, 10, 20, True, 2, "own_work"),
        (1, 2, 10, 10, False, None, "own_unit"),
        (1, 2, 10, 10, True, None, None),
        (None, 2, 10, None, False, None, None),
    ],
)
def test_nobody_accepts_what_is_theirs(
    reporter: int | None, actor: int, unit: int, actor_unit: int | None, presides: bool, officer: int | None, code: str | None
) -> None:
    assert refusal(rules.check_reviewer, reporter, actor, unit, actor_unit, presides, officer) == code


@pytest.mark.parametrize(
    ("text", "percent", "before", "done", "why", "code"),
    [
        (" ", 50, 0, False, "", "report_empty"),
        (" ", 100, 0, True, "", "result_empty"),
        ("Đã làm", 101, 0, False, "", "report_percent"),
        ("Đã làm", -1, 0, False, "", "report_percent"),
        ("Đã làm", 100, 0, False, "", None),
        ("Đã làm", 40, 40, False, "", None),
        ("Đã làm", 30, 40, False, " ", "progress_back"),
        ("Đã làm", 30, 40, False, "Nghiệm thu lại một phần khối lượng", None),
        ("Đã xong", 0, 40, True, "", None),  # completed is 100 whatever was typed
    ],
)
def test_a_report_has_words_and_a_percentage(
    text: str, percent: int, before: int, done: bool, why: str, code: str | None
) -> None:
    assert refusal(rules.check_report, text, percent, before=before, done=done, back_reason=why) == code


@pytest.mark.parametrize(("count", "code"), [(0, None), (10, None), (11, "report_files")])
def test_a_report_takes_ten_files(count: int, code: str | None) -> None:
    assert refusal(rules.check_files, count) == code


def test_an_extension_is_later_than_the_date_before() -> None:
    rules.check_extension(TODAY, date(2026, 12, 5))
    rules.check_extension(None, TODAY)
    with pytest.raises(Refused) as caught:
        rules.check_extension(TODAY, TODAY)

    assert (caught.value.code, caught.value.facts) == ("extension_not_later", {"due": "2026-12-04"})


@pytest.mark.parametrize(
    ("state", "due", "wanted", "code"),
    [
        ("assigned", None, date(2026, 12, 3), "extension_past"),
        ("in_progress", date(2026, 12, 1), date(2026, 12, 3), "extension_past"),
        ("in_progress", date(2026, 12, 1), TODAY, None),
        ("reported", date(2026, 12, 1), date(2026, 12, 3), None),  # it was reported on that day, say
        ("reported", date(2026, 12, 3), date(2026, 12, 3), "extension_not_later"),
    ],
)
def test_time_is_given_to_a_day_that_is_still_to_come(state: str, due: date | None, wanted: date, code: str | None) -> None:
    assert refusal(rules.check_new_due, rules.TaskState(state), due, wanted, TODAY) == code


@pytest.mark.parametrize(
    ("due", "wanted", "code"),
    [
        (None, date(2026, 12, 9), "task_no_due"),
        (date(2026, 12, 9), date(2026, 12, 9), "extension_not_later"),
        (date(2026, 12, 1), date(2026, 12, 3), "extension_past"),  # asked when it is overdue: a day that is still to come
        (date(2026, 12, 1), TODAY, None),
        (date(2026, 12, 9), date(2026, 12, 20), None),
    ],
)
def test_more_time_is_asked_to_a_later_day(due: date | None, wanted: date, code: str | None) -> None:
    assert refusal(rules.check_time_asked, due, wanted, TODAY) == code


@pytest.mark.parametrize(
    ("rule", "args", "code"),
    [
        (rules.check_none_waits, ("time", ["content", "unit"]), None),
        (rules.check_none_waits, ("time", ["time"]), "change_waits"),
        (rules.check_undecided, ("asked",), None),
        (rules.check_undecided, ("granted",), "change_decided"),
        (rules.check_undecided, ("withdrawn",), "change_decided"),
        (rules.check_rewording, ("A", "B"), None),
        (rules.check_rewording, ("A", " A "), "text_same"),
        (rules.check_rewording, ("A", " "), "change_incomplete"),
        (rules.check_decider, (1, 10, 10, False), "own_unit"),
        (rules.check_decider, (1, 10, 10, True), None),
        (rules.check_decider, (1, 10, 20, True, 1), "own_work"),
        (rules.check_units, (1, [2, 3]), None),
        (rules.check_units, (1, [1]), "lead_cooperates"),
        (rules.check_source, ("superior", "12/CV-UBND", "UBND thành phố", date(2026, 12, 1), TODAY), None),
        (rules.check_source, ("superior", "", "UBND thành phố", date(2026, 12, 1), TODAY), "source_incomplete"),
        (rules.check_source, ("superior", "12/CV-UBND", " ", date(2026, 12, 1), TODAY), "source_incomplete"),
        (rules.check_source, ("superior", "12/CV-UBND", "UBND thành phố", None, TODAY), "source_incomplete"),
        (rules.check_source, ("superior", "12/CV", "UBND thành phố", date(2026, 12, 5), TODAY), "source_in_future"),
        (rules.check_source, ("own", "", "", None, TODAY), None),
        (rules.check_dates, (date(2026, 12, 9), False, date(2026, 12, 9)), None),
        (rules.check_dates, (date(2026, 12, 9), True, None), "due_and_no_due"),
        (rules.check_dates, (date(2026, 12, 8), False, date(2026, 12, 9)), "due_before_source"),
        (rules.check_dates, (None, True, date(2026, 12, 9)), None),
    ],
)
def test_what_may_be_asked_and_entered(rule: Any, args: tuple[Any, ...], code: str | None) -> None:
    assert refusal(rule, *args) == code
