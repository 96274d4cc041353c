"""Pieces of a Word file that python-docx has no words for: borders, exact places, a page number, lines as long as words."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Any

from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from PIL import ImageFont

from meeting.documents.typeset import FONTS, UNSHOWN

FONT = "Times New Roman"
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what no XML file may hold
MM = 72 / 25.4  # points
CENTRE, JUSTIFIED, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.LEFT
FILES = {(False, False): "Regular", (True, False): "Bold", (False, True): "Italic", (True, True): "BoldItalic"}


@cache
def _face(bold: bool, italic: bool) -> ImageFont.FreeTypeFont | None:
    file = FONTS / f"Tinos-{FILES[bold, italic]}.ttf"  # as wide, letter by letter, as Times New Roman
    return ImageFont.truetype(str(file), 1000) if file.exists() else None


def width_of(words: str, size: float, *, bold: bool = False, italic: bool = False) -> float:
    """How many points a line of words takes in Times New Roman."""
    face = _face(bold, italic)
    return face.getlength(words) * size / 1000 if face else len(words) * size * 0.55


def write(
    paragraph: Paragraph, words: str, size: float, *, bold: bool = False, italic: bool = False, underlined: bool = False
) -> None:
    """Words in one face, in Times New Roman also where a program looks for another font for the letters of Asia."""
    run = paragraph.add_run(_UNWRITABLE.sub(UNSHOWN, unicodedata.normalize("NFC", words)))
    run.font.size, run.font.name = Pt(size), FONT
    run.font.bold, run.font.italic, run.font.underline = bold, italic, underlined or None
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("w:eastAsia", "w:cs", "w:hAnsi"):
        fonts.set(qn(kind), FONT)


def shape(
    paragraph: Paragraph, pitch: float, *, align: Any = CENTRE, before: float = 0, after: float = 0, first: float = 0
) -> Paragraph:
    """Exact distances in points: from base line to base line, above and below; the first line's indent in millimetres."""
    form = paragraph.paragraph_format
    form.alignment, form.line_spacing = align, Pt(pitch)
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.first_line_indent = Mm(first) if first else None
    form.widow_control = True
    return paragraph


def rule(paragraph: Paragraph, room: float, length: float, gap: float = 4) -> None:
    """A thin line of this length (points) in the middle of a column so wide, `gap` points below what stands above it."""
    shape(paragraph, gap, align=LEFT)
    side = Pt(max(0.0, (room - length) / 2))
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side
    write(paragraph, "", 2)
    borders = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "5"), ("space", "0"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr")


def grid(holder: Any, widths: Iterable[float], rows: int = 1) -> Table:
    """A table without lines and without room inside its cells: columns so many millimetres wide."""
    columns = list(widths)
    table: Table = holder.add_table(rows=rows, cols=len(columns))
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.LEFT
    fix(table, columns, margin=0)
    return table


def fix(table: Table, columns: list[float], margin: float) -> None:
    """Columns as wide as said (millimetres), with this room left and right in each cell; rows are not torn apart."""
    properties = table._tbl.tblPr
    for name, kind, value in (("w:tblInd", "dxa", round(margin * MM * 20)), ("w:tblW", "dxa", round(sum(columns) * MM * 20))):
        found = properties.find(qn(name))
        element = OxmlElement(name) if found is None else found
        element.set(qn("w:type"), kind)
        element.set(qn("w:w"), str(value))
        if found is None:
            properties.append(element)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(round(margin * MM * 20)))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    properties.append(margins)
    for place, width in enumerate(columns):
        table.columns[place].width = Mm(width)
        for cell in table.columns[place].cells:
            cell.width = Mm(width)
    for row in table.rows:
        whole(row)


def whole(row: Any) -> None:
    """A row that stays on one page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    row.height_rule = WD_ROW_HEIGHT_RULE.AUTO


def repeated(row: Any) -> None:
    """A row that stands at the head of the table on every page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def first_paragraph(cell: _Cell) -> Paragraph:
    """The paragraph a cell has already, while nothing stands in it; then another one."""
    only: Paragraph = cell.paragraphs[-1]
    untouched = len(cell.paragraphs) == 1 and not only.runs and only.paragraph_format.alignment is None
    return only if untouched else cell.add_paragraph()


def page_number(paragraph: Paragraph, size: float) -> None:
    """The number of the page, kept by the program that shows it."""
    write(paragraph, "", size)
    run = paragraph.runs[-1]._element
    for kind, words in (("begin", None), (None, "PAGE"), ("end", None)):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = words
        run.append(mark)
