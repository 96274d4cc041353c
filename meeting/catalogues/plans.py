"""The plan of a room as a value: a grid whose cells hold seats with labels, tables, a podium, a screen, doors.

A plan is `{"rows": 8, "columns": 12, "cells": [{"row": 1, "column": 3, "kind": "seat", "label": "A1"}, …]}`; rows count from
the front of the room, columns from the left, both from 1. Three kinds are seats: `head` (the presiding table), `seat`, `guest`.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from itertools import count
from typing import Any

from meeting.errors import N_, Refused, declare

MOST = 30  # rows, columns
LONGEST_LABEL = 8
SEAT_KINDS = ("head", "seat", "guest")
KINDS = {
    "seat": N_("Seat"),
    "head": N_("Presiding seat"),
    "guest": N_("Guest's seat"),
    "table": N_("Table"),
    "podium": N_("Podium"),
    "screen": N_("Screen"),
    "door": N_("Door"),
}
PREFIXES = {"head": "CT", "guest": "K"}  # chủ tọa, khách

declare(
    {
        "plan_size": N_("A plan has 1 to %(most)s rows and columns."),
        "plan_outside": N_("Something stands outside the plan: row %(row)s, column %(column)s."),
        "plan_cell_twice": N_("Two things stand in row %(row)s, column %(column)s."),
        "plan_label_missing": N_("The seat in row %(row)s, column %(column)s has no label."),
        "plan_label_long": N_("The label “%(label)s” is longer than %(most)s characters."),
        "plan_label_twice": N_("Two seats are called “%(label)s”."),
        "plan_changed": N_("%(name)s saved another plan of this room while you were drawing. Look at both before you save."),
        "plan_empty": N_("This room has no plan with seats yet."),
    }
)


@dataclass(frozen=True)
class Cell:
    """One cell that holds something."""

    row: int
    column: int
    kind: str
    label: str = ""

    @property
    def is_seat(self) -> bool:
        """Whether somebody can sit here."""
        return self.kind in SEAT_KINDS


@dataclass(frozen=True)
class Plan:
    """A room seen from above."""

    rows: int
    columns: int
    cells: tuple[Cell, ...]

    @property
    def seats(self) -> list[Cell]:
        """The seats, front row first, from the left."""
        return sorted((cell for cell in self.cells if cell.is_seat), key=lambda cell: (cell.row, cell.column))

    def as_value(self) -> dict[str, Any]:
        """As it is stored and sent, cells in reading order."""
        cells = sorted(self.cells, key=lambda cell: (cell.row, cell.column))
        return {"rows": self.rows, "columns": self.columns, "cells": [asdict(cell) for cell in cells]}


def plan_of(value: Any) -> Plan:
    """A plan out of what is stored or was sent; no value is a room without a plan."""
    if not value:
        return Plan(0, 0, ())
    cells = tuple(Cell(each["row"], each["column"], each["kind"], each.get("label", "")) for each in value["cells"])
    return Plan(value["rows"], value["columns"], cells)


def check_plan(plan: Plan) -> None:
    """Whether a plan can be kept: nothing outside, one thing a cell, every seat with a label of its own.

    Refused as `plan_size`, `plan_outside`, `plan_cell_twice`, `plan_label_missing`, `plan_label_long`, `plan_label_twice`.
    """
    if not (1 <= plan.rows <= MOST and 1 <= plan.columns <= MOST):
        raise Refused("plan_size", most=MOST)
    places: Counter[tuple[int, int]] = Counter()
    labels: Counter[str] = Counter()
    for cell in plan.cells:
        where = {"row": cell.row, "column": cell.column}
        if not (1 <= cell.row <= plan.rows and 1 <= cell.column <= plan.columns):
            raise Refused("plan_outside", **where)
        places[cell.row, cell.column] += 1
        if places[cell.row, cell.column] > 1:
            raise Refused("plan_cell_twice", **where)
        if cell.is_seat:
            _check_label(cell, labels)


def _check_label(cell: Cell, labels: Counter[str]) -> None:
    if not cell.label:
        raise Refused("plan_label_missing", row=cell.row, column=cell.column)
    if len(cell.label) > LONGEST_LABEL:
        raise Refused("plan_label_long", label=cell.label, most=LONGEST_LABEL)
    labels[cell.label] += 1
    if labels[cell.label] > 1:
        raise Refused("plan_label_twice", label=cell.label)


def numbered(plan: Plan) -> Plan:
    """The plan with fresh labels: rows of seats by letter from the front (A1, A2 …), presiding seats CT1 …, guests K1 …."""
    rows = sorted({cell.row for cell in plan.cells if cell.kind == "seat"})
    letters = {row: letter(place) for place, row in enumerate(rows)}
    counting = {prefix: count(1) for prefix in [*letters.values(), *PREFIXES.values()]}
    labels = {}
    for cell in plan.seats:
        prefix = PREFIXES.get(cell.kind) or letters[cell.row]
        labels[cell] = f"{prefix}{next(counting[prefix])}"
    cells = tuple(replace(cell, label=labels.get(cell, "")) for cell in plan.cells)
    return Plan(plan.rows, plan.columns, cells)


def letter(place: int) -> str:
    """The name of a row: A … Z, then AA, AB …; K is left to the guests."""
    alphabet = "ABCDEFGHIJLMNOPQRSTUVWXYZ"
    first, last = divmod(place, len(alphabet))
    return (alphabet[first - 1] if first else "") + alphabet[last]


def front_of(plan: Plan) -> tuple[float, float]:
    """Where the room looks to: the middle of the presiding seats, else of the podium or the screen, else the front wall."""
    for kinds in (("head",), ("podium",), ("screen",)):
        found = [cell for cell in plan.cells if cell.kind in kinds]
        if found:
            return _middle([cell.row for cell in found]), _middle([cell.column for cell in found])
    return 0.0, (plan.columns + 1) / 2


def _middle(places: Sequence[int]) -> float:
    return (min(places) + max(places)) / 2


def by_nearness(plan: Plan) -> list[Cell]:
    """The seats in the order of honour: presiding seats from their middle, then row by row, each from its middle."""
    row, column = front_of(plan)

    def order(cell: Cell) -> tuple[bool, float, float, int, int]:
        down, aside = abs(cell.row - row), abs(cell.column - column)
        away = down + aside if cell.kind == "head" else max(down, 1.0)
        return cell.kind != "head", away, aside, cell.row, cell.column

    return sorted(plan.seats, key=order)
