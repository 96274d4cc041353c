"""The register of promises as a table for Excel, in Vietnamese as it is filed."""

import io
from collections.abc import Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from meeting.clock import local
from meeting.documents.spreadsheets import harmless
from meeting.questioning.models import Promise
from meeting.questioning.rules import Standing

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADINGS = (
    ("STT", 6),
    ("Cơ quan", 10),
    ("Cuộc họp", 32),
    ("Nhóm vấn đề", 26),
    ("Người hứa", 24),
    ("Đơn vị thực hiện", 26),
    ("Nội dung lời hứa", 52),
    ("Ngày hứa", 12),
    ("Thời hạn", 12),
    ("Tình trạng", 16),
    ("Ngày thực hiện", 14),
    ("Kết quả, căn cứ", 44),
)
STANDINGS = {
    Standing.OVERDUE: "Quá hạn",
    Standing.DUE_SOON: "Sắp đến hạn",
    Standing.ON_TRACK: "Còn trong hạn",
    Standing.KEPT: "Đã thực hiện",
    Standing.KEPT_LATE: "Đã thực hiện, quá hạn",
    Standing.LAPSED: "Không còn hiệu lực",
}


def as_xlsx(rows: Sequence[Promise], today: date) -> bytes:
    """One sheet; no cell can become a formula."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Lời hứa"
    sheet.append([name for name, _ in HEADINGS])
    for number, promise in enumerate(rows, 1):
        sheet.append([number, *(harmless(cell) for cell in _line(promise, today))])
    for column, (_, width) in enumerate(HEADINGS, 1):
        sheet.cell(1, column).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for line in sheet.iter_rows(min_row=2):
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _line(promise: Promise, today: date) -> tuple[str, ...]:
    return (
        promise.body.short_name,
        promise.meeting.title,
        promise.group.title if promise.group else "",
        promise.person.called,
        promise.unit.name if promise.unit else "",
        promise.text,
        f"{local(promise.made_at):%d/%m/%Y}",
        f"{promise.due_on:%d/%m/%Y}",
        STANDINGS[promise.standing(today)],
        f"{promise.kept_on:%d/%m/%Y}" if promise.kept_on else "",
        promise.kept_note,
    )
