"""A kept meeting in a real Chromium with its service worker: read with the server stopped, written, sent once, removed again."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from meeting import clock
from tests.browsing import House
from tests.materials.test_browser_handing import PARTS, Office
from tests.serving import Server
from tests.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.server]

CACHES = "async () => (await caches.keys()).filter((name) => !name.startsWith('shell-'))"
DATABASES = "async () => (await indexedDB.databases()).map((each) => each.name)"
ADDRESSES = """async () => {
  const stores = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
  const keys = await Promise.all(stores.map((store) => store.keys()));
  return keys.flat().map((key) => new URL(key.url).pathname);
}"""
SHARP = """async () => {
  const seen = document.querySelector('.vview.open .vpage img');
  await seen.decode();
  return seen.naturalWidth;
}"""
HIT = """() => document.querySelector('.vview.open mark, .vview.open .vhit, .vview.open .hit')
  && new URL(location.href).searchParams.get('page')"""
WAITING = """async () => {
  const held = await (await import('/static/js/web/kept.js')).all('outbox');
  return held.filter((each) => ['notes.put', 'discussion.post'].includes(each.name)).length;
}"""
UNSENT = """async (id) => {
  const { hold } = await import('/static/js/web/outbox.js');
  void hold('discussion.post', { meeting_id: id, text: 'Chưa gửi' });
}"""
EMPTIED = "caches.keys().then((names) => names.forEach((name) => void caches.delete(name)))"


@contextmanager
def asleep(server: Server) -> Iterator[None]:
    """The server answers nothing for a while, and then goes on where it was."""
    assert server.process is not None
    os.killpg(server.process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.killpg(server.process.pid, signal.SIGCONT)


@pytest.fixture
def papers(running: House) -> tuple[int, int, int]:
    """A meeting with one paper of four pages: meeting, requirement, file."""
    office, council = Office(running), running.council
    meeting_id = council.meeting(items=3, starts_at=clock.now() + timedelta(days=20))
    asked = office.act(
        "minh",
        "materials.request",
        meeting_id=meeting_id,
        item_id=council.items(meeting_id)[1],
        unit_id=council.unit("kinh_te"),
        what="Tờ trình dự toán thu, chi ngân sách phường năm 2027",
    )
    return meeting_id, asked["requirement_id"], office.version(asked["requirement_id"], PARTS)


@pytest.fixture
def stopped(house: House) -> Iterator[Callable[[], None]]:
    """Stops the server; it runs again at the end."""

    def stop() -> None:
        house.server.stop()

    yield stop
    assert house.server.process is not None
    if house.server.process.poll() is not None:
        house.server.start()


def shot(page: Page, name: str) -> None:
    """Keeps a picture where the person at the machine wants one."""
    if folder := os.environ.get("TABLET_SHOTS"):
        page.wait_for_timeout(400)
        page.screenshot(path=str(Path(folder) / f"off_{name}.png"))


def kept(house: House, who: str, meeting_id: int, **options: Any) -> Page:
    """A tablet on which a meeting was kept, all of it."""
    page = house.open(who, f"/meetings/{meeting_id}", service_workers="allow", **options)
    until(lambda: page.evaluate("async () => (await navigator.serviceWorker.ready).active?.state === 'activated'"), "no worker")
    page.get_by_role("button", name="Giữ trên máy này").click()
    page.locator(".keep-sum").wait_for()
    shot(page, "estimate")
    page.get_by_role("button", name="Giữ ngay").click()
    page.get_by_text("Đã giữ đủ").wait_for()
    return page


def notes(office: Office, who: str, file_id: int) -> list[str]:
    return sorted(each["text"] for each in office.get(who, f"/documents/{file_id}/notes")["data"])


def opinions(office: Office, who: str, meeting_id: int) -> list[str]:
    return [each["text"] for each in office.get(who, f"/meetings/{meeting_id}")["discussion"]["comments"]]


def test_a_kept_meeting_is_read_and_written_with_the_server_stopped_and_sent_once(
    house: House, papers: tuple[int, int, int], stopped: Callable[[], None]
) -> None:
    meeting_id, _, file_id = papers
    office = Office(house)
    page = kept(house, "hoa", meeting_id)
    page.goto(f"/documents/{file_id}")
    page.get_by_role("button", name="Thêm ghi chú").click()
    page.get_by_role("textbox", name="Nội dung ghi chú").fill("Hỏi ngõ 91")
    until(lambda: notes(office, "hoa", file_id) == ["Hỏi ngõ 91"], "the note was not saved while there was a line")
    stopped()

    page.goto("/")
    page.get_by_role("link", name="Phiên họp UBND").wait_for()
    shot(page, "list")
    page.get_by_role("link", name="Phiên họp UBND").click()
    page.get_by_text("Nội dung 3").wait_for()
    expect(page.locator("[data-conn]:visible").first).to_have_attribute("data-conn", "offline")
    page.get_by_role("link", name="Tờ trình dự toán").click()
    page.wait_for_selector(".vview.open .vpage img")
    assert page.evaluate(SHARP) > 800
    page.keyboard.press("ArrowRight")
    until(lambda: "page=2" in page.url, "the page did not turn")
    shot(page, "viewer")
    assert found(page, "mam non") == 3
    page.goto(f"/documents/{file_id}?page=1")
    page.get_by_role("button", name="Sửa").click()
    page.get_by_role("textbox", name="Nội dung ghi chú").fill("Hỏi ngõ 91, tổ 5")
    until(lambda: page.evaluate(WAITING) == 1, "the note is not kept on the device")
    page.reload()
    page.get_by_text("Hỏi ngõ 91, tổ 5").first.wait_for()
    page.goto(f"/meetings/{meeting_id}")
    page.get_by_role("button", name="Góp ý kiến").nth(1).click()
    page.get_by_label("Ý kiến về").fill("Đề nghị làm rõ dự phòng")
    shot(page, "opinion")
    page.get_by_role("button", name="Giữ lại, có mạng sẽ gửi").click()
    page.get_by_text("Đang chờ gửi: 1 ghi chú, 1 ý kiến").wait_for()
    page.reload()
    page.get_by_text("Đang chờ gửi: 1 ghi chú, 1 ý kiến").wait_for()
    shot(page, "waiting")
    assert not any(
        "voting" in path or "questions" in path for path in page.evaluate(ADDRESSES) if not path.startswith("/static/")
    )
    house.server.start()

    page.get_by_text("Đã có mạng").wait_for()
    until(lambda: notes(office, "hoa", file_id) == ["Hỏi ngõ 91, tổ 5"], "the note was not synced")
    page.goto(f"/meetings/{meeting_id}")
    until(lambda: opinions(office, "minh", meeting_id), "the opinion was not sent")
    until(lambda: page.evaluate(WAITING) == 0, "something still waits")
    assert opinions(office, "minh", meeting_id) == ["Đề nghị làm rõ dự phòng"]
    assert notes(office, "hoa", file_id) == ["Hỏi ngõ 91, tổ 5"]


def found(page: Page, words: str) -> int:
    """Finds words in the paper that lies open; the page of the first place."""
    page.keyboard.press("Control+f")
    page.locator("input[type=search]:visible").first.fill(words)
    page.keyboard.press("Enter")
    return int(
        until(
            lambda: page.evaluate(HIT),
            f"{words} was not found",
        )
    )


def test_what_was_not_kept_is_not_there_and_says_so(
    house: House, papers: tuple[int, int, int], stopped: Callable[[], None]
) -> None:
    meeting_id, _, _ = papers
    page = kept(house, "hoa", meeting_id)
    stopped()

    page.goto("/tablets")

    page.get_by_role("heading", name="Mất kết nối với máy chủ").wait_for()
    page.get_by_role("link", name="Mở tài liệu đã giữ trên máy").click()
    page.get_by_role("link", name="Phiên họp UBND").wait_for()
    assert {
        path
        for path in page.evaluate(ADDRESSES)
        if path.startswith("/api/") and not path.startswith(("/api/v1/documents/", f"/api/v1/meetings/{meeting_id}/kept"))
    } == set()


def test_keeping_goes_on_after_a_reload_and_a_pause(house: House, papers: tuple[int, int, int]) -> None:
    meeting_id, _, _ = papers
    page = house.open("tuan", f"/meetings/{meeting_id}", service_workers="allow")
    page.route("**/pages/**", lambda route: (time.sleep(0.4), route.continue_())[1])
    page.get_by_role("button", name="Giữ trên máy này").click()
    page.get_by_role("button", name="Giữ ngay").click()
    page.get_by_role("button", name="Tạm dừng").click()
    page.get_by_text("Tạm dừng", exact=True).first.wait_for()
    shot(page, "paused")
    page.reload()
    page.get_by_role("button", name="Đi tiếp").or_(page.get_by_role("button", name="Tiếp tục")).click()
    page.reload()

    page.get_by_text("Đã giữ đủ").wait_for()


def test_a_new_version_takes_the_place_of_the_old_one(house: House, papers: tuple[int, int, int]) -> None:
    meeting_id, requirement_id, file_id = papers
    office = Office(house)
    page = kept(house, "hoa", meeting_id)
    before = set(page.evaluate(ADDRESSES))
    office.act("minh", "materials.return", requirement_id=requirement_id, reason="Bổ sung số liệu")
    newer = office.version(requirement_id, [*PARTS[:3], "Phụ lục mới về nguồn vốn."])

    page.get_by_role("button", name="Cập nhật").click()

    until(lambda: f"/documents/{newer}/pages/4" in page.evaluate(ADDRESSES), "the new pages did not come")
    until(lambda: not any(path.startswith(f"/documents/{file_id}/") for path in page.evaluate(ADDRESSES)), "old pages stayed")
    assert f"/documents/{file_id}/pages/1" in before
    page.get_by_text("Đã giữ đủ").wait_for()


def test_a_paper_taken_back_goes_from_the_device_at_the_first_answer_about_it(house: House, papers: tuple[int, int, int]) -> None:
    meeting_id, requirement_id, file_id = papers
    page = kept(house, "hoa", meeting_id)
    assert any(path.startswith(f"/documents/{file_id}/pages/") for path in page.evaluate(ADDRESSES))
    Office(house).act("minh", "materials.take_back", requirement_id=requirement_id, reason="Phát hành nhầm")

    status = page.evaluate(f"fetch('/api/v1/documents/{file_id}/reading').then((answer) => answer.status)")

    assert status == 404
    until(lambda: not any(f"/documents/{file_id}/" in path for path in page.evaluate(ADDRESSES)), "pages stayed")


def test_signing_out_removes_everything(house: House, papers: tuple[int, int, int]) -> None:
    page = kept(house, "hoa", papers[0])
    assert len(page.evaluate(CACHES)) == 2
    assert len(page.evaluate(DATABASES)) == 1

    page.locator("[popovertarget=me-menu]:visible").first.click()
    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url("**/sign-in")

    until(lambda: (page.evaluate(CACHES), page.evaluate(DATABASES)) == ([], []), "something stayed on the device")
    assert page.evaluate("() => [localStorage.length, sessionStorage.length]") == [0, 0]


def test_signing_out_names_what_was_not_sent(house: House, papers: tuple[int, int, int]) -> None:
    page = kept(house, "hoa", papers[0])
    page.context.route("**/api/v1/acts/**", lambda route: route.abort())
    page.evaluate(UNSENT, papers[0])

    page.locator("[popovertarget=me-menu]:visible").first.click()
    page.get_by_role("button", name="Đăng xuất").click()

    page.get_by_text("Chưa gửi: 1 ý kiến").wait_for()
    shot(page, "leaving")
    page.context.unroute("**/api/v1/acts/**")
    page.get_by_role("button", name="Gửi rồi đăng xuất").click()
    page.wait_for_url("**/sign-in")
    assert opinions(Office(house), "minh", papers[0]) == ["Chưa gửi"]
    until(lambda: page.evaluate(DATABASES) == [], "the notes stayed on the device")


def test_a_device_taken_off_forgets_at_its_next_contact(house: House, papers: tuple[int, int, int]) -> None:
    office = Office(house)
    page = kept(house, "tuan", papers[0])
    tablet = until(lambda: [each for each in office.get("tuan", "/tablets")["data"] if each["kept"]], "it was not reported")[0]
    page.goto("about:blank")
    office.act("tuan", "tablets.revoke", tablet_id=tablet["id"])

    page.goto("/papers")
    page.get_by_text("đã bị gỡ khỏi tài khoản").wait_for()
    shot(page, "revoked")
    until(lambda: page.evaluate(CACHES) == [] and page.evaluate(DATABASES) == [], "papers stayed on the device")


def test_a_page_that_stands_in_for_a_slow_one_says_that_the_device_was_taken_off(
    house: House, papers: tuple[int, int, int]
) -> None:
    office = Office(house)
    page = kept(house, "tuan", papers[0])
    tablet = until(lambda: [each for each in office.get("tuan", "/tablets")["data"] if each["kept"]], "it was not reported")[0]
    page.goto("about:blank")
    office.act("tuan", "tablets.revoke", tablet_id=tablet["id"])
    page.add_init_script(EMPTIED)  # as the answer does that comes while another page stands in for it

    with asleep(house.server):
        page.goto("/papers", wait_until="commit")
        page.locator("#kept").wait_for()
    page.get_by_text("đã bị gỡ khỏi tài khoản").wait_for()


def test_somebody_else_on_the_same_device_sees_nothing(
    house: House, papers: tuple[int, int, int], stopped: Callable[[], None]
) -> None:
    meeting_id, _, file_id = papers
    page = kept(house, "hoa", meeting_id)
    page.context.add_cookies([{"name": "session", "value": house.cookie("khach"), "url": house.server.address}])

    page.goto("/")
    until(lambda: not any("kept-" in name for name in page.evaluate(CACHES)), "the former's papers stayed")
    until(lambda: len(page.evaluate(DATABASES)) <= 1, "the former's notes stayed")
    stopped()
    page.goto(f"/documents/{file_id}")

    page.get_by_role("heading", name="Mất kết nối với máy chủ").wait_for()


def test_a_session_that_ended_locks_what_is_kept_until_the_same_person_is_back(
    house: House, papers: tuple[int, int, int], stopped: Callable[[], None]
) -> None:
    meeting_id, _, file_id = papers
    page = kept(house, "hoa", meeting_id)
    page.context.clear_cookies(name="session")
    page.goto("/sign-in")
    until(lambda: page.evaluate("async () => (await (await caches.match('/kept/who')).json()).locked"), "it was not locked")
    stopped()
    page.goto(f"/documents/{file_id}")
    page.get_by_text("phiên đăng nhập đã hết").wait_for()
    house.server.start()
    page.context.add_cookies([{"name": "session", "value": house.cookie("hoa"), "url": house.server.address}])
    page.goto("/papers")
    until(lambda: page.evaluate("async () => !(await (await caches.match('/kept/who')).json()).locked"), "it stayed locked")
    stopped()

    page.goto(f"/documents/{file_id}")

    page.wait_for_selector(".vview.open .vpage img")


def test_signing_out_without_a_line_removes_everything_and_is_told_later(
    house: House, papers: tuple[int, int, int], stopped: Callable[[], None]
) -> None:
    page = kept(house, "hoa", papers[0])
    stopped()

    page.locator("[popovertarget=me-menu]:visible").first.click()
    page.get_by_role("button", name="Đăng xuất").click()

    page.get_by_text("Tài liệu đã được xóa khỏi máy").wait_for()
    shot(page, "farewell")
    until(lambda: (page.evaluate(CACHES), page.evaluate(DATABASES)) == ([], []), "something stayed on the device")
    house.server.start()
    page.wait_for_url("**/sign-in")
    assert page.goto("/tablets").url.endswith("/sign-in?next=/tablets")  # type: ignore[union-attr]


FULL = """(() => {
  const put = Cache.prototype.put;
  Cache.prototype.put = function (key, answer) {
    if (String(key).includes('/pages/')) return Promise.reject(new DOMException('', 'QuotaExceededError'));
    return put.call(this, key, answer);
  };
})()"""


def test_a_full_device_says_so(house: House, papers: tuple[int, int, int]) -> None:
    page = house.open("hoa", f"/meetings/{papers[0]}", service_workers="allow")
    page.evaluate(FULL)
    page.get_by_role("button", name="Giữ trên máy này").click()

    page.get_by_role("button", name="Giữ ngay").click()

    page.get_by_text("Máy hết chỗ").first.wait_for()
    page.get_by_text("Hãy xóa cuộc họp đã xong").wait_for()
    shot(page, "full")


def test_a_page_over_http_says_which_function_is_off(house: House, papers: tuple[int, int, int]) -> None:
    page = house.open("hoa", "/profile")
    page.context.add_init_script("Object.defineProperty(window, 'isSecureContext', { value: false })")

    page.goto(f"/meetings/{papers[0]}")

    page.get_by_text("Trang này mở qua http").wait_for()
    assert page.get_by_role("button", name="Giữ trên máy này").count() == 0
