"""Draws the page images of a PDF anew in a process of its own: `python -m meeting.documents.redrawing PDF FOLDER`.

Nothing else of the file is read. Each page keeps its old image until the new one stands in its place.
"""

import sys
from pathlib import Path

import pymupdf

from meeting.documents.confine import confine
from meeting.documents.images import make_images
from meeting.documents.layers import picture_share
from meeting.documents.reading import MEMORY_BYTES


def main(arguments: list[str]) -> int:
    """Draws all pages, in order."""
    source, folder = map(Path, arguments)
    confine(MEMORY_BYTES, None, [folder], [source])
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    with pymupdf.open(source, filetype="pdf") as document:
        for number in range(1, document.page_count + 1):
            page = document.load_page(number - 1)
            make_images(page, picture_share(page), folder, number)
            pymupdf.TOOLS.store_shrink(100)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
