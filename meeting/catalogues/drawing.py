"""The picture of a plan: rectangles with words, for the pages that only show it (the editors draw their own buttons)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby

from meeting.catalogues.plans import Cell, Plan
from meeting.errors import N_

SMALL = (40, 34)  # width and height of a cell that shows a label
NAMED = (96, 50)  # of one that shows a name too
GAP = 3
LONGEST_NAME = 11  # letters that fit into a named cell
WORDS = {"screen": N_("Screen"), "podium": N_("Podium"), "door": N_("Door"), "table": ""}


@dataclass(frozen=True)
class Shape:
    """One rectangle: its place, its kind as a class, a word to translate, a label and a name as they are."""

    x: int
    y: int
    width: int
    height: int
    kind: str
    word: str = ""
    label: str = ""
    name: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Picture:
    """A plan ready to be drawn."""

    width: int
    height: int
    named: bool
    shapes: list[Shape] = field(default_factory=list)


def picture(plan: Plan, people: Mapping[str, str] | None = None, tones: Mapping[str, str] | None = None) -> Picture:
    """The plan with people's names on their seats (none: labels only). `tones`: a class by label, as `mine` or `here`."""
    width, height = NAMED if people is not None else SMALL
    shapes = [_seat(cell, width, height, people or {}, tones or {}) for cell in plan.seats]
    others = sorted((cell for cell in plan.cells if not cell.is_seat), key=lambda cell: (cell.row, cell.kind, cell.column))
    for (row, kind, _), run in groupby(enumerate(others), key=lambda each: (each[1].row, each[1].kind, each[1].column - each[0])):
        cells = [cell for _, cell in run]
        shapes.append(_thing(row, kind, cells, width, height))
    return Picture(plan.columns * width, plan.rows * height, people is not None, shapes)


def _seat(cell: Cell, width: int, height: int, people: Mapping[str, str], tones: Mapping[str, str]) -> Shape:
    x, y = (cell.column - 1) * width + GAP, (cell.row - 1) * height + GAP
    name = people.get(cell.label, "")
    tone = tones.get(cell.label, "taken" if name else "")
    return Shape(x, y, width - 2 * GAP, height - 2 * GAP, cell.kind, "", cell.label, shortened(name), tone)


def _thing(row: int, kind: str, cells: list[Cell], width: int, height: int) -> Shape:
    """Neighbours of one kind in a row are one thing; tables touch the row below, so that they read as one."""
    inset = 0 if kind == "table" else GAP
    x, y = (cells[0].column - 1) * width + inset, (row - 1) * height + inset + (GAP if kind == "table" else 0)
    tall = height - 2 * (GAP if kind == "table" else inset)
    return Shape(x, y, len(cells) * width - 2 * inset, tall, kind, WORDS[kind])


def shortened(full_name: str) -> str:
    """A name that fits on a seat: "Vũ Thị Mai Lan" as "V.T.M. Lan"; a short one whole."""
    words = full_name.split()
    if len(full_name) <= LONGEST_NAME or len(words) < 2:
        return full_name
    return "".join(f"{word[0]}." for word in words[:-1]) + f" {words[-1]}"
