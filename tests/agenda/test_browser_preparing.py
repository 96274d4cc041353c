"""Steps 2 and 4 of a meeting's way in real browsers: made from a type, programme written, issued, answered, postponed."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from meeting import clock
from meeting.agenda.models import Item, Participant
from tests.browsing import DESK, PHONE, TOUCH, House
from tests.waiting import until
from tests.web.conftest import house, running

__all__ = ["house", "running"]
pytestmark = pytest.mark.browser


def start() -> datetime:
    """A Wednesday, some weeks ahead, at eight."""
    ahead = clock.today() + timedelta(days=28)
    return clock.at_local(ahead + timedelta(days=(2 - ahead.weekday()) % 7), 8)


def add(page: Page, title: str, minutes: int) -> None:
    page.fill("#t-new", title)
    page.fill("#m-new", str(minutes))
    page.get_by_role("button", name="Thêm nội dung này").click()
    expect(page.locator(".edit-items h3").last).to_contain_text(title)
    settled(page)


def settled(page: Page) -> None:
    """After a page came back: its scripts listen."""
    page.wait_for_selector("html[data-ready]", state="attached")


def programme(page: Page) -> list[str]:
    return [re.sub(r"^[\d.]+\. ", "", each) for each in page.locator(".edit-items h3").all_inner_texts()]


def test_a_meeting_is_made_written_issued_answered_and_postponed(house: House) -> None:
    council = house.council
    desk = house.open("minh", "/meetings/new", DESK)

    desk.select_option("#f-type_id", str(council.type("UBND")))
    desk.fill("[name=title]", "Phiên họp thường kỳ tháng 12")
    desk.fill("[name=starts_at]", clock.local(start()).strftime("%d/%m/%Y 08:00"))
    desk.fill("[name=place]", "Phòng họp 2")
    expect(desk.locator("[data-due=papers_due_at]")).to_have_text(re.compile(r"^17:00, \d\d/\d\d/\d{4}$"))
    expect(desk.locator("[data-due-rule=papers]")).to_have_text("2 ngày làm việc trước ngày họp")
    desk.get_by_role("button", name="Tạo và soạn chương trình").click()
    desk.wait_for_url(re.compile(r"/meetings/\d+/programme$"))
    settled(desk)
    meeting_id = int(desk.url.split("/")[-2])

    add(desk, "Khai mạc", 10)
    add(desk, "Ngân sách năm 2027", 60)
    add(desk, "Bế mạc", 10)
    assert programme(desk) == ["Khai mạc", "Ngân sách năm 2027", "Bế mạc"]
    desk.get_by_label("Lên: Bế mạc").click()
    expect(desk.locator(".edit-items h3").nth(1)).to_contain_text("Bế mạc")
    settled(desk)
    desk.get_by_label("Xuống: Bế mạc").click()
    expect(desk.locator(".edit-items h3").nth(2)).to_contain_text("Bế mạc")
    desk.get_by_label("Sửa: Khai mạc").click()
    first = desk.locator("dialog[open] form")
    first.get_by_label("Nội dung", exact=True).fill("Khai mạc, thông qua chương trình")
    first.get_by_role("button", name="Lưu thay đổi").click()
    expect(desk.locator(".edit-items h3").first).to_contain_text("thông qua chương trình")

    desk.goto(f"/meetings/{meeting_id}/participants")
    settled(desk)
    desk.get_by_text("Chỉ mời dự một số nội dung").click()
    desk.get_by_label("2. Ngân sách năm 2027").check()
    desk.fill("[data-people-search]", "mac thi")
    expect(desk.locator("[data-people] li:visible")).to_have_count(1)
    desk.get_by_role("button", name="Mạc Thị Khách").click()
    expect(desk.locator(".rows").first).to_contain_text("Mạc Thị Khách")
    guest = select(Participant).where(Participant.meeting_id == meeting_id, Participant.person_id == council.person("khach"))
    second = select(Item.id).where(Item.meeting_id == meeting_id, Item.position == 2)
    assert council.one(guest).item_ids == [council.one(second)]

    desk.goto(f"/meetings/{meeting_id}")
    settled(desk)
    desk.get_by_role("button", name="Phát hành giấy mời").click()
    desk.locator("dialog").get_by_role("button", name="Phát hành giấy mời").click()
    expect(desk.locator(".facts-wide")).to_contain_text("Đã phát hành")

    tuan = house.open("tuan", "/", PHONE)
    tuan.get_by_role("link", name="Phiên họp thường kỳ tháng 12").first.click()
    tuan.wait_for_url(re.compile(r"/meetings/\d+$"))
    settled(tuan)
    tuan.get_by_role("button", name="Xin vắng mặt").click()
    tuan.locator("dialog textarea").fill("Đi công tác tại tỉnh")
    tuan.locator("dialog").get_by_role("button", name="Xin vắng mặt").click()
    expect(tuan.locator(".reply")).to_contain_text("Ông/bà đã báo vắng")
    hoa = house.open("hoa", f"/meetings/{meeting_id}")
    hoa.get_by_role("button", name="Tôi sẽ dự").click()
    expect(hoa.locator(".reply")).to_contain_text("Ông/bà sẽ dự họp")
    khach = house.open("khach", f"/meetings/{meeting_id}")
    expect(khach.locator(".agenda h3")).to_have_count(1)

    desk.goto(f"/meetings/{meeting_id}?tab=people")
    expect(desk.locator(".rows").first).to_contain_text("Lý do: Đi công tác tại tỉnh")
    expect(desk.locator(".bell .count")).to_be_visible()

    chair = house.open("hung", f"/meetings/{meeting_id}")
    chair.get_by_role("button", name="Hoãn họp").click()
    chair.locator("dialog textarea").fill("Bão số 12")
    chair.locator("dialog").get_by_role("button", name="Hoãn họp").click()
    expect(chair.locator(".note")).to_contain_text("Bão số 12")
    hoa.goto("/notifications")
    expect(hoa.locator(".rows")).to_contain_text("Hoãn họp: Phiên họp thường kỳ tháng 12")


def test_opening_the_invitation_is_noted_by_itself(house: House) -> None:
    meeting_id = house.council.meeting(starts_at=datetime.now(UTC) + timedelta(days=3))
    house.open("hoa", f"/meetings/{meeting_id}")

    seen = select(Participant.seen_at).where(
        Participant.meeting_id == meeting_id, Participant.person_id == house.council.person("hoa")
    )
    until(lambda: house.council.one(seen) is not None, "nobody noted that it was opened")


def test_an_incomplete_form_says_what_is_missing_in_vietnamese(house: House) -> None:
    page = house.open("minh", "/meetings/new", DESK)

    page.get_by_role("button", name="Tạo và soạn chương trình").click()

    expect(page.locator("[data-error-for=title]")).not_to_be_empty()
    expect(page.locator("[data-error-for=starts_at]")).not_to_be_empty()


TOO_SMALL = """[...document.querySelectorAll('main a, main button, main select, main input:not([type=hidden])')]
    .filter((one) => one.offsetParent && !one.closest('td') && !one.closest('.input > input') && !one.closest('h2'))
    .map((one) => [one.textContent.trim() || one.name, one.getBoundingClientRect().height])
    .filter(([, height]) => height < 47.5)"""
PAGES = ["/", "/meetings", "/meetings/{id}", "/meetings/{id}?tab=people", "/week", "/notifications"]
DESK_PAGES = ["/meetings/new", "/meetings/{id}/edit", "/meetings/{id}/programme", "/meetings/{id}/participants", "/invitations"]


@pytest.mark.parametrize("size", [TOUCH, PHONE, {"width": 320, "height": 700}])
def test_no_page_is_wider_than_its_screen(house: House, size: dict[str, int]) -> None:
    meeting_id = house.council.meeting(starts_at=datetime.now(UTC) + timedelta(days=3))

    wide = []
    for username, pages in (("hoa", PAGES), ("minh", DESK_PAGES)):
        shown = house.open(username, "/", size)
        for page in pages:
            shown.goto(page.format(id=meeting_id))
            settled(shown)
            if not shown.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"):
                wide.append(page)

    assert wide == []


def test_everything_to_tap_on_a_tablet_is_large_enough(house: House) -> None:
    meeting_id = house.council.meeting(starts_at=datetime.now(UTC) + timedelta(days=3))
    shown = house.open("hoa", "/", TOUCH)

    small = []
    for page in PAGES:
        shown.goto(page.format(id=meeting_id))
        settled(shown)
        small += shown.evaluate(TOO_SMALL)

    assert small == []
