"""Places that a layout leaves open for the finished PDF: number, date, signatures. Where they stand on the page."""

import json
import unicodedata
from dataclasses import asdict, dataclass
from typing import Any

import typst

from meeting.documents.typeset import EMPTY_LISTS, FONTS, LAYOUTS, Layout, Sheet


@dataclass(frozen=True)
class Slot:
    """One open place: its name, its page from 1, and its box in points from the upper left corner of the page."""

    name: str
    page: int
    x: float
    y: float
    width: float
    height: float

    def told(self) -> dict[str, Any]:
        """As it travels to another process."""
        return asdict(self)


def found(layout: Layout, sheet: Sheet) -> list[Slot]:
    """The open places of a paper in the order of its text; none when the sheet is not `open`."""
    words: Any = {name: [] for name in EMPTY_LISTS} | dict(sheet)
    said = typst.query(
        str(LAYOUTS / f"{layout}.typ"),
        "<slot>",
        field="value",
        root=str(LAYOUTS),
        font_paths=[str(FONTS)] if FONTS.is_dir() else [],
        sys_inputs={"sheet": unicodedata.normalize("NFC", json.dumps(words, ensure_ascii=False))},
    )
    each = json.loads(said) if isinstance(said, str) else said
    return [Slot(**slot) for slot in each]
