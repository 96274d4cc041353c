"""The walk over https on a name of its own: the browser trusts the council's authority, keeps a meeting, reads without a line."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from meeting.organization.models import Account
from meeting.organization.passwords import hashed
from tests.conftest import Council
from tests.entrance.lines import NAME, SafeServer, on_safe_line
from tests.waiting import until
from tests.walk.chamber import casts, casts_in_the_console, closes_the_vote, prepares_question
from tests.walk.office import Office, paper
from tests.walk.people import PASSWORD, Person, comes_in, v
from tests.walk.test_reading import hands_in, prepares

pytestmark = [pytest.mark.browser, pytest.mark.server]


@pytest.fixture
def server(council: Council, store: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SafeServer]:
    for username in ("hung", "hoa", "tuan"):
        council.update(Account, council.actor(username).account_id, password_hash=hashed(PASSWORD))
    with on_safe_line(store) as running:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(running.files.root))
        monkeypatch.setenv("NO_PROXY", NAME)
        yield running


@pytest.fixture
def browser(server: SafeServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    """Chromium whose own store of certificates holds the council's authority, as group policy or a profile puts it there."""
    chromium, certutil = shutil.which("chromium") or shutil.which("google-chrome"), shutil.which("certutil")
    if chromium is None or certutil is None:
        pytest.skip("no Chromium is installed" if chromium is None else "certutil (libnss3-tools) is not installed")
    kept = tmp_path / "home" / ".pki" / "nssdb"
    kept.mkdir(parents=True)
    subprocess.run([certutil, "-N", "--empty-password", "-d", f"sql:{kept}"], check=True, timeout=60)
    trusted = ["-A", "-n", "council", "-t", "C,,", "-i", str(server.files.root)]
    subprocess.run([certutil, *trusted, "-d", f"sql:{kept}"], check=True, timeout=60)
    rules = f"--host-resolver-rules=MAP {NAME} 127.0.0.1"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", rules],
            env={**os.environ, "HOME": str(tmp_path / "home")},
        )
        yield running
        running.close()


def test_a_meeting_over_a_safe_line_is_run_kept_and_read_without_a_line(server: SafeServer, browser: Browser) -> None:
    office = Office(server)
    its_worker_works(office)
    meeting_id, _item_id, requirement_id = prepares(office)
    file_id = hands_in(office, requirement_id, "Tờ trình dự toán ngân sách.", "Trang hai.")
    hung, hoa, tuan = (comes_in(browser, server.address, who) for who in ("hung", "hoa", "tuan"))
    is_safe(hoa)
    keeps(hoa, meeting_id)
    opens(hung, hoa, tuan, meeting_id)
    votes(hung, hoa, tuan)
    reads_without_a_line(hoa, server, meeting_id, file_id)


def its_worker_works(office: Office) -> None:
    """The worker beside the web process starts after it: on a busy machine that takes a while."""
    sent = office.upload("dung", paper("Thử."), "thu.pdf").json()
    office.until("dung", f"/documents/{sent['file_id']}", lambda body: body["state"] == "ready", 120)


def is_safe(hoa: Person) -> None:
    cookies = {each["name"]: each for each in hoa.page.context.cookies()}
    assert cookies["session"]["secure"]
    hoa.go("/safe-line")
    hoa.sees("Đường truyền này an toàn")
    expect(hoa.page.locator("[data-unsafe]")).to_be_hidden()
    assert hoa.page.evaluate("() => window.isSecureContext && location.host").startswith(NAME)


def keeps(hoa: Person, meeting_id: int) -> None:
    hoa.go(f"/meetings/{meeting_id}")
    active = "async () => (await navigator.serviceWorker.ready).active?.state === 'activated'"
    until(lambda: hoa.page.evaluate(active), "the service worker is there")
    hoa.tap("Giữ trên máy này")
    hoa.page.locator(".keep-sum").wait_for()
    hoa.tap("Giữ ngay")
    hoa.sees("Đã giữ đủ")


def opens(hung: Person, hoa: Person, tuan: Person, meeting_id: int) -> None:
    """What the chair does reaches the delegates over wss."""
    sockets: list[str] = []
    hoa.page.on("websocket", lambda opened: sockets.append(opened.url))
    hung.go(f"/meetings/{meeting_id}/console")
    for person in (hoa, tuan):
        person.go(f"/meetings/{meeting_id}/room")
    hung.tap(v("Begin the meeting"))
    hung.page.locator("dialog[open] button[value=yes]").click()
    for person in (hung, hoa, tuan):
        person.tap(v("I am here"))
    for person in (hung, hoa, tuan):
        person.sees("3/3")
    assert [each.partition(":")[0] for each in sockets] == ["wss"]


def votes(hung: Person, hoa: Person, tuan: Person) -> None:
    prepares_question(hung, v("Open vote"))
    hung.tap(v("Open a vote"))
    hung.page.locator("dialog[open] .btn-primary").click()
    for person in (hoa, tuan):
        casts(person, secret=False)
    casts_in_the_console(hung, secret=False)
    closes_the_vote(hung)
    hung.tap(v("Announce the result"))
    for person in (hoa, tuan):
        person.sees(v("Passed"))


def reads_without_a_line(hoa: Person, server: SafeServer, meeting_id: int, file_id: int) -> None:
    server.stop()
    hoa.go(f"/meetings/{meeting_id}")
    hoa.sees("Dự toán ngân sách")
    expect(hoa.page.locator("[data-conn]:visible").first).to_have_attribute("data-conn", "offline")
    hoa.go(f"/documents/{file_id}")
    hoa.page.wait_for_selector(".vview.open .vpage img")
