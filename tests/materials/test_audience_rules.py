"""For whom and from when: tables of cases."""

from datetime import UTC, datetime, timedelta

import pytest

from meeting.errors import Refused
from meeting.materials.audience import GROUPS, REACH, Timing, check_timing, group_of, is_due, reaches, since
from meeting.materials.life import AUDIENCES
from meeting.permissions import Role

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
SOON = NOW + timedelta(hours=1)
SET, MADE = Timing("guests", SOON), Timing("guests", SOON, SOON)


def test_every_audience_says_how_far_it_reaches():
    assert set(AUDIENCES) == set(REACH)
    assert set(GROUPS) == REACH["all"]


@pytest.mark.parametrize(
    ("hats", "substitute", "group"),
    [
        ({Role.MEMBER}, False, "members"),
        ({Role.MEMBER, Role.OFFICER}, False, "members"),
        ({Role.GUEST}, False, "guests"),
        ({Role.GUEST}, True, "members"),  # stands for a member, without a vote
        ({Role.OFFICER}, True, ""),
        ({Role.INSPECTOR}, False, ""),
        (set(), False, ""),
    ],
)
def test_the_group_comes_from_the_hats(hats, substitute, group):
    assert group_of(hats, substitute) == group


@pytest.mark.parametrize(
    ("audience", "group", "timings", "reached"),
    [
        ("all", "members", [], True),
        ("all", "guests", [], True),
        ("members", "members", [], True),
        ("members", "guests", [], False),
        ("office", "members", [], False),
        ("office", "guests", [], False),
        ("all", "", [], False),
        ("all", "guests", [SET], False),
        ("all", "members", [SET], True),
        ("all", "guests", [MADE], True),
        ("members", "guests", [MADE], False),
        ("all", "guests", [Timing("guests", None)], False),
    ],
)
def test_a_paper_reaches_a_group_it_is_for_once_its_time_was_made_true(audience, group, timings, reached):
    assert reaches(audience, group, timings) is reached


def test_a_paper_is_there_from_the_latest_of_publication_issue_and_release():
    published, issued = NOW, NOW + timedelta(minutes=5)

    assert since("all", "guests", [], published, None) is None, "before the issue nobody reads"
    assert since("all", "guests", [], published, issued) == issued
    assert since("all", "guests", [MADE], published, issued) == SOON
    assert since("all", "guests", [SET], published, issued) is None
    assert since("all", "members", [MADE], published, NOW - timedelta(days=1)) == published


@pytest.mark.parametrize(
    ("audience", "timing", "opened", "code"),
    [
        ("members", SET, False, "release_not_reached"),
        ("office", Timing("members", SOON), False, "release_not_reached"),
        ("all", Timing("guests", NOW), False, "release_passed"),
        ("all", Timing("guests", None), True, "release_after_opening"),
    ],
)
def test_a_time_that_cannot_come_is_refused(audience, timing, opened, code):
    with pytest.raises(Refused) as refused:
        check_timing(audience, timing, NOW, opened)

    assert refused.value.code == code


def test_a_time_is_due_once():
    assert not is_due(SET, NOW, opened=True)
    assert is_due(SET, SOON, opened=False)
    assert not is_due(MADE, SOON + timedelta(days=1), opened=True)
    assert is_due(Timing("guests", None), NOW, opened=True)
    assert not is_due(Timing("guests", None), NOW, opened=False)
