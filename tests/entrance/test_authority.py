"""The council's authority: what its certificates say, what it may certify, what devices get."""

import plistlib
import socket
import ssl
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID
from flask.testing import FlaskClient

from meeting import clock, config
from meeting.cli.certificate import remark_dates
from meeting.cli.commands import meeting as command
from meeting.entrance import authority, listening, profiles, tls
from tests.conftest import Council

HOSTS = ["hop.example.test", "192.168.7.9", "fd00::9"]


@pytest.fixture
def made(store: Path, monkeypatch: pytest.MonkeyPatch) -> authority.Files:
    """An authority and a certificate, as the command makes them."""
    monkeypatch.setenv("MEETING_DATA", str(store))
    runs("certificate", *HOSTS, "--place", "Phường Ví Dụ")
    return authority.files()


def runs(*words: str) -> str:
    before = config.settings()
    done = CliRunner().invoke(command, [*words, "--data", str(before.data)])
    config.use(before)
    assert done.exit_code == 0, done.output
    return done.output


def test_the_servers_certificate_is_as_apple_wants_it(made: authority.Files) -> None:
    server = authority.load(made.server)
    names = server.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    usage = server.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value

    assert authority.hosts_of(server) == HOSTS
    assert len(names.get_values_for_type(x509.IPAddress)) == 2
    assert list(usage) == [ExtendedKeyUsageOID.SERVER_AUTH]
    assert server.not_valid_after_utc - server.not_valid_before_utc <= timedelta(days=397)
    key = server.public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    assert key.curve.name == "secp256r1"


def test_the_root_is_for_ten_years_and_for_this_council_only(made: authority.Files) -> None:
    root = authority.load(made.root)
    allowed = root.extensions.get_extension_for_class(x509.NameConstraints)

    assert root.not_valid_after_utc.year - datetime.now(UTC).year in (9, 10)
    assert allowed.critical
    for host, covered in (
        ("hop.example.test", True),
        ("other.hop.example.test", True),
        ("may1.local", True),
        ("10.1.2.3", True),
        ("fd00::1", True),
        ("google.com", False),
        ("example.test", False),
        ("xhop.example.test", False),
        ("8.8.8.8", False),
        ("2001:4860::1", False),
    ):
        assert authority.covers(root, authority.host_of(host)) is covered, host


def test_keys_are_for_the_servers_account_only_and_outside_the_backups(made: authority.Files) -> None:
    for key in (made.root_key, made.server_key):
        assert key.stat().st_mode & 0o077 == 0
        assert config.settings().storage not in key.parents


def test_again_renews_the_certificate_under_the_same_root(made: authority.Files) -> None:
    before = (authority.load(made.root), authority.load(made.server))

    said = runs("certificate")

    assert authority.load(made.root) == before[0]
    assert authority.load(made.server) != before[1]
    assert authority.hosts_of(authority.load(made.server)) == HOSTS
    assert authority.fingerprint(before[0]) in said


def test_a_name_of_others_needs_a_new_root(made: authority.Files) -> None:
    before = authority.load(made.root)
    refused = CliRunner().invoke(command, ["certificate", "hop.elsewhere.test", "--data", str(config.settings().data)])
    assert refused.exit_code == 1
    assert "--new-ca" in refused.output

    runs("certificate", "hop.elsewhere.test", "--new-ca")

    assert authority.load(made.root) != before
    assert len(list(made.folder.glob("council-ca-until-*"))) == 2


@pytest.mark.parametrize(("days", "told"), [(0, ""), (-400, "đã hết hạn"), (30, "chỉ có hiệu lực từ")])
def test_the_start_of_the_server_tells_of_a_certificate_that_does_not_hold(
    store: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], days: int, told: str
) -> None:
    with clock.frozen(clock.now() + timedelta(days=days)):
        authority.make_root("Phường Ví Dụ", [authority.host_of("hop.example.test")])
        authority.make_server([authority.host_of("hop.example.test")])
    monkeypatch.setenv("MEETING_TLS_CERTIFICATE", str(authority.files().server))

    remark_dates()

    said = capsys.readouterr().err
    assert (told in said) if told else said == ""


@pytest.mark.parametrize("host", ["127.0.0.1", "fd00::9", "hop.example.test"])
def test_a_certificate_for_one_host_alone_holds_under_its_root(store: Path, host: str) -> None:
    authority.make_root("Phường Ví Dụ", [authority.host_of(host)])
    authority.make_server([authority.host_of(host)])
    where = authority.files()
    ends = [ssl.MemoryBIO() for _ in range(4)]
    server = tls.Certificate(where.server, where.server_key).context.wrap_bio(ends[0], ends[1], server_side=True)
    trusting = ssl.create_default_context(cafile=str(where.root))
    client = trusting.wrap_bio(ends[2], ends[3], server_hostname=host)

    for _ in range(4):
        for side, sent, heard in ((client, ends[3], ends[0]), (server, ends[1], ends[2])):
            with suppress(ssl.SSLWantReadError):
                side.do_handshake()
            heard.write(sent.read())

    assert client.version() == server.version() == "TLSv1.3"


