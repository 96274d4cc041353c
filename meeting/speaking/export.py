"""Speaking time as a spreadsheet: by person, by unit, by item, and every speech."""

import io
from collections.abc import Sequence

from flask_babel import gettext
from openpyxl import Workbook
from openpyxl.styles import Font

from meeting.agenda.models import Meeting
from meeting.clock import local
from meeting.documents.spreadsheets import harmless
from meeting.speaking.models import Floor
from meeting.speaking.rules import KIND_NAMES
from meeting.speaking.times import Times, Total

Row = Sequence[str | int | float | None]
WIDTHS = (32, 34, 14, 18, 18, 18, 40)


def speaking_time(meeting: Meeting, times: Times, floors: Sequence[Floor]) -> bytes:
    """Four sheets. Times are in minutes with decimals, so that they can be added up."""
    book = Workbook()
    head = [gettext("Speeches"), gettext("Minutes spoken"), gettext("Minutes over time"), gettext("Longest, minutes")]
    people = [[speech.name, speech.unit, *_sums(total)] for speech, total in times.people]
    units = [[unit or gettext("Without a unit"), total.speakers, *_sums(total)] for unit, total in times.units]
    items = [[item.label if item else "", item.title if item else "", *_sums(total)] for item, total in times.items]
    _sheet(book, gettext("By person"), meeting, [gettext("Name"), gettext("Unit"), *head], people)
    _sheet(book, gettext("By unit"), meeting, [gettext("Unit"), gettext("Speakers"), *head], units)
    _sheet(book, gettext("By item"), meeting, [gettext("Number"), gettext("Item"), *head], items)
    said = [
        gettext("Name"),
        gettext("Subject"),
        gettext("Kind"),
        gettext("Began"),
        gettext("Minutes spoken"),
        gettext("Minutes given"),
    ]
    _sheet(book, gettext("Speeches"), meeting, said, [_speech(floor) for floor in floors])
    book.remove(book.worksheets[0])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _sums(total: Total) -> list[int | float]:
    return [total.turns, _minutes(total.seconds), _minutes(total.over_seconds), _minutes(total.longest)]


def _minutes(seconds: int) -> float:
    return round(seconds / 60, 1)


def _speech(floor: Floor) -> Row:
    began = f"{local(floor.started_at):%H:%M}" if floor.started_at else ""
    kind = gettext(KIND_NAMES[floor.kind])
    return [floor.person.called, floor.subject, kind, began, _minutes(floor.seconds), _minutes(floor.limit_seconds)]


def _sheet(book: Workbook, title: str, meeting: Meeting, head: Row, rows: Sequence[Row]) -> None:
    sheet = book.create_sheet(title[:31])
    sheet.append([harmless(f"{meeting.title} ({local(meeting.starts_at):%d/%m/%Y %H:%M})")])
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.append([])
    sheet.append(list(head))
    for cell in sheet[3]:
        cell.font = Font(bold=True)
    for row in rows:
        sheet.append([harmless(cell) for cell in row])
    for column, width in zip("ABCDEFG", WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A4"
