"""Makes a copy of a PDF for one reader, in a process of its own: `python -m meeting.documents.stamping SOURCE TARGET ORDER`.

ORDER is a JSON file: `{"bearer": [line, ...], "overlay": Overlay | null, "heading": "..."}`. The process prints
`{"done": pages}` now and then and `{"ready": pages}` at last. Each page gets the bearer's line in the margin at its foot and
what the overlay draws on it; sheets with the texts of sticky notes follow. The source is not changed. Signature fields
become pictures of themselves: a signature cannot hold for a copy with something written on it, and must not look broken.
"""

import json
import sys
from pathlib import Path
from typing import Any

import pymupdf

from meeting.documents import burning
from meeting.documents.confine import confine

MEMORY_BYTES = 3 * 1024**3
SECONDS = 300  # of the processor
FONT = Path(__file__).parents[2] / "static" / "vendor" / "fonts" / "Tinos-Regular.ttf"
A4_WIDTH = 595.0
LETTER_HEIGHT = 7.5  # points on an A4 page
SMALLEST = 0.55  # of it, before the line is broken in two
FROM_EDGE = 7.0  # from the lower edge to the foot of the letters
GREY = (0.33, 0.33, 0.36)
TELL_EVERY = 25


def main(arguments: list[str]) -> int:
    """Makes the copy named on the command line."""
    source, target, order = map(Path, arguments)
    confine(MEMORY_BYTES, SECONDS, [target.parent], [source, FONT])
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    make(source, target, json.loads(order.read_text(encoding="utf-8")))
    return 0


def make(source: Path, target: Path, order: dict[str, Any]) -> None:
    """Writes the copy. A page that cannot be drawn on keeps its content; then the whole copy fails rather than lacks a name."""
    document = pymupdf.open(source, filetype="pdf")
    if document.is_form_pdf:
        document.bake(annots=False, widgets=True)
    overlay = order.get("overlay") or {"pages": {}, "sheet": []}
    drawings = {int(number): drawn for number, drawn in overlay["pages"].items()}
    burning.append_sheets(document, overlay["sheet"], order.get("heading", ""), FONT)
    stamps = Stamps(order["bearer"])
    for number in range(document.page_count):
        page = document.load_page(number)
        if number + 1 in drawings:
            burning.draw(page, drawings[number + 1], FONT)
        stamps.put(page)
        if (number + 1) % TELL_EVERY == 0:
            say({"done": number + 1})
            pymupdf.TOOLS.store_shrink(100)
    pages = document.page_count
    document.save(target, garbage=1, deflate=True, encryption=pymupdf.PDF_ENCRYPT_NONE)
    document.close()
    say({"ready": pages})


class Stamps:
    """The bearer's line, set once for each size of page and laid over all pages of that size."""

    def __init__(self, bearer: list[str]) -> None:
        self._bearer = bearer
        self._font = pymupdf.Font(fontfile=str(FONT))
        self._set: dict[tuple[int, int], pymupdf.Document] = {}

    def put(self, page: pymupdf.Page) -> None:
        """Writes the line at the foot of a page as the reader sees it, also of a turned or cut one."""
        size = (round(page.rect.width), round(page.rect.height))
        if size not in self._set:
            self._set[size] = self._sheet(*size)
        lay_over(page, self._set[size], 0)

    def _sheet(self, width: int, height: int) -> pymupdf.Document:
        sheet = pymupdf.open()
        page = sheet.new_page(width=width, height=height)
        scale = max(0.5, min(width, height) / A4_WIDTH)
        letters = LETTER_HEIGHT * scale
        room = width - 16 * scale
        lines = self._lines(letters, room)
        widest = max(self._font.text_length(line, letters) for line in lines)
        letters *= min(1.0, room / max(1.0, widest))
        top = height - FROM_EDGE * scale - letters * 1.2 * (len(lines) - 1)
        self._paper_behind(page, lines, letters, top)
        writer = pymupdf.TextWriter(page.rect, color=GREY)
        for place, line in enumerate(lines):
            left = (width - self._font.text_length(line, letters)) / 2
            writer.append((left, top + place * letters * 1.2), line, font=self._font, fontsize=letters)
        writer.write_text(page)
        return burning.finished(sheet)

    def _lines(self, letters: float, room: float) -> list[str]:
        """One line where it fits when set a little smaller, else one for each part."""
        whole = " · ".join(self._bearer)
        return [whole] if self._font.text_length(whole, letters * SMALLEST) <= room else self._bearer

    def _paper_behind(self, page: pymupdf.Page, lines: list[str], letters: float, top: float) -> None:
        """A little paper under the letters, so that they can be read on a dark scan."""
        widest = max(self._font.text_length(line, letters) for line in lines)
        left = (page.rect.width - widest) / 2 - letters * 0.4
        box = pymupdf.Rect(
            left, top - letters, left + widest + letters * 0.8, top + (len(lines) - 1) * letters * 1.2 + letters * 0.35
        )
        shape = page.new_shape()
        shape.draw_rect(box)
        shape.finish(color=None, fill=(1, 1, 1), fill_opacity=0.82)
        shape.commit()


def lay_over(page: pymupdf.Page, sheet: pymupdf.Document, number: int) -> None:
    """Lays a sheet of the size of the page, as it is seen, over it: upright for the reader whatever way the page is turned."""
    turned = page.rotation
    page.set_rotation(0)
    page.show_pdf_page(page.rect, sheet, number, rotate=turned, keep_proportion=False)
    page.set_rotation(turned)


def say(message: dict[str, Any]) -> None:
    """One line to whoever started this process."""
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
