"""The chair's tablet and those of others: handing over and back, an item put off, closing with something still open."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from meeting import clock
from meeting.writer import perform
from tests.browsing import House
from tests.web.conftest import house, running  # noqa: F401 - fixtures

pytestmark = [pytest.mark.browser, pytest.mark.server]


def do(found: House, who: str, name: str, /, **wanted: Any) -> dict[str, Any]:
    return perform(found.council.actor(who), name, wanted)


@pytest.fixture
def meeting(running: House) -> int:  # noqa: F811
    """A meeting of its own in session at its first item."""
    found = running.council.meeting(starts_at=clock.now() + timedelta(days=30))
    for who in ("hung", "hoa", "tuan"):
        do(running, who, "live.check_in", meeting_id=found)
    do(running, "hung", "live.open", meeting_id=found)
    do(running, "hung", "live.go_to_item", meeting_id=found, item_id=running.council.items(found)[0])
    return found


def pick(page: Page, title: str) -> None:
    """Taps an item of the programme, which opens what can be decided about it."""
    page.locator("button.ag-step", has_text=title).click()
    expect(page.get_by_role("dialog")).to_be_visible()


def test_the_meeting_is_handed_to_a_deputy_and_taken_back_without_a_reload(house: House, meeting: int) -> None:  # noqa: F811
    chair = house.open("hung", f"/meetings/{meeting}/console")
    deputy = house.open("hoa", f"/meetings/{meeting}/room")
    expect(chair.get_by_role("button", name="Kết thúc cuộc họp")).to_be_visible()
    expect(deputy.locator(".lagenda")).to_be_visible()

    chair.get_by_role("button", name="Giao điều hành").first.click()
    chair.get_by_label("Phan Thị Hoa").check()
    chair.get_by_role("button", name="Giao điều hành ngay").click()

    expect(chair.get_by_text("Ông Phan Thị Hoa đang điều hành cả cuộc họp")).to_be_visible()
    expect(chair.get_by_role("button", name="Kết thúc cuộc họp")).to_have_count(0)
    expect(deputy.get_by_text("Ông/bà đang điều hành cả cuộc họp")).to_be_visible()
    deputy.goto(f"/meetings/{meeting}/console")
    expect(deputy.get_by_role("button", name="Kết thúc cuộc họp")).to_be_visible()

    chair.get_by_role("button", name="Nhận lại").first.click()
    chair.get_by_role("dialog").get_by_role("button", name="Nhận lại").click()

    expect(chair.get_by_role("button", name="Kết thúc cuộc họp")).to_be_visible()
    expect(deputy.get_by_role("button", name="Kết thúc cuộc họp")).to_have_count(0)
    assert house.faults == []


def test_an_item_is_put_off_and_taken_up_again_from_the_programme(house: House, meeting: int) -> None:  # noqa: F811
    chair = house.open("hung", f"/meetings/{meeting}/console")
    member = house.open("tuan", f"/meetings/{meeting}/room")

    pick(chair, "Nội dung 3")
    chair.get_by_role("button", name="Lùi lại").click()
    chair.locator("#asked").fill("Chưa đủ hồ sơ")
    chair.get_by_role("dialog").get_by_role("button", name="Lùi lại").click()
    expect(member.locator(".ag-step.aside", has_text="Nội dung 3")).to_be_visible()

    pick(chair, "Nội dung 3")
    chair.get_by_role("button", name="Đưa trở lại chương trình").click()
    expect(member.locator(".ag-step.aside")).to_have_count(0)
    expect(member.locator("button.ag-step")).to_have_count(0)
    assert house.faults == []


def test_closing_lists_what_is_still_open_and_settles_it(house: House, meeting: int) -> None:  # noqa: F811
    floor = do(house, "hoa", "speaking.ask", meeting_id=meeting)["floor_id"]
    do(house, "hung", "speaking.start", floor_id=floor)
    chair = house.open("hung", f"/meetings/{meeting}/console")

    chair.get_by_role("button", name="Kết thúc cuộc họp").click()
    chair.get_by_role("dialog").get_by_role("button", name="Kết thúc cuộc họp").click()
    open_still = chair.locator(".still-open")
    expect(open_still).to_contain_text("Phan Thị Hoa")
    open_still.get_by_role("button", name="Kết thúc phát biểu").click()
    expect(open_still).to_contain_text("Đã xử lý xong")
    open_still.get_by_role("button", name="Kết thúc cuộc họp").click()

    expect(chair.get_by_text("Cuộc họp đã kết thúc").first).to_be_visible()
    assert house.faults == []
