"""Due times, lateness, states: the rules alone."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from meeting.errors import Refused
from meeting.materials.rules import (
    check_due,
    check_review,
    check_submission,
    counted_seconds,
    counts,
    due_after_return,
    late_minutes,
    seen_with,
    span,
    standing,
)
from meeting.materials.timeline import line, scale
from meeting.rulebook.deadlines import WorkCalendar

DUE = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
START = datetime(2026, 11, 27, 1, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
HANOI = timezone(timedelta(hours=7))


def november(day, hour):
    return datetime(2026, 11, day, hour, tzinfo=HANOI)


@pytest.mark.parametrize(
    ("received", "minutes"),
    [
        (DUE - timedelta(days=1), 0),
        (DUE, 0),
        (DUE + timedelta(seconds=1), 1),
        (DUE + timedelta(minutes=1), 1),
        (DUE + timedelta(minutes=1, seconds=1), 2),
        (DUE + timedelta(hours=2), 120),
    ],
)
def test_lateness_counts_minutes_begun(received, minutes):
    assert late_minutes(received, DUE) == minutes


@pytest.mark.parametrize(
    ("due", "reason", "code"),
    [
        (DUE, "", None),
        (DUE + timedelta(hours=1), "bổ sung", None),
        (DUE + timedelta(hours=1), "", "due_needs_reason"),
        (START + timedelta(hours=1), "bổ sung", "due_after_start"),
        (NOW - timedelta(hours=1), "bổ sung", "due_passed"),
    ],
)
def test_another_due_time_needs_a_reason_and_lies_ahead(due, reason, code):
    if code is None:
        check_due(due, DUE, reason, START, NOW)
        return
    with pytest.raises(Refused) as refused:
        check_due(due, DUE, reason, START, NOW)

    assert refused.value.code == code


def test_the_rules_own_due_time_may_have_passed():
    check_due(NOW - timedelta(days=1), NOW - timedelta(days=1), "", START, NOW)


@pytest.mark.parametrize(
    ("state", "meeting", "late", "reason", "code"),
    [
        ("asked", "issued", 0, "", None),
        ("returned", "issued", 5, "ốm", None),
        ("submitted", "draft", 0, "", None),
        ("asked", "issued", 5, "", "late_needs_reason"),
        ("accepted", "issued", 0, "", "already_accepted"),
        ("waived", "issued", 0, "", "requirement_waived"),
        ("asked", "held", 0, "", "papers_closed"),
    ],
)
def test_when_a_unit_may_send(state, meeting, late, reason, code):
    if code is None:
        check_submission(state, meeting, late, reason, DUE)
        return
    with pytest.raises(Refused) as refused:
        check_submission(state, meeting, late, reason, DUE)

    assert refused.value.code == code


def test_nobody_decides_on_a_paper_of_their_own():
    check_review("sent", ("sent",), "issued", 7, (8, 9))
    with pytest.raises(Refused) as refused:
        check_review("sent", ("sent",), "issued", 9, (8, 9))

    assert refused.value.code == "own_paper"


@pytest.mark.parametrize(
    ("now", "due", "again"),
    [
        (november(24, 9), november(25, 17), november(25, 17)),
        (november(25, 18), november(25, 17), november(26, 17)),
        # Friday evening: the next working day is Monday, but the meeting starts on Saturday morning
        (november(27, 18), november(27, 17), november(28, 8)),
    ],
)  # fmt: skip
def test_a_returned_paper_is_due_again_at_the_end_of_the_next_working_day(now, due, again):
    assert due_after_return(now, due, november(28, 8), WorkCalendar()) == again


@pytest.mark.parametrize(
    ("state", "now", "stands"),
    [
        ("asked", NOW, "open"),
        ("asked", DUE + timedelta(seconds=1), "overdue"),
        ("returned", DUE + timedelta(days=1), "returned"),
        ("submitted", DUE + timedelta(days=1), "submitted"),
        ("accepted", NOW, "accepted"),
    ],
)
def test_how_a_requirement_stands(state, now, stands):
    assert standing(state, DUE, now) == stands


def test_the_figures_above_the_board():
    figures = counts([("accepted", 0), ("submitted", 30), ("overdue", None), ("open", None), ("returned", 0), ("waived", None)])

    assert (figures.total, figures.accepted, figures.submitted, figures.overdue, figures.open) == (5, 1, 1, 1, 1)
    assert (figures.in_time, figures.due, figures.percent_in_time) == (2, 4, 50)
    assert counts([]).percent_in_time is None


@pytest.mark.parametrize(("minutes", "said"), [(5, (0, 0, 5)), (125, (0, 2, 5)), (1500, (1, 1, 0))])
def test_a_span_is_said_in_its_two_largest_units(minutes, said):
    found = span(minutes)

    assert (found.days, found.hours, found.minutes) == said


@pytest.mark.parametrize(("looked", "counted"), [(0, 0), (12, 12), (600, 600), (601, 600), (86_400, 600)])
def test_a_tablet_left_open_is_not_reading(looked: int, counted: int):
    assert counted_seconds(looked) == counted


def test_pages_seen_stay_inside_the_document():
    assert seen_with([3, 1], [1, 2, 0, 9], 3) == [1, 2, 3]


def test_the_board_draws_due_marks_dots_and_overruns():
    on = scale([NOW], START, DUE + timedelta(hours=12))

    assert line(on, DUE, DUE + timedelta(hours=1), DUE + timedelta(hours=12)).late is True
    missing = line(on, DUE, None, DUE + timedelta(hours=12))
    assert (missing.dot, missing.overrun is not None, 0 < missing.due < missing.overrun <= 1000) == (None, True, True)
    assert [place for place, _ in on.dates()] == [0, 333, 667, 1000]
