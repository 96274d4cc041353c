"""The chamber on real devices: the console stays, the wall obeys, easy mode has three buttons, restart and sleep are survived."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from meeting import clock
from meeting.writer import perform
from tests import waiting
from tests.browsing import HALL, PHONE, TOUCH, House
from tests.web.conftest import house, running
from tests.web.test_browser_access import violations
from tests.web.test_browser_frame import SMALL, WIDE

__all__ = ["house", "running"]
pytestmark = [pytest.mark.browser, pytest.mark.server]

PATIENCE_MS = waiting.PATIENCE * 1000
TALL = "() => document.documentElement.scrollHeight - innerHeight"


@pytest.fixture
def meeting(running: House) -> int:
    """In session at its first item, with a speaker and a queue, and a question ready to be voted on."""
    council = running.council

    def do(who: str, name: str, /, **wanted: Any) -> dict[str, Any]:
        return perform(council.actor(who), name, wanted)

    found = council.meeting(starts_at=clock.now() + timedelta(days=20))
    first = council.items(found)[0]
    for who in ("hoa", "tuan", "hung"):
        do(who, "live.check_in", meeting_id=found)
    do("hung", "live.open", meeting_id=found)
    do("hung", "live.go_to_item", meeting_id=found, item_id=first)
    for who in ("hoa", "tuan"):
        do(who, "speaking.ask", meeting_id=found, kind="speech", subject="Về dự toán")
    do("minh", "voting.prepare", meeting_id=found, item_id=first, title="Thông qua dự toán", kind="open")
    return found


def fits(page: Page) -> None:
    assert page.evaluate(TALL) <= 0
    assert page.evaluate(WIDE) <= 0


def test_the_console_stays_while_a_vote_is_open_and_holds_the_chairs_own_ballot(house: House, meeting: int) -> None:
    page = house.open("hung", f"/meetings/{meeting}/console", TOUCH)
    wall = house.open("minh", f"/meetings/{meeting}/hall", HALL)
    expect(page.get_by_text("Lê Anh Tuấn").first).to_be_visible()
    fits(page)

    page.get_by_role("button", name="Mở biểu quyết").click()
    page.locator("dialog[open] .btn-primary").click()
    own = page.locator(".own-ballot")
    own.get_by_role("button", name="Tán thành", exact=True).click()

    expect(own).to_contain_text("đã được ghi nhận")
    expect(page.locator(".takeover")).to_have_count(0)
    expect(wall.locator(".hcount")).to_contain_text("1/")
    expect(page.locator(".wall-mini")).to_contain_text("Thông qua dự toán")
    fits(page)
    waiting.rests(page)
    assert violations(page) == []
    assert page.evaluate(SMALL) == []


def test_one_tap_puts_a_scene_on_the_wall_and_one_takes_it_back(house: House, meeting: int) -> None:
    page = house.open("minh", f"/meetings/{meeting}/desk", TOUCH)
    wall = house.open("minh", f"/meetings/{meeting}/hall", {"width": 1366, "height": 768})
    expect(wall.get_by_role("heading", level=1)).to_be_visible()

    page.get_by_role("button", name="Đổi hình chiếu").click()
    page.locator("dialog[open]").get_by_role("button", name="Chương trình").click()
    expect(wall.locator(".hagenda li")).to_have_count(3)
    assert wall.evaluate(TALL) <= 0
    assert set(violations(wall)) <= {"axe looked at nothing"}, "a wall holds few words"
    page.get_by_role("button", name="Đổi hình chiếu").click()
    page.locator("dialog[open]").get_by_role("button", name="15 phút").click()
    expect(wall.locator(".hbreak .hroll")).to_be_visible()
    page.get_by_role("button", name="Trở lại tự động").click()
    expect(wall.locator(".hbreak")).to_have_count(0)
    expect(page.get_by_role("button", name="Trở lại tự động")).to_have_count(0)


def test_easy_mode_has_three_large_buttons_and_is_remembered(house: House, meeting: int) -> None:
    page = house.open("tuan", f"/meetings/{meeting}/room", TOUCH)
    page.get_by_role("button", name="Chế độ dễ dùng").click()
    buttons = page.locator(".easy-dock .easy-btn")
    expect(buttons).to_have_count(3)
    assert min(each.evaluate("each => each.offsetHeight") for each in buttons.all()) >= 100
    buttons.nth(1).click()
    expect(buttons.nth(1)).to_contain_text("Xin phát biểu")
    buttons.nth(1).click()
    expect(buttons.nth(1)).to_contain_text("Rút đăng ký")
    fits(page)

    page.reload()
    expect(page.locator(".easy-dock .easy-btn")).to_have_count(3)
    _, found = house.server.get("minh", f"/meetings/{meeting}")
    heard = house.server.act("hung", "voting.open", question_id=found["voting"]["questions"][0]["id"], confirm=True)
    assert heard[0] == 200, heard
    expect(page.locator(".takeover")).to_be_visible()
    page.locator(".choice.c-a").click()
    page.get_by_role("button", name="Về phòng họp").click()
    expect(page.locator(".easy-dock")).to_contain_text("Phiếu đã ghi nhận")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert page.evaluate(WIDE) <= 0
    waiting.rests(page)
    assert violations(page) == []
    page.get_by_role("button", name="Màn hình đầy đủ").click()
    expect(page.locator(".easy-dock")).to_have_count(0)


def test_every_screen_is_right_again_by_itself_after_a_kill_and_a_restart(house: House, meeting: int) -> None:
    room = house.open("hoa", f"/meetings/{meeting}/room", TOUCH)
    console = house.open("hung", f"/meetings/{meeting}/console", TOUCH)
    wall = house.open("minh", f"/meetings/{meeting}/hall", HALL)
    for page in (room, console):
        expect(page.locator("[data-conn='ok']")).to_be_visible()
        page.evaluate("() => { window.stayed = true; }")

    expect(wall.get_by_role("heading", level=1)).to_be_visible()

    house.server.kill()
    expect(wall.locator(".hfoot .stale")).to_be_visible()
    expect(room.locator("[data-conn='reconnecting'], [data-conn='offline']")).to_be_visible()
    perform(house.council.actor("hung"), "live.pause", {"meeting_id": meeting})
    house.server.start("--empty")

    expect(wall.locator(".hbreak")).to_be_visible()
    expect(wall.locator(".hfoot .stale")).to_have_count(0)
    for page in (room, console):
        expect(page.locator("[data-conn='ok']")).to_be_visible()
        expect(page.locator(".recess-card")).to_be_visible()
        assert page.evaluate("() => window.stayed"), "nobody reloaded"


SLEEP = "() => { const real = Date.now.bind(Date); Date.now = () => real() + 60000; }"


def test_a_page_that_slept_takes_a_fresh_line_at_once(house: House, meeting: int) -> None:
    page = house.open("hoa", f"/meetings/{meeting}/room", TOUCH)
    expect(page.get_by_role("heading", level=2).first).to_be_visible()

    with page.expect_websocket(timeout=PATIENCE_MS):
        page.evaluate(SLEEP)
    house.server.act("hung", "live.pause", meeting_id=meeting)

    expect(page.locator(".recess-card")).to_be_visible()
    expect(page.locator("[data-conn='ok']")).to_be_visible()
