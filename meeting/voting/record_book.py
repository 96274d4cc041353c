"""The voting record as spreadsheets."""

import io
from collections.abc import Sequence

from openpyxl import Workbook

from meeting.clock import local
from meeting.organization.models import Person
from meeting.voting.record import SILENT, Tally, Vote, Wanted
from meeting.voting.reports import SHARE, WHOLE, Cell, add_row, shape
from meeting.voting.sheets import SPOKEN

MARKS = {
    "for": "Tán thành",
    "against": "Không tán thành",
    "abstain": "Không biểu quyết",
    "other": "Ý kiến khác",
    SILENT: "Không bỏ phiếu",
}


def of_member(person: Person, wanted: Wanted, votes: Sequence[Vote]) -> bytes:
    """One member: every open vote of the period, the latest first."""
    book = Workbook()
    sheet = book.create_sheet("Lịch sử biểu quyết", 0)
    book.remove(book.worksheets[-1])
    add_row(sheet, [f"Lịch sử biểu quyết của {person.called}, {_period(wanted)}"], bold=True, size=14)
    add_row(sheet, ["Chỉ gồm các lần biểu quyết công khai đã công bố kết quả; bỏ phiếu kín không được ghi."])
    sheet.append([])
    head = [
        "STT",
        "Thời gian",
        "Cuộc họp",
        "Nội dung biểu quyết",
        "Người hoặc phương án",
        "Biểu quyết",
        "Ý kiến",
        "Ghi chú",
        "Kết quả",
    ]
    add_row(sheet, head, bold=True)
    for place, vote in enumerate(votes, start=1):
        at = vote.question.opened_at
        when = f"{local(at):%H:%M %d/%m/%Y}" if at else ""
        said = [vote.label() or MARKS[SILENT], vote.text, SPOKEN if vote.spoken else "", _ended(vote)]
        add_row(sheet, [place, when, vote.meeting.title, vote.title, vote.line, *said])
    shape(sheet, [6, 18, 36, 44, 30, 20, 40, 12, 18])
    sheet.column_dimensions["A"].width = 6
    sheet.freeze_panes = "A5"
    return _bytes(book)


def _ended(vote: Vote) -> str:
    return "" if vote.passed is None else "Thông qua" if vote.passed else "Không thông qua"


def of_members(wanted: Wanted, tallies: Sequence[Tally]) -> bytes:
    """All members: how often each could vote openly, and how they did."""
    book = Workbook()
    sheet = book.create_sheet("Thống kê biểu quyết", 0)
    book.remove(book.worksheets[-1])
    add_row(sheet, [f"Thống kê biểu quyết công khai, {_period(wanted)}"], bold=True, size=14)
    sheet.append([])
    add_row(
        sheet,
        ["STT", "Họ và tên", "Chức vụ", "Số lần biểu quyết", *MARKS.values(), "Tỷ lệ tham gia", "Trong đó ghi hộ"],
        bold=True,
    )
    for place, each in enumerate(tallies, start=1):
        numbers: list[Cell] = [each.marks.get(mark, 0) for mark in MARKS]
        took_part = each.given / each.asked if each.asked else 0.0
        cells: list[Cell] = [place, each.person.called, each.person.position, each.asked, *numbers, took_part, each.spoken]
        add_row(sheet, cells, formats={4: WHOLE, **{5 + at: WHOLE for at in range(len(MARKS))}, 5 + len(MARKS): SHARE})
    shape(sheet, [6, 30, 36, 12, *(14 for _ in MARKS), 14, 14])
    sheet.freeze_panes = "C4"
    return _bytes(book)


def _period(wanted: Wanted) -> str:
    return f"từ {wanted.since:%d/%m/%Y} đến {wanted.until:%d/%m/%Y}"


def _bytes(book: Workbook) -> bytes:
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
