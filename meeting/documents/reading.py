"""Reads one PDF in a process of its own: `python -m meeting.documents.reading PDF [FOLDER]`.

A hostile file may crash or stall the PDF library, so nobody else runs it. The process prints one JSON object a line:
`{"refusal": code, "facts"}`, or `{"pages": n}` and then `{"page": {...}}` for each page, page 1 first, `{"notes": [codes]}`
when readers should know something, `{"described": {...}}` and at last `{"ready": true}`. Without a folder it only looks:
is this a PDF that can be read? Page images go into the folder.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pymupdf

from meeting.documents import contents, gate, ocr, rules
from meeting.documents.confine import confine
from meeting.documents.images import make_images
from meeting.documents.layers import layer, picture_share
from meeting.documents.recognition import recognised, recognised_later, stamps
from meeting.documents.rules import SECRET, Line
from meeting.errors import Refused

MEMORY_BYTES = 2 * 1024**3


def main(arguments: list[str]) -> int:
    """Reads the file named on the command line, within bounds."""
    source, folder = Path(arguments[0]), Path(arguments[1]) if len(arguments) > 1 else None
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
    confine(MEMORY_BYTES, None, [folder] if folder else [], [source])
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    try:
        document = gate.opened(str(source))
        say({"pages": document.page_count})
        if folder:
            for message in read(document, folder):
                say(message)
            say({"described": contents.described(document, source)})
        document.close()
        say({"ready": True})
    except Refused as refused:
        say({"refusal": refused.code, "facts": refused.facts})
    except MemoryError:
        say({"refusal": "too_heavy", "facts": {}})
    except Exception as failure:
        heavy = "malloc" in str(failure) or "memory" in str(failure)
        say({"refusal": "too_heavy" if heavy else "broken", "facts": {}})
    return 0


def say(message: dict[str, Any]) -> None:
    """One line to whoever started this process."""
    sys.stdout.write(json.dumps(message, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def read(document: pymupdf.Document, folder: Path) -> Iterator[dict[str, Any]]:
    """Each page with its images made: first all pages as they are, then those that must be recognised, read anew.

    Page 1 is recognised at once, because nobody may open the file before it has been read. Refused: `secret`.
    """
    late, notes = [], set[str]()
    for number in range(1, document.page_count + 1):
        page = gate.load(document, number)
        share = picture_share(page)
        own = layer(page)
        words, lines = own.words, own.lines
        must = rules.needs_recognition([word[4] for word in words], share)
        source = "none" if must or not words else "text"
        refuse_secret(lines)
        if must and not ocr.language():
            notes.add("unread_pictures")
        elif not must and own.encoding:
            notes.add(own.encoding)
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
        yield {"page": told(page, number, words, lines, source)}
        pymupdf.TOOLS.store_shrink(100)
    if notes:
        yield {"notes": sorted(notes)}
    for number in late if ocr.language() else ():
        page = gate.load(document, number)
        words, lines = recognised_later(page)
        refuse_secret(lines, recognised=True)
        if words:
            yield {"page": told(page, number, words, lines, "ocr")}
        pymupdf.TOOLS.store_shrink(100)


def refuse_secret(lines: list[Line], recognised: bool = False) -> None:
    """Stops everything when a page bears a mark of state secrecy."""
    level = rules.secrecy_level(lines, recognised)
    if level:
        raise Refused(SECRET, level=level)


def told(page: pymupdf.Page, number: int, words: list[list[Any]], lines: list[Line], source: str) -> dict[str, Any]:
    """A page as the worker hears of it."""
    text = "\n".join(line.text for line in lines)[: rules.MAX_PAGE_LETTERS]
    words = words[: rules.MAX_PAGE_WORDS]
    size = {"width": round(page.rect.width), "height": round(page.rect.height)}
    return {"number": number, **size, "text": text, "words": words, "source": source}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
