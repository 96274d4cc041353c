"""The monthly progress sheet (biểu tiến độ công việc): thirteen columns, as the words of a PDF and as a workbook.

The words are Vietnamese whoever asks: the sheet is a paper of the office.
"""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from meeting.documents import typeset
from meeting.documents.spreadsheets import harmless
from meeting.organization.models import Body
from meeting.tasks.counting import Place
from meeting.tasks.monthly import Followed, Sheet, figures_words

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TITLE = "BIỂU TIẾN ĐỘ CÔNG VIỆC"
HEAD = (
    "STT",
    "Nội dung",
    "Số văn bản",
    "Ngày ban hành",
    "Hạn",
    "Chủ trì",
    "Phối hợp",
    "Lãnh đạo phụ trách",
    "Tiến độ",
    "Trạng thái",
    "Kết quả",
    "Vướng mắc, kiến nghị",
    "Ghi chú",
)
WIDTHS = (5, 46, 15, 12, 12, 24, 24, 18, 9, 16, 34, 34, 24)
DATES, SHARE, CENTRED = (4, 5), 9, (1, 3, 4, 5, 9, 10)  # columns, counted from 1
LINE_POINTS = 15.5  # a line of 11 points
NOTHING = "Không có nhiệm vụ nào trong kỳ."

Cell = str | int | float | date | None


@dataclass(frozen=True)
class Asked:
    """A sheet that was asked for: the body, one unit of it or all, and who made it."""

    body: Body
    unit: str = ""
    maker: str = ""


def state_words(each: Followed) -> str:
    """The state at the end of the month, in the words of the sheet."""
    if each.place is Place.IN_PROGRESS:
        if each.life.waits_since is not None and each.life.waits_since <= each.seen_on:
            return "Chờ nghiệm thu"
        return "Đang thực hiện" if each.percent else "Chưa thực hiện"
    if each.place is Place.OVERDUE and each.life.waits_since is not None and each.life.waits_since <= each.seen_on:
        return "Chờ nghiệm thu, quá hạn"
    return {
        Place.OVERDUE: "Quá hạn",
        Place.DONE_ON_TIME: "Hoàn thành đúng hạn",
        Place.DONE_LATE: "Hoàn thành quá hạn",
        Place.CANCELLED: "Đã hủy",
    }[each.place]


def hindrances(each: Followed) -> str:
    """Obstacles with what is proposed, then the proposals that wait for an answer."""
    told = [f"{one.text}; kiến nghị: {one.proposal}" if one.proposal else one.text for one in each.obstacles]
    return "\n".join([*told, *([f"Kiến nghị: {each.wanted}"] if each.wanted else [])])


def notes(each: Followed) -> str:
    """What else is to be known: an extension with the date before, urgings, the leaders' decision."""
    told = []
    if each.row.is_key:
        told.append("Nhiệm vụ trọng tâm")
    first = each.row.first_due_on
    if first and each.life.due_on and first != each.life.due_on:
        told.append(f"Gia hạn, hạn ban đầu {first:%d/%m/%Y}")
    if each.urged:
        told.append(f"Đã đôn đốc {each.urged} lần")
    if each.decision:
        told.append(f"Kiểm điểm: {each.decision}")
    return "; ".join(told)


def cells(number: int, each: Followed) -> list[Cell]:
    """One task as its thirteen cells; dates as dates, progress as a share of one."""
    row = each.row
    return [
        number,
        row.text,
        row.symbol,
        row.given_on,
        each.life.due_on or "Không có thời hạn",
        row.unit if not row.officer else f"{row.unit} ({row.officer})",
        "; ".join(row.helpers),
        row.leader,
        (100 if each.life.done_on else each.percent) / 100,
        state_words(each),
        each.result,
        hindrances(each),
        notes(each),
    ]


def in_words(cell: Cell) -> str:
    """A cell as print shows it."""
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float):
        return f"{round(100 * cell)}%"
    return "" if cell is None else str(cell)


def by_unit(found: Sheet) -> list[tuple[str, list[list[Cell]]]]:
    """The rows under the names of their lead units, numbered through."""
    groups, number = [], 0
    for unit, tasks in groupby(found.tasks, key=lambda each: each.row.unit):
        rows = []
        for each in tasks:
            number += 1
            rows.append(cells(number, each))
        groups.append((f"{unit} ({len(rows)} nhiệm vụ)", rows))
    return groups


def period_words(found: Sheet) -> str:
    """The line below the title."""
    until = "" if found.seen_on == found.month.last else f" (tính đến ngày {found.seen_on:%d/%m/%Y})"
    return f"Tháng {found.month.first.month} năm {found.month.first.year}{until}"


