"""The attendance sheet as a table for Excel: one sheet for the meeting, one that compares the items."""

import io
from datetime import datetime

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy.orm import Session

from meeting.clock import local
from meeting.documents.spreadsheets import harmless
from meeting.live import queries as live
from meeting.rollcall import queries
from meeting.rollcall.sheets import Roll

WIDTHS = (6, 30, 36, 14, 44, 24)
HEAD = ("STT", "Họ và tên", "Chức vụ", "Có mặt lúc", "Ghi chú", "Nhóm")
ITEM_HEAD = ("Nội dung", "", "Bắt đầu", "Kết thúc", "Có mặt", "Dự suốt", "Ít nhất cùng lúc", "Cần", "Đủ điều kiện")


def workbook(session: Session, found: Roll) -> bytes:
    """Everybody on one sheet with their group; of the whole meeting also how many were here at each item."""
    book = Workbook()
    sheet = book.create_sheet("Điểm danh", 0)
    book.remove(book.worksheets[-1])
    _people(sheet, found)
    if found.item is None:
        _items(book.create_sheet("Theo nội dung"), session, found)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _people(sheet: Worksheet, found: Roll) -> None:
    of = f": Nội dung {found.item.label}. {found.item.title}" if found.item else ""
    begins = local(found.meeting.opened_at or found.meeting.starts_at)
    sheet.append([harmless(f"{found.meeting.title}{of} ({begins:%H:%M %d/%m/%Y})")])
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.append([harmless(found.sums)])
    sheet.append([harmless(found.quorum)])
    sheet.append([])
    sheet.append(HEAD)
    for cell in sheet[5]:
        cell.font = Font(bold=True)
    for number, (group, row) in enumerate(_rows(found), start=1):
        name, position, at, note = row
        sheet.append([number, harmless(name), harmless(position), harmless(at), harmless(note), group])
    for column, width in zip("ABCDEF", WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
        for cell in sheet[column][5:]:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A6"


def _rows(found: Roll) -> list[tuple[str, list[str]]]:
    members = found.members.capitalize()
    return [
        *((f"{members} có mặt", row) for row in found.came),
        *((f"{members} vắng có lý do", [row[0], row[1], "", row[2]]) for row in found.excused),
        *((f"{members} vắng không có lý do", [row[0], row[1], "", row[2]]) for row in found.absent),
        *(("Người dự thay", [row[0], row[1], row[3], f"dự thay {row[2]}"]) for row in found.substitutes),
        *(("Khách mời", [*row, ""]) for row in found.guests),
    ]


def _items(sheet: Worksheet, session: Session, found: Roll) -> None:
    quorum = live.quorum(session, found.meeting)
    sheet.append(ITEM_HEAD)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for each in queries.by_item(session, found.meeting, quorum.need):
        moments = [_time(each["started_at"]), _time(each["ended_at"])]
        numbers = [each["present"], each["throughout"], each["fewest"], quorum.need]
        sheet.append(
            [harmless(each["label"]), harmless(each["title"]), *moments, *numbers, "Đủ" if each["enough"] else "Không đủ"]
        )
    sheet.column_dimensions["B"].width = 60


def _time(at: str | None) -> str:
    return f"{local(datetime.fromisoformat(at)):%H:%M}" if at else ""
