"""What a PDF tells of itself beside its pages: its bookmarks and its digital signatures.

Part of the reading process; for papers that were read before this was asked, a process of its own:
`python -m meeting.documents.contents PDF` prints `{"outline": [...], "signatures": [...]}`.
"""

import json
import sys
from pathlib import Path
from typing import Any

import pymupdf

from meeting.documents import outline
from meeting.documents.confine import confine

MEMORY_BYTES = 2 * 1024**3
SECONDS = 100  # of the processor


def main(arguments: list[str]) -> int:
    """Looks at the PDF named on the command line."""
    confine(MEMORY_BYTES, SECONDS, [], [Path(arguments[0])])
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    document = pymupdf.open(arguments[0], filetype="pdf")
    sys.stdout.write(json.dumps(described(document, Path(arguments[0])), ensure_ascii=False) + "\n")
    return 0


def described(document: pymupdf.Document, path: Path) -> dict[str, Any]:
    """Bookmarks and signatures of an opened PDF. Never fails: a file that lies about itself can still be read."""
    return {"outline": outline.bookmarks(document), "signatures": signatures_of(document, path)}


def signatures_of(document: pymupdf.Document, path: Path) -> list[dict[str, Any]]:
    """The signatures of a PDF; the library for them is loaded only for a file with a form, in which every signature stands."""
    if document.xref_get_key(document.pdf_catalog(), "AcroForm")[0] in ("null", "undefined"):
        return []
    from meeting.documents import signatures  # noqa: PLC0415 - half a second of loading that most papers do not need

    return signatures.found_in(path, fields_by_number(document))


def fields_by_number(document: pymupdf.Document) -> dict[int, int]:
    """The page of each form field and remark, by object number."""
    found: dict[int, int] = {}
    for number in range(document.page_count):
        try:
            for each in document.load_page(number).annot_xrefs():
                found.setdefault(each[0], number + 1)
        except (RuntimeError, ValueError):
            continue
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
