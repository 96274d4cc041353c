"""A report as a document that offices go on writing in: the form of an official paper, charts as pictures, tables as tables."""

import io
from collections.abc import Sequence
from typing import Any, cast

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from meeting.documents.docx_paper import docx_of
from meeting.documents.docx_parts import CENTRE, LEFT, first_paragraph, fix, repeated, shape, write
from meeting.documents.typeset import Sheet
from meeting.evaluation import report_paper
from meeting.evaluation.tables import Report
from meeting.evaluation.telling import vietnamese
from meeting.organization.models import Body

ROOM = 262.0  # millimetres between the margins of a page on its side
RIGHT = WD_ALIGN_PARAGRAPH.RIGHT
CELL_SIZE = 10.0


def docx_report(report: Report, body: Body) -> bytes:
    """The report as DOCX."""
    words = report_paper.sheet_of(report, body)
    paper = docx.Document(io.BytesIO(docx_of("paper", cast(Sheet, words))))
    _turn(paper)
    write(shape(paper.add_paragraph(), 17), "PHỤ LỤC SỐ LIỆU", 13, bold=True)
    write(shape(paper.add_paragraph(), 16, after=10), words["under"], 12, italic=True)
    for chart in report.charts:
        if chart.labels:
            _chart(paper, report_paper.picture(chart), vietnamese().say(chart.title))
    for table in words["tables"]:
        _table(paper, table)
    written = io.BytesIO()
    paper.save(written)
    return written.getvalue()


def _turn(paper: Document) -> None:
    """From here on pages lie on their side."""
    section = paper.add_section(WD_SECTION.NEW_PAGE)
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    section.top_margin, section.bottom_margin = Mm(20), Mm(15)
    section.left_margin, section.right_margin = Mm(20), Mm(15)


def _title(paper: Document, words: str) -> None:
    title = shape(paper.add_paragraph(), 16, align=LEFT, before=10, after=4)
    title.paragraph_format.keep_with_next = True
    write(title, words, 12, bold=True)


def _chart(paper: Document, picture: bytes, title: str) -> None:
    _title(paper, title)
    holder = paper.add_paragraph()
    holder.paragraph_format.alignment = LEFT
    holder.add_run().add_picture(io.BytesIO(picture), width=Mm(165))
    for shown in holder._p.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"):
        shown.set("descr", title)


def _table(paper: Document, words: dict[str, Any]) -> None:
    _title(paper, words["title"])
    if not words["rows"]:
        write(shape(paper.add_paragraph(), 15, align=LEFT), words["empty"], 11, italic=True)
        return
    head, lines = words["head"], [*words["rows"], *([words["foot"]] if words["foot"] else [])]
    table = paper.add_table(rows=len(head) + len(lines), cols=len(words["widths"]))
    table.style, table.autofit = "Table Grid", False
    fix(table, [ROOM * width / sum(words["widths"]) for width in words["widths"]], margin=1)
    _head(table, head)
    for at, line in enumerate(lines):
        last = bool(words["foot"]) and at + 1 == len(lines)
        _line(table.rows[len(head) + at].cells, line, words["left"], bold=last)
    if words["note"]:
        write(shape(paper.add_paragraph(), 14, align=LEFT), words["note"], 10, italic=True)


def _head(table: Any, head: Sequence[Sequence[dict[str, Any]]]) -> None:
    """Headings over one or two rows; they stand at the head of every page."""
    below, at = iter(head[1] if len(head) > 1 else ()), 0
    for each in head[0]:
        span = each.get("colspan", 1)
        cell = table.cell(0, at)
        if span > 1:
            cell = cell.merge(table.cell(0, at + span - 1))
        if each.get("rowspan", 1) > 1:
            cell = cell.merge(table.cell(1, at))
        write(shape(first_paragraph(cell), 13, align=CENTRE), each["text"], CELL_SIZE, bold=True)
        if "colspan" in each:
            for place in range(span):
                words = next(below)["text"]
                write(shape(first_paragraph(table.cell(1, at + place)), 13, align=CENTRE), words, CELL_SIZE, bold=True)
        at += span
    for row in table.rows[: len(head)]:
        repeated(row)


def _line(cells: Sequence[Any], line: Sequence[str], left: Sequence[int], *, bold: bool) -> None:
    for place, words in enumerate(line):
        written = shape(first_paragraph(cells[place]), 13, align=LEFT if place in left else RIGHT, before=1, after=1)
        write(written, words, CELL_SIZE, bold=bold)
        written.paragraph_format.space_after = Pt(1)
