"""The rules of written rounds as tables of cases: options, grounds, answers, closing, decisions, statistics."""

from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meeting.errors import Refused
from meeting.rounds import rules, stats
from meeting.rounds.stats import Asked, Given
from meeting.voting.majority import Counted, decide

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
PAST = NOW - timedelta(seconds=1)


def code(function: Any, *given: Any, **known: Any) -> str:
    """The refusal's code; empty when nothing is refused."""
    try:
        function(*given, **known)
    except Refused as refused:
        return refused.code
    return ""


@pytest.mark.parametrize(
    ("body", "asked", "expected"),
    [
        ("committee", None, ["for", "against", "other"]),
        ("council", None, ["for", "against", "abstain", "other"]),
        ("party", None, ["for", "against", "abstain", "other"]),
        ("committee", ["against", "for"], ["for", "against"]),
        ("council", ["other", "abstain", "against", "for"], ["for", "against", "abstain", "other"]),
        ("committee", ["for", "against", "abstain"], None),  # no third box in the UBND [NĐ 315 Đ25]
        ("committee", ["for"], None),
        ("council", ["for", "abstain"], None),
        ("party", [], None),
        ("council", ["for", "against", "against"], ["for", "against"]),
    ],
)
def test_options(body: str, asked: list[str] | None, expected: list[str] | None) -> None:
    if expected is None:
        assert code(rules.offered, body, asked) == "round_options_unknown"
    else:
        assert rules.offered(body, asked) == expected


@pytest.mark.parametrize(
    ("body", "ground", "text", "expected"),
    [
        ("committee", "urgent", "", ""),
        ("committee", "no_discussion", "", ""),
        ("committee", "agreed_papers", "", ""),
        ("committee", "secure", "", ""),
        ("committee", "nature", "", "round_ground_unknown"),
        ("committee", "other", "", "round_reason"),
        ("committee", "other", "Theo quy chế", ""),
        ("council", "no_meeting", "", ""),
        ("council", "nature", "", ""),
        ("council", "urgent", "", "round_ground_unknown"),
        ("council", "other", "", "round_reason"),
        ("party", "other", "", ""),
        ("party", "urgent", "", "round_ground_unknown"),
        ("party", "", "", "round_ground_unknown"),
    ],
)
def test_grounds(body: str, ground: str, text: str, expected: str) -> None:
    assert code(rules.check_ground, body, ground, text) == expected


@pytest.mark.parametrize(
    ("body", "rule", "expected"),
    [
        ("committee", "more_than_half", ""),
        ("council", "two_thirds", ""),
        ("party", "three_quarters", ""),
        ("party", "at_least_half", ""),
        ("party", "more_than_half_of_cast", ""),
        ("party", "two_thirds_of_cast", ""),
        ("committee", "at_least_half", "round_rule_weak"),  # NĐ 315 Đ3.3d: more than half of ALL members
        ("committee", "more_than_half_of_cast", "round_rule_weak"),
        ("council", "two_thirds_of_cast", "round_rule_weak"),  # NQ 104 Đ19.2
        ("party", "more_than_half_of_present", "round_rule_unknown"),  # nobody is present in writing
        ("committee", "more_than_half_of_valid", "round_rule_unknown"),
        ("committee", "unanimous", "round_rule_unknown"),
        ("committee", "", "round_rule_unknown"),
    ],
)
def test_rules_of_a_round(body: str, rule: str, expected: str) -> None:
    assert code(rules.check_rule, body, rule) == expected


@pytest.mark.parametrize("body", ["committee", "council", "party"])
def test_a_draft_is_offered_only_rules_that_it_may_have(body: str) -> None:
    assert all(code(rules.check_rule, body, rule) == "" for rule in rules.rules_of(body))
    assert rules.rules_of(body)[0] == "more_than_half"


def answering(**changes: Any) -> str:
    known: dict[str, Any] = {
        "state": "open",
        "due_at": LATER,
        "now": NOW,
        "options": ["for", "against", "other"],
        "choice": "for",
        "text": "",
        "answered": False,
        "changeable": True,
    }
    return code(rules.check_answer, **{**known, **changes})


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ""),
        ({"choice": "against"}, ""),
        ({"choice": "for", "text": "Sửa lỗi chính tả trang 2"}, ""),
        ({"choice": "other", "text": "Lùi một tháng"}, ""),
        ({"choice": "other"}, "round_text_missing"),
        ({"choice": "abstain"}, "round_choice"),
        ({"choice": ""}, "round_choice"),
        ({"due_at": NOW}, "round_late"),
        ({"due_at": PAST}, "round_late"),
        ({"due_at": NOW + timedelta(microseconds=1)}, ""),
        ({"answered": True}, ""),
        ({"answered": True, "changeable": False}, "round_answered"),
        ({"changeable": False}, ""),
        *[({"state": state}, "round_not_open") for state in ("draft", "closed", "decided", "cancelled")],
        ({"state": "closed", "due_at": PAST}, "round_not_open"),
        ({"due_at": PAST, "choice": "other"}, "round_late"),
    ],
)
def test_answers(changes: dict[str, Any], expected: str) -> None:
    assert answering(**changes) == expected


