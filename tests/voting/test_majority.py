"""How many are enough, of what, and what a tie does: tables with the law beside each block.

NĐ 315: Nghị định 315/2025/NĐ-CP. NQ 104: Nghị quyết 104/2025/UBTVQH15. Luật 72: Luật Tổ chức chính quyền địa phương 72/2025/QH15.
"""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meeting.voting.majority import RULES, THRESHOLDS, Counted, decide, needed, percent, share, split, tied

# Luật 72 and NQ 104 annex, form 3: "quá nửa tổng số" means at least one more than half; the half itself is not enough.
MORE_THAN_HALF = [
    (0, 1), (1, 1), (2, 2), (3, 2), (4, 3), (5, 3), (9, 5), (10, 6), (15, 8), (19, 10), (20, 11), (25, 13), (26, 14), (27, 14),
    (28, 15), (29, 15), (30, 16), (35, 18), (50, 26), (85, 43), (99, 50), (100, 51), (101, 51), (500, 251), (1000, 501),
]  # fmt: skip
# Rules of a body's own making that say "ít nhất một nửa": the half is enough.
AT_LEAST_HALF = [(0, 1), (1, 1), (2, 1), (3, 2), (10, 5), (11, 6), (27, 14), (28, 14), (99, 50), (100, 50), (1000, 500)]
# Luật 72: removal of a delegate of the HĐND needs two thirds of all; NQ 104 Đ19.1 and NĐ 315 Đ24.4 use the same share.
TWO_THIRDS = [
    (0, 1), (1, 1), (2, 2), (3, 2), (4, 3), (5, 4), (6, 4), (19, 13), (20, 14), (25, 17), (26, 18), (27, 18), (28, 19), (29, 20),
    (30, 20), (99, 66), (100, 67), (1000, 667),
]  # fmt: skip
# Three quarters: only where a body's own regulations ask for it.
THREE_QUARTERS = [(0, 1), (1, 1), (2, 2), (3, 3), (4, 3), (5, 4), (20, 15), (27, 21), (28, 21), (29, 22), (100, 75), (101, 76)]

TABLE = [
    (name, base, enough)
    for name, rows in {
        "more_than_half": MORE_THAN_HALF,
        "at_least_half": AT_LEAST_HALF,
        "two_thirds": TWO_THIRDS,
        "three_quarters": THREE_QUARTERS,
    }.items()
    for base, enough in rows
]


@pytest.mark.parametrize(("threshold", "base", "enough"), TABLE)
def test_so_many_are_enough(threshold, base, enough):
    assert needed(threshold, base) == enough


