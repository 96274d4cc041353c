"""Messages to browsers: a real push service on the loopback that opens what was encrypted for the device."""

import base64
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from py_vapid import Vapid02
from sqlalchemy import select

from meeting import config, jobs
from meeting.agenda.models import Meeting
from meeting.batch import Answer
from meeting.errors import Refused
from meeting.notify import vapid
from meeting.notify.devices import allowed_endpoint
from meeting.notify.models import Delivery, PushDevice
from meeting.permissions import SYSTEM
from meeting.tables import Setting
from meeting.writer import perform
from tests.conftest import Council
from tests.notify.conftest import MORNING, At, Do, ready


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@dataclass
class Service:
    """A push service with the devices of browsers behind it."""

    taken: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    status: dict[str, int] = field(default_factory=dict)
    keys: dict[str, tuple[Any, bytes]] = field(default_factory=dict)
    server: ThreadingHTTPServer | None = None

    @property
    def origin(self) -> str:
        assert self.server
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def start(self) -> "Service":
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                service.taken.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
                self.send_response(service.status.get(self.path, 201))
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def browser(self, path: str) -> dict[str, str]:
        """A browser subscribes: what it tells the application."""
        private, secret = ec.generate_private_key(ec.SECP256R1()), b"0123456789abcdef"
        self.keys[path] = (private, secret)
        point = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"endpoint": self.origin + path, "p256dh": b64(point), "auth": b64(secret)}

    def opened(self, path: str) -> list[dict[str, Any]]:
        """What a device could read of what it was sent."""
        private, secret = self.keys[path]
        return [
            json.loads(http_ece.decrypt(body, private_key=private, auth_secret=secret, version="aes128gcm"))
            for to, _, body in self.taken
            if to == path
        ]


@pytest.fixture
def service(council: Council) -> Iterator[Service]:
    found = Service().start()
    config.use(replace(config.settings(), public_url="https://hop.example", push_hosts=(found.origin,)))
    yield found
    assert found.server
    found.server.shutdown()
    found.server.server_close()


def states(council: Council) -> list[tuple[str, str]]:
    return [
        (each.state, each.error) for each in council.all(select(Delivery).where(Delivery.channel == "push").order_by(Delivery.id))
    ]


def test_each_device_of_a_person_shows_what_is_told(do: Do, council: Council, service: Service) -> None:
    do("hoa", "notify.add_device", **service.browser("/a"), name="Chrome, máy tính bảng")
    do("hoa", "notify.add_device", **service.browser("/b"))
    meeting_id = ready(do, council)
    do("minh", "agenda.issue", meeting_id=meeting_id)

    jobs.run_waiting()

    (shown,) = service.opened("/a")
    assert "Phiên họp tháng 12" in shown["title"]
    assert "08:00, 10/12/2026" in shown["body"]
    assert shown["url"] == f"/meetings/{meeting_id}"
    assert service.opened("/b") == [shown]
    assert states(council) == [("sent", "")] * 2
    _, headers, body = service.taken[0]
    assert (headers["content-encoding"], headers["ttl"]) == ("aes128gcm", "86400")
    assert len(body) < 4096


def test_the_service_can_tell_who_sends(do: Do, council: Council, service: Service) -> None:
    do("hoa", "notify.add_device", **service.browser("/a"))
    do("minh", "agenda.issue", meeting_id=ready(do, council))

    jobs.run_waiting()

    kind, _, said = service.taken[0][1]["authorization"].partition(" ")
    token = said.split("t=")[1].split(",")[0]
    claims = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
    assert kind == "vapid"
    assert (claims["aud"], claims["sub"]) == (service.origin, "https://hop.example")
    assert said.split("k=")[1] == vapid.public_key()
    assert Vapid02.verify(f"{kind} {said}")


def test_the_key_is_made_once(council: Council) -> None:
    first = vapid.public_key()

    assert vapid.public_key() == first
    assert council.one(select(Setting.value).where(Setting.name == vapid.KEPT)).startswith("-----BEGIN PRIVATE KEY-----")


def test_the_key_of_an_earlier_version_stays_the_key(council: Council) -> None:
    had = ec.generate_private_key(ec.SECP256R1())
    form = Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    (config.settings().storage / "vapid.pem").write_bytes(had.private_bytes(*form))

    assert vapid.private_key().private_numbers() == had.private_numbers()


def test_of_two_keys_made_at_once_the_first_is_kept(council: Council) -> None:
    first = vapid.public_key()

    perform(SYSTEM, "notify.keep_push_key", {"pem": "another"})

    assert vapid.public_key() == first


def test_nobody_puts_a_key_of_their_own(council: Council, ask: Callable[..., Answer]) -> None:
    for who in ("hoa", "admin", "khach"):
        assert ask(who, "notify.keep_push_key", pem="mine").body["code"] == "forbidden"


@pytest.mark.parametrize("status", [404, 410])
def test_a_subscription_that_ended_is_dropped(do: Do, council: Council, service: Service, status: int) -> None:
    do("hoa", "notify.add_device", **service.browser("/a"))
    do("hoa", "notify.add_device", **service.browser("/b"))
    service.status["/a"] = status
    do("minh", "agenda.issue", meeting_id=ready(do, council))
    jobs.run_waiting()

    do("minh", "agenda.issue", meeting_id=ready(do, council))
    jobs.run_waiting()

    assert states(council) == [("failed", f"HTTP {status}"), ("sent", ""), ("sent", "")]
    assert [path for path, _, _ in service.taken] == ["/a", "/b", "/b"]


