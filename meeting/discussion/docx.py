"""A plain text document for word processors (Office Open XML), of headings and paragraphs. Nothing in the words is markup."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same words give the same bytes


@dataclass(frozen=True)
class Par:
    """One paragraph: its words, a bold beginning, its size in points, how far it is set in (millimetres)."""

    text: str
    lead: str = ""
    bold: bool = False
    italic: bool = False
    centred: bool = False
    size: int = 13
    indent: int = 0


def document(paragraphs: Sequence[Par]) -> bytes:
    """The document as a file: A4, the margins of Decree 30, Times New Roman."""
    body = "".join(_paragraph(each) for each in paragraphs)
    page = (
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="1701" w:header="567" w:footer="567" w:gutter="0"/>'
        "</w:sectPr>"
    )
    parts = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{DOCUMENT}.main+xml"/></Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{RELATION}" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'{HEAD}<w:document xmlns:w="{W}"><w:body>{body}{page}</w:body></w:document>',
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(zipfile.ZipInfo(name, LONG_AGO), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _paragraph(par: Par) -> str:
    align = "center" if par.centred else "both"
    looks = (
        f'<w:pPr><w:spacing w:after="80" w:line="288" w:lineRule="auto"/><w:ind w:left="{par.indent * 57}"/>'
        f'<w:jc w:val="{align}"/></w:pPr>'
    )
    lead = _run(par.lead, par, bold=True) if par.lead else ""
    return f"<w:p>{looks}{lead}{_run(par.text, par, bold=par.bold)}</w:p>"


def _run(text: str, par: Par, *, bold: bool) -> str:
    fonts = "".join(f' w:{kind}="Times New Roman"' for kind in ("ascii", "hAnsi", "cs", "eastAsia"))
    marks = ("<w:b/>" if bold else "") + ("<w:i/>" if par.italic else "")
    looks = f'<w:rPr><w:rFonts{fonts}/>{marks}<w:sz w:val="{par.size * 2}"/><w:lang w:val="vi-VN"/></w:rPr>'
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(_plain(line))}</w:t>' for line in text.split("\n"))
    return f"<w:r>{looks}{lines}</w:r>"


def _plain(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return "".join(sign for sign in text if sign == "\t" or sign >= " ")