@pytest.mark.parametrize(
    ("rule", "votes", "invalid", "total", "present", "of", "enough", "passed"),
    [
        # NĐ 315 Đ25.3e, Đ25.5c: more than half of ALL members of the UBND, whoever is present
        ("more_than_half", (5, 2), 0, 9, 7, 9, 5, True),
        ("more_than_half", (4, 3), 0, 9, 7, 9, 5, False),
        ("more_than_half", (4, 0), 0, 9, 6, 9, 5, False),
        ("more_than_half", (6, 6), 0, 12, 12, 12, 7, False),
        ("more_than_half", (7, 5), 0, 12, 12, 12, 7, True),
        # Luật 72; NQ 104 annex, form 3.6: the share is of ALL delegates of the HĐND
        ("more_than_half", (14, 11), 0, 27, 25, 27, 14, True),
        ("more_than_half", (13, 0), 0, 27, 25, 27, 14, False),
        ("more_than_half", (14, 0), 11, 27, 25, 27, 14, True),
        ("more_than_half", (50, 49), 0, 99, 99, 99, 50, True),
        ("more_than_half", (49, 50), 0, 99, 99, 99, 50, False),
        ("more_than_half", (0, 0), 0, 27, 25, 27, 14, False),
        # Luật 72: two thirds of all, for the removal of a delegate
        ("two_thirds", (18, 7), 0, 27, 25, 27, 18, True),
        ("two_thirds", (17, 8), 0, 27, 25, 27, 18, False),
        ("two_thirds", (20, 0), 0, 30, 22, 30, 20, True),
        ("two_thirds", (19, 3), 0, 30, 22, 30, 20, False),
        # a body's own regulations: of those present
        ("more_than_half_of_present", (13, 12), 0, 27, 25, 25, 13, True),
        ("more_than_half_of_present", (12, 12), 0, 27, 24, 24, 13, False),
        ("two_thirds_of_present", (16, 8), 0, 27, 24, 24, 16, True),
        ("three_quarters_of_present", (18, 6), 0, 27, 24, 24, 18, True),
        ("at_least_half_of_present", (12, 12), 0, 27, 24, 24, 12, True),
        # a body's own regulations: of the valid ballots
        ("more_than_half_of_valid", (2, 1), 1, 27, 25, 3, 2, True),
        ("more_than_half_of_valid", (2, 2), 1, 27, 25, 4, 3, False),
        ("at_least_half_of_valid", (2, 2), 1, 27, 25, 4, 2, True),
        ("two_thirds_of_valid", (2, 1), 5, 27, 25, 3, 2, True),
        ("three_quarters_of_valid", (3, 1), 0, 27, 25, 4, 3, True),
        # a body's own regulations: of the ballots received, the invalid ones among them
        ("more_than_half_of_cast", (2, 1), 1, 27, 25, 4, 3, False),
        ("more_than_half_of_cast", (3, 1), 1, 27, 25, 5, 3, True),
        ("at_least_half_of_cast", (2, 1), 1, 27, 25, 4, 2, True),
        ("two_thirds_of_cast", (2, 0), 1, 27, 25, 3, 2, True),
        ("three_quarters_of_cast", (2, 0), 1, 27, 25, 3, 3, False),
        # nothing passes without a vote, not even of nothing
        ("more_than_half_of_valid", (0, 0), 0, 27, 0, 0, 1, False),
        ("at_least_half_of_cast", (0, 0), 3, 27, 3, 3, 2, False),
        ("at_least_half_of_present", (0, 0), 0, 27, 0, 0, 1, False),
    ],
)
def test_the_verdict_is_taken_of_its_base(rule, votes, invalid, total, present, of, enough, passed):
    verdict = decide(rule, Counted(dict(zip(("for", "against"), votes, strict=True)), total, present, invalid))

    assert (verdict.base_count, verdict.needed, verdict.passed) == (of, enough, passed)


@pytest.mark.parametrize(
    ("tie_rule", "votes", "side", "passed", "tie"),
    [
        # NĐ 315 Đ25.5c: as many for as against: by the opinion of the Chủ tịch UBND
        ("chair_side", (4, 4, 0), "for", True, "chair"),
        ("chair_side", (4, 4, 0), "against", False, "chair"),
        ("chair_side", (3, 3, 0), "for", True, "chair"),
        # … even when some gave no ballot or did not vote
        ("chair_side", (3, 3, 1), "for", True, "chair"),
        ("chair_side", (1, 1, 0), "against", False, "chair"),
        # NQ 104 Đ19.2: the side on which the Chủ tịch HĐND voted; where nobody knows it, nothing is decided
        ("chair_side", (4, 4, 0), None, False, "open"),
        ("chair_side", (4, 4, 0), "abstain", False, "open"),
        ("chair_side", (4, 4, 0), "other", False, "open"),
        # no tie: the Chủ tịch's side decides nothing
        ("chair_side", (4, 3, 0), "for", False, ""),
        ("chair_side", (3, 4, 0), "for", False, ""),
        ("chair_side", (5, 3, 0), "against", True, ""),
        ("chair_side", (0, 0, 8), "for", False, ""),
        ("chair_side", (0, 0, 0), "for", False, ""),
        # a sitting of the HĐND has no tie rule
        ("none", (4, 4, 0), "for", False, ""),
        ("none", (4, 4, 0), None, False, ""),
    ],
)
def test_a_tie_goes_with_the_head_of_the_body_only_where_the_law_says_so(tie_rule, votes, side, passed, tie):
    counted = Counted(dict(zip(("for", "against", "abstain"), votes, strict=True)), total=8, present=8)

    verdict = decide("more_than_half", counted, tie_rule, side)

    assert (verdict.passed, verdict.tie) == (passed, tie)


