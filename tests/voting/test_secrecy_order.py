"""What the close makes of sealed ballots, with a known source of chance: no order of arrival and no ballot as a whole is left."""

import random
from collections import Counter
from itertools import pairwise

import pytest

from meeting.voting import box, counting
from meeting.voting.forms import Paper

TRIES = 300
VOTERS = 24
LINES = tuple(range(1, 13))


@pytest.fixture
def chance(monkeypatch):
    """The system's random source, but the same in every run."""
    known = random.Random("a known source of chance")
    monkeypatch.setattr("secrets.token_bytes", known.randbytes)
    monkeypatch.setattr("secrets.SystemRandom", lambda: known)
    return known


def closed(paper, packed):
    """The bare rows of these ballots, as the close writes them."""
    private, public = box.new_pair()
    return counting.bared(paper, box.open_all(private, [box.seal(public, each) for each in packed]))


def test_a_ballots_place_says_nothing_of_when_it_came(chance):
    paper, places = Paper("matter", "secret", ("for", "against", "abstain")), Counter()
    for number in range(TRIES):
        came_as = number % VOTERS
        rows = closed(paper, ["against" if place == came_as else "for" for place in range(VOTERS)])
        (found,) = [place for place, (_, _, choice) in enumerate(rows) if choice == "against"]
        places[found - came_as] += 1
    expected = TRIES / VOTERS

    assert places[0] < 3 * expected  # as it came: no more often than any other place
    assert abs(sum(shift * times for shift, times in places.items())) / TRIES < 2.0
    assert len(places) > VOTERS


def test_neighbouring_rows_are_not_of_one_ballot(chance):
    paper = Paper("paper", "secret", ("for", "against"), LINES)
    packed = ["f" * len(LINES) if place % 2 else "a" * len(LINES) for place in range(VOTERS)]
    rows = closed(paper, packed)
    alike = sum(first[2] == second[2] for first, second in pairwise(rows)) / (len(rows) - 1)

    assert len(rows) == VOTERS * len(LINES)
    assert Counter(line for _, line, _ in rows) == dict.fromkeys(LINES, VOTERS)
    assert 0.4 < alike < 0.6


def test_the_lines_of_the_same_place_are_not_one_ballot(chance):
    """Somebody who sorts the rows by line and takes the first of each, the second of each, …, does not get ballots."""
    paper = Paper("paper", "secret", ("for", "against"), LINES)
    packed = ["f" * len(LINES) if place % 2 else "a" * len(LINES) for place in range(VOTERS)]
    rows = closed(paper, packed)
    columns = [[mark for _, line, mark in rows if line == wanted] for wanted in LINES]
    together = [sum(column[place] == columns[0][place] for column in columns[1:]) for place in range(VOTERS)]

    assert 0.35 < sum(together) / (VOTERS * (len(LINES) - 1)) < 0.65


def test_nonces_and_keys_are_fresh(chance):
    paper = Paper("matter", "secret", ("for", "against"))
    rows = [row for _ in range(20) for row in closed(paper, ["for"] * VOTERS)]

    assert len({nonce for nonce, _, _ in rows}) == len(rows)
    assert {len(nonce) for nonce, _, _ in rows} == {box.KEY_BYTES}
    assert len({box.fresh_key() for _ in range(1000)}) == 1000
