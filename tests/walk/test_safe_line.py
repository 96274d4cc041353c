"""The main walk over https on a name of its own, as in a hall: the browsers trust the council's authority, one tablet keeps
the papers, another loses its line, the server is killed while a vote stands open, its certificate is renewed in the sitting."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.conftest import Council
from tests.entrance.lines import NAME, SafeServer, on_safe_line
from tests.entrance.trusting import chromium_at_home
from tests.waiting import until
from tests.walk.before import notes_on_the_page
from tests.walk.office import Office
from tests.walk.people import Person, v
from tests.walk.walking import Walk, get_passwords
from tests.walk.whole import STEPS

pytestmark = [pytest.mark.browser, pytest.mark.server]

WORKER = "async () => (await navigator.serviceWorker.ready).active?.state === 'activated'"
NOTES_HELD = """async () => (await (await import('/static/js/web/kept.js')).all('outbox'))
    .filter((held) => held.name === 'notes.put').map((held) => held.input.text)"""
WITHOUT_A_LINE = "Viết khi mất mạng"
IN_THE_ROOM = "Đề nghị ghi rõ nguồn vốn"


@pytest.fixture
def server(council: Council, store: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SafeServer]:
    get_passwords(council)
    makes_a_certificate(store)
    with on_safe_line(store) as running:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(running.files.root))
        monkeypatch.setenv("NO_PROXY", NAME)
        yield running


def makes_a_certificate(data: Path) -> None:
    """As the administrator does: the authority at the first time, a new certificate under it each time."""
    command = [sys.executable, "-m", "meeting.cli", "certificate", NAME, "--data", str(data)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


@pytest.fixture
def browser(server: SafeServer, tmp_path: Path) -> Iterator[Browser]:
    with chromium_at_home(tmp_path / "home", server.files.root) as running:
        yield running


@pytest.fixture
def walk(server: SafeServer, browser: Browser, tmp_path: Path) -> Iterator[Walk]:
    walk = Walk(server.address, browser, tmp_path, options={"service_workers": "allow"})
    yield walk
    walk.ends()


def test_a_whole_meeting_over_a_safe_line(walk: Walk, server: SafeServer) -> None:
    office = Office(server)
    walk.goes(
        STEPS,
        invites=lambda walk: is_safe(walk["hoa"]),
        opens=lambda walk: keeps_reads_and_writes_without_a_line(walk, office),
        speaks=lambda walk: is_told_over_wss(walk["binh"]),
        opens_a_vote=lambda walk: loses_its_line(walk["tuan"]),
        votes=lambda walk: goes_on_after_a_crash(walk, server, office),
        shows_the_hall=lambda walk: renews(server),
    )


def is_safe(hoa: Person) -> None:
    cookies = {each["name"]: each for each in hoa.page.context.cookies()}
    assert cookies["session"]["secure"]
    hoa.go("/safe-line")
    hoa.sees("Đường truyền này an toàn")
    expect(hoa.page.locator("[data-unsafe]:visible")).to_have_count(0)
    assert hoa.page.evaluate("() => window.isSecureContext && location.host").startswith(NAME)


def keeps_reads_and_writes_without_a_line(walk: Walk, office: Office) -> None:
    """The service worker answers for the server; what is written meanwhile goes out when the line is back, once."""
    hoa, meeting_id = walk["hoa"], walk.meeting_id
    keeps(hoa, meeting_id)
    hoa.page.context.set_offline(True)
    hoa.go(f"/meetings/{meeting_id}")
    hoa.sees("Dự toán ngân sách")
    expect(hoa.page.locator("[data-conn]:visible").first).to_have_attribute("data-conn", "offline")
    hoa.tap(v("Give an opinion"))
    hoa.page.get_by_label("Ý kiến về").fill(WITHOUT_A_LINE)
    hoa.tap(v("Keep and send when the line is back"))
    hoa.sees("Đang chờ gửi: 1 ý kiến")
    hoa.follow("Tờ trình dự toán")
    hoa.page.wait_for_selector(".vview.open .vpage img")
    notes_on_the_page(hoa, WITHOUT_A_LINE)
    until(lambda: WITHOUT_A_LINE in hoa.page.evaluate(NOTES_HELD), "the note is not held on the tablet")
    file_id = hoa.path().rpartition("/")[2].partition("?")[0]
    hoa.go(f"/meetings/{meeting_id}")
    hoa.sees("Đang chờ gửi: 1 ghi chú, 1 ý kiến")
    hoa.page.context.set_offline(False)
    comes_once(lambda: said(office, meeting_id), WITHOUT_A_LINE)
    comes_once(lambda: noted(office, file_id), WITHOUT_A_LINE)


def keeps(hoa: Person, meeting_id: int) -> None:
    hoa.go(f"/meetings/{meeting_id}")
    until(lambda: hoa.page.evaluate(WORKER), "the service worker is there")
    hoa.tap("Giữ trên máy này")
    hoa.page.locator(".keep-sum").wait_for()
    hoa.tap("Giữ ngay")
    hoa.sees("Đã giữ đủ")


def said(office: Office, meeting_id: int) -> list[str]:
    """The opinions that the server holds."""
    return [each["text"] for each in office.get("minh", f"/meetings/{meeting_id}/comments")["data"]]


def noted(office: Office, file_id: str) -> list[str]:
    return [each["text"] for each in office.get("hoa", f"/documents/{file_id}/notes")["data"]]


def comes_once(found: Callable[[], list[str]], text: str) -> None:
    until(lambda: text in found(), f"never came: {text}")
    assert found().count(text) == 1


def is_told_over_wss(binh: Person) -> None:
    with binh.page.expect_websocket() as opened:
        binh.page.reload()
    assert opened.value.url.startswith(f"wss://{NAME}")
    is_on_the_line(binh)


def is_on_the_line(person: Person) -> None:
    expect(person.page.locator("[data-conn='ok']").first).to_be_attached()


def is_off_the_line(person: Person) -> None:
    expect(person.page.locator("[data-conn='reconnecting'], [data-conn='offline']").first).to_be_attached()


def loses_its_line(tuan: Person) -> None:
    """In the room: an opinion waits on the tablet."""
    tuan.page.context.set_offline(True)
    is_off_the_line(tuan)
    tuan.tap(v("Write an opinion"))
    tuan.page.locator("#comment").fill(IN_THE_ROOM)
    tuan.tap(v("Send opinion"))
    tuan.sees(v("Kept on this device, waiting for the line"))


def goes_on_after_a_crash(walk: Walk, server: SafeServer, office: Office) -> None:
    """kill -9 while the vote stands open. A tablet that keeps the papers reads on; all screens come back by themselves."""
    hung, hoa, tuan, binh = (walk[name] for name in ("hung", "hoa", "tuan", "binh"))
    hoa.sees("Thông qua dự toán")
    server.kill()
    for person in (hung, hoa, binh):
        is_off_the_line(person)
    reads_beside(hoa, walk.meeting_id)
    server.start()
    tuan.page.context.set_offline(False)
    for person in (hung, hoa, tuan, binh):
        is_on_the_line(person)
    comes_once(lambda: said(office, walk.meeting_id), IN_THE_ROOM)


def reads_beside(hoa: Person, meeting_id: int) -> None:
    """In a second tab, as somebody does who wants to see the paper that is voted on."""
    beside = Person(hoa.name, hoa.page.context.new_page(), hoa.address)
    beside.go(f"/meetings/{meeting_id}")
    beside.follow("Tờ trình dự toán")
    beside.page.wait_for_selector(".vview.open .vpage img")
    beside.page.close()


def renews(server: SafeServer) -> None:
    """The certificate is renewed during the sitting: new lines get it, open ones stay."""
    before = served(server)
    makes_a_certificate(server.data)
    assert server.process is not None
    server.process.send_signal(signal.SIGHUP)
    until(lambda: served(server) != before, "the new certificate is served")


def served(server: SafeServer) -> bytes:
    with server.wrapped("127.0.0.1") as line:
        return line.getpeercert(True) or b""