def paper(asked: Asked, found: Sheet) -> typeset.Sheet:
    """The sheet as a paper on its side, with the heading of the body."""
    body = asked.body
    made = typeset.Sheet(style="party" if body.is_party else "state", body=typeset.body_lines(body.name), title=TITLE)
    if body.parent_name:
        made["parent"] = [body.parent_name.upper()]
    made["place_date"] = typeset.place_and_date(body.place, found.seen_on)
    made["abstract"] = [*([asked.unit] if asked.unit else []), period_words(found)]
    made["opening"] = [figures_words(found.figures)]
    groups = [
        {"title": "" if asked.unit else title, "rows": [[in_words(cell) for cell in row] for row in rows]}
        for title, rows in by_unit(found)
    ]
    made["progress"] = {"head": list(HEAD), "groups": groups}
    made["closing"] = [] if groups else [NOTHING]
    made["second_signature"] = typeset.Signature(lines=["NGƯỜI LẬP BIỂU"], name=asked.maker)
    head = "THỦ TRƯỞNG ĐƠN VỊ" if asked.unit else "CHÁNH VĂN PHÒNG"
    made["signature"] = typeset.Signature(lines=[head], name="")
    return made


def pdf(asked: Asked, found: Sheet) -> bytes:
    """The sheet as PDF/A."""
    return typeset.typeset("progress", paper(asked, found))


def workbook(asked: Asked, found: Sheet) -> bytes:
    """The sheet as a workbook that prints on A4 lying, the head of the table on every page."""
    book = Workbook()
    sheet = book.create_sheet("Biểu tiến độ", 0)
    book.remove(book.worksheets[-1])
    _title(sheet, asked, found)
    sheet.append(HEAD)
    top = sheet.max_row
    for _, rows in by_unit(found):
        for row in rows:
            sheet.append([cell if isinstance(cell, date) else harmless(cell) for cell in row])
    if not found.tasks:
        sheet.append(["", NOTHING])
    _dress(sheet, top)
    _print(sheet, top)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _title(sheet: Worksheet, asked: Asked, found: Sheet) -> None:
    lines = [asked.body.name.upper(), TITLE, asked.unit, period_words(found), figures_words(found.figures)]
    for line in [line for line in lines if line]:
        sheet.append([harmless(line)])
        number = sheet.max_row
        sheet.merge_cells(start_row=number, start_column=1, end_row=number, end_column=len(HEAD))
        cell = sheet.cell(number, 1)
        cell.font = Font(name="Times New Roman", bold=line != lines[-1], size=15 if line == TITLE else 12)
        cell.alignment = Alignment(horizontal="left" if line == lines[-1] else "center", vertical="center", wrap_text=True)
    sheet.row_dimensions[sheet.max_row].height = 34
    sheet.append([])


def _dress(sheet: Worksheet, top: int) -> None:
    """Widths, lines, dates as dates, progress as a percentage."""
    edge = Side(style="thin", color="808080")
    frame = Border(left=edge, right=edge, top=edge, bottom=edge)
    for place, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    for row in sheet.iter_rows(min_row=top, max_col=len(HEAD)):
        for cell in row:
            head = cell.row == top
            cell.border = frame
            cell.font = Font(name="Times New Roman", size=11, bold=head)
            middle = head or cell.column in CENTRED
            cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center" if middle else "left")
            if head:
                cell.fill = PatternFill("solid", fgColor="EDEDED")
            elif cell.column in DATES and isinstance(cell.value, date):
                cell.number_format = "dd/mm/yyyy"
            elif cell.column == SHARE:
                cell.number_format = "0%"
        texts = [(str(cell.value), width) for cell, width in zip(row, WIDTHS, strict=True) if isinstance(cell.value, str)]
        lines = max((_lines(text, width) for text, width in texts), default=1)
        sheet.row_dimensions[row[0].row or top].height = LINE_POINTS * lines


def _lines(text: str, width: float) -> int:
    """How many lines words take in a column: sheets do not raise their rows by themselves when they are opened."""
    return sum(max(1, math.ceil(len(line) * 1.1 / width)) for line in text.split("\n"))


def _print(sheet: Worksheet, top: int) -> None:
    """A4 lying, as wide as the page, head and page number on every page."""
    sheet.freeze_panes = f"C{top + 1}"
    sheet.auto_filter.ref = f"A{top}:{get_column_letter(len(HEAD))}{sheet.max_row}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    if sheet.sheet_properties.pageSetUpPr is not None:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{top}:{top}"
    if sheet.oddFooter is not None:
        sheet.oddFooter.center.text = "Trang &P/&N"
    margins = sheet.page_margins
    margins.left, margins.right, margins.top, margins.bottom = 0.6, 0.4, 0.6, 0.6


def named(asked: Asked, found: Sheet, form: str) -> str:
    """What the file is called."""
    of = asked.unit or asked.body.short_name
    return f"Biểu tiến độ {of} {found.month.first:%m-%Y}.{form}"


def rows_of(found: Sheet) -> Sequence[Sequence[str]]:
    """The same as text, for the screen."""
    return [[in_words(cell) for cell in row] for _, rows in by_unit(found) for row in rows]
