"""A matter in a real browser: what was put off goes on with one tap, what looks alike is linked with another."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from meeting import clock
from meeting.writer import perform
from tests.browsing import DESK, PHONE, House
from tests.web.conftest import house, running

__all__ = ["house", "running"]
pytestmark = pytest.mark.browser

MATTER = "Chỉnh trang vỉa hè đường Bến Đá"


def meeting(house: House, days: int, *titles: str) -> int:
    council = house.council
    wanted = {"type_id": council.type(), "title": f"Phiên họp sau {days} ngày", "place": "Phòng 2"}
    items = [{"title": each, "minutes_planned": 10} for each in titles]
    starts_at = (clock.now() + timedelta(days=days)).isoformat()
    return int(perform(council.actor("minh"), "agenda.create", {**wanted, "starts_at": starts_at, "items": items})["meeting_id"])


def test_what_was_put_off_goes_on_and_what_looks_alike_is_linked(house: House) -> None:
    council = house.council
    first = meeting(house, 7, "Khai mạc", MATTER)
    (_, matter) = council.items(first)
    perform(council.actor("minh"), "agenda.defer_item", {"item_id": matter, "reason": "Chờ ý kiến tổ dân phố"})
    second = meeting(house, 14, "Khai mạc")
    third = meeting(house, 21, f"Tiếp tục thảo luận: {MATTER.lower()}")

    page = house.open("minh", f"/meetings/{second}/programme", DESK)
    page.get_by_role("button", name=f"Đưa vào chương trình: {MATTER}").click()
    expect(page.locator(".edit-items h3")).to_have_text(["1. Khai mạc", f"2. {MATTER}"])
    expect(page.get_by_role("button", name=f"Đưa vào chương trình: {MATTER}")).to_have_count(0)

    page.goto(f"/meetings/{third}/programme")
    page.wait_for_selector("html[data-ready]", state="attached")
    page.get_by_role("button", name=re.compile("^Cùng một việc")).click()
    course = page.get_by_role("link", name="Cả quá trình: 3 lần trong chương trình")
    expect(course).to_be_visible()

    course.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Tiếp tục thảo luận: {MATTER.lower()}")
    expect(page.locator(".life-step")).to_have_count(3)
    page.set_viewport_size(PHONE)
    page.get_by_role("link", name="Mới nhất ở trên").click()
    expect(page.locator(".life-step").first).to_contain_text("Phiên họp sau 21 ngày")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    page.locator(".life-step").first.get_by_role("button", name="Không cùng một việc").click()
    page.get_by_role("dialog").get_by_role("button", name="Tách ra").click()
    expect(page.locator(".life-step")).to_have_count(1)
    assert house.faults == []
