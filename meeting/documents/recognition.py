"""The text of pages that are pictures or lost their letters, read by OCR. In the reading process only."""

from typing import Any

import pymupdf

from meeting.documents import ocr, rules
from meeting.documents.layers import line_of, permille
from meeting.documents.rules import Line
from meeting.errors import Refused

OCR_DPI = 300


def recognised(page: pymupdf.Page, layout: int = 3, clip: Any = None) -> tuple[list[list[Any]], list[Line]]:
    """The same from the picture of the page."""
    scale = min(OCR_DPI / 72, (rules.MAX_PIXELS / max(1.0, page.rect.get_area())) ** 0.5)
    picture = page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), colorspace=pymupdf.csGRAY, clip=clip)
    found = ocr.recognise(picture.tobytes("png"), round(scale * 72), layout)
    box = page.rect
    lines: dict[tuple[int, int, int], list[Any]] = {}
    words = []
    for each in found:
        corners = [
            each.left / scale + box.x0,
            each.top / scale + box.y0,
            each.right / scale + box.x0,
            each.bottom / scale + box.y0,
        ]
        word = [*permille(box, corners), each.text]
        words.append(word)
        lines.setdefault(each.line, []).append(word)
    return words, [line_of(each) for each in lines.values()]


def recognised_later(page: pymupdf.Page) -> tuple[list[list[Any]], list[Line]]:
    """The same for a later page; one that takes too long stays a picture without text."""
    try:
        return recognised(page)
    except Refused:
        return [], []


def stamps(page: pymupdf.Page) -> list[Line]:
    """What stands in pictures of the upper third of a page that has text otherwise."""
    upper = pymupdf.Rect(page.rect.x0, page.rect.y0, page.rect.x1, page.rect.y0 + page.rect.height * rules.UPPER_THIRD)
    if not any(pymupdf.Rect(each["bbox"]).intersects(upper) for each in page.get_image_info()):
        return []
    return recognised(page, layout=11, clip=upper)[1]
