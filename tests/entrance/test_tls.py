"""The safe line on real servers, in both modes: everybody who speaks is served, whoever is silent keeps nobody waiting."""

import shutil
import signal
import socket
import ssl
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import requests
import socketio
from cryptography import x509

from meeting import config, database
from tests.conftest import Council
from tests.entrance.lines import NAME, SafeServer, on_safe_line
from tests.waiting import PATIENCE, until

pytestmark = pytest.mark.server
SILENT = 60


@pytest.fixture(scope="module", params=["eventlet", "gevent"])
def server(template: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[SafeServer]:
    folder = tmp_path_factory.mktemp("safe")
    (folder / "storage").mkdir()
    shutil.copy(template, folder / "storage" / "meeting.db")
    url = f"sqlite:///{folder / 'storage' / 'meeting.db'}"
    config.use(config.Settings(data=folder, database_url=url, keys=folder / "keys"))
    database.use(database.Database(url))
    with on_safe_line(folder, MEETING_ASYNC=request.param) as running:
        yield running
    database.use(None)


def served(server: SafeServer) -> int:
    """The serial number of the certificate that a new connection gets."""
    with server.wrapped("127.0.0.1") as line:
        return x509.load_der_x509_certificate(line.getpeercert(True) or b"").serial_number


def test_both_kinds_of_addresses_and_both_versions(server: SafeServer) -> None:
    for host in ("127.0.0.1", "::1"):
        for version, name in ((ssl.TLSVersion.TLSv1_2, "TLSv1.2"), (ssl.TLSVersion.TLSv1_3, "TLSv1.3")):
            with server.wrapped(host, minimum_version=version, maximum_version=version) as line:
                assert line.version() == name
                line.sendall(f"GET /healthz HTTP/1.1\r\nHost: {NAME}\r\nConnection: close\r\n\r\n".encode())
                assert b"200 OK" in line.recv(4096)


def test_a_stranger_to_the_council_trusts_nothing(server: SafeServer) -> None:
    with pytest.raises(requests.exceptions.SSLError):
        requests.get(f"{server.address}/healthz", timeout=10)


def test_cookies_are_for_safe_lines_only_and_no_name_is_locked(server: SafeServer) -> None:
    heard = server.asks().get(f"{server.address}/sign-in", timeout=PATIENCE)

    assert "Secure" in heard.headers["Set-Cookie"]
    assert "Strict-Transport-Security" not in heard.headers


def test_people_sign_in_and_a_form_comes_through(server: SafeServer) -> None:
    assert server.get("hoa", "/openapi.json")[0] == 200
    assert server.act("hoa", "organization.set_language", language="vi")[0] == 200


def test_whoever_connects_and_says_nothing_keeps_nobody_waiting(server: SafeServer) -> None:
    with ExitStack() as stack:
        for _ in range(SILENT):
            stack.enter_context(socket.create_connection(("127.0.0.1", server.port), 10))
        half = stack.enter_context(socket.create_connection(("127.0.0.1", server.port), 10))
        half.sendall(b"\x16\x03\x01\x02\x00\x01")  # begins a handshake and stops

        assert server.asks().get(f"{server.address}/healthz", timeout=8).ok


def test_whoever_goes_away_without_a_word_is_nothing_to_report(server: SafeServer) -> None:
    for asked in ("GET /sign-in HTTP/1.1\r\nHost: a\r\n\r\n", "GET /sign-in HTTP/1.1\r\nHo"):
        for _ in range(5):
            with server.wrapped("127.0.0.1") as line:
                line.sendall(asked.encode())

    for _ in range(3):  # all of them have been found gone by then
        assert server.asks().get(f"{server.address}/sign-in", timeout=PATIENCE).ok
    assert "SSLEOFError" not in (server.data / "server.log").read_text()


def test_plain_http_on_the_safe_port_is_told_where_to_go_and_nonsense_is_let_go(server: SafeServer) -> None:
    heard = requests.get(f"http://{NAME}:{server.port}/people?q=a", allow_redirects=False, timeout=10)
    assert (heard.status_code, heard.headers["Location"]) == (307, f"{server.address}/people?q=a")

    with socket.create_connection(("127.0.0.1", server.port), 10) as line:
        line.sendall(b"\x00\x00nonsense\r\n\r\n")
        assert line.recv(100) == b""


def test_the_plain_port_leads_to_the_safe_one_but_shows_how_to_trust_it(server: SafeServer) -> None:
    plain = f"http://{NAME}:{server.redirect_port}"

    heard = requests.get(f"{plain}/meetings?a=1", allow_redirects=False, timeout=10)
    assert (heard.status_code, heard.headers["Location"]) == (307, f"{server.address}/meetings?a=1")
    assert requests.get(f"{plain}/safe-line", timeout=10).status_code == 200
    assert requests.get(f"{plain}/safe-line/council-ca.crt", timeout=10).content
    split = requests.get(f"{plain}/a%0d%0ab", allow_redirects=False, timeout=10)
    assert split.headers["Location"] == f"{server.address}/a%0D%0Ab"


def test_tablets_join_over_wss(server: SafeServer) -> None:
    meeting_id = Council().meeting()
    tablet = socketio.Client(reconnection=False, http_session=server.asks())
    tablet.connect(
        server.address, auth={"token": "token-hoa"}, namespaces=["/live"], transports=["websocket"], wait_timeout=PATIENCE
    )
    told: list[Any] = []
    tablet.on("live.state", told.append, namespace="/live")
    try:
        heard = tablet.call("live.join", {"meeting_id": meeting_id}, namespace="/live", timeout=PATIENCE)
        assert heard["ok"]
        assert server.act("hung", "live.open", meeting_id=meeting_id)[0] == 200
        until(lambda: any("meeting" in each["sections"] for each in told), "the tablet is told")
    finally:
        tablet.disconnect()


def test_a_renewed_certificate_is_taken_at_a_signal_and_open_lines_stay(server: SafeServer) -> None:
    open_line = server.asks()
    assert open_line.get(f"{server.address}/healthz", timeout=PATIENCE).ok
    before = served(server)
    server.certify()
    assert server.process is not None

    server.process.send_signal(signal.SIGHUP)

    until(lambda: served(server) != before, "the new certificate is served")
    assert open_line.get(f"{server.address}/healthz", timeout=PATIENCE).ok


def test_a_renewed_certificate_is_found_without_a_signal(server: SafeServer) -> None:
    before = served(server)

    server.certify()

    until(lambda: served(server) != before, "the new certificate is served")


def test_a_key_of_another_certificate_is_refused_in_words(tmp_path: Path) -> None:
    from meeting.server import CannotServe, _certificate

    config.use(config.Settings(data=tmp_path, database_url="", tls_certificate=tmp_path / "none", tls_key=tmp_path / "none"))
    with pytest.raises(CannotServe, match="certificate"):
        _certificate()
    config.use(config.Settings(data=tmp_path, database_url="", tls_certificate=tmp_path / "none"))
    with pytest.raises(CannotServe, match="certificate"):
        _certificate()


def test_browsers_are_bound_to_https_only_when_that_is_asked(client: Any) -> None:
    for seconds, header in ((0, None), (600, "max-age=600")):
        config.use(replace(config.settings(), hsts_seconds=seconds))
        heard = client("").get("/sign-in", base_url="https://localhost")
        assert heard.headers.get("Strict-Transport-Security") == header
    assert "Strict-Transport-Security" not in client("").get("/sign-in").headers
