"""The calendar and the form of new rules, by hand: touch, keyboard, phone."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from meeting import clock
from meeting.rulebook.models import CalendarDay, RuleBook
from tests.browsing import DESK, PHONE, House

pytestmark = [pytest.mark.browser, pytest.mark.server]


def days(house: House) -> list[tuple[date, bool, str]]:
    return [(row.day, row.works, row.name) for row in house.council.all(select(CalendarDay).order_by(CalendarDay.day))]


def test_a_day_is_set_and_put_back_with_a_tap_on_a_phone(house: House) -> None:
    page = house.open("minh", "/rules/calendar?year=2027", PHONE)

    page.locator('[data-day="2027-03-05"]').click()
    expect(page.get_by_role("heading", name="Thứ Sáu 05/03/2027: Ngày làm việc")).to_be_visible()
    page.get_by_label("Tên gọi").fill("Nghỉ bù")
    page.get_by_role("button", name="Đặt ngày").click()
    expect(page.locator('[data-day="2027-03-05"]')).to_have_attribute("data-said", "Thứ Sáu 05/03/2027: Ngày nghỉ, Nghỉ bù")
    assert days(house) == [(date(2027, 3, 5), False, "Nghỉ bù")]

    page.locator('[data-day="2027-03-05"]').click()
    page.get_by_role("button", name="Bỏ đặt riêng").click()
    expect(page.locator('[data-day="2027-03-05"]')).to_have_attribute("data-said", "Thứ Sáu 05/03/2027: Ngày làm việc")
    assert days(house) == []


def test_the_keyboard_reaches_every_day_with_one_stop(house: House) -> None:
    page = house.open("minh", "/rules/calendar?year=2027", DESK)
    assert page.locator('.cal-day[tabindex="0"]').count() == 1

    page.locator('.cal-day[tabindex="0"]').focus()
    for key in ("ArrowDown", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    expect(page.locator('[data-day="2027-01-10"]')).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Thứ Bảy 09/01/2027: Cuối tuần")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.locator('[data-day="2027-01-09"]')).to_be_focused()


def test_who_only_reads_the_calendar_sets_nothing(house: House) -> None:
    page = house.open("hoa", "/rules/calendar?year=2027", PHONE)

    assert page.locator("button.cal-day").count() == 0
    assert page.locator("span.cal-day").count() == 365


def test_new_rules_are_tried_on_an_example_before_they_are_put_in_force(house: House) -> None:
    kind = house.council.type()
    page = house.open("minh", f"/rules/{kind}/edit", DESK)
    page.get_by_label("Cuộc họp bắt đầu lúc").fill("04/05/2026 08:00")
    page.get_by_label("Có hiệu lực từ").click()
    lines = page.locator("[data-preview] li")
    invitation = lines.filter(has=page.get_by_text("Giấy mời", exact=True))
    expect(invitation).to_contain_text("28/04/2026")

    rule = page.locator('[data-rule="invitation"]')
    rule.get_by_label("Trước cuộc họp").fill("3")
    expect(invitation).to_contain_text("24/04/2026")
    expect(rule.get_by_text("Đã thay đổi")).to_be_visible()
    rule.get_by_label("Trước cuộc họp").fill("999")
    expect(page.get_by_text("Có giá trị chưa hợp lệ")).to_be_visible()
    rule.get_by_label("Trước cuộc họp").fill("3")
    expect(page.get_by_text("Có giá trị chưa hợp lệ")).to_be_hidden()

    starts_on = clock.today() + timedelta(days=30)
    page.get_by_label("Có hiệu lực từ").fill(f"{starts_on:%d/%m/%Y}")
    page.get_by_role("button", name="Ghi quy định mới").click()
    expect(page.get_by_text("Chưa đến ngày hiệu lực").first).to_be_visible()
    made = house.council.one(select(RuleBook).where(RuleBook.type_id == kind, RuleBook.starts_on == starts_on))
    assert (made.invite_days, made.papers_due_days) == (3, 2)


def test_a_changed_rule_is_no_longer_ticked_as_verified_until_it_is_put_back(house: House) -> None:
    page = house.open("lan", f"/rules/{house.council.type('HĐND')}/edit", DESK)
    rule = page.locator('[data-rule="quorum"]')
    tick = rule.get_by_label("Tôi đã đối chiếu quy định này với văn bản")
    tick.check()
    share = rule.get_by_label("Tỷ lệ trên tổng số")

    page.reload()
    page.wait_for_selector("html[data-ready]", state="attached")
    share.fill("3/4")

    expect(tick).not_to_be_checked()
    expect(rule.get_by_text("Đã thay đổi")).to_be_visible()
    share.fill("2/3")
    expect(rule.get_by_text("Đã thay đổi")).to_be_hidden()


def test_stages_of_papers_are_added_ordered_and_removed(house: House) -> None:
    kind = house.council.type("HĐND")
    page = house.open("lan", f"/rules/{kind}/edit", DESK)
    rule = page.locator('[data-rule="sequence"]')
    rule.locator("summary").click()

    for what in ("Tờ trình", "Báo cáo thẩm tra", "Thừa"):
        rule.get_by_role("button", name="Thêm bước").click()
        rule.get_by_label("Tài liệu phải nộp").last.fill(what)
    rule.get_by_label("Bên phải nộp").nth(1).select_option("committee")
    rule.get_by_role("button", name="Lên").nth(1).click()
    rule.get_by_role("button", name="Bỏ bước này").nth(2).click()
    page.get_by_role("button", name="Ghi quy định mới").click()

    page.wait_for_url(f"**/rules/{kind}?book=*")
    made = house.council.one(select(RuleBook).where(RuleBook.type_id == kind).order_by(RuleBook.starts_on.desc()))
    assert [(stage["what"], stage["by"]) for stage in made.sequence] == [("Báo cáo thẩm tra", "committee"), ("Tờ trình", "unit")]


def test_the_servers_word_stands_beside_its_field(house: House) -> None:
    page = house.open("minh", f"/rules/{house.council.type()}/edit", PHONE)
    rule = page.locator('[data-rule="quorum"]')

    rule.get_by_label("Tỷ lệ trên tổng số").fill("hai ba")
    page.get_by_role("button", name="Ghi quy định mới").click()

    expect(rule.get_by_text("Ghi tỷ lệ dưới dạng phân số")).to_be_visible()
