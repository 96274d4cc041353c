"""Help beside a screen, keys and remarks in a real browser."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from meeting.guides.models import Remark
from tests.browsing import DESK, TOUCH, House

pytestmark = [pytest.mark.browser, pytest.mark.server]


def test_help_opens_beside_the_screen_and_takes_a_remark(house: House):
    page = house.open("hoa", "/meetings", TOUCH)
    opener = page.get_by_role("button", name="Trợ giúp về màn hình này")
    opener.click()
    sheet = page.get_by_role("complementary", name="Trợ giúp")
    expect(sheet.get_by_role("heading", name="Trước cuộc họp: trả lời giấy mời")).to_be_focused()
    assert page.url.endswith("/meetings")
    sheet.get_by_text("Góp ý về màn hình này").click()
    sheet.get_by_label("Nội dung góp ý").fill("Danh sách dài quá")
    sheet.get_by_role("button", name="Gửi góp ý").click()
    expect(sheet.get_by_text("Xin cảm ơn.")).to_be_visible()
    found = house.council.all(select(Remark).where(Remark.text == "Danh sách dài quá"))
    assert [(each.page, each.kind) for each in found] == [("/meetings", "fault")]
    assert found[0].browser
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(opener).to_be_focused()
    assert house.faults == []


def test_what_was_read_once_is_there_without_a_line(house: House):
    page = house.open("hoa", "/meetings", TOUCH)
    opener = page.get_by_role("button", name="Trợ giúp về màn hình này")
    sheet = page.get_by_role("complementary", name="Trợ giúp")
    opener.click()
    expect(sheet.get_by_role("heading", name="Trước cuộc họp: trả lời giấy mời")).to_be_visible()
    sheet.get_by_role("button", name="Đóng trợ giúp").click()
    page.context.set_offline(True)
    opener.click()
    expect(sheet.get_by_text("Đang mất mạng")).to_be_visible()
    expect(sheet.get_by_role("heading", name="Trước cuộc họp: trả lời giấy mời")).to_be_visible()
    page.context.set_offline(False)


def test_keys_work_and_keep_still_while_somebody_types(house: House):
    page = house.open("minh", "/meetings", DESK)
    page.locator("main").focus()
    page.keyboard.press("?")
    listed = page.get_by_role("dialog", name="Phím của màn hình này")
    expect(listed.get_by_text("Trang chủ")).to_be_visible()
    page.keyboard.press("Escape")
    expect(listed).to_be_hidden()
    page.keyboard.press("/")
    field = page.locator("[data-quick-search]")
    expect(field).to_be_focused()
    page.keyboard.type("gh?")
    expect(field).to_have_value("gh?")
    assert page.url.endswith("/meetings")
    page.locator("main").focus()
    page.keyboard.press("g")
    page.keyboard.press("h")
    expect(page).to_have_url(f"{house.server.address}/")
