"""The bookmarks of a PDF as a table of contents. Runs only in the reading process: a hostile outline may do what it likes there.

The tree is walked here and not by the PDF library: an outline may be a ring, a million entries long or a thousand deep.
"""

import unicodedata
from typing import Any

import pymupdf
from pymupdf import mupdf as _mupdf

mupdf: Any = _mupdf  # the library under the library has no types
Broken = (RuntimeError, ValueError, mupdf.FzErrorBase)
MAX_ENTRIES = 2000
MAX_DEPTH = 8  # deeper ones stand on this level
MAX_LETTERS = 160
MAX_STEPS = 20_000  # entries looked at, also those that are left out


def bookmarks(document: pymupdf.Document) -> list[dict[str, Any]]:
    """`{title, page, level}` in their order; those without title or page are left out, their children are not."""
    try:
        return _walked(document)
    except Broken:
        return []


def _walked(document: pymupdf.Document) -> list[dict[str, Any]]:
    pdf = mupdf.pdf_document_from_fz_document(document.this)
    root = mupdf.pdf_dict_getp(mupdf.pdf_trailer(pdf), "Root/Outlines")
    found: list[dict[str, Any]] = []
    seen: set[int] = set()
    waiting = [(mupdf.pdf_dict_gets(root, "First"), 1)]
    steps = 0
    while waiting and len(found) < MAX_ENTRIES and steps < MAX_STEPS:
        node, depth = waiting.pop()
        steps += 1
        number = mupdf.pdf_to_num(node)
        if not mupdf.pdf_is_dict(node) or (number and number in seen):
            continue
        seen.add(number)
        title, page = cleaned(_title(node)), _page(pdf, node, document.page_count)
        if title and page is not None:
            found.append({"title": title, "page": page, "level": min(depth, MAX_DEPTH)})
        waiting.append((mupdf.pdf_dict_gets(node, "Next"), depth))
        waiting.append((mupdf.pdf_dict_gets(node, "First"), depth + 1 if title and page is not None else depth))
    return found


def _title(node: Any) -> str:
    try:
        return str(mupdf.pdf_to_text_string(mupdf.pdf_dict_gets(node, "Title")))
    except Broken:
        return ""


def cleaned(title: str) -> str:
    """One line in NFC without control signs and other invisible ones, not longer than a line of the panel."""
    flat = "".join(sign if unicodedata.category(sign)[0] != "C" else " " for sign in unicodedata.normalize("NFC", title))
    words = " ".join(flat.split())
    return words if len(words) <= MAX_LETTERS else words[: MAX_LETTERS - 1].rstrip() + "…"


def _page(pdf: Any, node: Any, pages: int) -> int | None:
    """The page a bookmark leads to, from 1; None when it leads out of this file or nowhere."""
    target = mupdf.pdf_dict_gets(node, "Dest")
    if not _there(target):
        action = mupdf.pdf_dict_gets(node, "A")
        if mupdf.pdf_to_name(mupdf.pdf_dict_gets(action, "S")) != "GoTo":
            return None
        target = mupdf.pdf_dict_gets(action, "D")
    try:
        if mupdf.pdf_is_name(target) or mupdf.pdf_is_string(target):
            target = mupdf.pdf_lookup_dest(pdf, target)
        if mupdf.pdf_is_dict(target):
            target = mupdf.pdf_dict_gets(target, "D")
        first = mupdf.pdf_array_get(target, 0) if mupdf.pdf_is_array(target) else target
        if mupdf.pdf_is_int(first):
            number = int(mupdf.pdf_to_int(first))
        elif mupdf.pdf_is_dict(first):
            number = int(mupdf.pdf_lookup_page_number(pdf, first))
        else:
            return None
    except Broken:
        return None
    return number + 1 if 0 <= number < pages else None


def _there(target: Any) -> bool:
    return bool(target.m_internal) and not mupdf.pdf_is_null(target)
