"""The programme as a tree in a real browser: by buttons, by keys and by dragging; a series; what changed."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from meeting import clock
from meeting.agenda.models import Participant
from meeting.writer import perform
from tests.browsing import DESK, TOUCH, House
from tests.waiting import until
from tests.web.conftest import house, running

__all__ = ["house", "running"]
pytestmark = pytest.mark.browser


def start() -> datetime:
    """A Wednesday, some weeks ahead, at eight."""
    ahead = clock.today() + timedelta(days=28)
    return clock.at_local(ahead + timedelta(days=(2 - ahead.weekday()) % 7), 8)


def made(house: House) -> int:
    council = house.council
    items = [{"title": each, "minutes_planned": 10} for each in ("Khai mạc", "Ngân sách", "Thu", "Bế mạc")]
    wanted = {"type_id": council.type(), "title": "Phiên họp tháng 12", "starts_at": start().isoformat(), "place": "Phòng 2"}
    return int(perform(council.actor("minh"), "agenda.create", {**wanted, "items": items})["meeting_id"])


def settled(page: Page) -> None:
    """After a page came back: its scripts listen."""
    page.wait_for_selector("html[data-ready]", state="attached")


def tree(page: Page) -> list[str]:
    return page.locator(".edit-items h3").all_inner_texts()


def shows(page: Page, *titles: str) -> None:
    expect(page.locator(".edit-items h3")).to_have_text(list(titles))


def test_the_tree_is_changed_by_buttons_keys_and_dragging(house: House) -> None:
    page = house.open("minh", f"/meetings/{made(house)}/programme", DESK)

    page.get_by_label("Đưa vào một cấp: Thu").click()
    shows(page, "1. Khai mạc", "2. Ngân sách", "2.1. Thu", "3. Bế mạc")
    page.get_by_label("Lên: Ngân sách").click()
    shows(page, "1. Ngân sách", "1.1. Thu", "2. Khai mạc", "3. Bế mạc")
    expect(page.get_by_label("Chuyển: Ngân sách")).to_be_focused()  # its own button has nothing left to do

    page.get_by_label("Chuyển: Bế mạc").focus()
    page.keyboard.press("ArrowUp")
    shows(page, "1. Ngân sách", "1.1. Thu", "2. Bế mạc", "3. Khai mạc")
    expect(page.get_by_label("Chuyển: Bế mạc")).to_be_focused()
    page.keyboard.press("ArrowRight")
    shows(page, "1. Ngân sách", "1.1. Thu", "1.2. Bế mạc", "2. Khai mạc")
    page.keyboard.press("ArrowLeft")
    shows(page, "1. Ngân sách", "1.1. Thu", "2. Bế mạc", "3. Khai mạc")

    drag(page, "Khai mạc", above="Ngân sách", sideways=0)
    shows(page, "1. Khai mạc", "2. Ngân sách", "2.1. Thu", "3. Bế mạc")
    drag(page, "Bế mạc", above="Thu", sideways=40)
    shows(page, "1. Khai mạc", "2. Ngân sách", "2.1. Bế mạc", "2.2. Thu")
    assert house.faults == []


def drag(page: Page, title: str, above: str, sideways: int) -> None:
    """Takes an item by its grip and lets go just above another one, perhaps further to the side."""
    grip = page.get_by_label(f"Chuyển: {title}").bounding_box()
    target = page.locator("li[data-item]", has=page.get_by_role("heading", name=re.compile(rf"\. {above}$"))).bounding_box()
    assert grip
    assert target
    x, y = grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + sideways / 2, y - 10, steps=3)
    page.mouse.move(x + sideways, target["y"] + 8, steps=6)
    page.mouse.up()


def test_a_meeting_is_repeated_and_its_changed_programme_handed_out(house: House) -> None:
    meeting_id = made(house)
    desk = house.open("minh", f"/meetings/{meeting_id}", DESK)
    desk.get_by_role("link", name="Lặp lại cuộc họp").click()
    desk.fill("[name=count]", "3")
    desk.get_by_role("button", name="Xem các ngày").click()
    settled(desk)
    expect(desk.locator(".series li")).to_have_count(3)
    desk.get_by_role("button", name="Tạo thêm 2 cuộc họp").click()
    desk.wait_for_url(re.compile(rf"/meetings/{meeting_id}$"))
    expect(desk.locator(".series li")).to_have_count(3)

    perform(house.council.actor("minh"), "agenda.issue", {"meeting_id": meeting_id})
    member = house.open("hoa", f"/meetings/{meeting_id}", TOUCH)
    seen = select(Participant.seen_at).where(
        Participant.meeting_id == meeting_id, Participant.person_id == house.council.person("hoa")
    )
    until(lambda: house.council.one(seen), "nobody noted that she has opened it")
    item = house.council.items(meeting_id)[1]
    perform(house.council.actor("minh"), "agenda.edit_item", {"item_id": item, "title": "Dự toán ngân sách"})
    desk.reload()
    settled(desk)
    desk.get_by_role("button", name="Phát hành thay đổi").click()
    desk.locator("dialog[open] textarea, dialog[open] input").first.fill("đính chính")
    desk.locator("dialog[open]").get_by_role("button", name="Phát hành thay đổi").click()
    expect(desk.get_by_text("bản 2, xem thay đổi")).to_be_visible()

    member.reload()
    settled(member)
    expect(member.locator(".news")).to_contain_text("Nội dung 2 nay là: Dự toán ngân sách (trước là: Ngân sách)")
    member.get_by_role("link", name="So sánh hai bản").click()
    expect(member.locator(".old-items .is-changed")).to_have_count(2)
    assert house.faults == []
