"""Reads one PDF in a process of its own: `python -m meeting.documents.reading PDF [FOLDER]`.

A hostile file may crash or stall the PDF library, so nobody else runs it. The process prints one JSON object a line:
`{"refusal": code, "facts"}`, or `{"pages": n}` and then `{"page": {...}}` for each page, page 1 first, and at last
`{"ready": true}`. Without a folder it only looks: is this a PDF that can be read? Page images go into the folder.
"""

import json
import resource
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pymupdf

from meeting.documents import contents, ocr, rules
from meeting.documents.images import make_images
from meeting.documents.layers import layer, picture_share
from meeting.documents.recognition import recognised, recognised_later, stamps
from meeting.documents.rules import SECRET, Line
from meeting.errors import Refused

MEMORY_BYTES = 3 * 1024**3


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
            say({"described": contents.described(document, Path(arguments[0]))})
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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
