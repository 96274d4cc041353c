"""The attendance of a session as a spreadsheet: a line for each member, a column for each sitting, the sums at the end."""

import io
from collections.abc import Sequence

from flask_babel import gettext
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from meeting.agenda.models import Meeting
from meeting.agenda.session_models import CouncilSession
from meeting.clock import local
from meeting.documents.spreadsheets import harmless
from meeting.errors import N_
from meeting.sittings.queries import Line

PRESENCE_NAMES = {
    "present": N_("Present"),
    "late": N_("Late"),
    "remote": N_("Online"),
    "left": N_("Left early"),
    "excused": N_("Absent, excused"),
    "absent": N_("Absent"),
}


def as_xlsx(found: CouncilSession, sittings: Sequence[Meeting], lines: Sequence[Line]) -> bytes:
    """The workbook's bytes."""
    book = Workbook()
    sheet = book.create_sheet(gettext("Attendance"), 0)
    book.remove(book.worksheets[-1])
    sheet.append([harmless(f"{found.name} ({found.starts_on:%d/%m/%Y} – {found.ends_on:%d/%m/%Y})")])
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.append([])
    sums = [gettext("Called to"), gettext("Came"), gettext("Absent, excused"), gettext("Absent, not excused")]
    columns = [harmless(f"{each.title} {local(each.starts_at):%d/%m/%Y %H:%M}") for each in sittings]
    sheet.append([gettext("No."), gettext("Full name"), gettext("Position"), *columns, *sums])
    for cell in sheet[3]:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for number, line in enumerate(lines, 1):
        told = [gettext(PRESENCE_NAMES[line.presences[each.id]]) if each.id in line.presences else "" for each in sittings]
        came = line.came
        row = [number, harmless(line.person.called), harmless(line.person.position or ""), *told]
        sheet.append([*row, came.called, came.came, came.excused, came.unexcused])
    sheet.column_dimensions["B"].width = 30
    sheet.column_dimensions["C"].width = 34
    sheet.freeze_panes = "C4"
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
