"""The order of the queue, the seconds of a turn, and who may ask."""

from datetime import UTC, datetime, timedelta

import pytest

from meeting.agenda import rules as _agenda  # declares the names of the meeting's states
from meeting.errors import Refused
from meeting.speaking.rules import (
    KIND_NAMES,
    KINDS,
    ORDER_SECONDS,
    TRANSITIONS,
    Limits,
    Waiting,
    arranged,
    check_ask,
    ends_at,
    order,
    place_for,
    queue_of,
    seconds_ahead,
    step,
)

assert _agenda


def waiting(*kinds: str) -> list[Waiting]:
    return [Waiting(number, kind, number) for number, kind in enumerate(kinds)]


def test_speakers_are_called_in_the_order_of_registration() -> None:
    assert order([Waiting(9, "speech", 2), Waiting(3, "speech", 0), Waiting(5, "speech", 0)]) == [3, 5, 9]


@pytest.mark.parametrize(
    ("kind", "queue", "place"),
    [
        ("speech", [], 0),
        ("speech", ["speech", "speech"], 2),
        ("debate", ["speech"], 1),
        ("question", ["question", "question"], 2),
        ("order", ["speech", "speech"], 0),  # a point of order is heard first
        ("order", ["order", "speech"], 1),  # after those that came before it
        ("order", ["speech", "order"], 0),  # an order that the chair put further back does not count
    ],
)
def test_new_request_takes_its_place(kind: str, queue: list[str], place: int) -> None:
    assert place_for(kind, waiting(*queue)) == place


def test_questions_have_a_queue_of_their_own() -> None:
    assert {kind: queue_of(kind) for kind in KINDS} == {
        "speech": "speaking",
        "debate": "speaking",
        "explain": "speaking",
        "order": "speaking",
        "question": "questioning",
    }


def test_each_kind_has_its_seconds_and_its_name() -> None:
    limits = Limits(speech=420, debate=120, question=60, explain=180)

    assert [limits.of(kind) for kind in KINDS] == [420, 120, 180, ORDER_SECONDS, 60]
    assert set(KIND_NAMES) == set(KINDS)


@pytest.mark.parametrize(
    ("state", "kind", "own", "addressee", "code"),
    [
        ("in_session", "speech", [], False, None),
        ("issued", "speech", [], False, None),
        ("paused", "speech", [], False, None),
        ("held", "speech", [], False, "floor_closed"),
        ("draft", "speech", [], False, "floor_closed"),
        ("in_session", "question", [], False, "addressee_needed"),
        ("in_session", "question", [], True, None),
        ("in_session", "speech", [("speech", 2)], False, "already_asked"),
        ("in_session", "debate", [("speech", 2)], False, "already_asked"),
        ("in_session", "order", [("speech", 2)], False, None),
        ("in_session", "order", [("order", 1)], False, "already_asked"),
    ],
)
def test_asking_is_possible_once_while_the_meeting_lives(
    state: str, kind: str, own: list[tuple[str, int]], addressee: bool, code: str | None
) -> None:
    if code is None:
        check_ask(state, kind, own, addressee=addressee)
    else:
        with pytest.raises(Refused, match=code):
            check_ask(state, kind, own, addressee=addressee)


@pytest.mark.parametrize("verb", sorted(TRANSITIONS))
@pytest.mark.parametrize("state", ["waiting", "called", "speaking", "done", "withdrawn"])
def test_each_verb_starts_only_from_its_states(verb: str, state: str) -> None:
    sources, target = TRANSITIONS[verb]

    if state in sources:
        assert step(verb, state) == target
    else:
        with pytest.raises(Refused, match="floor_state"):
            step(verb, state)


def test_chair_arranges_the_whole_queue_or_nothing() -> None:
    assert arranged([1, 2, 3], [3, 1, 2]) == [3, 1, 2]
    for wrong in ([1, 2], [1, 2, 3, 4], [1, 1, 2]):
        with pytest.raises(Refused, match="order_incomplete"):
            arranged([1, 2, 3], wrong)


def test_expected_time_is_the_sum_of_all_turns_before() -> None:
    assert seconds_ahead([420, 60, 120]) == [0, 420, 480]


def test_turn_ends_after_its_limit() -> None:
    begun = datetime(2026, 12, 10, 2, 0, tzinfo=UTC)

    assert ends_at(begun, 420) == begun + timedelta(minutes=7)
