"""The half-circle of seats."""

import pytest

from meeting.web.seating import rows_for, seat_points


@pytest.mark.parametrize("seats", [0, 1, 8, 9, 27, 40, 41, 100, 300])
def test_every_seat_has_its_place_inside_the_picture(seats: int) -> None:
    points = seat_points(seats, 360, 9)

    assert len(points) == len(set(points)) == seats == sum(rows_for(seats))
    assert all(0 <= x <= 360 and 0 <= y <= 180 for x, y in points)


def test_the_ward_council_of_27_sits_in_three_rows() -> None:
    assert rows_for(27) == (7, 9, 11)


def test_seats_are_read_from_left_to_right() -> None:
    points = seat_points(27, 360, 9)

    assert points[0][0] < 180 < points[-1][0]
