"""The frame in a real browser: fat targets, text sizes, narrow screens, keyboard, forms."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import PHONE, House
from tests.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.server]

SMALL = """() => [...document.querySelectorAll('button, a[href], select, label.check, .seg > *, input:not([type=hidden])')]
  .filter((one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !one.closest('.skip, .input, p'))
  .map((one) => [one, one.getBoundingClientRect()])
  .filter(([one, box]) => box.width && (Math.round(box.width) < 48 || Math.round(box.height) < 48) && !one.closest('label'))
  .map(([one, box]) => `${Math.round(box.width)}x${Math.round(box.height)} ${(one.ariaLabel || one.textContent).trim()}`)"""
WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def text_size(page: Page) -> str | None:
    """The text size the page is shown in."""
    return page.get_attribute("html", "data-text")


def test_every_target_on_a_touch_screen_is_48_pixels(house: House) -> None:
    page = house.open("hoa", "/components")

    assert page.evaluate(SMALL) == []


def test_sign_in_has_fat_targets_too(house: House) -> None:
    assert house.open("", "/sign-in").evaluate(SMALL) == []


@pytest.mark.parametrize("username", ["hoa", "minh"])
@pytest.mark.parametrize("size", [PHONE, {"width": 320, "height": 640}, {"width": 820, "height": 1180}])
def test_nothing_runs_off_the_side(house: House, username: str, size: dict[str, int]) -> None:
    page = house.open(username, "/components", size)
    for text in ("100", "130"):
        page.evaluate("(text) => { document.documentElement.dataset.text = text; }", text)

        assert page.evaluate(WIDE) <= 0


def test_the_text_size_is_kept_for_the_person(house: House) -> None:
    page = house.open("hoa", "/components")
    with page.expect_response("**/api/v1/acts/organization.set_text_size") as heard:
        page.click(".top [data-text-size]")
    expect(page.locator("html")).to_have_attribute("data-text", "115")
    assert heard.value.status == 200

    assert text_size(house.open("hoa", "/components")) == "115"
    assert text_size(house.open("tuan", "/components")) == "100"


def test_the_theme_is_kept_on_the_device(house: House) -> None:
    page = house.open("minh", "/components")
    page.click(".side .me")
    page.click("[data-theme-switch]")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    page.reload()

    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")


def test_the_sidebar_folds_by_keyboard_and_stays_so_and_shows_where_one_is(house: House) -> None:
    page = house.open("minh", "/components")
    rules = page.locator(".side").get_by_role("link", name="Quy định họp")
    expect(rules).to_be_hidden()
    expect(page.locator(".side .me")).to_be_in_viewport()
    page.locator(".side summary", has_text="Quản trị").focus()
    page.keyboard.press("Enter")
    expect(rules).to_be_visible()
    page.locator(".side summary", has_text="Sau họp").click()
    expect(page.locator(".side").get_by_role("link", name="Theo dõi nhiệm vụ")).to_be_hidden()

    page.goto("/meetings")
    expect(rules).to_be_visible()
    expect(page.locator(".side").get_by_role("link", name="Theo dõi nhiệm vụ")).to_be_hidden()
    page.goto("/tasks")
    expect(page.locator(".side .on")).to_be_in_viewport()
    expect(page.locator(".side .on")).to_contain_text("Theo dõi nhiệm vụ")


def test_the_first_tab_leads_past_the_navigation(house: House) -> None:
    page = house.open("minh", "/components")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("#main")).to_be_focused()


def test_a_form_says_beside_each_field_what_is_missing(house: House) -> None:
    page = house.open("minh", "/components")
    page.fill("[name=day]", "31/02/2026")
    page.click("form[data-act] button[type=submit]")

    expect(page.locator('[data-error-for="title"]')).to_have_text("Xin điền mục này.")
    expect(page.locator('[data-error-for="day"]')).to_have_text("Ghi ngày theo mẫu 24/11/2026.")
    expect(page.locator("[name=title]")).to_be_focused()


def test_a_form_sends_days_and_numbers_in_their_own_form(house: House) -> None:
    page = house.open("minh", "/components")
    page.fill("[name=title]", "Họp")
    page.fill("[name=day]", "1/12/2026")
    page.fill("[name=at]", "8:30, 24/11/2026")
    page.check("input[name='units[]'][value=a]")
    with page.expect_request("**/api/v1/acts/web.nothing") as asked:
        page.click("form[data-act] button[type=submit]")

    sent = asked.value.post_data_json
    assert sent.pop("request_id")
    assert sent == {
        "title": "Họp",
        "day": "2026-12-01",
        "at": "2026-11-24T08:30:00+07:00",
        "kind": "a",
        "share": 3,
        "way": "a",
        "units": ["a", "b"],
        "one": "a",
    }


def test_a_refusal_is_said_in_the_form_and_the_button_comes_back(house: House) -> None:
    page = house.open("minh", "/components")
    page.fill("[name=title]", "Họp")
    page.click("form[data-act] button[type=submit]")
    page.wait_for_selector("form[data-act] [data-error] span")

    button = page.locator("form[data-act] button[type=submit]")
    expect(button).not_to_have_attribute("aria-busy", re.compile(""))
    expect(button).to_have_text("Duyệt")


def test_the_same_wish_keeps_its_number_until_it_changes(house: House) -> None:
    page = house.open("minh", "/components")
    page.fill("[name=title]", "Họp")
    numbers = []
    for title in ("Họp", "Họp", "Họp khác"):
        page.fill("[name=title]", title)
        with page.expect_response("**/api/v1/acts/web.nothing") as heard:
            page.click("form[data-act] button[type=submit]")
        numbers.append(heard.value.request.post_data_json["request_id"])
        page.wait_for_selector("form[data-act] button[type=submit]:not([aria-busy])")

    assert numbers[0] == numbers[1] != numbers[2]


def test_on_a_phone_the_rail_is_at_the_bottom(house: House) -> None:
    page = house.open("hoa", "/components", PHONE)

    assert not page.is_visible(".rail")
    assert page.is_visible(".bottom")


def test_on_a_phone_all_places_of_the_rail_are_reached_and_search_at_once(house: House) -> None:
    page = house.open("hoa", "/components", PHONE)
    assert page.locator(".bottom a").evaluate_all("all => all.map((each) => each.pathname)") == page.locator(
        ".rail a:not(.brand)"
    ).evaluate_all("all => all.map((each) => each.pathname)")

    page = house.open("hung", "/components", PHONE)
    expect(page.locator(".bottom").get_by_role("link", name="Tra cứu")).to_be_visible()
    page.locator(".bottom").get_by_role("button", name="Thêm").click()
    page.locator("#more-menu").get_by_role("link", name="Thông báo kết luận").click()
    expect(page).to_have_url(re.compile("/notices$"))


def test_a_dialog_closes_with_escape_and_gives_the_focus_back(house: House) -> None:
    page = house.open("minh", "/components")
    page.click("[data-opens=sheet]")
    expect(page.locator("#sheet")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.locator("#sheet")).to_be_hidden()
    expect(page.locator("[data-opens=sheet]").first).to_be_focused()


def test_without_a_line_the_shell_says_so_and_comes_back_by_itself(house: House) -> None:
    page = house.open("minh", "/components", service_workers="allow")
    page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    page.reload()
    page.context.set_offline(True)
    page.goto("/components?again=1")
    expect(page.locator("h1")).to_have_text("Mất kết nối với máy chủ")
    until(lambda: page.evaluate("document.fonts.check('600 20px \"Be Vietnam Pro\"')"), "the letters did not come")
    page.context.set_offline(False)

    page.wait_for_selector("#sheet", state="attached")
