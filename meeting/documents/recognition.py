"""The text of pages that are pictures or lost their letters, read by OCR. In the reading process only."""

from typing import Any

import pymupdf

from meeting.documents import ocr, rules
from meeting.documents.layers import line_of, permille
from meeting.documents.rules import Line
from meeting.errors import Refused

OCR_DPI, LOOK_DPI = 300, 150
WHOLE_PAGE = 3
ENOUGH_WORDS = 20
TURNED_SHARE = 0.6  # fewer syllables among the words than any page that lies right


def recognised(page: pymupdf.Page, layout: int = 3, clip: Any = None) -> tuple[list[list[Any]], list[Line]]:
    """The same from the picture of the page. What reads badly is looked at once more: it may lie on its side."""
    words, lines = _read(page, layout, clip)
    if layout == WHOLE_PAGE and len(words) >= ENOUGH_WORDS and _share(words) < TURNED_SHARE:
        turn = ocr.turn_of(_picture(page, 0, None, LOOK_DPI)[0].tobytes("png"))
        if turn:
            again = _read(page, layout, clip, turn)
            return again if _share(again[0]) > _share(words) else (words, lines)
    return words, lines


def _read(page: pymupdf.Page, layout: int, clip: Any, turn: int = 0) -> tuple[list[list[Any]], list[Line]]:
    picture, back, dpi = _picture(page, turn, clip, OCR_DPI)
    lines: dict[tuple[int, int, int], list[Any]] = {}
    tops: dict[tuple[int, int, int], float] = {}
    words = []
    for each in ocr.recognise(picture.tobytes("png"), dpi, layout):
        corners = pymupdf.Rect(picture.x + each.left, picture.y + each.top, picture.x + each.right, picture.y + each.bottom)
        word = [*permille(page.rect, corners * back), each.text]
        words.append(word)
        lines.setdefault(each.line, []).append(word)
        tops.setdefault(each.line, each.top / max(1, picture.height))
    if turn:  # the head of a sheet that lies on its side is where its reader sees it
        return words, [Line(line_of(each).text, tops[line]) for line, each in lines.items()]
    return words, [line_of(each) for each in lines.values()]


def _picture(page: pymupdf.Page, turn: int, clip: Any, dpi: int) -> tuple[pymupdf.Pixmap, Any, int]:
    """The page in grey, turned clockwise; with the way back from its dots to the page, and its dots an inch."""
    scale = min(dpi / 72, (rules.MAX_PIXELS / max(1.0, page.rect.get_area())) ** 0.5)
    matrix = pymupdf.Matrix(scale, scale) * pymupdf.Matrix(turn)
    return page.get_pixmap(matrix=matrix, colorspace=pymupdf.csGRAY, clip=clip), ~matrix, round(scale * 72)


def _share(words: list[list[Any]]) -> float:
    return sum(rules.is_syllable(word[4].strip(".,;:()")) for word in words) / max(1, len(words))


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
