"""The order of the queue, the seconds of a turn, and who may ask."""

import pytest

from meeting.agenda import rules as _agenda  # declares the names of the meeting's states
from meeting.errors import Refused
from meeting.speaking.rules import (
    KIND_NAMES,
    KINDS,
    ORDER_SECONDS,
    TRANSITIONS,
    Limits,
    check_ask,
    check_grade,
    queue_of,
    step,
)

assert _agenda


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


@pytest.mark.parametrize(
    ("kind", "closed", "turns", "most", "code"),
    [
        ("speech", True, 0, 0, "list_closed"),
        ("debate", True, 0, 0, "list_closed"),
        ("order", True, 0, 0, None),  # a point of order still passes
        ("speech", False, 9, 0, None),  # 0: no limit
        ("speech", False, 1, 2, None),
        ("speech", False, 2, 2, "turns_used"),
        ("debate", False, 2, 2, "turns_used"),
        ("explain", False, 2, 2, None),  # the chair asked for it
        ("order", False, 2, 2, None),
    ],
)
def test_closed_list_and_used_turns_hold_back(kind: str, closed: bool, turns: int, most: int, code: str | None) -> None:
    if code is None:
        check_ask("in_session", kind, [], closed=closed, turns=turns, most=most)
    else:
        with pytest.raises(Refused, match=code):
            check_ask("in_session", kind, [], closed=closed, turns=turns, most=most)


@pytest.mark.parametrize(
    ("judge", "grade", "note", "spoken", "closed", "code"),
    [
        (1, "good", "", True, False, None),
        (1, "met", "", True, False, None),
        (1, "not_met", "lạc đề", True, False, None),
        (1, "not_met", "  ", True, False, "grade_needs_note"),
        (2, "good", "", True, False, "grade_of_own_words"),
        (1, "good", "", False, False, "statement_not_made"),
        (1, "good", "", True, True, "grades_closed"),
    ],
)
def test_grade_is_for_what_somebody_else_said(
    judge: int, grade: str, note: str, spoken: bool, closed: bool, code: str | None
) -> None:
    if code is None:
        check_grade(judge, 2, grade, note, spoken=spoken, closed=closed)
    else:
        with pytest.raises(Refused, match=code):
            check_grade(judge, 2, grade, note, spoken=spoken, closed=closed)
