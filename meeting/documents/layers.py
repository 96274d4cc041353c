"""The text that a PDF itself carries: words with boxes, lines, the share of pictures. In the reading process only."""

import unicodedata
from typing import Any

import pymupdf

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


def layer(page: pymupdf.Page) -> tuple[list[list[Any]], list[Line]]:
    """The words with boxes and the lines of the file's own text layer."""
    rows = page.get_text("words", sort=False)
    words = [[*permille(page.rect, row[:4]), clean(row[4])] for row in rows]
    lines: dict[tuple[int, int], list[Any]] = {}
    for row, word in zip(rows, words, strict=True):
        lines.setdefault((row[5], row[6]), []).append(word)
    return words, [line_of(each) for each in lines.values()]


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
