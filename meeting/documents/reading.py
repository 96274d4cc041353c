"""Reads one PDF in a process of its own: `python -m meeting.documents.reading PDF [FOLDER]`.

A hostile file may crash or stall the PDF library, so nobody else runs it. The process prints one JSON object a line:
`{"refusal": code, "facts"}`, or `{"pages": n}` and then `{"page": {...}}` for each page, page 1 first, and at last
`{"ready": true}`. Without a folder it only looks: is this a PDF that can be read? Page images go into the folder.
"""

import json
import resource
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pymupdf

from meeting.documents import ocr, rules
from meeting.documents.images import make_images
from meeting.documents.rules import SECRET, Line
from meeting.errors import Refused

MEMORY_BYTES = 3 * 1024**3
OCR_DPI = 300
LOST_LETTERS = str.maketrans({"Ƣ": "Ư", "ƣ": "ư", "Ð": "Đ"})  # look-alikes that never occur in Vietnamese


def main(arguments: list[str]) -> int:
    """Reads the file named on the command line."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    try:
        document = opened(arguments[0])
        say({"pages": document.page_count})
        if len(arguments) > 1:
            for page in read(document, Path(arguments[1])):
                say({"page": page})
        document.close()
        say({"ready": True})
    except Refused as refused:
        say({"refusal": refused.code, "facts": refused.facts})
    except MemoryError:
        say({"refusal": "too_heavy", "facts": {}})
    return 0


def say(message: dict[str, Any]) -> None:
    """One line to whoever started this process."""
    sys.stdout.write(json.dumps(message, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def opened(path: str) -> pymupdf.Document:
    """The document, or a refusal: `broken`, `encrypted`, `no_pages`, `too_many_pages`, `active_content`."""
    try:
        document = pymupdf.open(path, filetype="pdf")
        locked, pages = document.needs_pass, document.page_count
    except Exception:
        raise Refused("broken") from None
    if locked:
        raise Refused("encrypted")
    if document.is_repaired and not any_page_opens(document):
        raise Refused("broken")
    rules.check_page_count(pages)
    for number in range(1, document.xref_length()):
        try:
            written = document.xref_object(number, compressed=True)
        except Exception:  # noqa: S112 - a missing object is common and harmless
            continue
        if rules.is_active(written):
            raise Refused("active_content")
    return document


def any_page_opens(document: pymupdf.Document) -> bool:
    """Whether a repaired file still has a page that can be loaded."""
    try:
        return document.page_count > 0 and document.load_page(0) is not None
    except Exception:
        return False


def read(document: pymupdf.Document, folder: Path) -> Iterator[dict[str, Any]]:
    """Each page with its images made: first all pages as they are, then those that must be recognised, read anew.

    Page 1 is recognised at once, because nobody may open the file before it has been read. Refused: `secret`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    late = []
    for number in range(1, document.page_count + 1):
        page = document.load_page(number - 1)
        share = picture_share(page)
        words, lines = layer(page)
        must = rules.needs_recognition([word[4] for word in words], share)
        source = "none" if must or not words else "text"
        refuse_secret(lines)
        if number == 1:
            if must and ocr.language():
                words, lines = recognised(page)
                source = "ocr" if words else "none"
                refuse_secret(lines, recognised=True)
            elif share and ocr.language():
                refuse_secret(stamps(page), recognised=True)
        elif must:
            late.append(number)
        make_images(page, share, folder, number)
        yield told(page, number, words, lines, source)
        pymupdf.TOOLS.store_shrink(100)
    for number in late if ocr.language() else ():
        page = document.load_page(number - 1)
        words, lines = recognised_later(page)
        refuse_secret(lines, recognised=True)
        if words:
            yield told(page, number, words, lines, "ocr")
        pymupdf.TOOLS.store_shrink(100)


def refuse_secret(lines: list[Line], recognised: bool = False) -> None:
    """Stops everything when a page bears a mark of state secrecy."""
    level = rules.secrecy_level(lines, recognised)
    if level:
        raise Refused(SECRET, level=level)


def told(page: pymupdf.Page, number: int, words: list[list[Any]], lines: list[Line], source: str) -> dict[str, Any]:
    """A page as the worker hears of it."""
    text = "\n".join(line.text for line in lines)
    size = {"width": round(page.rect.width), "height": round(page.rect.height)}
    return {"number": number, **size, "text": text, "words": words, "source": source}


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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
