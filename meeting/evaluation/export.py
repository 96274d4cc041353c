"""The report as a file: CSV that office programs open as it is, and XLSX."""

import csv
import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Font

from meeting.documents.spreadsheets import harmless

Row = Sequence[str | int]
KINDS = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def as_csv(rows: Sequence[Row]) -> bytes:
    """UTF-8 with a byte order mark, so that spreadsheets read the letters right; no cell can become a formula."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerows([[harmless(cell) for cell in row] for row in rows])
    return file.getvalue().encode("utf-8-sig")


def as_xlsx(title: str, rows: Sequence[Row]) -> bytes:
    """One sheet, the heading bold, columns wide enough to read."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title[:31]
    for row in rows:
        sheet.append([harmless(cell) for cell in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for column in sheet.columns:
        letter = str(column[0].coordinate).rstrip("0123456789")
        sheet.column_dimensions[letter].width = min(60, max(len(str(cell.value or "")) for cell in column) + 3)
    sheet.freeze_panes = "A2"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
