"""The result of a round as a workbook: the counts, by unit, by day, and the answers by name for those who read them."""

import io
from collections.abc import Sequence
from datetime import datetime

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from meeting.clock import local
from meeting.documents.spreadsheets import harmless
from meeting.rounds import queries, rules
from meeting.rounds.models import OpinionRound
from meeting.rounds.sheets import in_order, vi
from meeting.rounds.stats import percent

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Cell = str | int | None


def workbook(row: OpinionRound, *, named: bool) -> bytes:
    """One sheet each; no cell can become a formula."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _put(book, "Kết quả", (34, 14, 20), _result(row))
    options = row.options if named else []  # by unit and day they would tell how somebody answered
    labels = [vi(rules.LABELS[key]) for key in options]
    result = row.result or {"by_unit": [], "by_day": []}
    units = [
        [each["unit"] or "Không thuộc đơn vị", each["asked"], each["answered"], *(each["counts"][x] for x in options)]
        for each in result["by_unit"]
    ]
    _put(book, "Theo đơn vị", (44, 12, 12), [["Đơn vị", "Được hỏi", "Trả lời", *labels], *units])
    days = [
        [
            datetime.fromisoformat(each["day"]).strftime("%d/%m/%Y"),
            each["answered"],
            each["so_far"],
            *(each["counts"][x] for x in options),
        ]
        for each in result["by_day"]
    ]
    _put(book, "Theo ngày", (14, 12, 12), [["Ngày", "Trả lời", "Cộng dồn", *labels], *days])
    if named:
        _put(book, "Từng thành viên", (6, 30, 34, 34, 18, 60, 18, 14), _by_name(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _result(row: OpinionRound) -> list[Sequence[Cell]]:
    result = row.result or {"silent": 0}
    counts: list[Sequence[Cell]] = [[vi(rules.LABELS[key]), number, percent(number, row.total)] for key, number in in_order(row)]
    return [
        ["Phương án", "Số phiếu", f"Tỷ lệ trên {row.total}"],
        *counts,
        ["Không có ý kiến", result["silent"], percent(result["silent"], row.total)],
    ]


def _by_name(row: OpinionRound) -> list[Sequence[Cell]]:
    lines: list[Sequence[Cell]] = [["STT", "Họ và tên", "Chức vụ", "Đơn vị", "Ý kiến", "Nội dung", "Thời gian", "Hình thức"]]
    for number, member in enumerate(row.members, start=1):
        given = queries.answer_of(row, member.person_id)
        who: list[Cell] = [number, member.person.full_name, member.person.position, member.unit.name if member.unit else ""]
        if given is None:
            lines.append([*who, "Không có ý kiến", "", "", ""])
        else:
            how = "Phiếu giấy" if given.on_paper else "Trên hệ thống"
            lines.append([*who, vi(rules.LABELS[given.choice]), given.text, f"{local(given.at):%H:%M %d/%m/%Y}", how])
    return lines


def _put(book: Workbook, title: str, widths: Sequence[int], lines: Sequence[Sequence[Cell]]) -> None:
    sheet = book.create_sheet(title)
    for line in lines:
        sheet.append([harmless(cell) for cell in line])
    for column in range(1, len(lines[0]) + 1):
        width = widths[column - 1] if column <= len(widths) else 18
        sheet.column_dimensions[get_column_letter(column)].width = width
        sheet.cell(1, column).font = Font(bold=True)
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
