"""What is new since somebody last looked: tables of cases."""

from datetime import UTC, datetime, timedelta

from meeting.materials.newest import Happening, Looked, new_since

NINE = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_what_came_after_the_last_look_is_new_the_latest_first():
    early, late, later = (Happening("paper", NINE + HOUR * at, at) for at in (0, 2, 3))

    assert new_since([early, late, later], NINE + HOUR) == [later, late]


def test_what_was_opened_meanwhile_is_not_new():
    assert new_since([Happening("paper", NINE + HOUR, 1, opened=True)], NINE) == []


def test_something_at_the_very_moment_of_the_look_was_seen():
    assert new_since([Happening("paper", NINE)], NINE) == []


def test_at_a_first_visit_only_the_invitation_is_new():
    invitation, paper = Happening("invitation", NINE), Happening("paper", NINE)

    assert new_since([invitation, paper], None) == [invitation]


def test_marks_stay_for_one_visit():
    first = Looked().again(NINE)
    assert (first, first.since(NINE + timedelta(minutes=5))) == (Looked(NINE, NINE), NINE), "what comes meanwhile is new"

    second = first.again(NINE + 3 * HOUR)
    assert second == Looked(NINE + 3 * HOUR, NINE)
    assert second.since(NINE + 3 * HOUR + timedelta(minutes=10)) == NINE, "back from a paper: still marked"
    assert second.again(NINE + 3 * HOUR + timedelta(minutes=20)).before == NINE, "a reload is the same visit"
    assert second.since(NINE + 5 * HOUR) == NINE + 3 * HOUR, "the next visit begins at the last look"
