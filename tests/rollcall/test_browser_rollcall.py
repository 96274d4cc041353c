"""Roll call in real browsers: one tap and its way back, the code at the seat, help from the seat, the seats in colours."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from meeting import clock
from meeting.live import codes
from meeting.writer import perform
from tests.browsing import PHONE, House
from tests.rollcall.test_sheets import seated
from tests.web.conftest import house, running  # noqa: F401 - fixtures
from tests.web.test_browser_access import violations
from tests.web.test_browser_frame import SMALL

pytestmark = [pytest.mark.browser, pytest.mark.server]

Do = Callable[..., dict[str, Any]]


@pytest.fixture
def doing(running: House) -> Do:  # noqa: F811
    """Does an act as somebody, past the browser."""

    def do(who: str, name: str, /, **wanted: Any) -> dict[str, Any]:
        return perform(running.council.actor(who), name, wanted)

    return do


@pytest.fixture
def meeting(running: House) -> int:  # noqa: F811
    """A meeting about to begin, with Hoa and Tuấn on the plan."""
    found = running.council.meeting(starts_at=clock.now() + timedelta(minutes=10))
    seated(running.council, found, hoa="A1", tuan="A2")
    return found


def test_clerk_taps_a_name_and_takes_it_back(house: House, meeting: int) -> None:  # noqa: F811
    desk = house.open("minh", f"/meetings/{meeting}/attendance")
    figure = desk.locator(".chk-big")
    expect(figure).to_have_text("0/3")

    desk.locator(".person-tap", has_text="Phan Thị Hoa").click()
    expect(figure).to_have_text("1/3")
    expect(desk.locator(".person.here", has_text="Phan Thị Hoa")).to_be_visible()
    assert violations(desk) == []
    assert desk.evaluate(SMALL) == []

    desk.locator(".toast-x button").click()
    expect(figure).to_have_text("0/3")
    assert house.faults == []


def test_clerk_sets_times_right_with_a_reason(house: House, meeting: int, doing: Do) -> None:  # noqa: F811
    doing("hoa", "live.check_in", meeting_id=meeting)
    desk = house.open("minh", f"/meetings/{meeting}/attendance")

    desk.locator(".person-tap", has_text="Phan Thị Hoa").click()
    desk.get_by_role("button", name="Sửa tình trạng").click()
    desk.locator(".kind", has_text="Vắng có lý do").click()
    save = desk.locator("dialog .btns .btn-primary")
    expect(save).to_be_disabled()
    desk.get_by_role("button", name="Chạm nhầm").click()
    save.click()

    expect(desk.locator(".person.away", has_text="Phan Thị Hoa")).to_be_visible()
    expect(desk.locator(".chk-big")).to_have_text("0/3")


def test_phone_scans_the_seat_and_the_desk_sees_it(house: House, meeting: int) -> None:  # noqa: F811
    desk = house.open("minh", f"/meetings/{meeting}/attendance")
    expect(desk.locator(".chk-big")).to_have_text("0/3")
    phone = house.open("hoa", f"/meetings/{meeting}/seat/{codes.seat_code(meeting, 'A1')}", PHONE)

    expect(phone.locator(".seat-sign")).to_contain_text("A1")
    phone.locator("[data-act='live.check_in']").click()

    phone.wait_for_url("**/room")
    expect(desk.locator(".chk-big")).to_have_text("1/3")
    desk.get_by_role("tab", name="Sơ đồ chỗ ngồi").click()
    expect(desk.locator(".seat-x.sp-present")).to_have_count(1)
    expect(desk.locator(".seat-x.sp-present")).to_contain_text("A1")


def test_delegate_calls_for_help_and_sees_who_comes(house: House, meeting: int) -> None:  # noqa: F811
    seat = house.open("hoa", f"/meetings/{meeting}/room")
    desk = house.open("minh", f"/meetings/{meeting}/attendance")

    seat.get_by_role("button", name="Gọi hỗ trợ").click()
    seat.get_by_role("button", name="Micro, âm thanh").click()
    call = desk.locator(".help-call")
    expect(call).to_contain_text("A1")
    call.get_by_role("button", name="Tôi đến").click()

    expect(seat.locator("dialog")).to_contain_text("Ông Tạ Quang Minh đang đến")
    call.get_by_role("button", name="Đã xong").click()
    expect(call).to_have_count(0)
    assert house.faults == []
