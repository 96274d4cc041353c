"""Two secretaries write the minutes after the meeting: one text out of two, its pages beside it; a correction shows its words."""

from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from meeting import clock
from meeting.conclusions.models import Minutes, MinutesVersion
from meeting.organization.models import Membership
from meeting.permissions import Role
from meeting.writer import perform
from tests.browsing import DESK, House
from tests.conftest import Council
from tests.waiting import until
from tests.web.conftest import house, running  # noqa: F401 - fixtures

pytestmark = [pytest.mark.browser, pytest.mark.server]

TEXT = "I. THÀNH PHẦN THAM DỰ\n1. Có mặt: 3/3 thành viên.\n\nII. DIỄN BIẾN\nKết luận của chủ tọa: […]"


def held(council: Council) -> int:
    """A meeting of yesterday with a draft of its minutes; Vân writes beside Minh."""
    second = {"person_id": council.person("van"), "body_id": council.body("UBND"), "role": Role.SECRETARY}
    if council.one(select(Membership.id).filter_by(**second)) is None:
        council.write(Membership(**second, starts_on=date(2026, 1, 1)))
    begun = clock.now() - timedelta(days=1)
    ended = {"opened_at": begun, "closed_at": begun + timedelta(hours=2), "minutes_state": "draft"}
    found = council.meeting(state="held", starts_at=begun, **ended)
    (minutes_id,) = council.write(Minutes(meeting_id=found, text=TEXT, drafted_at=begun))
    council.write(MinutesVersion(minutes_id=minutes_id, version=1, text=TEXT, edited_at=begun))
    return found


def kept(council: Council, found: int) -> str:
    return str(council.one(select(Minutes.text).where(Minutes.meeting_id == found)))


def test_two_secretaries_write_one_text_and_see_its_pages(house: House) -> None:  # noqa: F811
    council = house.council
    found = held(council)
    minh = house.open("minh", f"/meetings/{found}/minutes", DESK)
    van = house.open("van", f"/meetings/{found}/minutes", DESK)
    one, other = minh.locator("#minutes-text"), van.locator("#minutes-text")
    expect(minh.get_by_text("Còn 1 chỗ chưa điền")).to_be_visible()
    pages = minh.locator("[data-pages] img")
    expect(pages).to_have_count(1)
    drawn = pages.first.get_attribute("src")

    minh.get_by_role("button", name="Chỗ trống tiếp theo").click()
    minh.keyboard.insert_text("Thông qua.")
    other.press("Control+Home")
    van.keyboard.insert_text("Vân ghi thêm.\n")

    whole = "Vân ghi thêm.\n" + TEXT.replace("[…]", "Thông qua.")
    until(lambda: kept(council, found) == whole, "the two texts did not become one")
    expect(one).to_have_value(whole)
    expect(other).to_have_value(whole)
    expect(minh.locator("[data-open-places]")).to_be_hidden()
    expect(pages.first).not_to_have_attribute("src", str(drawn))
    assert house.faults == []


def test_a_correction_is_asked_for_with_its_reason_and_told_by_words(house: House) -> None:  # noqa: F811
    council = house.council
    found = held(council)
    wanted: dict[str, Any] = {"meeting_id": found}
    perform(council.actor("minh"), "conclusions.edit_minutes", {**wanted, "text": TEXT.replace("[…]", "Thông qua.")})
    perform(council.actor("minh"), "conclusions.sign_minutes", wanted)
    page = house.open("minh", f"/meetings/{found}/minutes", DESK)

    page.get_by_role("button", name="Đính chính biên bản").click()
    page.get_by_label("Biên bản đã ký sai ở điểm nào?").fill("Ghi sai số người có mặt")
    page.get_by_role("dialog").get_by_role("button").last.click()
    field = page.locator("#minutes-text")
    expect(field).to_be_visible()
    field.fill(TEXT.replace("[…]", "Thông qua.").replace("3/3", "2/3"))
    expect(page.locator(".said-sent")).to_be_visible()
    page.get_by_role("button", name="Ký biên bản").click()
    page.get_by_role("dialog").get_by_role("button").last.click()
    until(lambda: "2/3" in kept(council, found), "the correction was not signed")

    page.goto(f"{page.url.split('/meetings')[0]}/meetings/{found}/minutes/history")
    expect(page.locator("del")).to_have_text("3/3")
    expect(page.locator("ins")).to_have_text("2/3")
    expect(page.get_by_text("Ghi sai số người có mặt")).to_be_visible()
    assert house.faults == []