@pytest.mark.parametrize("wrong", ["", "a b", "hop_1.example", "-a.test", "http://a.test", "a..test", "é" * 70])
def test_what_is_no_host_is_refused(wrong: str) -> None:
    with pytest.raises(authority.NotAName):
        authority.host_of(wrong)


@pytest.mark.parametrize(
    ("name", "area"),
    [
        ("hop", "hop"),
        ("hop.vn", "hop.vn"),
        ("hop.gov.vn", "hop.gov.vn"),
        ("hop.phuong.hanoi.gov.vn", "phuong.hanoi.gov.vn"),
        ("*.hop.gov.vn", "hop.gov.vn"),
    ],
)
def test_a_root_never_covers_a_whole_branch_of_the_country(name: str, area: str) -> None:
    assert authority.area_of(name) == area


def test_devices_get_the_root_in_their_own_form(made: authority.Files, client: Any) -> None:
    browser: FlaskClient = client("")
    root = authority.load(made.root)

    page = browser.get("/safe-line").text
    for warning in ("ERR_CERT_AUTHORITY_INVALID", "ERR_CERT_COMMON_NAME_INVALID", "ERR_CERT_DATE_INVALID"):
        assert warning in page
    file, profile = browser.get("/safe-line/council-ca.crt"), browser.get("/safe-line/council-ca.mobileconfig")

    assert authority.fingerprint(root) in page
    assert all(each in page for each in ("iPad", "Android", "Windows", "macOS", "ChromeOS"))
    assert (file.mimetype, x509.load_der_x509_certificate(file.data)) == (profiles.CERTIFICATE_TYPE, root)
    assert profile.mimetype == profiles.PROFILE_TYPE
    held = plistlib.loads(profile.data)["PayloadContent"][0]
    assert held["PayloadType"] == "com.apple.security.root"
    assert x509.load_der_x509_certificate(held["PayloadContent"]) == root
    assert profile.data == browser.get("/safe-line/council-ca.mobileconfig").data


def test_without_an_authority_the_page_says_how_to_make_one(client: Any) -> None:
    assert "meeting certificate" in client("").get("/safe-line").text
    assert client("").get("/safe-line/council-ca.crt").status_code == 404


def test_the_command_takes_a_second_step_off(store: Path, council: Council, do: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEETING_DATA", str(store))
    do("admin", "entrance.begin_second_step")

    before = config.settings()
    done = CliRunner().invoke(command, ["second-step", "reset", "admin", "--data", str(store)])
    again = CliRunner().invoke(command, ["second-step", "reset", "admin", "--data", str(store)])
    config.use(before)

    assert (done.exit_code, again.exit_code) == (0, 1), done.output


def test_files_that_do_not_fit_leave_the_old_certificate_in_use(made: authority.Files) -> None:
    held = tls.Certificate(made.server, made.server_key)
    before = held.context
    assert before.minimum_version == ssl.TLSVersion.TLSv1_2
    made.server_key.write_text("torn")

    assert not held.renew()
    assert held.context is before
    runs("certificate")
    assert held.renew()
    assert held.context is not before


@pytest.mark.parametrize(
    ("head", "answer"),
    [
        ("GET /a?b=1 HTTP/1.1\r\nHost: hop.test:8443", b"Location: https://hop.test:8443/a?b=1\r\n"),
        ("GET / HTTP/1.1\r\nhost: [fd00::9]", b"Location: https://[fd00::9]:8443/\r\n"),
        ("GET / HTTP/1.1", b""),
        ("GET / HTTP/1.1\r\nHost: a\r\nHost: b", b""),
        ("GET / HTTP/1.1\r\nHost: a/b", b""),
        ("GET http://other/ HTTP/1.1\r\nHost: a", b""),
        ("\x00\x01nonsense", b""),
    ],
)
def test_plain_http_on_the_safe_port_is_sent_to_https(head: str, answer: bytes) -> None:
    assert answer in tls.redirect(head, 8443) if answer else tls.redirect(head, 8443) == b""


@pytest.mark.parametrize(
    ("host", "port", "safe", "shown"),
    [
        ("127.0.0.1", 8000, False, "http://127.0.0.1:8000"),
        ("0.0.0.0", 80, False, "http://127.0.0.1"),
        ("::", 443, True, "https://127.0.0.1"),
        ("::1", 8443, True, "https://[::1]:8443"),
        ("hop.test,fd00::9", 443, True, "https://hop.test"),
    ],
)
def test_the_address_as_people_type_it(host: str, port: int, safe: bool, shown: str) -> None:
    assert listening.shown(host, port, safe=safe) == shown


def test_lines_from_a_listener_send_each_piece_at_once() -> None:
    (door,) = listening.listeners("127.0.0.1", 0, 1)
    with door, socket.create_connection(door.getsockname()), door.accept()[0] as line:
        assert line.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
