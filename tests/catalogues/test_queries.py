"""However many entries, rooms, meetings and people there are: the pages answer from the same number of queries."""

from collections.abc import Callable

from flask.testing import FlaskClient

from meeting import clock
from meeting.agenda.models import Participant
from meeting.agenda.seating_models import Seat, Seating
from meeting.catalogues.models import CatalogueEntry, Room
from meeting.catalogues.shapes import drawn
from meeting.organization.models import Person
from tests.conftest import Council
from tests.counting import asked

PLAN = drawn("hall", rows=5, seats=8, heads=1, aisle=True).as_value()


def cost(browser: FlaskClient, path: str) -> int:
    with asked() as seen:
        assert browser.get(path).status_code == 200
    return len(seen)


def test_lists_of_entries_and_rooms_cost_the_same_for_one_and_for_thirty(council: Council, client: Callable[[str], FlaskClient]):
    (room,) = council.write(Room(name="Phòng 0", plan=PLAN, plan_version=1))
    (entry,) = council.write(CatalogueEntry(kind="position", name="Chức vụ 0"))
    council.meeting(room_id=room)
    browser = client("minh")
    paths = ["/catalogues/positions", f"/catalogues/positions?edit={entry}", "/rooms", f"/rooms/{room}", "/api/v1/rooms"]
    few = [cost(browser, path) for path in paths]

    council.write(*(Room(name=f"Phòng {number}", plan=PLAN, plan_version=1) for number in range(1, 30)))
    council.write(*(CatalogueEntry(kind="position", name=f"Chức vụ {number}") for number in range(1, 30)))
    for _ in range(5):
        council.meeting(room_id=room)

    assert [cost(browser, path) for path in paths] == few


def test_a_seating_plan_costs_the_same_for_three_and_for_thirty_people(council: Council, client: Callable[[str], FlaskClient]):
    (room,) = council.write(Room(name="Hội trường", plan=PLAN, plan_version=1))
    meeting = council.meeting(room_id=room)
    council.write(Seating(meeting_id=meeting, room_id=room, room_version=1, plan=PLAN, taken_at=clock.now()))
    browsers = {who: client(who) for who in ("minh", "hoa")}
    paths = [(who, path) for who in browsers for path in (f"/meetings/{meeting}/seats", f"/api/v1/meetings/{meeting}/seats")]
    few = [cost(browsers[who], path) for who, path in paths]

    people = council.write(*(Person(full_name=f"Nguyễn Văn {number}") for number in range(30)))
    council.write(*(Participant(meeting_id=meeting, person_id=person, voting=True) for person in people))
    labels = [f"{row}{number}" for row in "ABCD" for number in range(1, 9)]
    council.write(
        *(Seat(meeting_id=meeting, label=label, person_id=person) for label, person in zip(labels, people, strict=False))
    )

    assert [cost(browsers[who], path) for who, path in paths] == few
