"""What is written into a spreadsheet that people open elsewhere. Pure."""

from typing import TypeVar

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

FORMULA_SIGNS = ("=", "+", "-", "@", "|", "%")

Cell = TypeVar("Cell", str, int, float, None, str | int, str | int | float | None)


def harmless(cell: Cell) -> Cell:
    """The cell as it is written: no text is taken for a formula, whatever blanks stand before its sign; letters that a workbook
    cannot keep are left out. Anything but text stays as it is."""
    if not isinstance(cell, str):
        return cell
    text = ILLEGAL_CHARACTERS_RE.sub("", cell)
    return f"'{text}" if text.lstrip().startswith(FORMULA_SIGNS) else text
