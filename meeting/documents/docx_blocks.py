"""The text of an official paper in a Word file: paragraphs, headings and tables in the measures of its form."""

from collections.abc import Sequence
from dataclasses import dataclass

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH

from meeting.documents.docx_parts import CENTRE, JUSTIFIED, LEFT, first_paragraph, fix, repeated, shape, write
from meeting.documents.typeset import Block, Sheet

WIDTH = 165.0


@dataclass(frozen=True)
class Form:
    """Sizes in points and columns in millimetres: NĐ 30, Phụ lục I, mục V; HD 36, Phụ lục 3. As in `layouts/frame.typ`."""

    party: bool = False
    motto: float = 13
    submotto: float = 14
    body_name: float = 13
    number: float = 13
    date: float = 14
    title: float = 14
    abstract: float = 14
    text: float = 14
    signature: float = 14
    recipients: float = 12
    recipient: float = 11
    page: float = 14
    pitch: float = 17.5  # from base line to base line
    gap: float = 6.8  # above number and date
    columns: tuple[float, float] = (66, 99)


STATE = Form()
PARTY = Form(
    party=True,
    motto=15,
    body_name=14,
    number=14,
    title=15,
    recipients=14,
    recipient=12,
    pitch=18,
    gap=5,
    columns=(78, 87),
)


def form_of(sheet: Sheet) -> Form:
    """The state's or the Party's measures."""
    return PARTY if sheet["style"] == "party" else STATE


def paragraphs(paper: Document, texts: Sequence[str], form: Form, *, italic: bool = False) -> None:
    """Justified, the first line 10 mm in, 6 pt between paragraphs."""
    for text in texts:
        write(shape(paper.add_paragraph(), form.pitch, align=JUSTIFIED, after=6, first=10), text, form.text, italic=italic)


def centred(paper: Document, lines: Sequence[str], form: Form, *, before: float, after: float) -> None:
    """Bold lines in the middle that stay with what follows."""
    for place, line in enumerate(lines):
        last = place + 1 == len(lines)
        written = shape(paper.add_paragraph(), form.pitch, before=0 if place else before, after=after if last else 0)
        written.paragraph_format.keep_with_next = True
        write(written, line, form.text, bold=True)


def blocks(paper: Document, parts: Sequence[Block], form: Form) -> None:
    """The pieces of the body in their order."""
    for block in parts:
        if block["kind"] == "table":
            _table(paper, block)
            continue
        heading, middle = block["kind"] == "heading", block["kind"] == "centred"
        written = shape(
            paper.add_paragraph(), form.pitch, align=CENTRE if middle else JUSTIFIED, after=6, first=0 if middle else 10
        )
        written.paragraph_format.keep_with_next = heading
        if lead := block.get("lead"):
            write(written, f"{lead} ", form.text, bold=True)
        write(written, block.get("text", ""), form.text, bold=heading or middle)


def _table(paper: Document, block: Block) -> None:
    head, rows = block["head"], block["rows"]
    shares = block.get("widths") or [1] * len(head)
    table = paper.add_table(rows=1 + len(rows), cols=len(head))
    table.style = "Table Grid"
    table.autofit = False
    fix(table, [WIDTH * share / sum(shares) for share in shares], margin=2)
    repeated(table.rows[0])
    middle, right = block.get("centred", []), block.get("right", [])
    for at, line in enumerate([head, *rows]):
        cells = table.rows[at].cells
        for place, words in enumerate(line):
            cells[place].vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            side = CENTRE if at == 0 or place in middle else WD_ALIGN_PARAGRAPH.RIGHT if place in right else LEFT
            written = shape(first_paragraph(cells[place]), 16.25, align=side, before=2.2, after=2.2)
            write(written, words, 13, bold=at == 0)
    shape(paper.add_paragraph(), 7)
