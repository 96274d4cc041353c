"""From ballots to counts and from counts to what came of each line: the sums agree, whatever the way of voting."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meeting.voting import judging, tally
from meeting.voting.counting import bared
from meeting.voting.forms import Ballot, Paper, pack
from meeting.voting.judging import judge
from meeting.voting.majority import Counted, decide
from meeting.voting.tally import LineCount

MATTER = Paper("matter", "secret", ("for", "against", "abstain"))
ELECTION = Paper("election", "secret", ("for", "against"), (11, 12, 13), 2)
CHOOSE = Paper("choose", "secret", ("for",), (21, 22, 23, 24), 2)
ALTERNATIVES = Paper("alternatives", "open", ("for", "abstain"), (31, 32, 33))
SURVEY = Paper("survey", "secret", ("high", "medium", "low"), (41, 42))
PAPER = Paper("paper", "open", ("for", "against", "abstain"), (51, 52))


def lines_of(count):
    return {line.line_id: dict(line.counts) for line in count.lines}


@pytest.mark.parametrize(
    ("paper", "packed", "counts", "lines"),
    [
        (MATTER, ["for", "for", "abstain"], {"for": 2, "against": 0, "abstain": 1}, {}),
        (MATTER, [], {"for": 0, "against": 0, "abstain": 0}, {}),
        (
            ELECTION,
            ["ffa", "faf", "aaa"],
            {},
            {11: {"for": 2, "against": 1}, 12: {"for": 1, "against": 2}, 13: {"for": 1, "against": 2}},
        ),
        (ELECTION, [], {}, {line: {"for": 0, "against": 0} for line in (11, 12, 13)}),
        (
            CHOOSE,
            ["ff--", "f---", "----"],
            {},
            {21: {"for": 2, "none": 1}, 22: {"for": 1, "none": 2}, 23: {"for": 0, "none": 3}, 24: {"for": 0, "none": 3}},
        ),
        (
            ALTERNATIVES,
            ["f--", "-f-", "-f-", "---"],
            {},
            {31: {"for": 1, "none": 3}, 32: {"for": 2, "none": 2}, 33: {"for": 0, "none": 4}},
        ),
        (SURVEY, ["hl", "ml"], {}, {41: {"high": 1, "medium": 1, "low": 0}, 42: {"high": 0, "medium": 0, "low": 2}}),
        (
            PAPER,
            ["fs", "aa"],
            {},
            {51: {"for": 1, "against": 1, "abstain": 0}, 52: {"for": 0, "against": 1, "abstain": 1}},
        ),
    ],
)
def test_electronic_ballots_are_counted_by_line(paper, packed, counts, lines):
    found = tally.of_packed(paper, packed)

    assert (dict(found.counts), lines_of(found), found.cast, found.invalid) == (counts, lines, len(packed), 0)


@pytest.mark.parametrize(
    ("paper", "packed"), [(MATTER, ["other"]), (ELECTION, ["fss"]), (ELECTION, ["ff"]), (CHOOSE, ["fa--"]), (SURVEY, ["ff"])]
)
def test_a_ballot_that_is_none_of_the_paper_is_never_counted_silently(paper, packed):
    with pytest.raises(ValueError, match=r"ballot|zip"):
        tally.of_packed(paper, packed)


# NQ 104/2025/UBTVQH15, annex, forms 3.1 to 3.6: issued, returned, valid, invalid;
# with several persons valid and invalid for each.
FIGURES = [
    # form 3.6: a matter by secret paper ballot
    (
        Paper("matter", "hand", ("for", "against", "abstain")),
        {"issued": 25, "returned": 24, "invalid": 2, "counts": {"for": 18, "against": 3, "abstain": 1}},
        24,
        2,
        {},
    ),
    # form 3.2: an election of several
    (
        Paper("election", "hand", ("for", "against"), (1, 2), 2),
        {
            "issued": 25,
            "returned": 25,
            "invalid": 0,
            "counts": {},
            "lines": {
                "1": {"valid": 25, "invalid": 0, "counts": {"for": 20, "against": 5}},
                "2": {"valid": 22, "invalid": 3, "counts": {"for": 20, "against": 2}},
            },
        },
        25,
        0,
        {1: (25, 0), 2: (22, 3)},
    ),
    # form 3.5.1: a survey of confidence
    (
        Paper("survey", "hand", ("high", "medium", "low"), (1,)),
        {
            "issued": 25,
            "returned": 24,
            "lines": {"1": {"valid": 23, "invalid": 1, "counts": {"high": 10, "medium": 8, "low": 5}}},
        },
        24,
        0,
        {1: (23, 1)},
    ),
    # choosing: a ballot is valid or not as a whole
    (
        Paper("choose", "hand", ("for",), (1, 2, 3), 2),
        {
            "issued": 25,
            "returned": 25,
            "invalid": 1,
            "lines": {str(line): {"counts": {"for": votes}} for line, votes in ((1, 20), (2, 12), (3, 4))},
        },
        25,
        1,
        {1: (24, 1), 2: (24, 1), 3: (24, 1)},
    ),
]


@pytest.mark.parametrize(("paper", "figures", "cast", "invalid", "lines"), FIGURES)
def test_figures_of_the_counting_committee_keep_their_sums(paper, figures, cast, invalid, lines):
    found = tally.of_figures(paper, figures)

    assert (found.cast, found.returned, found.issued, found.invalid) == (cast, cast, figures["issued"], invalid)
    assert {line.line_id: (line.valid, line.invalid) for line in found.lines} == lines
    assert sum(found.counts.values()) + found.invalid == found.cast or found.lines


def test_hands_are_counted_by_option_or_by_line():
    matter = tally.of_hands(MATTER, {"for": 3, "against": 1})
    paper = tally.of_hands(PAPER, {"lines": {"51": {"for": 3, "against": 1}, "52": {"for": 4}}})
    alternatives = tally.of_hands(ALTERNATIVES, {"lines": {"31": {"for": 3}, "32": {"for": 1}}, "abstain": 2})

    assert (matter.counts, matter.cast) == ({"for": 3, "against": 1, "abstain": 0}, 4)
    assert lines_of(paper)[52] == {"for": 4, "against": 0, "abstain": 0}
    fewer = tally.of_hands(PAPER, {"lines": {"51": {"for": 3, "against": 1}, "52": {"for": 2}}})
    assert [(line.valid, line.invalid) for line in fewer.lines[:2]] == [(4, 0), (2, 0)]  # fewer hands, no invalid ballots
    assert (lines_of(alternatives)[31], alternatives.cast) == ({"for": 3, "none": 3}, 6)


def ground(form, rule="more_than_half", total=27, present=25, seats=0, tie_rule="none"):
    return judging.Ground(form, rule, total, present, present, seats, tie_rule)


HALF = "more_than_half"
# form, rule, seats, what each line got, outcome of each line, whether the question as a whole passed
PAPERS = [
    # several propositions at once: each by itself, NQ 104 Đ15
    ("paper", HALF, 0, [{"for": 14}, {"for": 13}], ["passed", "not_passed"], False),
    ("paper", HALF, 0, [{"for": 14}, {"for": 20, "against": 5}], ["passed", "passed"], True),
    ("paper", "two_thirds", 0, [{"for": 17}, {"for": 18}], ["not_passed", "passed"], False),
    # relief from a post, open: NQ 104 Đ16.3b, Đ16.4
    ("relief", HALF, 0, [{"for": 20, "against": 4}], ["relieved"], True),
    ("relief", HALF, 0, [{"for": 13, "against": 12}], ["not_relieved"], False),
    # bãi nhiệm: NQ 104 Đ16.3b, forms 3.3 and 3.4; of a delegate two thirds of all, Luật 72
    ("dismissal", HALF, 0, [{"for": 14, "against": 10}], ["dismissed"], True),
    ("dismissal", HALF, 0, [{"for": 13, "against": 10}], ["not_dismissed"], False),
    ("dismissal", "two_thirds", 0, [{"for": 17, "against": 8}], ["not_dismissed"], False),
    ("dismissal", "two_thirds", 0, [{"for": 18, "against": 7}], ["dismissed"], True),
    # elections: NQ 104 Đ16, forms 3.1, 3.2
    ("election", HALF, 1, [{"for": 18, "against": 7}], ["elected"], True),
    ("election", HALF, 1, [{"for": 13, "against": 12}], ["not_elected"], False),
    ("election", HALF, 2, [{"for": 18}, {"for": 13}], ["elected", "not_elected"], False),
    ("election", HALF, 1, [{"for": 16}, {"for": 16}], ["tied_for_seat", "tied_for_seat"], False),
    ("election", HALF, 0, [{"for": 16}, {"for": 20}], ["elected", "elected"], True),
    # choosing up to as many as there are seats: the body's own rule
    ("choose", HALF, 1, [{"for": 15, "none": 10}, {"for": 10, "none": 15}], ["elected", "not_elected"], True),
    ("choose", "more_than_half_of_valid", 1, [{"for": 11, "none": 9}, {"for": 9, "none": 11}], ["elected", "not_elected"], True),
    # one of several alternatives
    ("alternatives", HALF, 0, [{"for": 14, "none": 11}, {"for": 11, "none": 14}], ["chosen", "not_chosen"], True),
    ("alternatives", HALF, 0, [{"for": 12, "none": 13}, {"for": 13, "none": 12}], ["not_chosen", "not_chosen"], False),
    # confidence: NQ 96/2023, forms 3.5.1 and 3.5.2
    ("survey", HALF, 0, [{"high": 20, "medium": 5, "low": 0}, {"low": 18, "high": 7}], ["none", "low_two_thirds"], True),
    ("confidence", HALF, 0, [{"for": 12, "against": 13}], ["confidence_kept"], True),
    ("confidence", HALF, 0, [{"for": 11, "against": 14}], ["confidence_lost"], False),
]


@pytest.mark.parametrize(("form", "rule", "seats", "marks", "outcomes", "passed"), PAPERS)
def test_every_form_has_its_outcomes(form, rule, seats, marks, outcomes, passed):
    lines = [LineCount(place, counts) for place, counts in enumerate(marks, start=1)]

    verdicts = judge(ground(form, rule, seats=seats), lines)

    assert [each.outcome for each in verdicts] == outcomes
    assert judging.all_passed(form, verdicts, seats) is passed


@pytest.mark.parametrize(
    ("form", "side", "outcome", "tie"),
    [
        # NĐ 315 Đ25.5c and NQ 104 Đ19.2 speak of decisions …
        ("paper", "for", "passed", "chair"),
        ("paper", "against", "not_passed", "chair"),
        ("paper", None, "tie_open", "open"),
        ("relief", "for", "relieved", "chair"),
        ("relief", None, "tie_open", "open"),
        # … a dismissal needs its majority of all, whoever leads the body
        ("dismissal", "for", "not_dismissed", ""),
    ],
)
def test_a_line_with_as_many_for_as_against(form, side, outcome, tie):
    sides = {1: side} if side else {}

    (verdict,) = judge(ground(form, total=10, present=10, tie_rule="chair_side"), [LineCount(1, {"for": 5, "against": 5})], sides)

    assert (verdict.outcome, verdict.tie) == (outcome, tie)


def test_each_line_has_its_own_valid_ballots_as_its_base():
    lines = [LineCount(1, {"for": 10, "against": 8}, 7), LineCount(2, {"for": 10, "against": 15}, 0)]

    first, second = judge(ground("election", "more_than_half_of_valid", seats=2), lines)

    assert (first.base_count, first.needed, first.elected) == (18, 10, True)
    assert (second.base_count, second.needed, second.elected) == (25, 13, False)


marks_of = {paper: tally.marks_on(paper) for paper in (ELECTION, SURVEY, PAPER)}


@st.composite
def papers_and_ballots(draw):
    paper = draw(st.sampled_from(list(marks_of)))
    marks = st.tuples(*[st.sampled_from(marks_of[paper]) for _ in paper.lines])
    ballots = [Ballot(marks=dict(zip(paper.lines, each, strict=True))) for each in draw(st.lists(marks, max_size=30))]
    return paper, [pack(paper, ballot) for ballot in ballots]


@settings(deadline=None)
@given(papers_and_ballots(), st.randoms())
def test_the_order_of_ballots_does_not_matter_and_every_ballot_counts_on_every_line(drawn, random):
    paper, packed = drawn
    found = tally.of_packed(paper, packed)
    random.shuffle(packed)

    assert tally.of_packed(paper, packed) == found
    assert all(line.valid + line.invalid == found.cast == len(packed) for line in found.lines)


@settings(deadline=None)
@given(papers_and_ballots())
def test_bare_rows_keep_the_counts_of_each_line(drawn):
    paper, packed = drawn
    rows = bared(paper, packed)
    found = tally.of_packed(paper, packed)
    counted = Counter((line, mark) for _, line, mark in rows)

    assert len({nonce for nonce, _, _ in rows}) == len(rows) == len(packed) * len(paper.lines)
    assert all(counted[(line.line_id, mark)] == number for line in found.lines for mark, number in line.counts.items())


@settings(deadline=None)
@given(st.lists(st.sampled_from(["for", "against", "abstain"]), max_size=60), st.integers(0, 10))
def test_counts_and_invalid_ballots_make_the_ballots_cast(ballots, invalid):
    count = tally.of_packed(MATTER, ballots)
    counted = Counted(count.counts, 99, 60, invalid)

    assert sum(count.counts.values()) == count.cast == len(ballots)
    assert counted.valid + counted.invalid == counted.cast
    assert decide("more_than_half", counted).votes == ballots.count("for")
