"""A tablet in a real Chromium: paired by the address of the QR code, locked, shut after five wrong PINs, reset, lost."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from meeting.organization import passwords
from meeting.organization.models import Account
from tests.browsing import DESK, PHONE, House
from tests.materials.test_browser_handing import Office
from tests.tablets.test_browser_keeping import CACHES, DATABASES, papers, shot
from tests.waiting import until
from tests.web.test_browser_access import violations
from tests.web.test_browser_frame import SMALL

__all__ = ["papers"]
pytestmark = [pytest.mark.browser, pytest.mark.server]
PIN = "482915"
PASSWORD = "trời đẹp ngày mai họp"
ADDRESS = "() => window.offered"
LISTENS = """() => {
  const before = window.fetch;
  window.fetch = async (...asked) => {
    const answer = await before(...asked);
    if (String(asked[0]).endsWith('/desk/tablets/pairing')) window.offered = (await answer.clone().json()).address;
    return answer;
  };
}"""


def desk(house: House) -> Page:
    page = house.open("minh", f"/desk/tablets?body={house.council.body('UBND')}", DESK)
    page.get_by_text("máy đang kết nối").wait_for()
    page.evaluate(LISTENS)
    return page


def offered(page: Page, name: str) -> str:
    """The address in the QR code that the desk shows for somebody."""
    page.evaluate("() => { window.offered = ''; }")
    page.get_by_role("button", name=f"Ghép máy của {name}").click()
    page.get_by_role("img", name="Mã QR").wait_for()
    return str(until(lambda: page.evaluate(ADDRESS), "no address was shown"))


def tap(page: Page, pin: str) -> None:
    for digit in pin:
        page.locator(f"[data-digit='{digit}']").click()


def paired(house: House, page: Page, name: str, **options: Any) -> Page:
    """A fresh browser behind the address, its PIN chosen on the keypad."""
    tablet = house.open("", offered(page, name), service_workers="allow", **options)
    tablet.get_by_text(name).first.wait_for()
    shot(tablet, "pair")
    tap(tablet, PIN + PIN)
    tablet.get_by_role("button", name="Ghép máy này").click()
    tablet.wait_for_url(lambda url: "/tablets/pair" not in url)
    page.get_by_text("Máy nay là của").wait_for()
    page.get_by_role("dialog").get_by_role("button", name="Đóng").last.click()
    return tablet


def lock(tablet: Page) -> None:
    tablet.locator("[popovertarget=me-menu]:visible").first.click()
    tablet.get_by_role("button", name="Khóa máy").click()
    tablet.wait_for_url("**/tablets/unlock**")


def row(page: Page, name: str) -> Any:
    return page.locator(".tb-row", has_text=name)


def test_a_tablet_is_paired_locked_shut_by_five_wrong_pins_and_reset_by_the_desk(house: House) -> None:
    page = desk(house)
    tablet = paired(house, page, "Ông Lê Anh Tuấn")
    expect(row(page, "Lê Anh Tuấn")).to_contain_text("Đã kết nối")
    shot(page, "desk")
    lock(tablet)
    number = tablet.locator("html").get_attribute("data-tablet")
    expect(tablet.get_by_text(f"máy số {number}")).to_be_visible()
    expect(row(page, "Lê Anh Tuấn").locator(".tb-what b")).to_contain_text(f", số {number}")
    expect(row(page, "Lê Anh Tuấn")).to_contain_text("Đã khóa")
    shot(tablet, "locked")
    tap(tablet, "907351")
    tablet.get_by_text("Còn 4 lần thử").wait_for()
    tap(tablet, PIN)
    tablet.wait_for_url(lambda url: "/unlock" not in url)

    lock(tablet)
    for left in (4, 3, 2, 1):
        tap(tablet, "907351")
        tablet.get_by_text(f"Còn {left} lần thử").wait_for()
    tap(tablet, "907351")
    tablet.get_by_text("sai mã PIN năm lần").wait_for()
    shot(tablet, "shut")
    expect(tablet.get_by_text(f"máy số {number}")).to_be_visible()
    expect(row(page, "Lê Anh Tuấn")).to_contain_text("Bị chặn")
    row(page, "Lê Anh Tuấn").get_by_role("button", name="Đặt lại mã PIN").click()
    page.evaluate("() => { window.offered = ''; }")
    page.get_by_role("dialog").get_by_role("button", name="Đặt lại mã PIN").click()
    address = str(until(lambda: page.evaluate(ADDRESS), "no code was shown after the reset"))
    shot(page, "offered")
    tablet.goto(address)
    tap(tablet, "640279640279")
    tablet.get_by_role("button", name="Ghép máy này").click()
    tablet.wait_for_url(lambda url: "/tablets/pair" not in url)

    expect(row(page, "Lê Anh Tuấn").locator(".tb-tablet")).to_have_count(1)
    expect(row(page, "Lê Anh Tuấn")).not_to_contain_text("Bị chặn")


def test_a_locked_tablet_keeps_its_papers_shut_and_a_lost_one_removes_them_and_tells_the_desk(
    house: House, papers: tuple[int, int, int]
) -> None:
    page = desk(house)
    tablet = paired(house, page, "Ông Phan Thị Hoa")
    tablet.goto(f"/meetings/{papers[0]}")
    until(lambda: tablet.evaluate("async () => (await navigator.serviceWorker.ready).active?.state === 'activated'"), "no worker")
    tablet.get_by_role("button", name="Giữ trên máy này").click()
    tablet.get_by_role("button", name="Giữ ngay").click()
    tablet.get_by_text("Đã giữ đủ").wait_for()
    office = Office(house)
    seen = lambda: [  # noqa: E731
        tablet["papers"]
        for each in office.get("minh", f"/tablets/desk?meeting={papers[0]}")["people"]
        for tablet in each["tablets"]
        if each["full_name"] == "Phan Thị Hoa"
    ]
    until(lambda: seen() == ["complete"], "the desk does not see that the papers are there")
    lock(tablet)
    tablet.context.set_offline(True)
    tablet.goto(f"/documents/{papers[2]}", wait_until="commit")
    tablet.get_by_role("heading", name="Mất kết nối với máy chủ").wait_for()
    shot(tablet, "offline")
    tap(tablet, "907351")
    tablet.get_by_text("Còn 4 lần thử").wait_for()
    tap(tablet, PIN)
    tablet.get_by_role("link", name="Phiên họp UBND").wait_for()
    tablet.goto(f"/documents/{papers[2]}", wait_until="commit")
    tablet.wait_for_selector(".vview.open .vpage img")
    tablet.context.set_offline(False)
    tablet.wait_for_url("**/tablets/unlock**")
    tap(tablet, PIN)
    tablet.wait_for_url(lambda url: "/unlock" not in url)

    row(page, "Phan Thị Hoa").get_by_role("button", name="Báo mất").click()
    page.get_by_role("dialog").get_by_role("button", name="Báo mất").click()
    page.get_by_text("Máy chưa xác nhận đã xóa").wait_for()
    tablet.goto("/papers")
    tablet.get_by_text("đã bị gỡ khỏi tài khoản").wait_for()

    until(lambda: (tablet.evaluate(CACHES), tablet.evaluate(DATABASES)) == ([], []), "papers stayed on the device")
    page.get_by_text("Máy đã xóa tài liệu").wait_for()
    shot(page, "lost")


def test_a_pin_is_chosen_with_the_keyboard_on_a_telephone_and_never_read_aloud(house: House) -> None:
    hung = house.council.actor("hung").account_id  # who leads confirms it with the password
    house.council.update(Account, hung, password_hash=passwords.hashed(PASSWORD))
    page = desk(house)
    tablet = house.open("", offered(page, "Ông Đỗ Mạnh Hùng"), PHONE)
    tablet.get_by_label("Mật khẩu của ông/bà").fill(PASSWORD)
    tablet.get_by_label("Mã PIN mới", exact=True).focus()
    tablet.keyboard.type("12")
    expect(tablet.get_by_role("status")).to_have_text("Đã nhập 2 trên 6 chữ số")
    tablet.keyboard.type("3456123456")
    tablet.keyboard.press("Enter")
    tablet.get_by_text("dễ đoán").wait_for()
    shot(tablet, "weak")
    assert violations(tablet) == []
    assert tablet.evaluate(SMALL) == []
    assert tablet.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert tablet.locator("input[name=pin]").get_attribute("type") == "password"
    tablet.get_by_label("Mật khẩu của ông/bà").fill(PASSWORD)
    tablet.get_by_label("Mã PIN mới", exact=True).focus()
    tablet.keyboard.type(PIN + PIN)
    tablet.keyboard.press("Enter")

    tablet.wait_for_url(lambda url: "/tablets/pair" not in url)
