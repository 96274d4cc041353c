"""The screens of channels in a real browser: the matrix by touch, the bell live, a device switched on."""

import json

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from meeting.notify.models import BodyChoice, PersonChoice
from tests.browsing import DESK, PHONE, TOUCH, House
from tests.waiting import painted, until
from tests.web.conftest import house, running
from tests.web.test_browser_access import violations
from tests.web.test_browser_frame import SMALL, WIDE

__all__ = ["house", "running"]

pytestmark = [pytest.mark.browser, pytest.mark.server]

SHOWN = """async () => {
  const worker = await navigator.serviceWorker.ready;
  return (await worker.getNotifications()).map((each) => [each.title, each.body, each.tag]);
}"""


def test_the_office_sets_the_matrix_by_touch_and_on_a_telephone(house: House) -> None:
    body = house.council.body("UBND")
    page = house.open("minh", f"/channels/{body}?role=officer", TOUCH, has_touch=True)
    sms = page.get_by_role("checkbox", name="Tài liệu: Tin nhắn SMS")
    expect(sms).not_to_be_checked()

    sms.tap()

    expect(page.locator("[data-said]")).to_contain_text("Đã lưu")
    (row,) = house.council.all(select(BodyChoice))
    assert (row.group, row.role, row.channels) == ("papers", "officer", "inbox mail sms push")
    expect(page.get_by_role("checkbox", name="Giấy mời: Trong ứng dụng")).to_be_disabled()
    page.reload()
    expect(page.get_by_role("checkbox", name="Tài liệu: Tin nhắn SMS")).to_be_checked()
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    painted(page)
    assert page.evaluate(WIDE) <= 0
    assert violations(page) == []


def test_everybody_chooses_within_it_and_a_refusal_is_put_back(house: House) -> None:
    page = house.open("hoa", "/channels", TOUCH)
    mail = page.get_by_role("checkbox", name="Kết luận: Thư điện tử")
    expect(mail).to_be_checked()
    assert page.evaluate(SMALL) == []

    mail.click()

    expect(page.locator("[data-said]")).to_contain_text("Đã lưu")
    (row,) = house.council.all(select(PersonChoice))
    assert (row.group, row.switched_off) == ("conclusions", "mail")
    page.context.set_offline(True)
    push = page.get_by_role("checkbox", name="Kết luận: Trên thiết bị")
    expect(push).to_be_disabled()  # not opened by the office
    mail.click()
    expect(page.locator("[data-cells] [data-error]")).to_contain_text("Mất kết nối")
    expect(mail).not_to_be_checked()


def test_the_bell_counts_without_a_reload_and_the_inbox_renews_itself(house: House) -> None:
    page = house.open("hoa", "/notifications", DESK)
    bell = page.locator("[data-bell]")
    expect(bell.locator(".count")).to_have_count(0)

    house.server.act("hoa", "notify.try_out")
    page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")  # somebody comes back to the page

    expect(bell.locator(".count")).to_have_text("1")
    expect(page.get_by_text("Thử thông báo")).to_be_visible()
    page.get_by_role("button", name="Chưa xem").click()
    expect(page.get_by_text("Thử thông báo")).to_be_visible()
    page.get_by_role("button", name="Đánh dấu đã xem tất cả").click()
    expect(page.locator("[data-bell] .count")).to_have_count(0)


def test_a_browser_that_may_not_reach_its_service_says_so(house: House) -> None:
    page = house.open("tuan", "/channels", TOUCH, service_workers="allow", permissions=["notifications"])

    expect(page.locator("[data-push]")).to_contain_text("https")
    assert violations(page) == []


def test_a_message_from_the_push_service_is_shown_and_counts(house: House) -> None:
    """Chromium's own tools play the push service: a real one on the internet is not asked."""
    page = house.open("van", "/notifications", TOUCH, service_workers="allow", permissions=["notifications"])
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    tools = page.context.new_cdp_session(page)
    found: list[str] = []
    tools.on(
        "ServiceWorker.workerRegistrationUpdated", lambda told: found.extend(r["registrationId"] for r in told["registrations"])
    )
    tools.send("ServiceWorker.enable")
    until(lambda: page.evaluate("1") and found, "this Chromium does not tell of its service workers")

    told = {"title": "Hoãn họp: Phiên họp tháng 12", "body": "Lý do: bão.", "url": "/notifications", "tag": "notification-7"}
    message = {"origin": house.server.address, "registrationId": found[-1], "data": json.dumps(told)}
    tools.send("ServiceWorker.deliverPushMessage", message)

    shown = until(lambda: page.evaluate(SHOWN), "no message was shown")
    assert shown == [["Hoãn họp: Phiên họp tháng 12", "Lý do: bão.", "notification-7"]]
