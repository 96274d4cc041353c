"""The way in, in a real browser: through the province's provider, with a second step, over a line that is not safe."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Page, expect

from meeting import clock, config, database
from meeting.entrance import authority
from meeting.organization.models import Account, Person
from meeting.organization.passwords import hashed
from tests.browsing import PHONE, TOUCH, House, chromium
from tests.conftest import Council
from tests.entrance.provided import Provided, providing
from tests.serving import Server, free_port
from tests.walk.people import PASSWORD
from tests.web.test_browser_access import violations

pytestmark = [pytest.mark.browser, pytest.mark.server]


@pytest.fixture(scope="module")
def front(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, Provided]]:
    folder = tmp_path_factory.mktemp("entrance")
    (folder / "storage").mkdir()
    shutil.copy(template, folder / "storage" / "meeting.db")
    url = f"sqlite:///{folder / 'storage' / 'meeting.db'}"
    config.use(config.Settings(data=folder, database_url=url, keys=folder / "keys"))
    database.use(database.Database(url))
    council, port = Council(), free_port()
    council.update(Person, council.person("hoa"), email="hoa@example.org")
    council.update(Account, council.actor("lan").account_id, password_hash=hashed(PASSWORD))
    authority.make_root("Phường Ví Dụ", [authority.host_of("hop.example.test")])
    with providing(f"http://127.0.0.1:{port}") as provider, chromium() as browser:
        server = Server(folder, port, {**provider.settings, "MEETING_SECOND_STEP": "required"}, ready=True)
        server.start()
        yield House(server, browser, council), provider
        server.stop()
    database.use(None)


def at(seconds: int) -> int:
    """A moment beside now, as a telephone whose clock is off has it: two codes in a row that are both still good."""
    return int(clock.now().timestamp()) + seconds


def shot(page: Page, name: str) -> None:
    """Keeps a picture where the person at the machine wants one."""
    if folder := os.environ.get("ENTRANCE_SHOTS"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def looks_right(page: Page, name: str) -> None:
    """One heading and nothing off the side on a tablet and on a telephone; nothing that axe finds."""
    for size, label in ((TOUCH, "touch"), (PHONE, "phone")):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert page.locator("h1").count() == 1
        assert label == "phone" or violations(page) == []
        assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
        shot(page, f"{name}-{label}")
    page.set_viewport_size(TOUCH)  # type: ignore[arg-type]


def test_through_the_province_and_out_again(front: tuple[House, Provided]) -> None:
    house, provider = front
    provider.tell("person", sub="hoa", email="hoa@example.org", email_verified=True)
    page = house.open("", "/sign-in?next=/profile/identities")
    looks_right(page, "sign-in")

    page.get_by_role("link", name="Đăng nhập bằng Cổng của tỉnh").click()

    page.wait_for_url("**/profile/identities")
    expect(page.get_by_text("hoa@example.org")).to_be_visible()
    looks_right(page, "identities")
    page.locator("[popovertarget=me-menu]:visible").first.click()
    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url(f"{provider.issuer}/session/end**")
    house.close()


def test_a_chair_sets_the_second_step_up_and_comes_back_with_it(front: tuple[House, Provided]) -> None:
    house, _provider = front
    page = house.open("", "/sign-in?next=/profile/second-step")
    page.get_by_label("Tên đăng nhập").fill("lan")
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in/enrol")
    looks_right(page, "enrol")
    secret = pyotp.TOTP(page.locator(".typed-secret").inner_text().replace(" ", ""))
    page.locator("#code").fill(secret.at(at(-30)))
    page.keyboard.press("Enter")
    expect(page.locator(".recovery li")).to_have_count(10)
    spare = page.locator(".recovery li").first.inner_text().strip()
    looks_right(page, "codes")
    page.get_by_role("link", name="Tôi đã lưu lại, tiếp tục").click()
    page.wait_for_url("**/profile/second-step")
    looks_right(page, "own")
    page.context.clear_cookies()
    page.goto("/sign-in")
    page.get_by_label("Tên đăng nhập").fill("lan")
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in/second")
    expect(page.locator("#code")).to_be_focused()
    looks_right(page, "second")
    page.keyboard.type("000000")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Mã chưa đúng")
    looks_right(page, "wrong")
    page.locator("#code").fill(secret.at(at(30)))
    page.keyboard.press("Enter")
    page.wait_for_url(house.server.address + "/")
    comes_with_a_recovery_code(page, spare.upper())
    page.wait_for_url(house.server.address + "/")
    comes_with_a_recovery_code(page, spare)
    expect(page.get_by_role("alert")).to_contain_text("Mã khôi phục chưa đúng hoặc đã được sử dụng")
    house.close()


def comes_with_a_recovery_code(page: Page, code: str) -> None:
    """Signs in as the chair whose telephone is at home."""
    page.context.clear_cookies()
    page.goto("/sign-in")
    page.get_by_label("Tên đăng nhập").fill("lan")
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in/second")
    page.locator("details.fold summary").click()
    looks_right(page, "recovery")
    page.locator("#recovery").fill(code)
    page.get_by_role("button", name="Dùng mã khôi phục").click()


def test_the_frame_says_calmly_that_the_line_is_not_safe(front: tuple[House, Provided]) -> None:
    house, _provider = front
    page = house.open("hoa", "/safe-line")
    expect(page.get_by_text("Đường truyền này an toàn")).to_be_visible()
    page.context.add_init_script("Object.defineProperty(window, 'isSecureContext', { value: false })")
    page.goto("/meetings")
    page.get_by_role("link", name="Đường truyền không được bảo vệ").click()
    expect(page.get_by_text("Bị tắt trên đường truyền này")).to_be_visible()
    page.locator("summary").first.click()
    looks_right(page, "safe-line")
    faults, house.faults = house.faults, []
    assert faults == []
    house.close()
