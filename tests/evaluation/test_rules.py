"""Grading as pure rules."""

import pytest

from meeting.errors import Refused
from meeting.evaluation import rules


@pytest.mark.parametrize(
    ("rule", "arguments", "code"),
    [
        (rules.may_be_judged, ("in_session",), "meeting_not_over"),
        (rules.may_be_finished, ("in_session", "open"), "meeting_not_over"),
        (rules.may_be_finished, ("held", "closed"), "evaluation_closed"),
        (rules.is_late, ("closed", " "), "regrade_needs_reason"),
        (rules.override, ("met", "not_met", " "), "override_needs_reason"),
        (rules.points_fit, (151, 15), "points_beyond"),
        (rules.points_fit, (-1, 15), "points_beyond"),
        (rules.a_fair_verdict, ("not_met", "", "  "), "reason_required"),
        (rules.a_fair_verdict, ("not_met", "good", "Thiếu tài liệu"), "shade_needs_met"),
        (rules.not_ones_own_paper, (1, None, 5, frozenset({1})), "own_paper_graded"),
        (rules.not_ones_own_paper, (1, 5, 5, frozenset()), "own_paper_graded"),
        (rules.not_ones_own_statement, (1, 1), "own_statement"),
        (rules.may_be_closed, (None,), "meeting_not_graded"),
    ],
)
def test_a_rule_refuses(rule: object, arguments: tuple[object, ...], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        rule(*arguments)  # type: ignore[operator]

    assert refusal.value.code == code


def test_the_rules_let_pass_what_is_right() -> None:
    rules.may_be_judged("held")
    rules.may_be_finished("archived", "open")
    rules.points_fit(150, 15)
    rules.a_fair_verdict("met", "good", "")
    rules.a_fair_verdict("not_met", "", "Thiếu tài liệu chính")
    rules.not_ones_own_paper(1, 4, 5, frozenset({2}))
    rules.not_ones_own_statement(1, 2)
    rules.may_be_closed("not_met")


@pytest.mark.parametrize(("part", "whole", "share"), [(1, 3, 33), (2, 3, 67), (1, 2, 50), (0, 5, 0), (0, 0, None), (1, 8, 13)])
def test_shares_are_whole_per_cent(part: int, whole: int, share: int | None) -> None:
    assert rules.percent(part, whole) == share


@pytest.mark.parametrize(
    ("verdict", "computed", "reason", "kept"),
    [
        ("met", "met", "Chuẩn bị tốt", ""),
        ("met", "", "", ""),  # nothing was computed: the chair judges freely
        ("met", "not_met", " Đã họp bù ", "Đã họp bù"),
        ("not_met", "met", "Thảo luận qua loa", "Thảo luận qua loa"),
    ],
)
def test_why_a_chair_judges_otherwise(verdict: str, computed: str, reason: str, kept: str) -> None:
    assert rules.override(verdict, computed, reason) == kept


def test_a_change_after_the_closing_is_late() -> None:
    assert rules.is_late("open", "") is False
    assert rules.is_late("closed", "Bổ sung hồ sơ") is True


def test_a_body_that_does_not_split_has_no_shades() -> None:
    rules.a_fair_verdict("met", "", "", split=False)
    with pytest.raises(Refused) as refusal:
        rules.a_fair_verdict("met", "fair", "", split=False)
    assert refusal.value.code == "shade_not_used"
