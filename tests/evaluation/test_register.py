"""The register's table, line by line, as pure rules."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook

from meeting.errors import Refused
from meeting.evaluation.register import PastMeeting, RawRow, merge, read_lines, read_table
from meeting.organization.rows import read_rows

DAY = date(2026, 3, 2)
TODAY = date(2026, 11, 23)
BODIES = {"Đảng ủy": 1, "UBND": 2, "Ủy ban nhân dân phường": 2}
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
