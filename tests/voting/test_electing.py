"""Who is elected, who stands again, which alternative is chosen.

NQ 104: Nghị quyết 104/2025/UBTVQH15, Điều 16 and annex, forms 1, 3.1, 3.2, 5, 6: each person for or against, of ALL delegates.
Luật 72/2025/QH15: elected with more than half of all.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meeting.voting.electing import elect, prefer


def outcomes(found):
    return "".join(
        {"elected": "E", "not_elected": "-", "fewer_votes": "f", "tied_for_seat": "t"}[each] for each in found.values()
    )


# Of 27 delegates 14 are more than half. Votes in favour in the order of the paper;
# E elected, - below more than half, f others had more, t tied for the last seat; who stands again.
ELECTIONS = [
    # form 3.1: one person for one office
    ((18,), 1, "E", ()),
    ((14,), 1, "E", ()),
    ((13,), 1, "-", (1,)),
    ((0,), 1, "-", (1,)),
    ((27,), 1, "E", ()),
    # form 3.2: as many persons as seats
    ((20, 19), 2, "EE", ()),
    ((20, 13), 2, "E-", (2,)),
    ((13, 13), 2, "--", (1, 2)),
    ((20, 20), 2, "EE", ()),
    ((14, 14, 14), 3, "EEE", ()),
    ((14, 13, 14), 3, "E-E", (2,)),
    # more persons than seats: those with most votes
    ((20, 19, 18), 2, "EEf", ()),
    ((18, 19, 20), 2, "fEE", ()),
    ((20, 13, 12), 2, "E--", (2, 3)),
    ((20, 13, 19), 2, "E-E", ()),
    ((27, 26, 25, 24, 23), 3, "EEEff", ()),
    ((16, 15), 1, "Ef", ()),
    ((15, 16), 1, "fE", ()),
    ((13, 16), 1, "-E", ()),
    # equal votes around the last seat: none of the equal ones
    ((16, 16), 1, "tt", (1, 2)),
    ((20, 16, 16), 2, "Ett", (2, 3)),
    ((16, 20, 16), 2, "tEt", (1, 3)),
    ((20, 16, 16, 15), 2, "Ettf", (2, 3)),
    ((20, 16, 16, 13), 2, "Ett-", (2, 3)),
    ((16, 16, 16), 2, "ttt", (1, 2, 3)),
    ((20, 20, 16, 16, 16), 3, "EEttt", (3, 4, 5)),
    # equal votes that all have a seat are no tie
    ((16, 16, 15), 2, "EEf", ()),
    ((20, 16, 16), 3, "EEE", ()),
    ((20, 20, 20, 14), 3, "EEEf", ()),
    # equal votes below more than half are no tie for a seat
    ((20, 13, 13), 2, "E--", (2, 3)),
    ((13, 13, 13), 1, "---", (1, 2, 3)),
    # more seats than persons (one withdrew): a seat stays open, nobody else can stand again
    ((20,), 2, "E", ()),
    ((20, 13), 3, "E-", (2,)),
    # nobody votes in favour
    ((0, 0), 1, "--", (1, 2)),
]


@pytest.mark.parametrize(("votes", "seats", "expected", "again"), ELECTIONS)
def test_seats_are_filled_by_more_than_half_and_then_by_most_votes(votes, seats, expected, again):
    candidates = dict(enumerate(votes, start=1))

    found = elect(candidates, dict.fromkeys(candidates, 14), seats)

    assert (outcomes(found.outcomes), found.again) == (expected, again)


# Alternatives on one matter: each ballot picks one. Of 27 delegates 14 are more than half.
ALTERNATIVES = [
    ((14, 13), "C-", ()),
    ((13, 14), "-C", ()),
    ((20, 4, 3), "C--", ()),
    ((13, 12), "--", (1, 2)),
    ((12, 10, 5), "---", (1, 2)),
    ((10, 12, 5), "---", (1, 2)),
    ((11, 8, 8), "---", (1, 2, 3)),  # level with the second: all three
    ((9, 9, 9), "---", (1, 2, 3)),
    ((13, 0), "--", ()),  # nothing to choose between
    ((0, 0), "--", ()),
    ((27, 0, 0), "C--", ()),
]


@pytest.mark.parametrize(("votes", "expected", "again"), ALTERNATIVES)
def test_an_alternative_is_chosen_by_more_than_half_or_the_leading_two_stand_again(votes, expected, again):
    lines = dict(enumerate(votes, start=1))

    found = prefer(lines, dict.fromkeys(lines, 14))

    assert "".join("C" if each == "chosen" else "-" for each in found.outcomes.values()) == expected
    assert found.again == again


def test_two_alternatives_with_half_each_under_a_rule_that_half_fulfils_are_level():
    found = prefer({1: 10, 2: 10, 3: 0}, {1: 10, 2: 10, 3: 10})

    assert (list(found.outcomes.values()), found.again) == (["tied", "tied", "not_chosen"], (1, 2))


votes_of = st.lists(st.integers(0, 30), min_size=1, max_size=12)


@settings(deadline=None)
@given(votes=votes_of, seats=st.integers(0, 14), enough=st.integers(1, 31))
def test_never_more_than_the_seats_never_twice_and_never_below_the_need(votes, seats, enough):
    candidates = dict(enumerate(votes, start=1))
    found = elect(candidates, dict.fromkeys(candidates, enough), seats)
    elected = found.people

    assert len(elected) == len(set(elected)) <= max(seats, 0)
    assert all(candidates[each] >= enough for each in elected)
    assert set(found.outcomes) == set(candidates)
    assert not set(found.again) & set(elected)
    if elected:
        left_out = [votes for line, votes in candidates.items() if line not in elected]
        assert min(candidates[each] for each in elected) > max(left_out, default=-1) or max(left_out, default=-1) < enough


@settings(deadline=None)
@given(votes=votes_of, seats=st.integers(1, 14), data=st.data())
def test_the_order_on_the_paper_decides_nothing(votes, seats, data):
    candidates = dict(enumerate(votes, start=1))
    shuffled = dict(data.draw(st.permutations(list(candidates.items()))))
    need = dict.fromkeys(candidates, 10)

    assert elect(candidates, need, seats).outcomes == elect(shuffled, need, seats).outcomes


@settings(deadline=None)
@given(votes=votes_of, seats=st.integers(1, 14))
def test_equal_votes_have_equal_fates(votes, seats):
    candidates = dict(enumerate(votes, start=1))
    found = elect(candidates, dict.fromkeys(candidates, 10), seats)

    assert len({(candidates[line], outcome) for line, outcome in found.outcomes.items()}) == len(set(votes))
