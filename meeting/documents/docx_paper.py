"""An official paper as a Word file, from the same sheet as its PDF: for offices that go on writing in their own program.

Margins, sizes, distances and lines are those of `layouts/frame.typ` (Nghị định 30/2020/NĐ-CP, Phụ lục I; Hướng dẫn 36-HD/VPTW),
given as exact measures, so that Word and LibreOffice break lines and pages where the PDF does. The code at the foot of the first
page by which the paper is proved stands on the PDF only: a file that can be changed proves nothing.
"""

import io
from datetime import UTC, datetime
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell

from meeting.documents.docx_blocks import Form, blocks, centred, form_of, paragraphs
from meeting.documents.docx_parts import (
    CENTRE,
    LEFT,
    MM,
    first_paragraph,
    grid,
    page_number,
    rule,
    shape,
    whole,
    width_of,
    write,
)
from meeting.documents.typeset import Annex, Block, Layout, Sheet, Signature

MADE_AT = datetime(2000, 1, 1, tzinfo=UTC)  # in the file's own record: the same sheet gives the same words
WIDTH = 165.0  # millimetres between the margins
SLOT = "\u00a0"  # an open place, to be filled by hand


def docx_of(layout: Layout, sheet: Sheet) -> bytes:
    """The Word file of a paper. Takes 50 ms and 15 more a page; it needs no other program."""
    form, paper = form_of(sheet), docx.Document()
    _prepare(paper, sheet, form)
    _heading(paper, sheet, form)
    _title(paper, sheet, form)
    _body(paper, layout, sheet, form)
    _foot(paper, sheet, form)
    if "annex" in sheet:
        _annex(paper, sheet["annex"], form)
    written = io.BytesIO()
    paper.save(written)
    return written.getvalue()


def _prepare(paper: Document, sheet: Sheet, form: Form) -> None:
    known = paper.core_properties
    known.title = " ".join([sheet["title"], *sheet.get("abstract", [])])[:255]
    known.author, known.language, known.comments = " ".join(sheet["body"])[:255], "vi-VN", ""
    known.created = known.modified = MADE_AT
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(form.text)
    _page(paper.sections[0], form)


