"""Quorum, the roll call, the states of a running meeting."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from meeting.agenda import rules as _agenda  # declares `wrong_state` and `item_held_outside`
from meeting.errors import Refused
from meeting.live.rules import (
    HERE,
    TRANSITIONS,
    Quorum,
    arrival,
    check_check_in,
    check_correctable,
    check_next_item,
    check_quorum,
    presence_of,
    seconds_used,
    share_of,
    step,
)

assert _agenda
NOON = datetime(2026, 12, 10, 5, 0, tzinfo=UTC)
TWO_THIRDS = Fraction(2, 3)


@pytest.mark.parametrize(
    ("present", "total", "share", "need", "met"),
    [
        (18, 27, TWO_THIRDS, 18, True),  # exactly two thirds is enough
        (17, 27, TWO_THIRDS, 18, False),
        (17, 25, TWO_THIRDS, 17, True),  # 16.67 is rounded up
        (16, 25, TWO_THIRDS, 17, False),
        (14, 20, TWO_THIRDS, 14, True),
        (13, 20, TWO_THIRDS, 14, False),
        (2, 3, TWO_THIRDS, 2, True),
        (1, 1, TWO_THIRDS, 1, True),
        (1, 2, Fraction(1, 2), 1, True),
        (0, 0, TWO_THIRDS, 0, False),  # nobody is no quorum
    ],
)
def test_quorum_is_a_share_of_all_members(present: int, total: int, share: Fraction, need: int, met: bool) -> None:
    found = Quorum(present, total, share)

    assert (found.need, found.met) == (need, met)


def test_quorum_says_its_rule_in_the_words_of_the_body() -> None:
    assert Quorum(0, 27, TWO_THIRDS, "council").rules["vi"] == "ít nhất hai phần ba tổng số đại biểu"
    assert Quorum(0, 27, TWO_THIRDS, "committee").rules["vi"] == "ít nhất hai phần ba tổng số thành viên"
    assert Quorum(0, 27, Fraction(3, 5), "party").rules["vi"] == "ít nhất 3/5 tổng số ủy viên"


def test_missing_quorum_is_refused_with_all_its_figures() -> None:
    with pytest.raises(Refused) as refused:
        check_quorum(Quorum(17, 27, TWO_THIRDS, "council"))

    assert refused.value.code == "no_quorum"
    assert refused.value.facts == {"present": 17, "total": 27, "need": 18, "rule": "ít nhất hai phần ba tổng số đại biểu"}


def test_share_is_read_as_a_fraction() -> None:
    assert share_of(" 2/3 ") == TWO_THIRDS


@pytest.mark.parametrize("verb", sorted(TRANSITIONS))
@pytest.mark.parametrize("state", ["draft", "issued", "in_session", "paused", "held", "cancelled"])
def test_each_verb_leads_on_only_from_its_states(verb: str, state: str) -> None:
    sources, target = TRANSITIONS[verb]

    if state in sources:
        assert step(verb, state) == target
    else:
        with pytest.raises(Refused, match="wrong_state"):
            step(verb, state)


@pytest.mark.parametrize(
    ("state", "check_in", "correct"),
    [("draft", False, False), ("issued", True, True), ("in_session", True, True), ("paused", True, True), ("held", False, True)],
)
def test_check_in_ends_with_the_meeting_and_corrections_do_not(state: str, check_in: bool, correct: bool) -> None:
    for check, allowed in ((check_check_in, check_in), (check_correctable, correct)):
        if allowed:
            check(state)
        else:
            with pytest.raises(Refused, match="check_in_closed"):
                check(state)


@pytest.mark.parametrize(
    ("state", "present", "current", "outside", "code"),
    [
        ("in_session", 3, False, False, None),
        ("in_session", 1, False, False, "no_quorum"),
        ("paused", 3, False, False, "not_in_session"),
        ("in_session", 3, True, False, "item_is_current"),
        ("in_session", 3, False, True, "item_held_outside"),
    ],
)
def test_next_item_wants_a_session_and_a_quorum(state: str, present: int, current: bool, outside: bool, code: str | None) -> None:
    quorum = Quorum(present, 3, TWO_THIRDS)

    if code is None:
        check_next_item(state, quorum, current=current, outside=outside)
    else:
        with pytest.raises(Refused, match=code):
            check_next_item(state, quorum, current=current, outside=outside)


@pytest.mark.parametrize(
    ("minutes", "opened", "presence"),
    [(-30, None, "present"), (10, 0, "present"), (15, 0, "present"), (16, 0, "late"), (20, 10, "present"), (26, 10, "late")],
)
def test_late_is_counted_from_the_real_beginning(minutes: int, opened: int | None, presence: str) -> None:
    opened_at = None if opened is None else NOON + timedelta(minutes=opened)

    assert arrival(NOON + timedelta(minutes=minutes), NOON, opened_at) == presence


def test_reported_absence_shows_as_excused_until_something_is_kept() -> None:
    assert presence_of(None, "declined") == "excused"
    assert presence_of(None, "accepted") == "absent"
    assert presence_of("present", "declined") == "present"


def test_seconds_of_an_item_leave_pauses_out() -> None:
    assert seconds_used(100, NOON, NOON + timedelta(seconds=30)) == 130
    assert seconds_used(100, None, NOON) == 100


def test_late_and_remote_members_count_as_here() -> None:
    assert frozenset({"present", "late", "remote"}) == HERE
