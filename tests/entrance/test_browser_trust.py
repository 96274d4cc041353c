"""Certificates as real browsers take them: trusted, passed over, ended, of another name, of an address without a name."""

import shutil
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from meeting import clock, config, database
from tests.browsing import PHONE, TOUCH, House
from tests.conftest import Council
from tests.entrance.lines import NAME, SafeServer, on_safe_line
from tests.entrance.trusting import chromium_at_home, continues_anyway, launched
from tests.waiting import PATIENCE, until
from tests.web.test_browser_access import violations

pytestmark = [pytest.mark.browser, pytest.mark.server]
OTHER = "may2.hop.example.test"
WORKER = "async () => (await navigator.serviceWorker.ready).active?.state === 'activated'"


@pytest.fixture(scope="module")
def server(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SafeServer]:
    folder = tmp_path_factory.mktemp("trust")
    (folder / "storage").mkdir()
    shutil.copy(template, folder / "storage" / "meeting.db")
    url = f"sqlite:///{folder / 'storage' / 'meeting.db'}"
    config.use(config.Settings(data=folder, database_url=url, keys=folder / "keys"))
    database.use(database.Database(url))
    with on_safe_line(folder, MEETING_PUBLIC_URL=f"https://{NAME}") as running:
        yield running
    database.use(None)


@pytest.fixture(scope="module")
def trusting(server: SafeServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium_at_home(tmp_path_factory.mktemp("trusting"), server.files.root) as browser:
        yield browser


@pytest.fixture
def stranger(trusting: Browser, tmp_path: Path) -> Iterator[Browser]:
    with launched(trusting.browser_type, tmp_path, None) as browser:
        yield browser


def enters(browser: Browser, server: SafeServer, address: str = "") -> Page:
    """A tablet of Hoa's on which nothing was opened yet."""
    house, address = House(server, browser, Council()), address or server.address
    context = browser.new_context(base_url=address, viewport=TOUCH, locale="vi-VN")  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE * 1000)
    context.add_cookies([{"name": "session", "value": house.cookie("hoa"), "url": address}])
    return context.new_page()


def warned(page: Page, path: str, code: str) -> None:
    """The browser shows its warning instead of the page."""
    with pytest.raises(Error, match=code):
        page.goto(path)


@contextmanager
def serving_an_ended_certificate(server: SafeServer) -> Iterator[None]:
    """It was made more than 397 days ago; at the end it is renewed."""
    before = served(server)
    with clock.frozen(clock.now() - timedelta(days=400)):
        server.certify()
    ended = until(lambda: (now := served(server)) != before and now, "the ended certificate is served")
    yield
    server.certify()
    until(lambda: served(server) != ended, "the renewed certificate is served")


def served(server: SafeServer) -> str:
    return ssl.get_server_certificate(("127.0.0.1", server.port))


def test_who_passes_the_warning_over_is_told_what_stays_off(stranger: Browser, server: SafeServer) -> None:
    page = enters(stranger, server)
    warned(page, "/safe-line", "ERR_CERT_AUTHORITY_INVALID")
    continues_anyway(page)

    expect(page.get_by_text("không tin cậy chứng thư của hệ thống")).to_be_visible()
    expect(page.get_by_text("Cách xử lý")).to_be_visible()
    expect(page.get_by_text("Đường truyền này an toàn", exact=False)).to_be_hidden()
    off = page.get_by_role("region", name="Bị tắt trên đường truyền này")
    expect(off.get_by_role("listitem")).to_have_count(3)
    expect(off).to_contain_text("Thông báo trên thiết bị")
    assert violations(page) == []
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    page.set_viewport_size(TOUCH)  # type: ignore[arg-type]

    page.goto("/tablets")
    expect(page.locator("[data-this-device]")).to_contain_text("không tin cậy chứng thư")
    page.goto("/channels")
    expect(page.locator("[data-push-words]")).to_contain_text("không tin cậy chứng thư")
    expect(page.locator("[data-push-on]")).to_be_hidden()
    page.get_by_role("link", name="Thiết bị này chưa tin cậy chứng thư").click()
    page.wait_for_url("**/safe-line")


def test_who_trusts_the_authority_is_told_that_all_works(trusting: Browser, server: SafeServer) -> None:
    page = enters(trusting, server)
    page.goto("/safe-line")

    expect(page.get_by_text("Đường truyền này an toàn: không ai")).to_be_visible()
    expect(page.get_by_role("region", name="Bị tắt trên đường truyền này")).to_be_hidden()
    expect(page.locator("[data-unsafe]:visible")).to_have_count(0)
    until(lambda: page.evaluate(WORKER), "the service worker is there")


def test_an_ended_certificate_is_warned_of_and_one_that_was_renewed_is_taken_at_once(
    trusting: Browser, server: SafeServer
) -> None:
    page = enters(trusting, server)
    with serving_an_ended_certificate(server):
        warned(page, "/meetings", "ERR_CERT_DATE_INVALID")
        is_told(trusting, f"http://{NAME}:{server.redirect_port}", "quản trị viên gia hạn chứng thư")
        page = enters(trusting, server)
        warned(page, "/safe-line", "ERR_CERT_DATE_INVALID")
        continues_anyway(page)
        expect(page.get_by_text("hoặc chứng thư đã hết hạn")).to_be_visible()
        page.context.close()
    page = enters(trusting, server)
    page.goto("/safe-line")
    expect(page.get_by_text("Đường truyền này an toàn")).to_be_visible()


def test_another_name_is_warned_of_until_the_certificate_is_made_for_it_too(trusting: Browser, server: SafeServer) -> None:
    other = f"https://{OTHER}:{server.port}"
    page = enters(trusting, server, other)
    warned(page, "/safe-line", "ERR_CERT_COMMON_NAME_INVALID")
    is_told(trusting, f"http://{OTHER}:{server.redirect_port}", "mở hệ thống bằng tên hoặc địa chỉ có trong chứng thư")

    certifies(server, NAME, OTHER, "127.0.0.1", "::1")

    page = enters(trusting, server, other)
    page.goto("/safe-line")
    expect(page.get_by_text("Đường truyền này an toàn")).to_be_visible()


def test_an_address_of_the_sixth_version_has_a_safe_line_without_any_name(trusting: Browser, server: SafeServer) -> None:
    certifies(server, "::1")
    page = enters(trusting, server, f"https://[::1]:{server.port}")
    page.goto("/safe-line")

    expect(page.get_by_text("Đường truyền này an toàn")).to_be_visible()
    assert page.evaluate("() => location.hostname") == "[::1]"
    until(lambda: page.evaluate(WORKER), "the service worker is there")
    page.goto("/meetings")
    expect(page.locator("[data-conn='ok']").first).to_be_attached()
    server.certify()


def is_told(browser: Browser, plain: str, what: str) -> None:
    """The page opens on the plain port whatever the certificate is, and says what the warning means."""
    page = browser.new_context(locale="vi-VN").new_page()
    page.goto(f"{plain}/safe-line")
    page.locator("summary", has_text="Khi trình duyệt cảnh báo").click()
    expect(page.get_by_text(what)).to_be_visible()
    page.context.close()


def certifies(server: SafeServer, *hosts: str) -> None:
    """As the administrator does, in the running system."""
    before = served(server)
    command = [sys.executable, "-m", "meeting.cli", "certificate", *hosts, "--data", str(server.data)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    until(lambda: served(server) != before, "the new certificate is served")
