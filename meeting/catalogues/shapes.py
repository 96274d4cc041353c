"""Plans of the common rooms, drawn from a few numbers: a hall with rows, a U, one long table, tables for groups."""

from math import ceil

from meeting.catalogues.plans import MOST, Cell, Plan, numbered
from meeting.errors import N_, Refused, declare

SHAPES = {
    "hall": N_("Hall with rows"),
    "u": N_("U shape"),
    "long": N_("One long table"),
    "groups": N_("Tables for groups"),
}

declare(
    {
        "plan_too_many_seats": N_("So many seats do not fit into a plan of %(most)s rows and columns."),
        "plan_shape_unknown": N_("There is no such shape of a room."),
    }
)

Things = list[Cell]


def drawn(shape: str, rows: int, seats: int, heads: int, aisle: bool) -> Plan:
    """A plan of one of the shapes with labels.

    hall: `rows` of `seats` each, parted by an aisle or not; u: arms of `rows`, `seats` along the bottom (0: open); long:
    `seats` on either side; groups: `rows` tables of `seats`. `heads`: presiding seats. Refused as `plan_shape_unknown`,
    `plan_too_many_seats`.
    """
    shapes = {"hall": _hall, "u": _u, "long": _long, "groups": _groups}
    if shape not in shapes:
        raise Refused("plan_shape_unknown")
    things = shapes[shape](rows, seats, heads, aisle)
    plan = Plan(max(cell.row for cell in things), max(cell.column for cell in things), tuple(things))
    if plan.rows > MOST or plan.columns > MOST:
        raise Refused("plan_too_many_seats", most=MOST)
    return numbered(plan) if shape in ("hall", "groups") else _with_sides(plan)


def _line(row: int, first: int, width: int, kind: str) -> Things:
    return [Cell(row, column, kind) for column in range(first, first + width)]


def _hall(rows: int, seats: int, heads: int, aisle: bool) -> Things:
    """Screen, presiding table with the podium beside it, then the rows; the doors are at the back."""
    gap = 1 if aisle and seats > 1 else 0
    width = max(seats + gap, heads + 2, 3)
    things = [*_front(width, heads), Cell(3, width, "podium")]
    indent = (width - seats - gap) // 2
    left = ceil(seats / 2) if gap else seats
    for row in range(5, 5 + rows):
        things += _line(row, 1 + indent, left, "seat") + _line(row, 1 + indent + left + gap, seats - left, "seat")
    return [*things, Cell(6 + rows, 1, "door"), Cell(6 + rows, width, "door")]


def _front(width: int, heads: int) -> Things:
    """The presiding seats behind their table, in the middle, the screen on the wall behind them."""
    screen = min(width, max(heads, 3))
    at = 1 + (width - heads) // 2
    return [*_line(1, 1 + (width - screen) // 2, screen, "screen"), *_line(2, at, heads, "head"), *_line(3, at, heads, "table")]


def _u(rows: int, seats: int, heads: int, _aisle: bool) -> Things:
    """The presiding side across the front, an arm on either side, seats along the outer edge; the screen faces the chair."""
    inner = max(seats, heads)
    width = inner + 4
    at = 3 + (inner - heads) // 2
    things = _line(1, at, heads, "head") + _line(2, 2, width - 2, "table")
    for row in range(3, 3 + rows):
        things += [Cell(row, 1, "seat"), Cell(row, 2, "table"), Cell(row, width - 1, "table"), Cell(row, width, "seat")]
    if not seats:
        screen = min(inner, 3)
        return things + _line(4 + rows, 3 + (inner - screen) // 2, screen, "screen") + [Cell(4 + rows, width, "door")]
    foot = 3 + rows
    things += _line(foot, 2, width - 2, "table") + _line(foot + 1, 3 + (inner - seats) // 2, seats, "seat")
    return [*things, Cell(foot + 2, width, "door")]


def _long(_rows: int, seats: int, heads: int, _aisle: bool) -> Things:
    """The table lies along the room: presiding seats at its left end, the screen opposite."""
    ends = max(heads, 1)
    things = _line(1, 3, seats, "seat") + _line(ends + 2, 3, seats, "seat")
    for row in range(2, 2 + ends):
        things += _line(row, 2, seats + 2, "table")
        if row < 2 + heads:
            things.append(Cell(row, 1, "head"))
    middle = 2 + (ends - 1) // 2
    return [*things, Cell(middle, seats + 5, "screen"), Cell(ends + 2, seats + 5, "door")]


def _groups(rows: int, seats: int, heads: int, _aisle: bool) -> Things:
    """`rows` tables of `seats`, half on either long side, in blocks before the presiding table."""
    above, below = ceil(seats / 2), seats // 2
    across = max(1, min(rows, ceil(rows**0.5), (MOST + 1) // (above + 1)))
    width = max(across * (above + 1) - 1, heads + 2, 3)
    things = _front(width, heads)
    for number in range(rows):
        down, right = divmod(number, across)
        row, column = 5 + down * 4, 1 + right * (above + 1)
        things += _line(row, column, above, "seat") + _line(row + 1, column, above, "table")
        things += _line(row + 2, column, below, "seat")
    return [*things, Cell(5 + ceil(rows / across) * 4, width, "door")]


def _with_sides(plan: Plan) -> Plan:
    """Labels by the side of the table: A left or upper, B right or lower, C along the bottom, counted from the presiding end."""
    heads = {cell.column for cell in plan.cells if cell.kind == "head"} or {1}
    across = min(heads) > 1 or len(heads) > 1  # presiding seats across the front: a U
    first, last = (1, plan.columns) if across else (1, max(cell.row for cell in plan.cells if cell.is_seat))
    counting: dict[str, int] = {}
    cells = []
    for cell in sorted(plan.cells, key=lambda cell: (cell.row, cell.column)):
        label = ""
        if cell.is_seat:
            edge = cell.column if across else cell.row
            side = "CT" if cell.kind == "head" else "A" if edge == first else "B" if edge == last else "C"
            counting[side] = counting.get(side, 0) + 1
            label = f"{side}{counting[side]}"
        cells.append(Cell(cell.row, cell.column, cell.kind, label))
    return Plan(plan.rows, plan.columns, tuple(cells))
