"""Plans of rooms as values: what can be kept, how seats are called, which seat is the next to honour, the drawn shapes."""

from typing import Any

import pytest

from meeting.catalogues.plans import MOST, Cell, Plan, by_nearness, check_plan, letter, numbered, plan_of
from meeting.catalogues.shapes import SHAPES, drawn
from meeting.errors import Refused


def picture(plan: Plan) -> list[str]:
    """The plan as text: labels of seats, signs for the rest."""
    signs = {"table": "==", "podium": "po", "screen": "[]", "door": "||"}
    at = {(cell.row, cell.column): cell.label or signs[cell.kind] for cell in plan.cells}
    rows = range(1, plan.rows + 1)
    return [" ".join(at.get((row, column), ".").ljust(3) for column in range(1, plan.columns + 1)).rstrip() for row in rows]


def test_a_hall_has_rows_parted_by_an_aisle_and_a_presiding_table():
    assert picture(drawn("hall", rows=2, seats=4, heads=3, aisle=True)) == [
        ".   []  []  []  .",
        ".   CT1 CT2 CT3 .",
        ".   ==  ==  ==  po",
        ".   .   .   .   .",
        "A1  A2  .   A3  A4",
        "B1  B2  .   B3  B4",
        ".   .   .   .   .",
        "||  .   .   .   ||",
    ]


def test_a_u_has_two_arms_and_perhaps_a_foot():
    assert picture(drawn("u", rows=3, seats=0, heads=2, aisle=False)) == [
        ".   .   CT1 CT2 .   .",
        ".   ==  ==  ==  ==  .",
        "A1  ==  .   .   ==  B1",
        "A2  ==  .   .   ==  B2",
        "A3  ==  .   .   ==  B3",
        ".   .   .   .   .   .",
        ".   .   []  []  .   ||",
    ]
    assert picture(drawn("u", rows=1, seats=3, heads=1, aisle=False))[3:5] == [
        ".   ==  ==  ==  ==  ==  .",
        ".   .   C1  C2  C3  .   .",
    ]


def test_a_long_table_is_headed_by_the_chair():
    assert picture(drawn("long", rows=1, seats=3, heads=1, aisle=False)) == [
        ".   .   A1  A2  A3  .   .   .",
        "CT1 ==  ==  ==  ==  ==  .   []",
        ".   .   B1  B2  B3  .   .   ||",
    ]


def test_groups_sit_round_their_tables():
    plan = drawn("groups", rows=2, seats=4, heads=2, aisle=False)

    assert picture(plan)[4:7] == ["A1  A2  .   A3  A4", "==  ==  .   ==  ==", "B1  B2  .   B3  B4"]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("rows", "seats", "heads"), [(1, 2, 1), (4, 6, 3), (8, 10, 5), (6, 4, 2)])
def test_every_drawn_plan_can_be_kept(shape: str, rows: int, seats: int, heads: int):
    plan = drawn(shape, rows, seats, heads, aisle=True)

    check_plan(plan)
    assert plan_of(plan.as_value()).as_value() == plan.as_value()


def test_a_plan_that_does_not_fit_is_refused():
    with pytest.raises(Refused, match="plan_too_many_seats"):
        drawn("hall", rows=40, seats=10, heads=1, aisle=False)
    with pytest.raises(Refused, match="plan_shape_unknown"):
        drawn("circle", rows=1, seats=1, heads=1, aisle=False)


A1, A2 = {"row": 1, "column": 1, "kind": "seat", "label": "A1"}, {"row": 1, "column": 2, "kind": "seat", "label": "A2"}


@pytest.mark.parametrize(
    ("rows", "columns", "cells", "code"),
    [
        (0, 5, [], "plan_size"),
        (5, MOST + 1, [], "plan_size"),
        (1, 1, [A2], "plan_outside"),
        (1, 2, [A1, {**A1, "label": "A9"}], "plan_cell_twice"),
        (1, 2, [{**A1, "label": ""}], "plan_label_missing"),
        (1, 2, [{**A1, "label": "123456789"}], "plan_label_long"),
        (1, 2, [A1, {**A2, "label": "A1"}], "plan_label_twice"),
        (1, 2, [A1, A2], ""),
        (1, 2, [{**A1, "kind": "table", "label": ""}, {**A2, "kind": "door", "label": ""}], ""),
    ],
)
def test_what_makes_a_plan_impossible(rows: int, columns: int, cells: list[dict[str, Any]], code: str):
    plan = plan_of({"rows": rows, "columns": columns, "cells": cells})

    if code:
        with pytest.raises(Refused, match=code):
            check_plan(plan)
    else:
        check_plan(plan)


def test_rows_are_named_by_letters_without_the_guests_k():
    assert [letter(place) for place in (0, 9, 10, 24, 25, 26)] == ["A", "J", "L", "Z", "AA", "AB"]


def test_fresh_labels_count_each_row_from_the_left():
    plan = Plan(
        4, 3, (Cell(1, 2, "head", "x"), Cell(3, 3, "seat", "9"), Cell(3, 1, "seat"), Cell(4, 1, "guest"), Cell(4, 2, "table"))
    )

    assert {cell.label for cell in numbered(plan).cells} == {"CT1", "A2", "A1", "K1", ""}


@pytest.mark.parametrize(
    ("shape", "first"),
    [
        ("hall", ["CT2", "CT1", "CT3", "A2", "A3", "A1", "A4", "B2"]),
        ("u", ["CT2", "CT1", "CT3", "A1", "B1", "A2", "B2"]),
        ("long", ["CT2", "CT1", "CT3", "A1", "B1", "A2", "B2"]),
    ],
)
def test_the_seats_of_honour_come_from_the_front(shape: str, first: list[str]):
    plan = drawn(shape, rows=2, seats=0 if shape == "u" else 4, heads=3, aisle=True)

    assert [cell.label for cell in by_nearness(plan)][: len(first)] == first
