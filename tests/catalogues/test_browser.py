"""Drawing a room and seating people in a real browser: by touch, by keyboard, taken back, and by two at once."""

from typing import Any

import pytest
from sqlalchemy import select

from meeting.agenda.seating_models import Seat
from meeting.catalogues.models import Room
from meeting.catalogues.shapes import drawn
from tests.browsing import DESK, TOUCH, House
from tests.web.conftest import house, running  # noqa: F401 - fixtures

pytestmark = [pytest.mark.browser, pytest.mark.server]

TABLET = {"has_touch": True}


def new_room(house: House, name: str, plan: dict[str, Any] | None = None) -> int:  # noqa: F811
    (room,) = house.council.write(Room(name=name, plan=plan, plan_version=1 if plan else 0))
    return room


def kept(house: House, room: int) -> list[tuple[int, int, str, str]]:  # noqa: F811
    plan = house.council.one(select(Room.plan).where(Room.id == room))
    return [(cell["row"], cell["column"], cell["kind"], cell["label"]) for cell in plan["cells"]]


def test_a_plan_is_drawn_by_touch_and_taken_back(house: House) -> None:  # noqa: F811
    room = new_room(house, "Phòng vẽ bằng tay")
    page = house.open("minh", f"/rooms/{room}/plan", TOUCH, **TABLET)

    page.locator('[data-at="2:1"]').tap()
    page.locator('[data-at="2:2"]').tap()
    page.get_by_text("Bàn", exact=True).tap()
    page.locator('[data-at="3:1"]').tap()
    page.locator('[data-at="3:2"]').tap()
    page.get_by_role("button", name="Hoàn tác").tap()
    page.locator('[data-at="2:2"]').tap()  # a table in place of the seat
    page.get_by_role("button", name="Hoàn tác").tap()
    page.get_by_role("button", name="Lưu sơ đồ").tap()
    page.wait_for_url(f"**/rooms/{room}")

    assert kept(house, room) == [(2, 1, "seat", "A1"), (2, 2, "seat", "A2"), (3, 1, "table", "")]


def test_a_plan_is_drawn_with_the_keyboard_alone(house: House) -> None:  # noqa: F811
    room = new_room(house, "Phòng vẽ bằng phím")
    page = house.open("minh", f"/rooms/{room}/plan", DESK)

    page.locator('[data-at="1:1"]').focus()
    for key in (
        "ArrowDown",
        "ArrowRight",
        "Enter",
        "ArrowRight",
        "Space",
        "ArrowRight",
        "Enter",
        "Delete",
        "End",
        "Enter",
        "Control+z",
    ):
        page.keyboard.press(key, delay=80)  # as fast as a person; the screen draws between
    page.get_by_role("button", name="Lưu sơ đồ").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/rooms/{room}")

    assert kept(house, room) == [(2, 2, "seat", "A1"), (2, 3, "seat", "A2")]


def test_a_shape_is_drawn_from_a_few_numbers(house: House) -> None:  # noqa: F811
    room = new_room(house, "Phòng chữ U")
    page = house.open("minh", f"/rooms/{room}/plan", DESK)

    page.get_by_label("Kiểu phòng").select_option("u")
    page.get_by_label("Số ghế mỗi cánh").fill("4")
    page.get_by_role("button", name="Vẽ", exact=True).click()
    page.locator('[data-at="3:1"]', has_text="A1").wait_for()
    page.get_by_role("button", name="Lưu sơ đồ").click()
    page.wait_for_url(f"**/rooms/{room}")

    assert house.council.one(select(Room.plan).where(Room.id == room)) == drawn("u", 4, 0, 3, aisle=True).as_value()


def test_the_second_drawer_is_shown_both_plans(house: House) -> None:  # noqa: F811
    room = new_room(house, "Phòng hai người vẽ", drawn("long", 1, 2, 1, aisle=False).as_value())
    first, second = (house.open(who, f"/rooms/{room}/plan", DESK) for who in ("minh", "admin"))
    first.locator('[data-at="1:1"]').click()
    first.get_by_role("button", name="Lưu sơ đồ").click()
    first.wait_for_url(f"**/rooms/{room}")

    second.locator('[data-at="3:1"]').click()
    second.get_by_role("button", name="Lưu sơ đồ").click()
    second.get_by_role("heading", name="Người khác đã lưu sơ đồ này").wait_for()
    assert second.get_by_role("heading", name="Bản của Ông Tạ Quang Minh").is_visible()
    second.get_by_role("button", name="Lưu bản của tôi").click()
    second.wait_for_url(f"**/rooms/{room}")

    assert [cell[:2] for cell in kept(house, room) if cell[2] == "seat" and cell[1] == 1] == [(3, 1)]


