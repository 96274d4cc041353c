"""A catalogue or the rooms as a table for Excel, in the form an import takes back."""

import csv
import io
from collections.abc import Sequence

from openpyxl import Workbook
from sqlalchemy.orm import Session

from meeting.catalogues import queries
from meeting.catalogues.listing import NAME_HEADINGS
from meeting.catalogues.rules import AUTHORITY, DOCUMENT_TYPE, POSITION

Table = list[list[str]]
STYLE_CELLS = {"": "Cả hai", "state": "Nhà nước", "party": "Đảng"}
HEADINGS = {
    POSITION: [],
    DOCUMENT_TYPE: ["Viết tắt", "Hệ thống"],
    AUTHORITY: ["Viết tắt", "Hệ thống", "Cơ quan cấp trên"],
    "room": ["Địa điểm", "Sức chứa", "Trang thiết bị"],
}
EXAMPLES = {
    POSITION: [["Trưởng phòng"], ["Chuyên viên"]],
    DOCUMENT_TYPE: [["Tờ trình", "TTr", "Nhà nước"], ["Kết luận", "KL", "Đảng"]],
    AUTHORITY: [["Ủy ban nhân dân xã", "UBND", "Nhà nước", ""], ["Phòng Kinh tế", "PKT", "Nhà nước", "Ủy ban nhân dân xã"]],
    "room": [["Phòng họp số 1", "Tầng 2, trụ sở UBND", "40", "Máy chiếu, micro từng chỗ"]],
}
FILE_NAMES = {POSITION: "chuc-vu", DOCUMENT_TYPE: "loai-van-ban", AUTHORITY: "co-quan-ban-hanh", "room": "phong-hop"}


def table(session: Session, kind: str) -> Table:
    """What is in use, under the headings that an import knows."""
    heading = [NAME_HEADINGS[kind], *HEADINGS[kind]]
    if kind == "room":
        rooms = queries.rooms_in_use(session)
        lines = [[room.name, room.place, str(room.capacity), room.equipment.replace("\n", "; ")] for room in rooms]
        return [heading, *lines]
    found = queries.entries(session, kind)
    names = {each.id: each.name for each in queries.entries(session, kind, retired=True)}
    rows = [[each.name, each.abbreviation, STYLE_CELLS[each.style], names.get(each.parent_id or 0, "")] for each in found]
    return [heading, *(row[: len(heading)] for row in rows)]


def sample(kind: str) -> Table:
    """A list to start from."""
    return [[NAME_HEADINGS[kind], *HEADINGS[kind]], *EXAMPLES[kind]]


def as_csv(rows: Sequence[Sequence[str]]) -> bytes:
    """UTF-8 with its mark and semicolons, as a Vietnamese Excel opens it. A cell never begins a formula."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows([[_plain(cell) for cell in row] for row in rows])
    return ("\ufeff" + text.getvalue()).encode()


def as_xlsx(rows: Sequence[Sequence[str]]) -> bytes:
    """A workbook with one sheet; the heading stays in sight."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append([_plain(cell) for cell in row])
    sheet.freeze_panes = "A2"
    for column, width in zip("ABCD", (44, 24, 18, 44), strict=True):
        sheet.column_dimensions[column].width = width
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _plain(cell: str) -> str:
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell
