"""All opinions of a meeting as a spreadsheet and as a text document, item by item."""

import io
from collections.abc import Iterator, Sequence

from flask_babel import gettext, ngettext
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from meeting.clock import local
from meeting.discussion.docx import Par, document
from meeting.discussion.models import Opinion
from meeting.discussion.panel import Collected, Group
from meeting.discussion.threads import Thread
from meeting.documents.spreadsheets import harmless

WIDTHS = (6, 42, 28, 34, 16, 18, 34, 70, 10, 40)


def as_xlsx(found: Collected) -> bytes:
    """One line for each opinion and each reply."""
    book = Workbook()
    sheet = book.create_sheet(gettext("Opinions"), 0)
    book.remove(book.worksheets[-1])
    sheet.append([harmless(f"{found.meeting.title} ({local(found.meeting.starts_at):%d/%m/%Y %H:%M})")])
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.append([])
    sheet.append(_head(found.moderates))
    for cell in sheet[3]:
        cell.font = Font(bold=True)
    for number, line in enumerate(_lines(found), start=1):
        sheet.append([number, *line])
    for column, width in zip("ABCDEFGHIJ", WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
        for cell in sheet[column][3:]:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A4"
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _head(moderates: bool) -> list[str]:
    names = [
        gettext("No."),
        gettext("Item"),
        gettext("Full name"),
        gettext("Position"),
        gettext("Given"),
        gettext("Time"),
        gettext("Paper, page"),
        gettext("Opinion"),
        gettext("Agree"),
    ]
    return [*names, gettext("Hidden because")] if moderates else names


def _lines(found: Collected) -> Iterator[list[str | int]]:
    for group in found.groups:
        for thread in group.threads:
            yield _line(found, group, thread, thread.opinion)
            for reply in thread.replies:
                yield _line(found, group, thread, reply)


def _line(found: Collected, group: Group, thread: Thread, opinion: Opinion) -> list[str | int]:
    said = words(opinion, found.moderates)
    reply = opinion.parent_id is not None
    told = gettext("Reply to %(name)s: %(text)s", name=thread.opinion.person.called, text=said) if reply else said
    line: list[str | int] = [
        harmless(group.title),
        harmless(opinion.person.called),
        harmless(opinion.person.position),
        given(opinion),
        f"{local(opinion.at):%d/%m/%Y %H:%M}",
        harmless(where(thread)),
        harmless(told),
        found.agrees.get(opinion.id, 0),
    ]
    return [*line, harmless(opinion.reason)] if found.moderates else line


def as_docx(found: Collected) -> bytes:
    """The same as running text: a heading for each item, below it who said what."""
    meeting = found.meeting
    held = f"{local(meeting.starts_at):%d/%m/%Y}"
    text = [
        Par(gettext("Opinions of the delegates").upper(), bold=True, centred=True, size=14),
        Par(meeting.title, bold=True, centred=True),
        Par(f"{meeting.body.name}, {held}", centred=True),
    ]
    for group in found.groups:
        if group.threads:
            text.append(Par(group.title, bold=True))
            for thread in group.threads:
                text += _told(found, thread)
    if len(text) == 3:
        text.append(Par(gettext("No opinion has been given.")))
    return document(text)


def _told(found: Collected, thread: Thread) -> Sequence[Par]:
    lines = [_par(found, thread.opinion, where(thread))]
    return [*lines, *(_par(found, reply, "", indent=10) for reply in thread.replies)]


def _par(found: Collected, opinion: Opinion, paper: str, indent: int = 0) -> Par:
    agree = found.agrees.get(opinion.id, 0)
    marks = [given(opinion), f"{local(opinion.at):%H:%M %d/%m/%Y}", paper]
    marks += [ngettext("%(num)d person agrees", "%(num)d people agree", agree)] if agree else []
    lead = f"{opinion.person.called} ({', '.join(mark for mark in marks if mark)}): "
    return Par(words(opinion, found.moderates), lead=lead, indent=indent, italic=opinion.withdrawn_at is not None)


def given(opinion: Opinion) -> str:
    """Whether it came on reading the papers or while the matter was discussed."""
    return str(gettext("before the meeting") if opinion.before else gettext("during the meeting"))


def where(thread: Thread) -> str:
    """The paper and the page it speaks of."""
    page = thread.opinion.page
    named = thread.paper and page
    return str(gettext("%(paper)s, page %(page)s", paper=thread.paper, page=page)) if named else thread.paper


def words(opinion: Opinion, moderates: bool) -> str:
    """What was written; of hidden ones only for who moderates."""
    if opinion.gone:
        return str(gettext("(taken back)"))
    if opinion.hidden and not moderates:
        return str(gettext("(hidden by the presiding person)"))
    return opinion.text
