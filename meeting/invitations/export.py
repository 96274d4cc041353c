"""The list of absentees with their reasons as a spreadsheet."""

import io
from collections.abc import Callable, Sequence

from flask_babel import gettext
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from meeting.clock import local
from meeting.documents.spreadsheets import harmless
from meeting.invitations.screens import STATES, Desk, Row

Words = Callable[[str], str]
WIDTHS = (6, 28, 34, 14, 44, 22, 40, 28, 18)


def absentees(desk: Desk) -> bytes:
    """Who reported an absence: name, office, member or guest, reason, decision, word, who comes instead, when."""
    book = Workbook()
    sheet = book.create_sheet(gettext("Absent"), 0)
    book.remove(book.worksheets[-1])
    meeting = desk.meeting
    sheet.append([f"{meeting.title} ({local(meeting.starts_at):%d/%m/%Y %H:%M})"])
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.append([])
    sheet.append(head())
    for cell in sheet[3]:
        cell.font = Font(bold=True)
    for number, row in enumerate(desk.shown("absent"), start=1):
        sheet.append([number, *line(row)])
    for column, width in zip("ABCDEFGHI", WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
        for cell in sheet[column][3:]:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def head() -> list[str]:
    """The headings in the reader's language."""
    return [
        gettext("No."),
        gettext("Full name"),
        gettext("Position"),
        gettext("Seat"),
        gettext("Reason"),
        gettext("Decision"),
        gettext("Word of the office"),
        gettext("Substitute"),
        gettext("Reported at"),
    ]


def line(row: Row) -> Sequence[str]:
    """One absentee."""
    each = row.invited
    return [
        harmless(each.person.called),
        harmless(each.person.position),
        gettext("member") if each.voting else gettext("guest"),
        harmless(each.reason),
        gettext(STATES[row.state][0]),
        harmless(each.absence_answer),
        harmless(row.substitution.substitute.called) if row.substitution else "",
        f"{local(each.replied_at):%d/%m/%Y %H:%M}" if each.replied_at else "",
    ]