@pytest.mark.parametrize(
    ("wanted", "media_type", "expected"),
    [
        ("none", None, ""),
        ("none", "application/pdf", "signed_reply_not_asked"),
        ("optional", None, ""),
        ("optional", "application/pdf", ""),
        ("optional", "image/png", "signed_reply_not_pdf"),
        ("required", None, "signed_reply_missing"),
        ("required", "application/pdf", ""),
        ("required", "text/plain", "signed_reply_not_pdf"),
    ],
)
def test_signed_replies(wanted: str, media_type: str | None, expected: str) -> None:
    assert code(rules.check_signed, wanted, media_type) == expected


@pytest.mark.parametrize(
    ("state", "due_at", "asked", "answered", "expected"),
    [
        ("open", LATER, 3, 3, ""),  # early, when all have answered
        ("open", LATER, 3, 2, "round_still_asking"),
        ("open", LATER, 3, 0, "round_still_asking"),
        ("open", NOW, 3, 0, ""),
        ("open", PAST, 3, 2, ""),
        ("draft", PAST, 0, 0, "round_not_open"),
        ("closed", PAST, 3, 3, "round_not_open"),
        ("decided", PAST, 3, 3, "round_not_open"),
        ("cancelled", PAST, 3, 3, "round_not_open"),
    ],
)
def test_closing(state: str, due_at: datetime, asked: int, answered: int, expected: str) -> None:
    assert code(rules.check_closing, state, due_at, NOW, asked=asked, answered=answered) == expected


@pytest.mark.parametrize(
    ("state", "wanted", "reason", "expected"),
    [
        ("open", LATER + timedelta(hours=1), "Chờ thẩm tra", ""),
        ("open", LATER + timedelta(hours=1), "", "round_reason"),
        ("open", LATER, "Chờ", "round_due_not_later"),
        ("open", LATER - timedelta(minutes=1), "Chờ", "round_due_not_later"),
        ("open", PAST, "Chờ", "round_due_past"),
        ("closed", LATER + timedelta(hours=1), "Chờ", "round_not_open"),
        ("draft", LATER + timedelta(hours=1), "Chờ", "round_not_open"),
    ],
)
def test_extensions(state: str, wanted: datetime, reason: str, expected: str) -> None:
    assert code(rules.check_extension, state, LATER, wanted, NOW, reason) == expected


@pytest.mark.parametrize("passed", [True, False])
@pytest.mark.parametrize(("state", "decision"), list(product(rules.STATES, rules.DECISIONS)))
def test_decisions(state: str, decision: str, passed: bool) -> None:
    found = code(rules.check_decision, state, decision, passed=passed, votes=1, needed=2)
    if state != "closed":
        assert found == ("round_not_closed" if state in ("draft", "open") else "round_over")
    else:
        assert found == ("round_not_agreed" if decision == "approved" and not passed else "")


@pytest.mark.parametrize("state", rules.STATES)
def test_calling_off_and_drafts(state: str) -> None:
    over = state in ("decided", "cancelled")
    assert code(rules.check_cancel, state, "Đưa ra họp") == ("round_over" if over else "")
    assert code(rules.check_cancel, state, "") == ("round_over" if over else "round_reason")
    assert code(rules.check_draft, state) == ("" if state == "draft" else "round_not_draft")
    assert code(rules.check_open, state) == ("" if state == "open" else "round_not_open")


@pytest.mark.parametrize(
    ("state", "reported", "same_body", "over", "expected"),
    [
        ("decided", False, True, False, ""),
        ("closed", False, True, False, "round_not_decided"),
        ("open", False, True, False, "round_not_decided"),
        ("decided", True, True, False, "round_reported_already"),
        ("decided", False, False, False, "round_meeting_other"),
        ("decided", False, True, True, "round_meeting_over"),
    ],
)
def test_reporting(state: str, reported: bool, same_body: bool, over: bool, expected: str) -> None:
    assert code(rules.check_report, state, reported=reported, same_body=same_body, over=over) == expected


@pytest.mark.parametrize(
    ("members", "wanted", "expected"),
    [
        ([1, 2, 3], [], [1, 2, 3]),
        ([3, 1, 2], [2], [2]),
        ([1, 2], [2, 1], [1, 2]),
        ([], [], []),
        ([1, 2], [3], None),
        ([1, 2], [1, 3], None),
    ],
)
def test_whom_a_round_asks(members: list[int], wanted: list[int], expected: list[int] | None) -> None:
    if expected is None:
        assert code(rules.chosen, members, wanted) == "round_not_members"
    else:
        assert rules.chosen(members, wanted) == expected


@pytest.mark.parametrize(
    ("body", "members", "asked", "expected"),
    [("committee", 15, 15, 15), ("committee", 15, 9, 15), ("council", 30, 5, 5), ("party", 27, 9, 9)],
)
def test_of_how_many(body: str, members: int, asked: int, expected: int) -> None:
    assert rules.base_of(body, members, asked) == expected