@pytest.mark.parametrize("rule", ["two_thirds", "three_quarters", "two_thirds_of_valid"])
def test_where_more_than_half_is_needed_equal_votes_are_too_few_and_no_tie(rule):
    verdict = decide(rule, Counted({"for": 5, "against": 5}, 10, 10), "chair_side", "for")

    assert (verdict.passed, verdict.tie) == (False, "")


def test_a_rule_that_the_half_fulfils_needs_no_tie_rule():
    verdict = decide("at_least_half", Counted({"for": 4, "against": 4}, 8, 8), "chair_side", "against")

    assert (verdict.passed, verdict.tie) == (True, "")


def test_other_opinions_are_not_in_favour():
    counted = Counted({"for": 5, "against": 0, "abstain": 0, "other": 5}, total=10, present=10)

    assert not decide("more_than_half", counted).passed
    assert counted.valid == counted.cast == 10


@pytest.mark.parametrize(
    ("votes", "of", "vi", "en"),
    [
        # NQ 104 annex, form 3: "bằng …% tổng số đại biểu"
        (18, 27, "66,67%", "66.67%"),
        (1, 3, "33,33%", "33.33%"),
        (27, 27, "100%", "100%"),
        (0, 27, "0%", "0%"),
        (0, 0, "0%", "0%"),
        (1, 2, "50%", "50%"),
        (5, 8, "62,50%", "62.50%"),
        (1, 8, "12,50%", "12.50%"),
        (1, 16, "6,25%", "6.25%"),
        (1, 32, "3,13%", "3.13%"),  # 3.125: half up
        (3, 32, "9,38%", "9.38%"),  # 9.375: half up
        (1, 800, "0,13%", "0.13%"),
        (1, 1000, "0,10%", "0.10%"),
        (999, 1000, "99,90%", "99.90%"),
        (19999, 20000, "100%", "100%"),  # 99.995: half up
        (25925, 25969, "99,83%", "99.83%"),
        (26, 27, "96,30%", "96.30%"),
    ],
)
def test_a_share_is_shown_half_up_to_two_digits(votes, of, vi, en):
    assert (percent(share(votes, of), "vi"), percent(share(votes, of), "en")) == (vi, en)


def test_those_who_gave_no_ballot_are_counted():
    counted = Counted({"for": 20, "against": 1, "abstain": 2}, total=27, present=25)

    assert (counted.cast, counted.silent) == (23, 2)


numbers = st.integers(min_value=0, max_value=2000)


@settings(deadline=None)
@given(threshold=st.sampled_from(sorted(THRESHOLDS)), base=numbers)
def test_enough_is_the_least_number_that_reaches_the_exact_share(threshold, base):
    exact, exceed = THRESHOLDS[threshold]
    enough = needed(threshold, base)

    def reaches(votes):
        return (votes > exact * base if exceed else votes >= exact * base) and votes > 0

    assert reaches(enough)
    assert not reaches(enough - 1)


@settings(deadline=None)
@given(
    rule=st.sampled_from(RULES),
    votes=st.integers(0, 60),
    against=st.integers(0, 60),
    invalid=st.integers(0, 10),
    absent=st.integers(0, 60),
)
def test_one_more_in_favour_never_makes_a_passed_question_fail(rule, votes, against, invalid, absent):
    """A vote moved from against to in favour: the base stays, so the verdict can only become better."""
    cast = votes + against + 1 + invalid
    before = Counted({"for": votes, "against": against + 1}, cast + absent, cast, invalid)
    after = Counted({"for": votes + 1, "against": against}, cast + absent, cast, invalid)

    assert decide(rule, after).passed >= decide(rule, before).passed


@settings(deadline=None)
@given(votes=st.integers(0, 500), of=st.integers(1, 500))
def test_a_shown_share_is_never_more_than_half_a_hundredth_off(votes, of):
    shown = Fraction(percent(share(votes, of), "en").rstrip("%"))

    assert abs(shown - 100 * share(votes, of)) <= Fraction(1, 200)


def test_a_rule_is_a_threshold_of_a_base():
    assert split("more_than_half") == ("more_than_half", "total")
    assert split("two_thirds_of_present") == ("two_thirds", "present")
    assert len(RULES) == 16
    assert not tied({"for": 0, "against": 0})
