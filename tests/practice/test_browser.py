"""Whoever is still in a practice when it is erased is told so, on every kind of screen."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from meeting.practice.models import Practice
from tests.browsing import HALL, PHONE, TOUCH, House
from tests.web.conftest import house, running
from tests.web.test_browser_access import violations

__all__ = ["house", "running"]
pytestmark = [pytest.mark.browser, pytest.mark.server]


def test_those_still_in_the_room_are_led_to_the_page_that_says_it_is_over(house: House) -> None:
    council, server = house.council, house.server
    status, begun = server.act("minh", "practice.begin", body_id=council.body("HĐND"))
    assert status == 200, begun
    meeting = begun["meeting_id"]
    seat = house.open("hoa", f"/meetings/{meeting}/room", PHONE)
    desk = house.open("minh", f"/meetings/{meeting}/desk", TOUCH)
    wall = house.open("lan", f"/meetings/{meeting}/hall", HALL)
    expect(seat.locator("#live-dock button").first).to_be_visible()
    expect(desk.locator("#live-dock button").first).to_be_visible()
    expect(wall.get_by_role("heading", level=1)).to_be_visible()
    other = council.meeting("HĐND")
    elsewhere = house.open("tuan", f"/meetings/{other}/room")
    expect(elsewhere.locator("#live-dock button").first).to_be_visible()

    practice = council.one(select(Practice.id).where(Practice.meeting_id == meeting))
    status, heard = server.act("minh", "practice.end", practice_id=practice)
    assert status == 200, heard

    for page in (seat, desk, wall):
        page.wait_for_url("**/practice/over")
        expect(page.get_by_role("heading", level=1)).to_have_text("Buổi tập đã kết thúc và đã xóa")
        assert violations(page) == []
    ordinary = house.open("hoa", f"/meetings/{meeting}", PHONE)
    expect(ordinary.get_by_role("alert")).to_contain_text("buổi tập đã kết thúc và đã xóa")
    assert violations(ordinary) == []
    ordinary.get_by_role("link", name="Cuộc họp").click()
    ordinary.wait_for_url("**/meetings")
    seat.get_by_role("link", name="Trang chủ").click()
    seat.wait_for_url(server.address + "/")
    assert elsewhere.url.endswith(f"/meetings/{other}/room"), "a real meeting is not touched"
