"""Draws notes into a copy of a PDF: highlights, ink, pins of sticky notes, bookmarks; and the sheets with what the pins say.

Runs only in the process that makes copies. Places are thousandths of the page as it is seen; each page's notes are drawn on
a sheet of that size, which is then laid over the page, so that turned and cut pages need no sums of their own.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pymupdf

COLOURS: dict[str, tuple[float, float, float]] = {
    "yellow": (1.0, 0.87, 0.24),
    "green": (0.45, 0.83, 0.45),
    "pink": (1.0, 0.58, 0.72),
    "blue": (0.16, 0.42, 0.86),
    "red": (0.82, 0.13, 0.15),
    "ink": (0.11, 0.12, 0.16),
}
LIGHT_BLUE = (0.52, 0.76, 1.0)  # blue as a highlighter
LIGHT = 0.45  # opacity of a highlighter
A4 = (595, 842)
MARGIN = 56.0
TEXT_HEIGHT = 11.0
LINE = 1.4
MAX_DRAWINGS = 5000  # on one page
MAX_POINTS = 200_000  # on one page
THINNEST, THICKEST = 0.35, 1.0  # of a stroke's width, by pressure


def draw(page: pymupdf.Page, drawings: Sequence[dict[str, Any]], font: Path) -> None:
    """Draws the notes of one page over it."""
    from meeting.documents.stamping import lay_over  # noqa: PLC0415 - the two modules of one process

    width, height = page.rect.width, page.rect.height
    sheet = pymupdf.open()
    paper = sheet.new_page(width=width, height=height)
    drawn = Drawn(paper, pymupdf.Font(fontfile=str(font)))
    for drawing in drawings[:MAX_DRAWINGS]:
        drawn.put(drawing)
    lay_over(page, finished(sheet), 0)


class Drawn:
    """A sheet on which notes are drawn."""

    def __init__(self, paper: pymupdf.Page, font: pymupdf.Font) -> None:
        self._paper = paper
        self._font = font
        self._points = 0
        self._unit = min(paper.rect.width, paper.rect.height) / A4[0]

    def put(self, drawing: dict[str, Any]) -> None:
        """Draws one note; a kind that is not known is left out."""
        colour = COLOURS.get(str(drawing.get("color")), COLOURS["yellow"])
        kind = drawing.get("kind")
        if kind == "highlight":
            self._highlight(drawing.get("boxes") or [], LIGHT_BLUE if drawing.get("color") == "blue" else colour)
        elif kind == "ink":
            self._ink(drawing.get("strokes") or [], COLOURS["ink"] if drawing.get("color") == "ink" else colour)
        elif kind == "bookmark":
            self._bookmark(colour)
        if kind in ("sticky", "highlight") and drawing.get("number"):
            boxes = drawing.get("boxes") or []
            at = drawing.get("at") or (boxes[0][:2] if boxes else [960, 40])
            self._pin(at, int(drawing["number"]), colour)

    def _at(self, x: float, y: float) -> pymupdf.Point:
        rect = self._paper.rect
        return pymupdf.Point(_within(x) * rect.width / 1000, _within(y) * rect.height / 1000)

    def _highlight(self, boxes: Iterable[Sequence[float]], colour: tuple[float, ...]) -> None:
        shape = self._paper.new_shape()
        some = False
        for left, top, right, bottom in boxes:
            box = pymupdf.Rect(self._at(left, top), self._at(right, bottom)).normalize()
            if not box.is_empty:
                shape.draw_rect(box)
                some = True
        if some:
            shape.finish(color=None, fill=colour, fill_opacity=LIGHT)
            shape.commit()

    def _ink(self, strokes: Iterable[dict[str, Any]], colour: tuple[float, ...]) -> None:
        for stroke in strokes:
            points = list(stroke.get("points") or [])[: MAX_POINTS - self._points]
            self._points += len(points)
            full = max(0.3, float(stroke.get("width") or 3) * self._paper.rect.width / 1000)
            for width, run in runs(points, full):
                shape = self._paper.new_shape()
                places = [self._at(x, y) for x, y in run]
                if len(places) == 1:
                    places.append(places[0] + (0.05, 0))
                shape.draw_polyline(places)
                shape.finish(color=colour, width=width, lineCap=1, lineJoin=1, closePath=False)
                shape.commit()

    def _bookmark(self, colour: tuple[float, ...]) -> None:
        unit, wide, right = self._unit, 14 * self._unit, self._paper.rect.width - 24 * self._unit
        shape = self._paper.new_shape()
        shape.draw_polyline(
            [(right - wide, 0), (right, 0), (right, 30 * unit), (right - wide / 2, 23 * unit), (right - wide, 30 * unit)]
        )
        shape.finish(color=None, fill=colour, closePath=True)
        shape.commit()

    def _pin(self, at: Sequence[float], number: int, colour: tuple[float, ...]) -> None:
        radius = 8 * self._unit
        middle = self._at(at[0], at[1])
        rect = self._paper.rect
        middle = pymupdf.Point(min(max(middle.x, radius), rect.width - radius), min(max(middle.y, radius), rect.height - radius))
        shape = self._paper.new_shape()
        shape.draw_circle(middle, radius)
        shape.finish(color=COLOURS["ink"], fill=colour, width=0.8 * self._unit)
        shape.commit()
        said, letters = str(number), 9 * self._unit
        writer = pymupdf.TextWriter(rect, color=_letters_on(colour))
        left = middle.x - self._font.text_length(said, letters) / 2
        writer.append((left, middle.y + letters * 0.33), said, font=self._font, fontsize=letters)
        writer.write_text(self._paper)


def runs(points: Sequence[Sequence[float]], full: float) -> list[tuple[float, list[tuple[float, float]]]]:
    """A stroke as lines of even width: the harder the pen was pressed, the thicker. Neighbouring lines share their point."""
    found: list[tuple[float, list[tuple[float, float]]]] = []
    for point in points:
        x, y = float(point[0]), float(point[1])
        pressure = _within(float(point[2])) / 1000 if len(point) > 2 else 0.5
        width = round(full * (THINNEST + (THICKEST - THINNEST) * pressure), 1)
        if found and found[-1][0] == width:
            found[-1][1].append((x, y))
        else:
            before = [found[-1][1][-1]] if found else []
            found.append((width, [*before, (x, y)]))
    return found


def append_sheets(document: pymupdf.Document, told: Sequence[dict[str, Any]], heading: str, font: Path) -> None:
    """Adds the sheets that say what each pin stands for: page and number, whose note, and its words."""
    if not told:
        return
    letters = pymupdf.Font(fontfile=str(font))
    sheet = Sheets(letters, heading)
    for each in told:
        place = f"Trang {each['page']}, số {each['number']}" if each.get("number") else f"Trang {each['page']}"
        sheet.note(f"{place} – {each.get('name', '')}".rstrip(" –"), str(each.get("text", "")))
    made = sheet.done()
    document.insert_pdf(made, links=False, annots=False)


class Sheets:
    """Pages that fill with notes from the top."""

    def __init__(self, font: pymupdf.Font, heading: str) -> None:
        self._font = font
        self._document = pymupdf.open()
        self._writer: pymupdf.TextWriter | None = None
        self._top = 0.0
        self._write(heading, 15.0)
        self._top += 8

    def note(self, head: str, text: str) -> None:
        """One note: a line that says which, its words below."""
        self._top += 6
        self._write(head, TEXT_HEIGHT - 1, GREY)
        for paragraph in text.splitlines() or [""]:
            self._write(paragraph, TEXT_HEIGHT)

    def done(self) -> pymupdf.Document:
        """The finished pages, with only the letters that they use."""
        self._end_page()
        return finished(self._document)

    def _write(self, text: str, letters: float, colour: tuple[float, ...] = COLOURS["ink"]) -> None:
        for line in wrapped(text, self._font, letters, A4[0] - 2 * MARGIN):
            if self._writer is None or self._top + letters * LINE > A4[1] - MARGIN:
                self._end_page()
                self._document.new_page(width=A4[0], height=A4[1])
                self._writer = pymupdf.TextWriter(pymupdf.Rect(0, 0, *A4))
                self._top = MARGIN
            self._top += letters * LINE
            self._writer.append((MARGIN, self._top), line, font=self._font, fontsize=letters)

    def _end_page(self) -> None:
        if self._writer is not None:
            self._writer.write_text(self._document[-1])
            self._writer = None


GREY = (0.33, 0.33, 0.36)


def wrapped(text: str, font: pymupdf.Font, letters: float, room: float) -> list[str]:
    """A paragraph in lines that fit; a word too long for a line is cut."""
    lines = [""]
    for word in text.split():
        for piece in _pieces(word, font, letters, room):
            longer = f"{lines[-1]} {piece}".strip()
            if font.text_length(longer, letters) <= room:
                lines[-1] = longer
            else:
                lines.append(piece)
    return lines


def _pieces(word: str, font: pymupdf.Font, letters: float, room: float) -> list[str]:
    if font.text_length(word, letters) <= room:
        return [word]
    most = max(1, int(len(word) * room / font.text_length(word, letters)) - 1)
    return [word[start : start + most] for start in range(0, len(word), most)]


def finished(sheet: pymupdf.Document) -> pymupdf.Document:
    """A sheet with only the letters it uses, ready to be laid over pages.

    In these fonts space and hard space are one glyph, told as the hard one: put right, or nobody finds a name of two words.
    """
    sheet.subset_fonts()
    for number in range(1, sheet.xref_length()):
        kind, told = sheet.xref_get_key(number, "ToUnicode")
        if kind == "xref":
            letters = int(told.split()[0])
            sheet.update_stream(letters, sheet.xref_stream(letters).replace(b"<00a0>", b"<0020>"))
    return pymupdf.open(stream=sheet.tobytes(deflate=True), filetype="pdf")


def _within(value: float) -> float:
    return max(0.0, min(1000.0, float(value)))


def _letters_on(colour: tuple[float, ...]) -> tuple[float, float, float]:
    return (1, 1, 1) if sum(colour) < 1.6 else (0, 0, 0)
