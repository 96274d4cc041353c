"""Limits on rate count in a window that moves on; old counts are swept seldom, for every act asks here."""

import time

import pytest
from limits import parse

from meeting.errors import Refused
from meeting.web import security


@pytest.fixture
def moment(monkeypatch):
    """The clock of the windows, set by hand."""
    security.forget_limits()
    now = [1_000.0]
    monkeypatch.setattr(time, "time", lambda: now[0])
    return now


def taken(rate, who):
    try:
        security.limit(rate, "act", who)
    except Refused as refused:
        return refused.code != "too_many"
    return True


def test_so_many_in_a_window_and_more_when_it_has_moved_on(moment):
    rate = parse("3 per 10 seconds")

    assert [taken(rate, "hoa") for _ in range(4)] == [True, True, True, False]
    assert taken(rate, "tuan")
    moment[0] += 9.9
    assert not taken(rate, "hoa")
    moment[0] += 0.2
    assert taken(rate, "hoa")


def test_what_is_refused_does_not_lengthen_the_wait(moment):
    rate = parse("1 per 10 seconds")
    taken(rate, "hoa")
    for _ in range(50):
        moment[0] += 0.19
        assert not taken(rate, "hoa")
    moment[0] += 0.6

    assert taken(rate, "hoa")


def test_old_counts_are_swept_once_a_minute(moment):
    taken(parse("3 per 10 seconds"), "hoa")

    assert security._storage.timer.is_alive()
    assert security._storage.timer.interval == security.SWEPT_EVERY_SECONDS