def _page(section: Any, form: Form) -> None:
    """A4 upright, margins of the decree; the number in the upper margin from the second page on."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance, section.footer_distance = Mm(10), Mm(10)
    section.different_first_page_header_footer = True
    section.header.is_linked_to_previous = False
    page_number(shape(section.header.paragraphs[0], 17), form.page)


def _heading(paper: Document, sheet: Sheet, form: Form) -> None:
    """Ô 1 to 4: names left, motto right, number and date in one line below."""
    left, right = form.columns
    table = grid(paper, form.columns, rows=2)
    _names(table.cell(0, 0), sheet, form, left * MM)
    _motto(table.cell(0, 1), form, right * MM)
    before = form.gap
    number = shape(first_paragraph(table.cell(1, 0)), 16.8, before=before)
    if sheet.get("symbol"):
        shown = sheet.get("number") or SLOT * 10
        words = f"Số {shown}-{sheet['symbol']}" if form.party else f"Số: {shown}/{sheet['symbol']}"
        write(number, words, form.number)
    write(shape(first_paragraph(table.cell(1, 1)), 16.8, before=before), _date(sheet), form.date, italic=True)
    for row in table.rows:
        whole(row)


def _date(sheet: Sheet) -> str:
    return sheet.get("place_date", "").replace("      ", SLOT * 7 + " ")


def _names(cell: _Cell, sheet: Sheet, form: Form, room: float) -> None:
    pitch = form.body_name * 1.3
    for line in sheet.get("parent", []):
        write(shape(first_paragraph(cell), pitch), line, form.body_name)
    for line in sheet["body"]:
        write(shape(first_paragraph(cell), pitch), line, form.body_name, bold=True)
    if form.party:
        write(shape(first_paragraph(cell), 14), "*", form.body_name)
    else:
        widest = max(width_of(line, form.body_name, bold=True) for line in sheet["body"])
        rule(cell.add_paragraph(), room, 0.42 * widest)


def _motto(cell: _Cell, form: Form, room: float) -> None:
    lines = [("ĐẢNG CỘNG SẢN VIỆT NAM", form.motto)]
    if not form.party:
        lines = [("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", form.motto), ("Độc lập - Tự do - Hạnh phúc", form.submotto)]
    for words, size in lines:
        write(shape(first_paragraph(cell), size * 1.3), words, size, bold=True)
    words, size = lines[-1]
    rule(cell.add_paragraph(), room, width_of(words, size, bold=True))


def _title(paper: Document, sheet: Sheet, form: Form) -> None:
    """Ô 5a: kind of paper and what it is about, with its line; "Kính gửi" where there is one."""
    write(shape(paper.add_paragraph(), form.title * 1.3, before=8 * MM - 3), sheet["title"], form.title, bold=True)
    abstract = sheet.get("abstract", [])
    for line in abstract:
        write(shape(paper.add_paragraph(), form.abstract * 1.3), line, form.abstract, bold=True)
    if abstract and form.party:
        write(shape(paper.add_paragraph(), form.abstract), "-----", form.abstract)
    elif abstract:
        widest = max(width_of(line, form.abstract, bold=True) for line in abstract)
        rule(paper.add_paragraph(), WIDTH * MM, min(60 * MM, 0.42 * widest))
    if sheet.get("to"):
        to = shape(paper.add_paragraph(), form.pitch, before=6 * MM)
        write(to, "Kính gửi: ", form.text, italic=form.party)
        write(to, sheet["to"], form.text)
    paper.paragraphs[-1].paragraph_format.space_after = Pt(6 * MM - 4)


def _body(paper: Document, layout: Layout, sheet: Sheet, form: Form) -> None:
    """The text in the order of its layout; its last paragraph stays with the signature."""
    if layout == "decision":
        _before_articles(paper, sheet, form)
    else:
        paragraphs(paper, sheet.get("opening", []), form)
    for fact in sheet.get("facts", []):
        blocks(paper, [Block(kind="p", lead=f"{fact['label']}:", text=fact["text"])], form)
    if layout == "result":
        rows = [[each["label"], each["count"], each["share"]] for each in sheet.get("counts", [])]
        head = ["Phương án", "Số phiếu", "Tỷ lệ trên tổng số"]
        blocks(paper, [Block(kind="table", head=head, rows=rows, widths=[5, 2, 3], centred=[1, 2])], form)
    blocks(paper, sheet.get("blocks", []), form)
    paragraphs(paper, sheet.get("closing", []), form)
    paper.paragraphs[-1].paragraph_format.keep_with_next = True


def _before_articles(paper: Document, sheet: Sheet, form: Form) -> None:
    """Authority, grounds and "QUYẾT ĐỊNH:" (NĐ 30, mẫu 1.1 to 1.3); Party papers name the authority below the grounds (HD 36)."""
    word, authority = sheet.get("word", "QUYẾT ĐỊNH:"), sheet.get("authority", [])
    if form.party:
        paragraphs(paper, [f"- {ground}" for ground in sheet.get("grounds", [])], form)
        centred(paper, [*authority, word.strip(":")], form, before=5 * MM - 3.5, after=5 * MM - 3.5)
        return
    centred(paper, authority, form, before=0, after=6 * MM - 3.5)
    paragraphs(paper, sheet.get("grounds", []), form, italic=True)
    centred(paper, [word], form, before=5 * MM - 3.5, after=5 * MM - 3.5)


def _foot(paper: Document, sheet: Sheet, form: Form) -> None:
    """Ô 7 and 9: recipients left, signature right in a row that is never torn apart; below it where two people sign."""
    if not sheet.get("signature") and not sheet.get("recipients"):
        return
    gap = shape(paper.add_paragraph(), 6 * MM - 9)
    gap.paragraph_format.keep_with_next = True
    table = grid(paper, (79.5, 6, 79.5))
    if second := sheet.get("second_signature"):
        _signature(table.cell(0, 0), second, form)
    else:
        _recipients(table.cell(0, 0), sheet, form)
    if signature := sheet.get("signature"):
        _signature(table.cell(0, 2), signature, form)
    if sheet.get("second_signature") and sheet.get("recipients"):
        shape(paper.add_paragraph(), 4 * MM).paragraph_format.keep_with_next = True
        _recipients(grid(paper, (79.5, 85.5)).cell(0, 0), sheet, form)
    shape(paper.add_paragraph(), 1)  # a Word file ends in a paragraph
    if trace := sheet.get("trace"):
        write(shape(paper.add_paragraph(), 12, align=LEFT, before=6 * MM), trace, 9)


def _signature(cell: _Cell, signature: Signature, form: Form) -> None:
    for place, line in enumerate(signature["lines"]):
        # Party papers: the authority in bold, the office in regular (HD 36, Phụ lục 3, số 7).
        write(shape(first_paragraph(cell), form.signature * 1.3), line, form.signature, bold=not (form.party and place))
    mark = shape(first_paragraph(cell), 16, before=(24 * MM - 16) / 2, after=(24 * MM - 16) / 2)
    write(mark, signature.get("mark", ""), 12, italic=True)
    write(shape(cell.add_paragraph(), form.signature * 1.25), signature["name"], form.signature, bold=True)


def _recipients(cell: _Cell, sheet: Sheet, form: Form) -> None:
    told = sheet.get("recipients", [])
    if not told:
        shape(first_paragraph(cell), form.recipients * 1.2, align=LEFT)
        return
    first = shape(first_paragraph(cell), form.recipients * 1.2, align=LEFT, after=1)
    write(first, "Nơi nhận:", form.recipients, bold=not form.party, italic=not form.party, underlined=form.party)
    for line in told:
        write(shape(cell.add_paragraph(), form.recipient * 1.25, align=LEFT), f"- {line}", form.recipient)


def _annex(paper: Document, annex: Annex, form: Form) -> None:
    """On pages of its own, numbered by themselves (NĐ 30, Phụ lục I, mục III.1)."""
    section = paper.add_section(WD_SECTION.NEW_PAGE)
    _page(section, form)
    start = OxmlElement("w:pgNumType")
    start.set(qn("w:start"), "1")
    section._sectPr.find(qn("w:pgMar")).addnext(start)
    write(shape(paper.add_paragraph(), form.title * 1.3), "Phụ lục", form.title, bold=True)
    write(shape(paper.add_paragraph(), form.abstract * 1.3), annex["title"].upper(), form.abstract, bold=True)
    write(shape(paper.add_paragraph(), form.abstract * 1.3, align=CENTRE), annex["note"], form.abstract, italic=True)
    rule(paper.add_paragraph(), WIDTH * MM, 40 * MM)
    paper.paragraphs[-1].paragraph_format.space_after = Pt(5 * MM - 3)
    blocks(paper, annex["blocks"], form)