def test_a_busy_service_is_asked_again_later(do: Do, council: Council, service: Service, at: At) -> None:
    do("hoa", "notify.add_device", **service.browser("/a"))
    service.status["/a"] = 503
    do("minh", "agenda.issue", meeting_id=ready(do, council))
    jobs.run_waiting()
    assert states(council) == [("failed", "HTTP 503")]

    service.status.clear()
    at(MORNING + timedelta(minutes=2))
    do("system", "notify.retry")
    jobs.run_waiting()

    assert states(council) == [("sent", "")]
    assert service.opened("/a")[0]["tag"] == service.opened("/a")[1]["tag"]  # the device shows it once


def test_redirects_are_not_followed(do: Do, council: Council, service: Service) -> None:
    do("hoa", "notify.add_device", **service.browser("/a"))
    service.status["/a"] = 307
    do("minh", "agenda.issue", meeting_id=ready(do, council))

    jobs.run_waiting()

    assert len(service.taken) == 1
    assert states(council)[0][0] == "failed"


def test_of_a_closed_meeting_a_lock_screen_shows_only_that_there_is_news(do: Do, council: Council, service: Service) -> None:
    do("hoa", "notify.add_device", **service.browser("/a"))
    meeting_id = ready(do, council)
    council.update(Meeting, meeting_id, closed=True, title="Công tác cán bộ")
    do("minh", "agenda.issue", meeting_id=meeting_id)

    jobs.run_waiting()

    (shown,) = service.opened("/a")
    assert "cán bộ" not in json.dumps(shown, ensure_ascii=False)
    assert "Phòng họp 2" not in json.dumps(shown, ensure_ascii=False)


def test_a_shared_tablet_tells_only_its_present_user(do: Do, council: Council, service: Service) -> None:
    browser = service.browser("/a")
    do("hoa", "notify.add_device", **browser)
    do("tuan", "notify.add_device", **browser)
    do("minh", "agenda.issue", meeting_id=ready(do, council))

    jobs.run_waiting()

    (row,) = council.all(select(PushDevice))
    assert row.person_id == council.person("tuan")
    assert len(service.taken) == 1


def test_somebody_ends_only_own_devices(do: Do, council: Council, service: Service) -> None:
    device = do("hoa", "notify.add_device", **service.browser("/a"))["device_id"]

    with pytest.raises(Refused) as refused:
        do("tuan", "notify.remove_device", device_id=device)
    assert refused.value.code == "not_found"
    do("hoa", "notify.remove_device", endpoint=service.origin + "/a")
    do("hoa", "notify.remove_device", device_id=device)
    do("minh", "agenda.issue", meeting_id=ready(do, council))
    jobs.run_waiting()

    assert service.taken == []


@pytest.mark.parametrize(
    ("endpoint", "expected"),
    [
        ("https://fcm.googleapis.com/fcm/send/x", True),
        ("https://updates.push.services.mozilla.com/wpush/v2/x", True),
        ("https://db5p.notify.windows.com/w/?token=x", True),
        ("https://web.push.apple.com/x", True),
        ("http://fcm.googleapis.com/x", False),
        ("https://fcm.googleapis.com.evil.example/x", False),
        ("https://fcm.googleapis.com@10.0.0.1/x", False),
        ("https://10.0.0.1/admin", False),
        ("https://fcm.googleapis.com:8443/x", False),
        ("http://127.0.0.1:5432/", False),
        ("file:///etc/passwd", False),
    ],
)
def test_only_push_services_of_browsers_are_sent_to(council: Council, endpoint: str, expected: bool) -> None:
    assert allowed_endpoint(endpoint, config.settings()) is expected


def test_a_foreign_address_or_a_broken_key_is_refused(do: Do, council: Council, service: Service) -> None:
    good = service.browser("/a")

    for wrong in ({"endpoint": "https://10.0.0.1/hook"}, {"p256dh": b64(b"x" * 65)}, {"auth": b64(b"x" * 20)}):
        with pytest.raises(Refused) as refused:
            do("hoa", "notify.add_device", **{**good, **wrong})
        assert refused.value.code == "device_address_refused"


def test_without_https_the_channel_says_what_is_missing(do: Do, council: Council) -> None:
    with pytest.raises(Refused) as refused:
        do("hoa", "notify.add_device", endpoint="https://fcm.googleapis.com/x", p256dh="A" * 88, auth="A" * 22)

    assert refused.value.code == "channel_off"


def test_there_is_an_end_to_devices(do: Do, council: Council, service: Service) -> None:
    for number in range(10):
        do("hoa", "notify.add_device", **service.browser(f"/{number}"))

    with pytest.raises(Refused) as refused:
        do("hoa", "notify.add_device", **service.browser("/more"))

    assert refused.value.code == "devices_full"


def test_one_can_try_it_out(do: Do, council: Council, service: Service) -> None:
    do("hoa", "notify.add_device", **service.browser("/a"))

    assert (do("hoa", "notify.try_out"), do("hoa", "notify.try_out")) == ({"told": 1}, {"told": 0})
    jobs.run_waiting()

    assert len(service.opened("/a")) == 1