@pytest.fixture
def meeting(house: House) -> int:  # noqa: F811
    """An issued meeting in a hall, nobody seated yet."""
    room = new_room(
        house,
        f"Hội trường {house.council.one(select(Room.id).order_by(Room.id.desc())) or 0}",
        drawn("hall", 2, 4, 1, aisle=False).as_value(),
    )
    return house.council.meeting(room_id=room)


def sitting(house: House, meeting: int) -> dict[str, int]:  # noqa: F811
    return {seat.label: seat.person_id for seat in house.council.all(select(Seat).where(Seat.meeting_id == meeting))}


def test_people_are_seated_by_touch_change_places_and_go_back(house: House, meeting: int) -> None:  # noqa: F811
    hoa, tuan = house.council.person("hoa"), house.council.person("tuan")
    page = house.open("minh", f"/meetings/{meeting}/seats", TOUCH, **TABLET)
    page.get_by_role("button", name="Bố trí chỗ ngồi").tap()

    page.get_by_role("button", name="Chỗ A1: trống").tap()
    page.get_by_role("button", name="Phan Thị Hoa").tap()
    page.get_by_role("button", name="Chỗ A1: Phan Thị Hoa").wait_for()
    page.get_by_role("button", name="Lê Anh Tuấn").tap()  # the person first this time
    page.get_by_role("button", name="Chỗ A2: trống").tap()
    page.get_by_role("button", name="Chỗ A2: Lê Anh Tuấn").wait_for()
    assert sitting(house, meeting) == {"A1": hoa, "A2": tuan}

    page.get_by_role("button", name="Chỗ A1: Phan Thị Hoa").tap()
    page.get_by_role("button", name="Chỗ A2: Lê Anh Tuấn").tap()
    page.get_by_role("button", name="Chỗ A2: Phan Thị Hoa").wait_for()
    assert sitting(house, meeting) == {"A1": tuan, "A2": hoa}

    page.get_by_role("button", name="Hoàn tác").tap()
    page.get_by_role("button", name="Chỗ A1: Phan Thị Hoa").wait_for()
    page.get_by_role("button", name="Xếp người còn lại").tap()
    page.get_by_role("button", name="Chỗ CT1: Đỗ Mạnh Hùng").wait_for()
    assert sitting(house, meeting) == {"A1": hoa, "A2": tuan, "CT1": house.council.person("hung")}


def test_people_are_seated_with_the_keyboard_alone(house: House, meeting: int) -> None:  # noqa: F811
    page = house.open("minh", f"/meetings/{meeting}/seats", DESK)
    page.get_by_role("button", name="Bố trí chỗ ngồi").focus()
    page.keyboard.press("Enter")
    page.locator('[data-at="2:2"]').focus()

    page.keyboard.press("ArrowDown")  # over the table to the first row of seats
    page.wait_for_function("document.activeElement.dataset.at === '5:2'")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Chọn người").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("hoa")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Chỗ A2: Phan Thị Hoa").wait_for()
    assert sitting(house, meeting) == {"A2": house.council.person("hoa")}

    page.locator('[data-at="5:2"]').focus()
    page.keyboard.press("Delete")
    page.get_by_role("button", name="Chỗ A2: trống").wait_for()
    assert sitting(house, meeting) == {}


def test_two_at_the_same_plan_do_not_overwrite_each_other(house: House, meeting: int) -> None:  # noqa: F811
    first = house.open("minh", f"/meetings/{meeting}/seats", DESK)
    first.get_by_role("button", name="Bố trí chỗ ngồi").click()
    first.get_by_role("button", name="Chỗ A1: trống").wait_for()
    second = house.open("minh", f"/meetings/{meeting}/seats", DESK)
    first.get_by_role("button", name="Chỗ A1: trống").click()
    first.get_by_role("button", name="Phan Thị Hoa").click()
    first.get_by_role("button", name="Chỗ A1: Phan Thị Hoa").wait_for()

    second.get_by_role("button", name="Chỗ A1: trống").click()
    second.get_by_role("button", name="Lê Anh Tuấn").click()

    second.get_by_role("alert").get_by_text("Người khác vừa thay đổi chỗ A1").wait_for()
    second.get_by_role("button", name="Chỗ A1: Phan Thị Hoa").wait_for()
    assert sitting(house, meeting) == {"A1": house.council.person("hoa")}
