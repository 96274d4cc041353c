"""The text that a PDF itself carries: words with boxes, lines, the share of pictures. In the reading process only."""

import unicodedata
from dataclasses import dataclass
from typing import Any

import pymupdf

from meeting.documents import legacy, rules
from meeting.documents.rules import Line

LOST_LETTERS = str.maketrans({"Ƣ": "Ư", "ƣ": "ư", "Ð": "Đ"})  # look-alikes that never occur in Vietnamese


def picture_share(page: pymupdf.Page) -> float:
    """How much of the page pictures cover, 0 to 1."""
    area = page.rect.get_area() or 1.0
    covered = sum(abs((pymupdf.Rect(each["bbox"]) & page.rect).get_area()) for each in page.get_image_info())
    return float(min(1.0, covered / area))


def clean(text: str) -> str:
    """NFC, with look-alike letters put right."""
    return unicodedata.normalize("NFC", text).translate(LOST_LETTERS).replace("\x00", "")


@dataclass(frozen=True)
class Layer:
    """The text of a page: words with boxes, lines, and the encoding from before Unicode it was in (empty: none)."""

    words: list[list[Any]]
    lines: list[Line]
    encoding: str = ""


def layer(page: pymupdf.Page) -> Layer:
    """The words with boxes and the lines of the file's own text layer, in Unicode, upright like the picture of the page."""
    rows = page.get_text("words", sort=False)[: rules.MAX_PAGE_WORDS]
    turned = page.rotation_matrix
    texts, encoding = in_unicode(page, rows)
    words, lines = [], dict[tuple[int, int], list[Any]]()
    for row, text in zip(rows, texts, strict=True):
        word = [*permille(page.rect, pymupdf.Rect(row[:4]) * turned if page.rotation else row[:4]), clean(text)]
        words.append(word)
        lines.setdefault((row[5], row[6]), []).append(word)
    return Layer(words, [line_of(each) for each in lines.values()], encoding)


def in_unicode(page: pymupdf.Page, rows: list[Any]) -> tuple[list[str], str]:
    """The words' texts, those in old Vietnamese fonts converted; by how they read where the fonts' names are lost."""
    texts = [row[4] for row in rows]
    fonts = legacy.legacy_fonts(font[3] for font in page.get_fonts())
    if not fonts:
        encoding = legacy.encoding_of_text(" ".join(texts)) if rules.is_broken(texts) else ""
        return ([legacy.to_unicode(text, encoding) for text in texts] if encoding else texts), encoding
    spans = _spans_in_old_fonts(page)
    found = set[str]()
    for number, row in enumerate(rows):
        across, down = (row[0] + row[2]) / 2, (row[1] + row[3]) / 2
        font = next((font for box, font in spans if box[0] <= across <= box[2] and box[1] <= down <= box[3]), "")
        if font:
            found.add(legacy.encoding_of_font(font))
            said = legacy.to_unicode(texts[number], legacy.encoding_of_font(font))
            texts[number] = said.upper() if legacy.draws_capitals(font) else said
    return texts, min(found, default="")


def _spans_in_old_fonts(page: pymupdf.Page) -> list[tuple[Any, str]]:
    """Boxes of the text in old fonts with the font's name."""
    blocks = page.get_text("dict", flags=pymupdf.TEXTFLAGS_WORDS)["blocks"]
    spans = (span for block in blocks for line in block.get("lines", ()) for span in line["spans"])
    return [(span["bbox"], span["font"]) for span in spans if legacy.encoding_of_font(span["font"])]


def line_of(words: list[list[Any]]) -> Line:
    """Neighbouring words as one line."""
    return Line(" ".join(word[4] for word in words), min(word[1] for word in words) / 1000)


def permille(box: Any, corners: Any) -> list[int]:
    """Corners in thousandths of the page, within it."""
    left, top, right, bottom = corners
    across = [
        (left - box.x0) / box.width,
        (top - box.y0) / box.height,
        (right - box.x0) / box.width,
        (bottom - box.y0) / box.height,
    ]
    return [max(0, min(1000, round(each * 1000))) for each in across]
