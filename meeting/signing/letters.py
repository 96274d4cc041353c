"""The paper's own letters inside fields and signatures, embedded. Runs only in the signing process (pyHanko)."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyhanko.pdf_utils.font.api import FontEngineFactory
from pyhanko.pdf_utils.font.opentype import GlyphAccumulator
from pyhanko.pdf_utils.writer import BasePdfFileWriter

PDF_EM = 1000  # in a PDF the widths of letters are thousandths of the size, whatever the font counts by


class Letters(GlyphAccumulator):
    """Letters of one font used in one file. pyHanko writes a font's own units as widths, right only for fonts of 1000 an em."""

    def __init__(self, writer: BasePdfFileWriter, font: io.BytesIO, size: int, room: Any) -> None:
        super().__init__(writer, font, size, obj_stream=room)
        self._font_em, self.units_per_em = self.units_per_em, PDF_EM
        self.hb_font.scale = (PDF_EM, PDF_EM)

    def _get_cid_and_width(self, glyph_id: int) -> tuple[int, int]:
        known = glyph_id in self._glyphs
        cid, width = super()._get_cid_and_width(glyph_id)
        if not known:
            width = round(width * PDF_EM / self._font_em)
            self._glyphs[glyph_id] = (cid, width)
        return cid, width


def letters(writer: BasePdfFileWriter, font: Path, size: float, room: Any = None) -> Letters:
    """Letters of a font for a file that is being written."""
    return Letters(writer, io.BytesIO(font.read_bytes()), round(size), room)


@dataclass(frozen=True)
class LettersOf(FontEngineFactory):
    """How pyHanko's stamps come to their letters."""

    font: Path
    size: float

    def create_font_engine(self, writer: BasePdfFileWriter, obj_stream: Any = None) -> Letters:
        """Letters for one stamp."""
        return letters(writer, self.font, self.size, obj_stream)
