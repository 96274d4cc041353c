"""Tablets and the big screen: the presenter turns, the others follow; one leaves and comes back; a passage glows for all."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from meeting import clock
from meeting.agenda.models import Item
from meeting.writer import perform
from tests.browsing import HALL, PHONE, House
from tests.reading.glass import knows_its_words
from tests.reading.papers import PARTS, hand_in, lay
from tests.web.conftest import house, running  # noqa: F401 - fixtures
from tests.web.test_browser_access import violations
from tests.web.test_browser_frame import SMALL, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.server]


@dataclass
class Stage:
    """A meeting in session at the item that Hoa presents, with two papers."""

    meeting: int
    one: int
    other: int


@pytest.fixture
def stage(running: House) -> Stage:  # noqa: F811
    """A new meeting for each test."""
    council = running.council

    def do(who: str, name: str, /, **wanted: Any) -> dict[str, Any]:
        return perform(council.actor(who), name, wanted)

    found = council.meeting(starts_at=clock.now() + timedelta(days=20))
    first = council.items(found)[0]
    one, other = lay(council), lay(council)
    hand_in(council, do, one, "Tờ trình dự toán", found, first)
    hand_in(council, do, other, "Báo cáo thẩm tra", found, first)
    council.update(Item, first, presenter_id=council.person("hoa"))
    for who in ("hoa", "tuan", "hung"):
        do(who, "live.check_in", meeting_id=found)
    do("hung", "live.open", meeting_id=found)
    do("hung", "live.go_to_item", meeting_id=found, item_id=first)
    return Stage(found, one, other)


Open = Callable[..., Page]


@pytest.fixture
def reader(house: House, stage: Stage) -> Open:  # noqa: F811
    """Opens a paper as somebody and waits for its page."""

    def open_paper(who: str, file: int | None = None, size: dict[str, int] | None = None, number: int = 1) -> Page:
        page = house.open(who, f"/documents/{file or stage.one}?page={number}", size)
        page.wait_for_selector(".vpage img")
        knows_its_words(page)
        return page

    return open_paper


def lies(page: Page, number: int) -> None:
    """The page that lies open."""
    expect(page.locator(".vgo")).to_have_value(str(number))


def lead(page: Page) -> None:
    """Lets everybody follow."""
    page.get_by_role("button", name="Cho mọi người theo trang của tôi").click()
    expect(page.get_by_text("Mọi người đang theo trang này").first).to_be_visible()


def draw(page: Page, number: int) -> None:
    """A frame over the first lines of a page."""
    page.get_by_role("button", name="Đánh dấu cho mọi người").click()
    box = page.locator(f'.vpage[data-page="{number}"]').bounding_box()
    assert box is not None
    page.wait_for_selector(".point-frame")
    page.mouse.move(box["x"] + box["width"] * 0.1, box["y"] + box["height"] * 0.08)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + box["height"] * 0.14, steps=4)
    page.mouse.up()


def test_the_others_follow_one_leaves_and_comes_back_and_a_passage_glows(
    house: House,  # noqa: F811
    stage: Stage,
    reader: Open,
) -> None:
    hoa, tuan, hung = reader("hoa"), reader("tuan"), reader("hung")
    hall = house.open("minh", f"/meetings/{stage.meeting}/hall", HALL)
    lead(hoa)
    hoa.keyboard.press("ArrowRight")
    for each in (tuan, hung):
        lies(each, 2)
        expect(each.get_by_text("Ông Phan Thị Hoa đang trình bày trang 2").first).to_be_visible()
    expect(hall.locator(".hpage-no")).to_have_text("2/4")

    tuan.keyboard.press("ArrowRight")
    expect(tuan.get_by_role("button", name="Theo lại (trang 2)")).to_be_visible()
    hoa.keyboard.press("ArrowRight")
    hoa.keyboard.press("ArrowRight")
    lies(hung, 4)
    lies(tuan, 3)
    hoa.keyboard.press("ArrowLeft")
    draw(hoa, 3)
    for each in (hoa, tuan, hung):
        expect(each.locator('.vpage[data-page="3"] .glow-on')).to_have_count(1)
    expect(hall.locator(".hpage-sheet .glow-on")).to_have_count(1)
    expect(hall.locator(".hpage-lens .glow-on")).to_have_count(1)
    lies(tuan, 3)
    hoa.get_by_role("button", name="Bỏ đánh dấu").click()
    for each in (hoa, tuan, hung, hall):
        expect(each.locator(".glow-on")).to_have_count(0)

    hoa.keyboard.press("ArrowLeft")
    tuan.get_by_role("button", name="Theo lại").first.click()
    lies(tuan, 2)
    assert violations(tuan) == []
    assert violations(hoa) == []
    assert tuan.evaluate(SMALL) == []


def test_followers_are_taken_along_to_another_paper_but_never_out_of_a_note(stage: Stage, reader: Open) -> None:
    hoa, tuan, hung = reader("hoa"), reader("tuan"), reader("hung")
    lead(hoa)
    hung.wait_for_selector(".follow")
    hung.evaluate("document.body.append(Object.assign(document.createElement('textarea'), {value: 'Đang ghi', id: 'own'}))")
    hung.locator("#own").focus()

    hoa.goto(f"/documents/{stage.other}?page=3")

    tuan.wait_for_url(f"**/documents/{stage.other}**")
    lies(tuan, 3)
    expect(hung.get_by_text("Người trình bày đã mở tài liệu khác: Báo cáo thẩm tra")).to_be_visible()
    expect(hung.locator("#own")).to_have_value("Đang ghi")
    hung.get_by_role("button", name="Chuyển theo ngay").click()
    hung.wait_for_url(f"**/documents/{stage.other}**")
    lies(hung, 3)


def test_who_comes_late_opens_at_the_led_page_and_who_opens_another_paper_is_not_dragged(stage: Stage, reader: Open) -> None:
    hoa = reader("hoa", number=4)
    lead(hoa)

    late, own = reader("tuan"), reader("hung", stage.other)

    lies(late, 4)
    lies(own, 1)
    assert f"/documents/{stage.other}" in own.url
    own.get_by_role("button", name="Đến trang đang trình bày").first.click()
    own.wait_for_url(f"**/documents/{stage.one}**")
    lies(own, 4)


def test_chair_takes_the_lead_over_and_the_presenter_sees_it(stage: Stage, reader: Open) -> None:
    hoa, hung = reader("hoa"), reader("hung")
    lead(hoa)
    expect(hung.get_by_text("đang trình bày trang 1").first).to_be_visible()

    lead(hung)
    hung.keyboard.press("ArrowRight")

    lies(hoa, 2)
    expect(hoa.get_by_text("Ông Đỗ Mạnh Hùng đang trình bày trang 2").first).to_be_visible()
    hung.get_by_role("button", name="Thôi dẫn trang").first.click()
    expect(hoa.get_by_role("button", name="Cho mọi người theo trang của tôi")).to_be_visible()


def test_fast_leafing_ends_on_the_page_where_the_presenter_stops(stage: Stage, reader: Open) -> None:
    hoa, tuan = reader("hoa"), reader("tuan")
    lead(hoa)
    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft", "ArrowLeft", "ArrowRight"):
        hoa.keyboard.press(key)

    lies(hoa, 3)
    lies(tuan, 3)


def test_selected_words_glow(stage: Stage, reader: Open) -> None:
    hoa, tuan = reader("hoa"), reader("tuan")
    lead(hoa)
    box = hoa.locator('.vpage[data-page="1"]').bounding_box()
    assert box is not None
    at = (box["y"] + box["height"] * 85 / 842, box["x"] + box["width"] * 90 / 595)
    hoa.mouse.move(at[1], at[0])
    hoa.mouse.down()
    hoa.mouse.move(at[1] + box["width"] * 0.3, at[0], steps=6)
    hoa.mouse.up()

    hoa.get_by_role("button", name="Làm sáng đoạn đã chọn").click()

    expect(tuan.locator(".glow-on")).to_have_count(1)


def test_following_on_a_phone_says_whose_page_it_is(stage: Stage, reader: Open) -> None:
    hoa, phone = reader("hoa"), reader("tuan", size=PHONE)
    lead(hoa)
    hoa.keyboard.press("ArrowRight")
    lies(phone, 2)
    phone.keyboard.press("ArrowLeft")
    back = phone.locator(".follow-whisper").get_by_role("button", name="Theo lại")
    expect(back).to_be_visible()
    assert phone.evaluate(WIDE) <= 0
    back.click()
    lies(phone, 2)
    assert len(PARTS) == 4
