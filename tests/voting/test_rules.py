"""Who may vote what, when; how many are enough; what the verdict says."""

import pytest

from meeting.errors import Refused
from meeting.voting import rules
from meeting.voting.majority import RULES, Counted, decide, needed, split


@pytest.mark.parametrize(
    ("threshold", "base", "enough"),
    [
        ("more_than_half", 27, 14),
        ("more_than_half", 28, 15),
        ("more_than_half", 99, 50),
        ("more_than_half", 100, 51),
        ("more_than_half", 1, 1),
        ("more_than_half", 0, 1),
        ("at_least_half", 99, 50),
        ("at_least_half", 100, 50),
        ("two_thirds", 27, 18),
        ("two_thirds", 28, 19),
        ("two_thirds", 3, 2),
        ("three_quarters", 27, 21),
        ("three_quarters", 28, 21),
        ("three_quarters", 0, 1),
    ],
)
def test_so_many_are_enough(threshold, base, enough):
    assert needed(threshold, base) == enough


def test_a_rule_is_a_threshold_of_a_base():
    assert split("more_than_half") == ("more_than_half", "total")
    assert split("two_thirds_of_present") == ("two_thirds", "present")
    assert len(RULES) == 16


@pytest.mark.parametrize(
    ("rule", "votes", "base_count", "passed"),
    [
        ("more_than_half", {"for": 14, "against": 11}, 27, True),
        ("more_than_half", {"for": 13, "against": 0}, 27, False),
        ("more_than_half_of_present", {"for": 13, "against": 12}, 25, True),
        ("more_than_half_of_valid", {"for": 2, "against": 1}, 3, True),
        ("more_than_half_of_cast", {"for": 2, "against": 1}, 4, False),
        ("two_thirds", {"for": 18, "against": 7}, 27, True),
        ("two_thirds", {"for": 17, "against": 8}, 27, False),
    ],
)
def test_the_verdict_is_taken_of_its_base(rule, votes, base_count, passed):
    counted = Counted(votes, total=27, present=25, invalid=1)

    verdict = decide(rule, counted)

    assert (verdict.base_count, verdict.passed) == (base_count, passed)


@pytest.mark.parametrize(
    ("tie_rule", "side", "passed", "tie"),
    [
        ("chair_side", "for", True, "chair"),
        ("chair_side", "against", False, "chair"),
        ("chair_side", None, False, "open"),
        ("none", "for", False, ""),
    ],
)
def test_a_tie_goes_with_the_chair_only_where_the_law_says_so(tie_rule, side, passed, tie):
    verdict = decide("more_than_half", Counted({"for": 4, "against": 4}, total=8, present=8), tie_rule, side)

    assert (verdict.passed, verdict.tie) == (passed, tie)


def test_nothing_passes_without_a_vote():
    assert not decide("more_than_half_of_cast", Counted({"for": 0, "against": 0}, 9, 0), "chair_side", "for").passed


def test_those_who_gave_no_ballot_are_counted():
    counted = Counted({"for": 20, "against": 1, "abstain": 2}, total=27, present=25)

    assert (counted.cast, counted.silent) == (23, 2)


@pytest.mark.parametrize(
    ("body", "kind", "usual", "asked", "found"),
    [
        ("committee", "open", "for against", None, ("for", "against")),
        ("committee", "open", "", None, ("for", "against")),
        ("council", "open", "for against abstain", None, ("for", "against", "abstain")),
        ("council", "secret", "", None, ("for", "against", "abstain")),
        ("council", "open", "for against abstain", ["against", "for"], ("for", "against")),
        ("party", "open", "", None, ("for", "against", "abstain", "other")),
        ("party", "secret", "for against abstain other", None, ("for", "against", "abstain")),
    ],
)
def test_options_follow_the_body_and_keep_their_order(body, kind, usual, asked, found):
    assert rules.options(body, kind, usual, asked) == found


@pytest.mark.parametrize(
    ("kind", "asked", "found"),
    [
        ("open", None, ("for", "against")),  # another opinion only where it is asked for
        ("open", ["for", "against", "other"], ("for", "against", "other")),
        ("open", ["other", "against", "for"], ("for", "against", "other")),
        ("secret", ["for", "against", "other"], None),  # no free text in a secret vote
        ("open", ["for", "against", "abstain"], None),
    ],
)
def test_another_opinion_may_be_offered_in_meetings_that_are_no_session_of_the_ubnd(kind, asked, found):
    if found is None:
        with pytest.raises(Refused):
            rules.options("committee", kind, "", asked, voters="invited")
        return
    assert rules.options("committee", kind, "for against", asked, voters="invited") == found


@pytest.mark.parametrize(
    ("body", "kind", "asked"),
    [
        ("committee", "open", ["for", "against", "abstain"]),
        ("council", "open", ["for", "against", "other"]),
        ("party", "secret", ["for", "against", "other"]),
        ("council", "open", ["for"]),
        ("council", "open", ["for", "against", "perhaps"]),
    ],
)
def test_options_the_law_does_not_give_are_refused(body, kind, asked):
    with pytest.raises(Refused) as refused:
        rules.options(body, kind, "", asked)

    assert refused.value.code == "options_not_lawful"


STANDING = {
    "state": "open",
    "kind": "open",
    "elector": True,
    "present": True,
    "voted": False,
    "changeable": True,
}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"state": "draft"}, "vote_not_open"),
        ({"state": "ready"}, "vote_not_open"),
        ({"state": "paused"}, "vote_paused"),
        ({"state": "closed"}, "vote_closed"),
        ({"state": "published"}, "vote_closed"),
        ({"state": "cancelled"}, "vote_closed"),
        ({"kind": "hand"}, "by_hand"),
        ({"elector": False}, "not_elector"),
        ({"present": False}, "not_present"),
        ({"kind": "secret", "voted": True}, "already_voted"),
        ({"voted": True, "changeable": False}, "no_second_ballot"),
    ],
)
def test_a_ballot_that_does_not_count_is_told_why(change, code):
    with pytest.raises(Refused) as refused:
        rules.admit(**{**STANDING, **change})

    assert refused.value.code == code
    assert "choice" not in refused.value.facts


@pytest.mark.parametrize(
    "change",
    [{}, {"voted": True}, {"kind": "secret"}, {"state": "open", "changeable": False}],
)
def test_a_ballot_that_counts_is_admitted(change):
    rules.admit(**{**STANDING, **change})


def test_a_secret_vote_among_fewer_than_five_must_be_confirmed():
    with pytest.raises(Refused) as refused:
        rules.check_opening("secret", 4, confirmed=False)

    assert (refused.value.code, refused.value.facts) == ("few_electors", {"electors": 4})
    rules.check_opening("secret", 4, confirmed=True)
    rules.check_opening("secret", 5, confirmed=False)
    rules.check_opening("open", 1, confirmed=False)


def test_nobody_cannot_vote():
    with pytest.raises(Refused) as refused:
        rules.check_opening("open", 0, confirmed=True)

    assert refused.value.code == "no_electors"


def test_there_are_no_more_hands_than_electors():
    rules.check_hand_counts(("for", "against"), {"for": 3, "against": 2}, 5)
    with pytest.raises(Refused) as refused:
        rules.check_hand_counts(("for", "against"), {"for": 4, "against": 2}, 5)

    assert refused.value.code == "counts_too_many"
