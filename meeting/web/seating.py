"""Where the seats of a half-circle lie, for the pictures of presence and of votes."""

from __future__ import annotations

import math

SMALL_STEP = math.pi / 7  # between neighbours of a single row, so that three people do not sit at three ends of the room
SMALL_REACH = 0.5  # how far out the single row lies, from the inner row to the outer


def rows_for(seats: int) -> tuple[int, ...]:
    """How many seats each row takes, inner row first: three rows up to 40 seats, then one more for every 25."""
    if seats <= 0:
        return ()
    if seats <= 8:
        return (seats,)
    rows = 3 if seats <= 40 else min(8, 4 + (seats - 41) // 25)
    weights = [1 + 0.28 * row for row in range(rows)]
    shares = [math.floor(seats * weight / sum(weights)) for weight in weights]
    for row in range(seats - sum(shares)):
        shares[-1 - row % rows] += 1
    return tuple(shares)


def seat_points(seats: int, width: float, radius: float) -> list[tuple[float, float]]:
    """Centres of the seats (x, y) in the units of the picture, read from left to right across all rows."""
    rows = rows_for(seats)
    outer = width / 2 - radius - 1
    inner = outer * 0.46
    spread = min(math.pi, max(seats - 1, 0) * SMALL_STEP) if len(rows) == 1 else math.pi
    points: list[tuple[float, float, float]] = []
    for row, count in enumerate(rows):
        reach = inner + (outer - inner) * (row / (len(rows) - 1) if len(rows) > 1 else SMALL_REACH)
        for place in range(count):
            angle = math.pi / 2 + (spread * (0.5 - place / (count - 1)) if count > 1 else 0)
            x, y = width / 2 + reach * math.cos(angle), width * 0.5 - reach * math.sin(angle)
            points.append((angle, round(x, 1), round(y, 1)))
    points.sort(key=lambda point: -point[0])
    return [(x, y) for _, x, y in points]
