"""The clock of a turn: it stands while the speech is stopped, and moves with extensions."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meeting.speaking.timing import Turn

BEGUN = datetime(2026, 12, 10, 2, 0, tzinfo=UTC)
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy


def at(seconds: float) -> datetime:
    return BEGUN + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("turn", "now", "spoken", "left", "ends"),
    [
        (Turn(BEGUN, 420), 0, 0, 420, 420),
        (Turn(BEGUN, 420), 419, 419, 1, 420),
        (Turn(BEGUN, 420), 500, 500, -80, 420),  # over time
        (Turn(BEGUN, 420, 60), 100, 40, 380, 480),  # a pause of a minute is over
        (Turn(BEGUN, 420, 0, at(30)), 100, 30, 390, None),  # the clock stands since second 30
        (Turn(BEGUN, 420, 60, at(500)), 900, 440, -20, None),
        (Turn(BEGUN, 420), -3, 0, 420, 420),  # the server's clock was put back: nobody speaks less than nothing
    ],
)
def test_clock_counts_what_was_really_spoken(turn: Turn, now: float, spoken: int, left: int, ends: float | None) -> None:
    assert (turn.spoken(at(now)), turn.left(at(now))) == (spoken, left)
    assert turn.ends_at == (None if ends is None else at(ends))


@PATIENT
@given(st.lists(st.tuples(st.integers(0, 600), st.integers(0, 600)), max_size=8), st.integers(0, 600))
def test_pauses_never_count_however_many(stretches: list[tuple[int, int]], last: int) -> None:
    clock, paused, total = 0, 0, 0
    for speaks, rests in stretches:
        total += speaks
        stopped = Turn(BEGUN, 420, paused, at(clock + speaks))
        assert stopped.spoken(at(clock + speaks + rests)) == total
        clock += speaks + rests
        paused = stopped.paused_until(at(clock))

    turn = Turn(BEGUN, 420, paused)

    assert turn.spoken(at(clock + last)) == total + last
    assert turn.ends_at is not None
    assert turn.ends_at - at(clock) == timedelta(seconds=420 - total)
