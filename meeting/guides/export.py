"""The administrator's list of remarks as a workbook."""

import io
from collections.abc import Sequence

from flask_babel import gettext
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from meeting import clock
from meeting.documents.spreadsheets import harmless
from meeting.errors import N_
from meeting.guides.models import Remark
from meeting.guides.rules import KINDS, STATES

HEAD = (
    N_("Given at"),
    N_("Who"),
    N_("Kind"),
    N_("State"),
    N_("Remark"),
    N_("Page"),
    N_("Browser"),
    N_("Answer"),
    N_("Answered at"),
)
WIDTHS = (18, 28, 14, 16, 60, 28, 30, 60, 18)


def as_xlsx(rows: Sequence[Remark]) -> bytes:
    """One line a remark; no cell can become a formula."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = gettext("Feedback")[:31]
    sheet.append([gettext(each) for each in HEAD])
    for column, width in enumerate(WIDTHS, 1):
        sheet.cell(1, column).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row in rows:
        sheet.append([harmless(each) for each in _line(row)])
        for cell in sheet[sheet.max_row]:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _line(row: Remark) -> tuple[str, ...]:
    answered = clock.local(row.answered_at).strftime("%d/%m/%Y %H:%M") if row.answered_at else ""
    given = clock.local(row.given_at).strftime("%d/%m/%Y %H:%M")
    kind, state = gettext(KINDS[row.kind]), gettext(STATES[row.state])
    return (given, row.person.called, kind, state, row.text, row.page, row.browser, row.answer, answered)
