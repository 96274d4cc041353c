"""A report as a table file: CSV, and a workbook with a sheet for each table, real numbers and dates, and its charts."""

import csv
import io
import math
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from meeting.documents.spreadsheets import harmless
from meeting.evaluation.numbers import Share
from meeting.evaluation.tables import Cell, Chart, Column, Report, Table
from meeting.evaluation.telling import Telling, vietnamese

NUMBER, PERCENT, DAY = "#,##0", "0.00%", "dd/mm/yyyy"
MOST_WIDE, SUMMARY_WIDE = 60, 85
PLAIN, STRONG, TITLE = (
    Font(name="Times New Roman", size=12),
    Font(name="Times New Roman", size=12, bold=True),
    Font(name="Times New Roman", size=15, bold=True),
)
LINE_POINTS = 16.5  # a line of 12 points
HEAD_FILL = PatternFill("solid", start_color="E8ECF7")
LINE = Side(style="thin", color="8A8F9C")
FRAME = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
COLOURS = {"all": "C3CDEA", "notice": "27408F", "agree": "12663B", "warn": "B7791F", "oppose": "A8231A"}
Plain = str | int | float | date | None


def as_csv(report: Report) -> bytes:
    """The first table, in UTF-8 with a byte order mark, so that spreadsheets read the letters; no cell can become a formula."""
    tell, table = vietnamese(), report.tables[0]
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow([harmless(words) for words in headings(table.columns, tell)])
    for row in [*table.rows, *([table.foot] if table.foot else [])]:
        writer.writerow([harmless(_written(value)) for value in values(row, table.columns, tell)])
    return file.getvalue().encode("utf-8-sig")


def _written(value: Plain) -> str | int:
    if isinstance(value, float):
        return f"{value:.4f}".replace(".", ",")
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else "" if value is None else value


def headings(columns: Sequence[Column], tell: Telling) -> list[str]:
    """One heading a column of the file: a share takes three, its count, its whole and its part of it."""
    found: list[str] = []
    for column in columns:
        label = f"{tell.say(column.group)}: {tell.say(column.label)}" if column.group else tell.say(column.label)
        found += [label, f"{label} (trên tổng số)", f"{label} (%)"] if column.kind == "share" else [label]
    return found


def values(row: Sequence[Cell], columns: Sequence[Column], tell: Telling) -> list[Plain]:
    """The values of a row as a spreadsheet keeps them."""
    found: list[Plain] = []
    for cell, column in zip(row, columns, strict=True):
        value = cell.value
        if column.kind == "share":
            share = value if isinstance(value, Share) else Share(0, 0)
            found += [share.part, share.whole, share.part / share.whole if share.whole else None]
        else:
            found.append(value if isinstance(value, int | float | date) or value is None else tell.value(value))
    return found


def as_xlsx(report: Report, lists: Sequence[Table] = ()) -> bytes:
    """A workbook: the sentences, each table, the rows behind the figures, the charts."""
    book, tell = Workbook(), vietnamese()
    first = book.worksheets[0]
    first.title = "Tóm tắt"
    _summary(first, report, tell)
    for table in [*report.tables, *lists]:
        _table(book.create_sheet(_title(book, tell.say(table.title))), table, tell)
    charts = [chart for chart in report.charts if chart.labels]
    if charts:
        _charts(book.create_sheet(_title(book, "Biểu đồ")), charts, tell)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _title(book: Workbook, words: str) -> str:
    plain = re.sub(r"[\[\]:*?/\\]", " ", words)[:28]
    return plain if plain not in book.sheetnames else f"{plain} {len(book.sheetnames)}"


def _summary(sheet: Worksheet, report: Report, tell: Telling) -> None:
    for words in (tell.say(report.title), report.opening, *report.sentences, *report.further):
        sheet.append([harmless(words)])
    sheet.column_dimensions["A"].width = SUMMARY_WIDE
    for at, (cell,) in enumerate(sheet.iter_rows(min_col=1, max_col=1), start=1):
        cell.font, cell.alignment = PLAIN, Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[at].height = LINE_POINTS * _lines(cell.value, SUMMARY_WIDE)
    sheet["A1"].font = TITLE
    sheet.row_dimensions[1].height = 24
    _on_paper(sheet)


def _on_paper(sheet: Worksheet, *, lying: bool = False, head: bool = False) -> None:
    """Printed on A4, as wide as the paper; the heads of a table stand on every page."""
    sheet.page_setup.orientation = "landscape" if lying else "portrait"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if head:
        sheet.print_title_rows = "1:1"


