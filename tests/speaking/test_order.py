"""In what order the floor is given: tables of cases for the rule, and what the chair's hand changes."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meeting.errors import Refused
from meeting.speaking import rules as _rules  # declares the refusals
from meeting.speaking.order import REGISTRATION, UNSPOKEN_FIRST, Rule, Waiting, ordered, placing, seconds_ahead

assert _rules

BEGUN = datetime(2026, 12, 10, 2, 0, tzinfo=UTC)
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy
BY_REGISTRATION = Rule(REGISTRATION)
DEBATE_FIRST = Rule(REGISTRATION, debate_first=True)
UNSPOKEN = Rule(UNSPOKEN_FIRST)
UNSPOKEN_DEBATE = Rule(UNSPOKEN_FIRST, debate_first=True)


def queue(*wishes: str) -> list[Waiting]:
    """Wishes in order of arrival, ids from 1: the kind, then marks: *n turns taken, s skipped, L later item, @n placed."""
    found = []
    for number, wish in enumerate(wishes, 1):
        kind, *marks = wish.split()
        turns = next((int(mark[1:]) for mark in marks if mark[0] == "*"), 0)
        placed = next((int(mark[1:]) for mark in marks if mark[0] == "@"), 0)
        arrived = BEGUN + timedelta(seconds=number)
        found.append(Waiting(number, kind, arrived, placed, turns, skipped="s" in marks, later="L" in marks))
    return found


@pytest.mark.parametrize(
    ("rule", "wishes", "called"),
    [
        # in order of registration (NQ 114/2025, Điều 23)
        (BY_REGISTRATION, [], []),
        (BY_REGISTRATION, ["speech", "explain", "speech"], [1, 2, 3]),
        (BY_REGISTRATION, ["speech *3", "speech"], [1, 2]),  # how often one has spoken does not matter
        (BY_REGISTRATION, ["speech", "debate"], [1, 2]),
        # a point of order is heard first, among themselves in order of arrival
        (BY_REGISTRATION, ["speech", "order", "speech", "order"], [2, 4, 1, 3]),
        (UNSPOKEN_DEBATE, ["debate", "speech", "order *5"], [3, 1, 2]),
        # debate before new speakers
        (DEBATE_FIRST, ["speech", "debate", "speech", "debate"], [2, 4, 1, 3]),
        (DEBATE_FIRST, ["speech", "debate", "order"], [3, 2, 1]),
        (DEBATE_FIRST, ["speech", "debate *4"], [2, 1]),
        # who has not yet spoken first; nobody waits behind another for having spoken more often
        (UNSPOKEN, ["speech *1", "speech", "speech *2", "speech"], [2, 4, 1, 3]),
        (UNSPOKEN, ["speech *2", "speech *1"], [1, 2]),
        (UNSPOKEN, ["speech *1", "debate", "speech"], [2, 3, 1]),
        (UNSPOKEN_DEBATE, ["speech *1", "speech", "debate *1"], [3, 2, 1]),
        # who was skipped stands behind all who waited then (arrived anew), whatever the kind
        (BY_REGISTRATION, ["speech", "speech", "speech s"], [1, 2, 3]),
        (BY_REGISTRATION, ["speech", "order s"], [1, 2]),
        (UNSPOKEN, ["speech *1", "speech s"], [1, 2]),
        (DEBATE_FIRST, ["speech", "debate s"], [1, 2]),
        # wishes on later items stand behind those on the present one
        (BY_REGISTRATION, ["speech L", "speech", "order L", "speech"], [2, 4, 1, 3]),
        (DEBATE_FIRST, ["debate L", "speech"], [2, 1]),
    ],
)
def test_rule_of_the_body_orders_the_queue(rule: Rule, wishes: list[str], called: list[int]) -> None:
    assert ordered(queue(*wishes), rule) == called


@pytest.mark.parametrize(
    ("rule", "wishes", "called"),
    [
        (BY_REGISTRATION, ["speech @2", "speech @1", "speech"], [2, 1, 3]),
        (DEBATE_FIRST, ["speech @2", "speech @1", "speech", "debate"], [2, 1, 4, 3]),  # debate: behind those placed
        (UNSPOKEN, ["speech *1 @1", "speech"], [1, 2]),  # the hand wins over the rule
        (BY_REGISTRATION, ["speech @2", "speech @1", "order"], [3, 2, 1]),  # but a point of order goes to the front
        (BY_REGISTRATION, ["order @1", "speech @2", "order"], [1, 3, 2]),  # behind the points of order leading there
        (BY_REGISTRATION, ["speech @1", "order @2", "order"], [3, 1, 2]),  # one put further back does not count
    ],
)
def test_hand_of_the_chair_holds_against_who_comes_later(rule: Rule, wishes: list[str], called: list[int]) -> None:
    assert ordered(queue(*wishes), rule) == called


@pytest.mark.parametrize(
    ("wanted", "placed"),
    [
        ([1, 2, 3, 4], {1: 0, 2: 0, 3: 0, 4: 0}),  # the rule's own order: nobody is placed
        ([2, 1, 3, 4], {2: 1, 1: 2, 3: 0, 4: 0}),  # the hand holds down to the last place that differs
        ([1, 3, 2, 4], {1: 1, 3: 2, 2: 3, 4: 0}),
        ([4, 1, 2, 3], {4: 1, 1: 2, 2: 3, 3: 4}),
    ],
)
def test_only_those_down_to_the_last_changed_place_are_placed(wanted: list[int], placed: dict[int, int]) -> None:
    assert placing(queue("speech", "speech", "speech", "speech"), wanted, BY_REGISTRATION) == placed


@pytest.mark.parametrize("wrong", [[1, 2], [1, 2, 3, 4], [1, 1, 2], []])
def test_chair_arranges_the_whole_queue_or_nothing(wrong: list[int]) -> None:
    with pytest.raises(Refused, match="order_incomplete"):
        placing(queue("speech", "speech", "speech"), wrong, BY_REGISTRATION)


WISH = st.builds(
    Waiting,
    id=st.integers(1, 10_000),
    kind=st.sampled_from(["speech", "debate", "explain", "order"]),
    arrived=st.integers(0, 50).map(lambda seconds: BEGUN + timedelta(seconds=seconds)),
    placed=st.integers(0, 4),
    turns=st.integers(0, 3),
    skipped=st.integers(0, 2),
    later=st.booleans(),
)
QUEUES = st.lists(WISH, max_size=9, unique_by=lambda each: each.id)
RULES = st.builds(Rule, st.sampled_from([REGISTRATION, UNSPOKEN_FIRST]), st.booleans())


@PATIENT
@given(queue=QUEUES, rule=RULES)
def test_everybody_stands_in_the_queue_once(queue: list[Waiting], rule: Rule) -> None:
    assert sorted(ordered(queue, rule)) == sorted(each.id for each in queue)


@PATIENT
@given(data=st.data(), queue=QUEUES, rule=RULES)
def test_queue_stands_exactly_as_the_chair_arranged_it(data: st.DataObject, queue: list[Waiting], rule: Rule) -> None:
    wanted = data.draw(st.permutations([each.id for each in queue]))
    placed = placing(queue, wanted, rule)

    after = [Waiting(e.id, e.kind, e.arrived, placed[e.id], e.turns, e.skipped, e.later) for e in queue]

    assert ordered(after, rule) == wanted


@PATIENT
@given(queue=QUEUES, rule=RULES)
def test_no_later_speech_passes_somebody_placed(queue: list[Waiting], rule: Rule) -> None:
    known = {each.id: each for each in queue}
    order = [known[each] for each in ordered(queue, rule)]
    last = max((index for index, each in enumerate(order) if each.placed), default=-1)
    assert all(each.placed or each.leads for each in order[: last + 1])


def test_expected_time_is_the_sum_of_all_turns_before() -> None:
    assert seconds_ahead([420, 60, 120]) == [0, 420, 480]
    assert seconds_ahead([420, 60], before=180) == [180, 600]
    assert seconds_ahead([]) == []
