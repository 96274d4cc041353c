"""Whether a PDF may come in: it opens, is not locked, has a sensible number of pages, and runs nothing. Reading process only."""

import pymupdf

from meeting.documents import kinds, rules
from meeting.errors import Refused

MAX_OBJECTS = 1_500_000
FIRST_PAGES = 20  # looked at while the sender waits


def opened(path: str) -> pymupdf.Document:
    """The document, or a refusal: `broken`, `encrypted`, `no_pages`, `too_many_pages`, `too_heavy`, `active_content`,
    `attached_program`, `page_too_large`."""
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
    check_objects(document)
    check_attached(document)
    for number in range(min(pages, FIRST_PAGES)):
        load(document, number + 1)
    return document


def load(document: pymupdf.Document, number: int) -> pymupdf.Page:
    """A page from 1, of a sensible size. Refused: `broken`, `page_too_large`."""
    try:
        page = document.load_page(number - 1)
    except MemoryError:
        raise
    except Exception:
        raise Refused("broken") from None
    rules.check_page_size(number, page.rect.width, page.rect.height)
    return page


def any_page_opens(document: pymupdf.Document) -> bool:
    """Whether a repaired file still has a page that can be loaded."""
    try:
        return document.page_count > 0 and document.load_page(0) is not None
    except Exception:
        return False


def check_objects(document: pymupdf.Document) -> None:
    """Refuses scripts and programs in any object of the file (`active_content`), and files with too many objects."""
    if document.xref_length() > MAX_OBJECTS:
        raise Refused("too_heavy")
    for number in range(1, document.xref_length()):
        try:
            written = document.xref_object(number, compressed=True)
        except Exception:  # noqa: S112 - a missing object is common and harmless
            continue
        if rules.is_active(written):
            raise Refused("active_content")


def check_attached(document: pymupdf.Document) -> None:
    """Refuses programs among the files inside the file (`attached_program`); tables and letters there do no harm."""
    try:
        names = [document.embfile_info(name).get("filename") or name for name in document.embfile_names()]
    except Exception:
        return
    for name in names:
        if kinds.is_program_name(name):
            raise Refused("attached_program", name=kinds.clean_name(name)[:80])
