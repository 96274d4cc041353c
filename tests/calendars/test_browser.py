"""The weekly programme and the private feed in real browsers."""

import re
import urllib.request
from datetime import timedelta

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from meeting import clock
from meeting.agenda.models import Meeting
from meeting.calendars.rules import monday_of
from tests.browsing import DESK, PHONE, House
from tests.waiting import PATIENCE
from tests.web.conftest import house, running

__all__ = ["house", "running"]
pytestmark = [pytest.mark.browser, pytest.mark.server]


def test_the_office_drafts_the_chief_publishes_and_a_member_reads_it_on_the_telephone(house: House) -> None:
    council = house.council
    monday = monday_of(clock.today() + timedelta(days=7))
    council.meeting(starts_at=clock.at_local(monday, 8))
    path = f"/week?body=UBND&day={monday}"

    clerk = house.open("van", path, DESK)
    clerk.get_by_text("Thêm công tác khác").click()
    form = clerk.locator("form[data-act='calendars.add_entry']")
    form.get_by_label("Nội dung").fill("Tiếp công dân định kỳ")
    form.locator("[name=starts_at]").fill((monday + timedelta(days=2)).strftime("%d/%m/%Y 14:00"))
    form.get_by_label("Địa điểm").fill("Phòng Tiếp công dân")
    form.get_by_role("button", name="Thêm vào lịch tuần").click()
    expect(clerk.locator(".weektbl")).to_contain_text("Tiếp công dân định kỳ")

    member = house.open("hoa", path, PHONE)
    expect(member.locator(".weektbl")).to_contain_text("Phiên họp UBND")
    expect(member.locator(".weektbl")).not_to_contain_text("Tiếp công dân")

    chief = house.open("minh", path, DESK)
    chief.get_by_role("button", name="Phát hành lịch tuần").click()
    chief.locator("dialog").get_by_role("button", name="Phát hành lịch tuần").click()
    expect(chief.locator(".calpub")).to_contain_text("Đã phát hành")

    member.reload()
    expect(member.locator(".weektbl")).to_contain_text("Tiếp công dân định kỳ")
    assert member.evaluate("document.documentElement.scrollWidth <= innerWidth")

    clerk.goto(path)
    clerk.wait_for_selector("html[data-ready]", state="attached")
    clerk.locator(".wk-edit summary").click()
    edited = clerk.locator("form[data-act='calendars.edit_entry']")
    edited.get_by_label("Địa điểm").fill("Hội trường")
    edited.get_by_role("button", name="Lưu thay đổi").click()
    expect(clerk.locator(".wk-changed .wk-new")).to_have_text("Hội trường")


def test_a_delegate_makes_an_address_that_a_calendar_can_fetch(house: House) -> None:
    meeting_id = house.council.meeting(starts_at=clock.now() + timedelta(days=3))
    house.council.update(Meeting, meeting_id, title="Phiên họp cho điện thoại")
    page = house.open("tuan", "/calendar/feed", PHONE)

    page.get_by_role("button", name="Tạo địa chỉ của tôi").click()
    expect(page.locator("#feed-address")).to_contain_text(".ics")
    address = page.locator("#feed-address").inner_text()

    assert re.fullmatch(r"http://.+/feed/[\w-]{43}\.ics", address)
    with urllib.request.urlopen(address, timeout=PATIENCE) as heard:
        titles = [str(each["summary"]) for each in Calendar.from_ical(heard.read()).walk("VEVENT")]
    assert "Phiên họp cho điện thoại" in titles
    page.get_by_role("button", name="Sao chép địa chỉ").click()
    expect(page.get_by_role("button", name="Đã chép")).to_be_visible()
    page.goto("/calendar/feed")
    page.wait_for_selector("html[data-ready]", state="attached")
    page.get_by_role("button", name="Thu hồi địa chỉ").click()
    page.locator("dialog").get_by_role("button", name="Thu hồi địa chỉ").click()
    expect(page.get_by_role("button", name="Tạo địa chỉ của tôi")).to_be_visible()