def _lines(words: object, width: float) -> int:
    """How many lines words take in a column so wide: sheets do not raise their rows by themselves when they are opened."""
    return max(1, math.ceil(len(str(words or "")) * 1.1 / width))


def _table(sheet: Worksheet, table: Table, tell: Telling) -> None:
    heads = headings(table.columns, tell)
    sheet.append([harmless(words) for words in heads])
    for row in [*table.rows, *([table.foot] if table.foot else [])]:
        sheet.append([harmless(value) if isinstance(value, str) else value for value in values(row, table.columns, tell)])
    formats = _formats(table.columns)
    for place, form in enumerate(formats, start=1):
        letter = get_column_letter(place)
        widest = max((len(str(cell.value or "")) for cell in sheet[letter][1:400]), default=0)
        sheet.column_dimensions[letter].width = min(MOST_WIDE, max(widest + 3, 12))
        if form:
            for cell in sheet[letter][1:]:
                cell.number_format = form
    _dressed(sheet, bool(table.foot))
    _on_paper(sheet, lying=len(heads) > 4, head=True)
    sheet.freeze_panes = "B2"


def _dressed(sheet: Worksheet, foot: bool) -> None:
    """Frames, letters and rows high enough for what stands in them."""
    widths = [sheet.column_dimensions[get_column_letter(place)].width for place in range(1, sheet.max_column + 1)]
    wrapped, headed = Alignment(wrap_text=True, vertical="top"), Alignment(wrap_text=True, horizontal="center", vertical="center")
    for at, row in enumerate(sheet.iter_rows(), start=1):
        for cell in row:
            cell.border, cell.font = FRAME, STRONG if at == 1 or (foot and at == sheet.max_row) else PLAIN
            cell.alignment = headed if at == 1 else wrapped
            if at == 1:
                cell.fill = HEAD_FILL
        texts = ((cell.value, width) for cell, width in zip(row, widths, strict=True) if isinstance(cell.value, str))
        sheet.row_dimensions[at].height = LINE_POINTS * max((_lines(value, width) for value, width in texts), default=1)


def _formats(columns: Sequence[Column]) -> list[str]:
    found: list[str] = []
    for column in columns:
        found += [NUMBER, NUMBER, PERCENT] if column.kind == "share" else [{"number": NUMBER, "date": DAY}.get(column.kind, "")]
    return found


def _charts(sheet: Worksheet, charts: Sequence[Chart], tell: Telling) -> None:
    """The figures of each chart in columns, the chart beside them."""
    for chart in charts:
        top = sheet.max_row + 2 if sheet.max_row > 1 else 1
        sheet.cell(top, 1, harmless(tell.say(chart.title))).font = STRONG
        names = [tell.say(each.label) for each in chart.series] if chart.kind == "columns" else ["Số lượng", "Trên tổng số"]
        for place, name in enumerate(names, start=2):
            sheet.cell(top + 1, place, harmless(name))
        for at, label in enumerate(chart.labels):
            sheet.cell(top + 2 + at, 1, harmless(tell.value(label)))
            for place, each in enumerate(chart.series, start=2):
                sheet.cell(top + 2 + at, place, each.values[at])
        sheet.add_chart(_drawn(sheet, chart, top + 1, tell), f"E{top}")
        _leave_room(sheet, top + 17)
    sheet.column_dimensions["A"].width = 40
    _on_paper(sheet, lying=True)


def _leave_room(sheet: Worksheet, row: int) -> None:
    """The next chart begins below this one."""
    if sheet.max_row < row:
        spare: SheetCell | Any = sheet.cell(row, 1)
        spare.value = " "


def _drawn(sheet: Worksheet, chart: Chart, head: int, tell: Telling) -> BarChart:
    drawn, columns = BarChart(), chart.kind == "columns"
    drawn.type, drawn.style = "col" if columns else "bar", 10
    drawn.title = tell.say(chart.title)
    last = head + len(chart.labels)
    drawn.add_data(Reference(sheet, min_col=2, max_col=3 if columns else 2, min_row=head, max_row=last), titles_from_data=True)
    drawn.set_categories(Reference(sheet, min_col=1, min_row=head + 1, max_row=last))
    drawn.overlap = 100 if columns else None
    drawn.dataLabels = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False, showPercent=False)
    if not columns:
        drawn.legend = None
    drawn.x_axis.delete = drawn.y_axis.delete = False
    for series, tone in zip(drawn.series, [each.tone for each in chart.series] if columns else ["notice"], strict=False):
        series.graphicalProperties.solidFill = COLOURS.get(tone, COLOURS["notice"])
    drawn.height, drawn.width = 7.5, 18
    return drawn
