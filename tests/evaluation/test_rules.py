"""Counting, sentences, the register's lines and the punctuality ledger, as pure rules."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from meeting.errors import Refused
from meeting.evaluation import rules
from meeting.evaluation.counting import Counted, Figures, by_month, count, sentence, together, without_doubles
from meeting.evaluation.punctuality import Asked, evidence, ledger
from meeting.evaluation.register import PastMeeting, RawRow, merge, read_lines, read_table
from meeting.organization.rows import read_rows

DAY = date(2026, 3, 2)
TODAY = date(2026, 11, 23)
BODIES = {"Đảng ủy": 1, "UBND": 2, "Ủy ban nhân dân phường": 2}


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

    assert figures == [Figures("HĐND", 1, 1, 0, 0), Figures("UBND", 3, 1, 1, 1, good=1)]
    assert figures[1].meeting_requirements == 1
    assert together(figures, "all") == Figures("all", 4, 2, 1, 1, good=1)


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


@pytest.mark.parametrize(
    ("rule", "arguments", "code"),
    [
        (rules.may_be_judged, ("in_session", "open"), "meeting_not_over"),
        (rules.may_be_judged, ("held", "closed"), "evaluation_closed"),
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
    rules.may_be_judged("held", "open")
    rules.a_fair_verdict("met", "good", "")
    rules.a_fair_verdict("not_met", "", "Thiếu tài liệu chính")
    rules.not_ones_own_paper(1, 4, 5, frozenset({2}))
    rules.not_ones_own_statement(1, 2)
    rules.may_be_closed("not_met")


@pytest.mark.parametrize(("part", "whole", "share"), [(1, 3, 33), (2, 3, 67), (1, 2, 50), (0, 5, 0), (0, 0, None), (1, 8, 13)])
def test_shares_are_whole_per_cent(part: int, whole: int, share: int | None) -> None:
    assert rules.percent(part, whole) == share


CSV = "body,held_on,kind,notice_symbol,verdict\nĐảng ủy,02/03/2026,thường kỳ,27-TB/ĐU,đạt\n\nUBND,2026-03-03,đột xuất,,\n"


def test_a_table_is_read_line_by_line() -> None:
    assert read_table(read_rows(CSV.encode("utf-8-sig"), "register.csv")) == [
        RawRow(2, "Đảng ủy", "02/03/2026", "thường kỳ", "27-TB/ĐU", "đạt"),
        RawRow(4, "UBND", "2026-03-03", "đột xuất", "", ""),
    ]


def test_vietnamese_headings_are_known() -> None:
    table = [["Cơ quan", "Ngày họp", "Số, ký hiệu", "Đánh giá"], ["UBND", "3/3/2026", "9/TB-UBND", "Chưa đạt yêu cầu"]]

    assert read_table(table) == [RawRow(2, "UBND", "3/3/2026", "", "9/TB-UBND", "Chưa đạt yêu cầu")]


def test_a_workbook_is_read_with_its_dates() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["body", "held_on", "kind", "notice_symbol", "verdict"])
    sheet.append(["UBND", DAY, None, "9/TB-UBND", "met"])
    file = BytesIO()
    book.save(file)

    assert read_table(read_rows(file.getvalue(), "r.xlsx")) == [RawRow(2, "UBND", "2026-03-02", "", "9/TB-UBND", "met")]


def test_a_table_without_the_needed_columns_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        read_table([["body", "kind"], ["UBND", "x"]])

    assert (refusal.value.code, refusal.value.facts) == ("register_columns_missing", {"columns": ["held_on"]})


def test_every_fault_of_every_line_is_told() -> None:
    rows = [
        RawRow(2, "ubnd", "2026-03-02", "thường kỳ", "9/TB-UBND", "Đạt"),
        RawRow(3, "Hội Nông dân", "32/01/2026", "", "", "tạm được"),
        RawRow(4, "UBND", "2027-01-01", "", "", ""),
        RawRow(5, "UBND", "2026-03-02", "", "09 / TB–UBND", ""),
    ]

    reading = read_lines(rows, BODIES, TODAY)

    assert reading.rows == [PastMeeting(2, DAY, "thường kỳ", "9/TB-UBND", "met")]
    assert [(fault.line, fault.field) for fault in reading.faults] == [
        (3, "body"),
        (3, "held_on"),
        (3, "verdict"),
        (4, "held_on"),
        (5, "notice_symbol"),
    ]


def test_the_same_file_again_changes_nothing() -> None:
    rows = [
        PastMeeting(1, DAY, "thường kỳ", "", "met"),
        PastMeeting(1, DAY, "thường kỳ", "", "met"),
        PastMeeting(2, DAY),
    ]

    first = merge([], rows)
    again = merge(list(enumerate(rows)), rows)

    assert (len(first.new), first.changed, first.unchanged) == (3, [], 0)
    assert (again.new, again.changed, again.unchanged) == ([], [], 3)


def test_a_notice_issued_later_completes_its_row() -> None:
    known = [(7, PastMeeting(1, DAY, "thường kỳ", "", "met"))]
    completed = PastMeeting(1, DAY, "Thường kỳ", "27-TB/ĐU", "met")

    done = merge(known, [completed])

    assert (done.new, done.changed, done.unchanged) == ([], [(7, completed)], 0)


NOON = datetime(2026, 11, 20, 5, tzinfo=UTC)


def paper(unit: str, late: int | None, *, due: datetime = NOON, **known: Any) -> Asked:
    """A paper first received so many minutes late; None: never."""
    first_at = None if late is None else due + timedelta(minutes=late or -60)
    return Asked(len(unit), unit, due, first_at, late, **known)


def test_the_ledger_ranks_units_that_were_asked_often_enough() -> None:
    papers = [
        *(paper("Kinh tế", 0) for _ in range(3)),
        *(paper("Văn hóa", late) for late in (0, 0, 120)),
        *(paper("Tư pháp", late, returned=1) for late in (0, None, 0)),
        paper("Công an", None),
        paper("Công an", None, due=NOON + timedelta(days=9)),
    ]

    lines = ledger(papers, NOON + timedelta(days=1))

    assert [(li.unit, li.asked, li.on_time, li.late, li.missing, li.returned, li.late_minutes, li.rank) for li in lines] == [
        ("Kinh tế", 3, 3, 0, 0, 0, 0, 1),
        ("Tư pháp", 3, 2, 0, 1, 3, 0, 2),
        ("Văn hóa", 3, 2, 1, 0, 0, 120, 2),
        ("Công an", 1, 0, 0, 1, 0, 0, None),
    ]


def test_a_due_time_moved_afterwards_does_not_take_lateness_away() -> None:
    moved = Asked(1, "Kinh tế", NOON + timedelta(days=9), NOON + timedelta(hours=2), 120)

    (line,) = ledger([moved], NOON)

    assert (line.on_time, line.late, line.late_minutes, line.late_minutes_in_all) == (0, 1, 120, 120)


@pytest.mark.parametrize(
    ("figure", "behind"),
    [
        ("asked", [5, 2, 3, 1, 4]),
        ("on_time", [1, 4]),
        ("late", [5, 2]),
        ("missing", [3]),
        ("returned", [4]),
        ("granted", [5]),
        ("graded", [5, 1]),
        ("not_met", [5]),
    ],
)
def test_every_figure_is_the_number_of_papers_behind_it(figure: str, behind: list[int]) -> None:
    papers = [
        paper("Kinh tế", 0, requirement_id=1, verdict="met"),
        paper("Kinh tế", 30, requirement_id=2),
        paper("Kinh tế", None, requirement_id=3),
        paper("Kinh tế", 0, requirement_id=4, returned=2, due=NOON + timedelta(hours=1)),
        paper("Kinh tế", 90, requirement_id=5, granted=1, verdict="not_met"),
        paper("Kinh tế", None, requirement_id=6, due=NOON + timedelta(days=9)),
    ]
    later = NOON + timedelta(days=1)

    found = evidence(papers, figure, later)

    assert [each.requirement_id for each in found] == behind
    assert getattr(ledger(papers, later)[0], figure) == len(behind)
