"""Stretches of presence as pure rules: tables of cases, and a property against a plain model."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meeting.errors import Refused
from meeting.live import arriving
from meeting.live.arriving import Stay
from meeting.live.rules import counted
from meeting.rollcall import rules
from meeting.rollcall.rules import Stretch

EIGHT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def m(minutes: float) -> datetime:
    return EIGHT + timedelta(minutes=minutes)


def s(since: float, until: float | None = None, presence: str = "present") -> Stretch:
    return Stretch(m(since), None if until is None else m(until), presence)


@pytest.mark.parametrize(
    ("before", "at", "presence", "after"),
    [
        ([], 0, "present", [s(0)]),
        ([s(0)], 5, "present", [s(0)]),  # here already
        ([s(0)], 5, "late", [s(0)]),
        ([s(0)], 5, "remote", [s(0, 5), s(5, None, "remote")]),  # goes on from elsewhere
        ([s(0, None, "remote")], 5, "present", [s(0, 5, "remote"), s(5)]),  # comes into the room
        ([s(0, 3)], 5, "present", [s(0, 3), s(5)]),  # back again
    ],
)
def test_coming_begins_a_stretch_unless_one_of_this_kind_lasts(
    before: list[Stretch], at: int, presence: str, after: list[Stretch]
) -> None:
    assert rules.arrived(before, m(at), presence) == after


@pytest.mark.parametrize(
    ("before", "at", "after"),
    [([], 5, []), ([s(0)], 5, [s(0, 5)]), ([s(0, 3)], 5, [s(0, 3)]), ([s(0, 3), s(4)], 5, [s(0, 3), s(4, 5)])],
)
def test_leaving_ends_the_stretch_that_lasts(before: list[Stretch], at: int, after: list[Stretch]) -> None:
    assert rules.gone(before, m(at)) == after


@pytest.mark.parametrize(
    ("moment", "found"), [(-1, None), (0, "late"), (9, "late"), (10, None), (14, None), (15, "remote"), (600, "remote")]
)
def test_presence_at_a_moment_counts_the_beginning_and_not_the_end(moment: int, found: str | None) -> None:
    assert rules.here_at([s(0, 10, "late"), s(15, None, "remote")], m(moment)) == found


@pytest.mark.parametrize(
    ("stretches", "runs", "there", "throughout"),
    [
        ([s(0)], [s(10, 20)], True, True),
        ([s(0, 10)], [s(10, 20)], False, False),  # left as the item began
        ([s(20)], [s(10, 20)], False, False),  # came as it ended
        ([s(0, 12)], [s(10, 20)], True, False),
        ([s(0, 12), s(15, 30)], [s(10, 20)], True, False),
        ([s(0, 12), s(12, 30, "remote")], [s(10, 20)], True, True),  # went on from elsewhere without a gap
        ([s(25)], [s(10, 20), s(30, 40)], True, False),  # the item went on after a break
        ([s(0)], [], False, False),
        ([], [s(10, 20)], False, False),
    ],
)
def test_who_was_here_at_an_item(stretches: list[Stretch], runs: list[Stretch], there: bool, throughout: bool) -> None:
    assert (rules.during(stretches, runs), rules.throughout(stretches, runs, m(60))) == (there, throughout)


@pytest.mark.parametrize(
    ("people", "runs", "least"),
    [
        ({}, [s(0, 10)], 0),
        ({1: [s(0)], 2: [s(0)]}, [s(5, 10)], 2),
        ({1: [s(0)], 2: [s(0, 7)]}, [s(5, 10)], 1),  # one left in between
        ({1: [s(0)], 2: [s(0, 6), s(8)]}, [s(5, 10)], 1),  # and came back
        ({1: [s(0)], 2: [s(7)]}, [s(5, 10)], 1),  # came only after it began
        ({1: [s(0, 10)], 2: [s(0, 10)]}, [s(5, 10)], 2),  # left as it ended
        ({1: [s(0, 6), s(6, 20, "remote")]}, [s(5, 10)], 1),  # moved without a gap
        ({1: [s(0)]}, [], 0),
    ],
)
def test_fewest_at_one_time(people: dict[int, list[Stretch]], runs: list[Stretch], least: int) -> None:
    assert rules.fewest(people, runs) == least


@pytest.mark.parametrize(
    ("stretches", "closed", "late", "left", "back"),
    [
        ([s(-5, 120)], 120, False, False, False),
        ([s(15, 120)], 120, False, False, False),  # a quarter of an hour is not late yet
        ([s(16, 120)], 120, True, False, False),
        ([s(0, 90)], 120, False, True, False),
        ([s(0, 30), s(60, 120)], 120, False, False, True),
        ([s(0, 30), s(30, 120, "remote")], 120, False, False, False),
        ([s(0, 30)], None, False, True, False),  # not here now while it runs
        ([], 120, False, False, False),
    ],
)
def test_marks_of_coming_and_going(stretches: list[Stretch], closed: int | None, late: bool, left: bool, back: bool) -> None:
    closed_at = None if closed is None else m(closed)

    assert rules.marks(stretches, EIGHT, closed_at) == rules.Marks(late, left, back)


# the way in


@pytest.mark.parametrize(
    ("form", "rule", "check_in", "remote", "coded", "found"),
    [
        ("in_person", "full", "self", False, False, False),
        ("in_person", "full", "self", True, False, "remote_not_offered"),
        ("in_person", "full", "code", False, False, "code_needed"),
        ("in_person", "full", "code", False, True, False),
        ("hybrid", "full", "code", True, False, True),  # elsewhere there is no code
        ("hybrid", "speaks", "self", True, False, True),
        ("hybrid", "none", "self", True, False, "remote_not_allowed"),
        ("hybrid", "full", "self", False, False, False),
        ("online", "full", "code", False, False, True),  # an online meeting has no room
        ("online", "none", "self", False, False, "remote_not_allowed"),
    ],
)
def test_way_to_check_in(form: str, rule: str, check_in: str, remote: bool, coded: bool, found: bool | str) -> None:
    try:
        answer: bool | str = arriving.check_way(form, rule, check_in, remote=remote, coded=coded)
    except Refused as refused:
        answer = refused.code
    assert answer == found


@pytest.mark.parametrize(
    ("rule", "presences"),
    [("full", {"present", "late", "remote"}), ("speaks", {"present", "late"}), ("none", {"present", "late"})],
)
def test_who_counts_by_the_rule_about_those_elsewhere(rule: str, presences: set[str]) -> None:
    assert counted(rule) == presences


@pytest.mark.parametrize(
    ("stays", "closed", "found"),
    [
        ([(20, None)], None, [(20, None)]),
        ([(20, 125), (150, None)], None, [(20, 125), (150, None)]),
        ([(20, 125), (125, None)], None, [(20, 125), (125, None)]),
        ([(20, None)], 180, [(20, 180)]),  # after the close the last one ends with the meeting
        ([], None, "times_out_of_order"),
        ([(20, 20)], None, "times_out_of_order"),
        ([(20, 10)], None, "times_out_of_order"),
        ([(20, None), (150, None)], None, "times_out_of_order"),
        ([(20, 100), (90, None)], None, "times_out_of_order"),
        ([(150, None), (20, 100)], None, "times_out_of_order"),
        ([(201, None)], None, "times_in_future"),
        ([(20, 201)], None, "times_in_future"),
        ([(190, None)], 180, "times_after_close"),
        ([(20, 190)], 180, "times_after_close"),
    ],
)
def test_times_that_a_clerk_sets(stays: list[tuple[int, int | None]], closed: int | None, found: object) -> None:
    told = [Stay(m(since), None if until is None else m(until)) for since, until in stays]
    try:
        kept = arriving.check_times(told, m(200), None if closed is None else m(closed))
        answer: object = [
            (round((each.since - EIGHT).total_seconds() / 60), each.until and round((each.until - EIGHT).total_seconds() / 60))
            for each in kept
        ]
    except Refused as refused:
        answer = refused.code
    assert answer == found


# a plain model: minute by minute, whether and how somebody is here

STEPS = st.lists(st.tuples(st.integers(1, 30), st.sampled_from(["present", "late", "remote", "leave"])), max_size=25)


@given(STEPS)
def test_stretches_say_the_same_as_a_minute_by_minute_list(steps: list[tuple[int, str]]) -> None:
    stretches: list[Stretch] = []
    model: list[str | None] = []
    now: str | None = None
    for wait, what in steps:
        model += [now] * wait
        if what == "leave":
            stretches, now = rules.gone(stretches, m(len(model))), None
        else:
            stretches = rules.arrived(stretches, m(len(model)), what)
            here_so = now is not None and (now == "remote") == (what == "remote")
            now = now if here_so else what
    model += [now] * 5

    assert [rules.here_at(stretches, m(minute)) for minute in range(len(model))] == model
    run = s(3, 3 + max(0, len(model) - 4))
    expected = sum(1 for each in model[3 : 3 + max(0, len(model) - 4)] if each)
    assert rules.seconds(stretches, [run], m(len(model))) == 60 * expected
    assert all(one.until is not None and one.until <= other.since for one, other in pairwise(stretches))


PEOPLE = st.dictionaries(st.integers(1, 6), STEPS, max_size=6)


@given(PEOPLE, st.integers(0, 60), st.integers(1, 60))
def test_fewest_is_the_least_of_a_minute_by_minute_count(
    people: dict[int, list[tuple[int, str]]], since: int, lasts: int
) -> None:
    spans: dict[int, list[Stretch]] = {}
    for person, steps in people.items():
        minute = 0
        spans[person] = []
        for wait, what in steps:
            minute += wait
            after = rules.gone(spans[person], m(minute)) if what == "leave" else rules.arrived(spans[person], m(minute), what)
            spans[person] = after

    counts = [sum(1 for each in spans.values() if rules.here_at(each, m(minute))) for minute in range(since, since + lasts)]

    assert rules.fewest(spans, [s(since, since + lasts)]) == min(counts)
