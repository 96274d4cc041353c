"""Counting meetings, and the sentences on them, as pure rules."""

from datetime import date

import pytest

from meeting.evaluation.counting import (
    Counted,
    Figures,
    behind,
    by_month,
    count,
    kind_of,
    sentence,
    together,
    weight,
    without_doubles,
)

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("figures", "vietnamese", "english"),
    [
        (
            Figures("Đảng ủy", 56, 27, 0, 0),
            "Đảng ủy tổ chức 56 cuộc, trong đó 27 cuộc có thông báo kết luận, không có cuộc họp chưa đạt yêu cầu.",
            "Đảng ủy held 56 meetings, 27 of them with a conclusion notice, no meeting failing the requirements.",
        ),
        (
            Figures("UBND", 20, 9, 2, 3),
            "UBND tổ chức 20 cuộc, trong đó 9 cuộc có thông báo kết luận, "
            "2 cuộc họp chưa đạt yêu cầu, 3 cuộc họp chưa được đánh giá.",
            "UBND held 20 meetings, 9 of them with a conclusion notice, 2 not meeting the requirements, 3 not graded.",
        ),
        (
            Figures("HĐND", 1, 0, 0, 1),
            "HĐND tổ chức 1 cuộc, trong đó không có cuộc nào có thông báo kết luận, "
            "không có cuộc họp chưa đạt yêu cầu, 1 cuộc họp chưa được đánh giá.",
            "HĐND held 1 meeting, none of them with a conclusion notice, no meeting failing the requirements, 1 not graded.",
        ),
        (
            Figures("UBND", 1250, 1000, 0, 0),
            "UBND tổ chức 1.250 cuộc, trong đó 1.000 cuộc có thông báo kết luận, không có cuộc họp chưa đạt yêu cầu.",
            "UBND held 1,250 meetings, 1,000 of them with a conclusion notice, no meeting failing the requirements.",
        ),
        (Figures("HĐND", 0, 0, 0, 0), "HĐND không tổ chức cuộc họp nào.", "HĐND held no meetings."),
    ],
)
def test_the_sentence_of_a_body(figures: Figures, vietnamese: str, english: str) -> None:
    assert sentence(figures) == vietnamese
    assert sentence(figures, "en") == english


def test_meetings_without_a_verdict_are_counted_apart() -> None:
    held = [
        Counted("UBND", DAY, True, "met", "good"),
        Counted("UBND", DAY, False, "not_met"),
        Counted("UBND", DAY, False),
        Counted("HĐND", DAY, True, "met"),
        Counted("elsewhere", DAY, True, "met"),
    ]

    figures = count(["HĐND", "UBND"], held)

    assert figures == [Figures("HĐND", 1, 1, 0, 0, other=1), Figures("UBND", 3, 1, 1, 1, good=1, other=3)]
    assert figures[1].meeting_requirements == 1
    assert together(figures, "all") == Figures("all", 4, 2, 1, 1, good=1, other=4)


def test_all_shades_of_meeting_the_requirements_count_as_meeting_them() -> None:
    held = [Counted("UBND", DAY, True, "met", shade) for shade in ("good", "fair", "")]

    (figures,) = count(["UBND"], held)

    assert (figures.good, figures.fair, figures.meeting_requirements, figures.ungraded) == (1, 1, 3, 0)


@pytest.mark.parametrize(
    ("code", "urgent", "kind"),
    [
        ("regular", False, "regular"),
        ("thematic", False, "thematic"),
        ("special", False, "thematic"),
        ("urgent", False, "extraordinary"),
        ("regular", True, "extraordinary"),
        ("standing", False, "other"),
        ("", False, "other"),
    ],
)
def test_the_kind_of_a_meeting(code: str, urgent: bool, kind: str) -> None:
    assert kind_of(code, urgent) == kind


def test_a_figure_is_the_sum_over_the_meetings_behind_it() -> None:
    held = [
        Counted("UBND", DAY, True, "met", "good", kind="regular", notice="in_time", invited=9, came=7, meeting_id=1),
        Counted("UBND", date(2026, 3, 9), True, "met", kind="thematic", notice="late", invited=9, came=0, meeting_id=2),
        Counted("UBND", DAY, False, kind="other", notice="owed", register_id=3),
    ]

    (figures,) = count(["UBND"], held)

    for figure in ("meetings", "regular", "with_notice", "notice_in_time", "notice_late", "notice_owed", "invited", "came"):
        assert sum(weight(one, figure) for one in behind(held, figure)) == getattr(figures, figure)
    assert [one.meeting_id for one in behind(held, "came")] == [1]
    assert (figures.invited, figures.came, figures.notices_timed.text()) == (18, 7, "1/2 (50%)")


def test_a_register_row_with_the_symbol_of_an_own_notice_is_the_same_meeting() -> None:
    own = [Counted("UBND", DAY, True, "met", symbol="7/TB-UBND"), Counted("UBND", DAY, False)]
    past = [
        Counted("UBND", DAY, True, symbol="7/TB-UBND"),
        Counted("UBND", date(2025, 3, 2), True, symbol="7/TB-UBND"),
        Counted("UBND", DAY, False),
    ]

    assert without_doubles(own, past) == [*own, *past[1:]]


def test_every_month_of_the_period_has_its_bar() -> None:
    months = by_month(date(2025, 11, 15), date(2026, 2, 1), [Counted("UBND", date(2026, 1, 31), True)])

    assert [(m.first, m.meetings, m.with_notice) for m in months] == [
        (date(2025, 11, 1), 0, 0),
        (date(2025, 12, 1), 0, 0),
        (date(2026, 1, 1), 1, 1),
        (date(2026, 2, 1), 0, 0),
    ]
