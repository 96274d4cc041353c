"""Votes as spreadsheets: one question with who voted how, all votes of a meeting, the voting record of members."""

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from meeting.clock import local
from meeting.documents.spreadsheets import harmless
from meeting.journal import Entry
from meeting.voting.majority import share
from meeting.voting.official_paper import trace_of
from meeting.voting.outcomes import Outcome, mark_of, round_of
from meeting.voting.sheets import SPOKEN, facts_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHARE = "0.00%"  # a spreadsheet in Vietnamese shows the comma by itself
WHOLE = "#,##0"
Cell = str | int | float | None


def question_book(outcome: Outcome, entry: Entry | None) -> bytes:
    """A question: its facts, its counts, the entry of its close; on a second sheet who voted how, where that may be told."""
    book = Workbook()
    sheet = book.create_sheet("Kết quả", 0)
    book.remove(book.worksheets[-1])
    add_row(sheet, [outcome.question.title], bold=True, size=14)
    for lead, text in facts_of(outcome):
        add_row(sheet, [lead, text])
    sheet.append([])
    _counts(sheet, outcome)
    if outcome.result:
        sheet.append([])
        add_row(sheet, ["Kết luận", outcome.verdict])
    if said := trace_of(entry):
        add_row(sheet, ["Nhật ký", said])
    shape(sheet, [34, 60, 16, 16, 16, 16, 20])
    if outcome.voters:
        _names(book.create_sheet("Chi tiết"), outcome)
    return _bytes(book)


def _counts(sheet: Worksheet, outcome: Outcome) -> None:
    result = outcome.result
    if result is None:
        return
    marks = outcome.marks()
    if outcome.question.form == "matter":
        add_row(sheet, ["Phương án", "Số phiếu", f"Tỷ lệ trên tổng số {outcome.members}"], bold=True)
        counted = [(outcome.label(mark), result.counts.get(mark, 0)) for mark in marks]
        silent = max(0, result.present - result.cast)
        counted += [("Phiếu không hợp lệ", result.invalid), (f"{outcome.members.capitalize()} có mặt không bỏ phiếu", silent)]
        for said, number in counted:
            add_row(sheet, [said, number, float(share(number, result.total))], formats={2: WHOLE, 3: SHARE})
        return
    head = [cell for mark in marks for cell in (outcome.label(mark), "Tỷ lệ")]
    add_row(sheet, ["STT", "Nội dung / Họ và tên", *head, "Không hợp lệ", "Kết quả"], bold=True)
    for place, line in enumerate(outcome.lines(), start=1):
        counts = line["counts"]
        numbers: list[Cell] = [
            cell for mark in marks for cell in (counts.get(mark, 0), float(share(counts.get(mark, 0), result.total)))
        ]
        formats = {3 + 2 * number: WHOLE for number in range(len(marks))} | {
            4 + 2 * number: SHARE for number in range(len(marks))
        }
        add_row(sheet, [place, line["title"], *numbers, line["invalid"], line["label"]["vi"]], formats=formats)


def _names(sheet: Worksheet, outcome: Outcome) -> None:
    lines = outcome.question.lines
    add_row(sheet, ["STT", "Họ và tên", *([line.title for line in lines] or ["Biểu quyết"]), "Ý kiến", "Ghi chú"], bold=True)
    for place, voter in enumerate(outcome.voters, start=1):
        marks = [mark_of(outcome, voter, line) for line in lines] or [mark_of(outcome, voter)]
        add_row(sheet, [place, voter.name, *marks, voter.text, SPOKEN if voter.spoken else ""])
    for place, name in enumerate(outcome.silent, start=len(outcome.voters) + 1):
        add_row(sheet, [place, name, *("Không bỏ phiếu" for _ in range(len(lines) or 1)), "", ""])
    shape(sheet, [6, 30, *(24 for _ in range(len(lines) or 1)), 40, 14])
    sheet.freeze_panes = "C2"


def meeting_book(outcomes: Sequence[Outcome]) -> bytes:
    """All votes of a meeting: a row for each single matter and for each line of the others."""
    book = Workbook()
    sheet = book.create_sheet("Biểu quyết", 0)
    book.remove(book.worksheets[-1])
    head = ["STT", "Nội dung chương trình", "Câu hỏi", "Người hoặc phương án", "Hình thức", "Mở lúc", "Đóng lúc", "Tổng số"]
    head += ["Có mặt khi đóng", "Phương án chọn", "Số phiếu", "Tỷ lệ trên tổng số", "Không hợp lệ", "Kết quả", "Kết luận"]
    add_row(sheet, head, bold=True)
    for place, outcome in enumerate(outcomes, start=1):
        _vote_rows(sheet, place, outcome)
    shape(sheet, [6, 30, 40, 28, 24, 16, 16, 9, 9, 20, 9, 12, 9, 22, 60])
    sheet.freeze_panes = "D2"
    return _bytes(book)


def _vote_rows(sheet: Worksheet, place: int, outcome: Outcome) -> None:
    question, result = outcome.question, outcome.result
    moments = [f"{local(at):%H:%M %d/%m/%Y}" if at else "" for at in (question.opened_at, question.closed_at)]
    item = f"{question.item.label}. {question.item.title}"
    head: list[Cell] = [place, item, round_of(question)]
    if result is None:
        add_row(sheet, [*head, "", outcome.way, *moments, question.total, "", "", "", "", "", outcome.short, question.reason])
        return
    here = result.here or result.present
    lines = outcome.lines() if question.form != "matter" else [None]
    for line in lines:
        counts = line["counts"] if line else result.counts
        invalid = line["invalid"] if line else result.invalid
        ended = line["label"]["vi"] if line else outcome.short
        for mark in outcome.marks():
            number = int(counts.get(mark, 0))
            told = [line["title"] if line else "", outcome.way, *moments, question.total, here, outcome.label(mark), number]
            ending = [float(share(number, result.total)), invalid, ended, outcome.verdict]
            add_row(sheet, [*head, *told, *ending], formats={11: WHOLE, 12: SHARE})


def add_row(
    sheet: Worksheet, cells: Sequence[Cell], *, bold: bool = False, size: int = 11, formats: dict[int, str] | None = None
) -> None:
    """Adds a row; `formats` are number formats by column. No text becomes a formula."""
    sheet.append([harmless(cell) for cell in cells])
    number = sheet.max_row
    if bold:
        for cell in sheet[number]:
            cell.font = Font(bold=True, size=size)
    for column, shape in (formats or {}).items():
        sheet.cell(number, column).number_format = shape


def shape(sheet: Worksheet, widths: Sequence[int]) -> None:
    """Sets the widths of the columns; below the first row text runs on."""
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")


def _bytes(book: Workbook) -> bytes:
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