@pytest.mark.parametrize(
    ("kind", "total", "counts", "chair", "passed"),
    [
        # more than half of ALL members agree, silent ones count against it [NĐ 315 Đ3.3d]
        ("committee", 15, {"for": 8, "against": 0, "other": 0}, None, True),
        ("committee", 15, {"for": 7, "against": 0, "other": 0}, None, False),
        ("committee", 15, {"for": 7, "against": 7, "other": 1}, "for", False),  # no tie rule in writing
        ("committee", 16, {"for": 8, "against": 8, "other": 0}, "for", False),
        ("committee", 99, {"for": 50, "against": 0, "other": 49}, None, True),
        ("committee", 99, {"for": 49, "against": 0, "other": 0}, None, False),
        # "other opinion" is not in favour
        ("committee", 3, {"for": 1, "against": 0, "other": 2}, None, False),
        ("committee", 1, {"for": 1, "against": 0, "other": 0}, None, True),
        # the Thường trực: a tie goes with the chair's side [NQ 104 Đ19.2]
        ("council", 4, {"for": 2, "against": 2, "abstain": 0, "other": 0}, "for", True),
        ("council", 4, {"for": 2, "against": 2, "abstain": 0, "other": 0}, "against", False),
        ("council", 5, {"for": 2, "against": 2, "abstain": 0, "other": 1}, "other", False),
        ("council", 5, {"for": 2, "against": 2, "abstain": 1, "other": 0}, None, False),
        ("council", 5, {"for": 3, "against": 2, "abstain": 0, "other": 0}, "against", True),
        ("party", 9, {"for": 5, "against": 4, "abstain": 0, "other": 0}, None, True),
        ("party", 8, {"for": 4, "against": 4, "abstain": 0, "other": 0}, "for", False),
    ],
)
def test_enough(kind: str, total: int, counts: dict[str, int], chair: str | None, passed: bool) -> None:
    counted = Counted(counts=counts, total=total, present=total)
    assert decide("more_than_half", counted, rules.usual_tie(kind), chair).passed is passed


DAY = date(2026, 11, 23)


def test_statistics_of_a_small_round() -> None:
    asked = [Asked(1, 10), Asked(2, 10), Asked(3, 20), Asked(4, None), Asked(5, 20)]
    given = [Given(3, "against", DAY + timedelta(days=1)), Given(1, "for", DAY), Given(4, "other", DAY)]
    options = ["for", "against", "other"]

    assert stats.counts(options, given) == {"for": 1, "against": 1, "other": 1}
    assert stats.by_unit(options, asked, given) == [
        {"unit_id": 10, "asked": 2, "answered": 1, "counts": {"for": 1, "against": 0, "other": 0}},
        {"unit_id": 20, "asked": 2, "answered": 1, "counts": {"for": 0, "against": 1, "other": 0}},
        {"unit_id": None, "asked": 1, "answered": 1, "counts": {"for": 0, "against": 0, "other": 1}},
    ]
    assert stats.by_day(options, given) == [
        {"day": "2026-11-23", "answered": 2, "so_far": 2, "counts": {"for": 1, "against": 0, "other": 1}},
        {"day": "2026-11-24", "answered": 1, "so_far": 3, "counts": {"for": 0, "against": 1, "other": 0}},
    ]
    assert stats.silent(asked, given) == [2, 5]
    assert stats.by_day(options, []) == []


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        (0, 0, "0%"),
        (0, 7, "0%"),
        (7, 7, "100%"),
        (1, 3, "33,33%"),
        (2, 3, "66,67%"),
        (1, 8, "12,50%"),
        (50, 99, "50,51%"),
        (1, 2, "50%"),
    ],
)
def test_shares(part: int, whole: int, expected: str) -> None:
    assert stats.percent(part, whole) == expected


people = st.dictionaries(
    st.integers(1, 60), st.tuples(st.sampled_from([None, 1, 2, 3]), st.sampled_from([None, *rules.CHOICES]), st.integers(0, 9))
)


@given(people)
def test_all_sums_agree_whoever_answers(found: dict[int, tuple[int | None, str | None, int]]) -> None:
    asked = [Asked(person, unit) for person, (unit, _, _) in found.items()]
    given = [Given(person, choice, DAY + timedelta(days=day)) for person, (_, choice, day) in found.items() if choice]
    result = {
        "counts": stats.counts(rules.CHOICES, given),
        "asked": len(asked),
        "answered": len(given),
        "silent": len(stats.silent(asked, given)),
        "by_unit": stats.by_unit(rules.CHOICES, asked, given),
        "by_day": stats.by_day(rules.CHOICES, given),
    }
    assert stats.agree(result)
    if given:
        result["counts"] = {**result["counts"], "for": result["counts"]["for"] + 1}
        assert not stats.agree(result)


@pytest.mark.parametrize(("minutes", "may"), [(None, True), (0, False), (9, False), (10, True), (60, True)])
def test_nobody_is_reminded_twice_in_a_moment(minutes: int | None, may: bool) -> None:
    last = None if minutes is None else NOW - timedelta(minutes=minutes)
    assert rules.may_be_reminded(last, NOW) is may
