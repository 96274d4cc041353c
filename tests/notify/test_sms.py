"""Short messages: through a real HTTP gateway, held by quiet hours and the daily limit, never twice by themselves."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest
from sqlalchemy import select

from meeting import config, jobs
from meeting.agenda.models import Meeting
from meeting.errors import Refused
from meeting.notify.models import BodyChannels, Delivery
from meeting.organization.models import Person
from tests.conftest import Council
from tests.notify.conftest import MORNING, At, Do, ready


@dataclass
class Gateway:
    """An HTTP gateway that keeps what it is asked and answers as told."""

    heard: list[tuple[dict[str, str], str]] = field(default_factory=list)
    status: int = 200
    said: str = '{"CodeResult": "100"}'
    server: ThreadingHTTPServer | None = None

    @property
    def address(self) -> str:
        assert self.server
        return f"http://127.0.0.1:{self.server.server_address[1]}/sms"

    def start(self) -> "Gateway":
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                gateway.heard.append((dict(self.headers), body))
                said = gateway.said.encode()
                self.send_response(gateway.status)
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        return self


@pytest.fixture
def gateway(council: Council) -> Iterator[Gateway]:
    """A gateway is set up, and the members have numbers."""
    found = Gateway().start()
    body = json.dumps({"to": "{phone}", "text": "{text}", "ref": "{id}", "count": "{parts}"})
    config.use(
        replace(
            config.settings(),
            sms_url=found.address,
            sms_headers='{"Authorization": "Bearer mật-mã"}'.replace("mật-mã", "secret"),
            sms_body=body,
            sms_expect='"100"',
            public_url="https://hop.example",
        )
    )
    council.update(Person, council.person("hoa"), phone="0912 345 678", honorific="Bà")
    council.update(Person, council.person("tuan"), phone="+84 987 654 321")
    yield found
    assert found.server
    found.server.shutdown()
    found.server.server_close()


def states(council: Council) -> dict[str, tuple[str, str]]:
    rows = council.all(select(Delivery).where(Delivery.channel == "sms").order_by(Delivery.id))
    return {each.notification.person.full_name.split()[-1]: (each.state, each.error) for each in rows}


def test_members_get_the_invitation_as_a_short_message_without_marks(do: Do, council: Council, gateway: Gateway) -> None:
    meeting_id = ready(do, council)
    do("minh", "agenda.issue", meeting_id=meeting_id)

    jobs.run_waiting()

    told = {json.loads(body)["to"]: json.loads(body) for _, body in gateway.heard}
    assert set(told) == {"84912345678", "84987654321"}
    text = told["84912345678"]["text"]
    assert text.startswith("Ba Phan Thi Hoa: Giay moi: Phien hop thang 12.") or text.startswith("Ba Phan Thi Hoa: Invitation")
    assert text.endswith(f"https://hop.example/meetings/{meeting_id}")
    assert text.isascii()
    assert gateway.heard[0][0]["Authorization"] == "Bearer secret"
    assert states(council) == {"Hoa": ("sent", ""), "Tuấn": ("sent", ""), "Hùng": ("no_address", "")}
    row = council.one(select(Delivery).where(Delivery.channel == "sms", Delivery.state == "sent"))
    assert str(row.parts) == told["84912345678"]["count"]


def test_a_body_may_write_with_marks_and_in_one_part_only(do: Do, council: Council, gateway: Gateway) -> None:
    do("minh", "notify.set_body", **body_settings(council, sms_marks=True, sms_parts=1))
    do("minh", "agenda.issue", meeting_id=ready(do, council))

    jobs.run_waiting()

    text = json.loads(gateway.heard[0][1])["text"]
    assert len(text) <= 70
    assert text.startswith("Bà Phan Thị Hoa")


def body_settings(council: Council, **changed: Any) -> dict[str, Any]:
    row = {
        "body_id": council.body("UBND"),
        "quiet_starts": "21:00",
        "quiet_ends": "06:00",
        "quiet_days_off": True,
        "sms_marks": False,
        "sms_parts": 2,
        "sms_daily": 500,
        "paper_days": [3, 1, 0],
        "head_after": 1,
        "head_unit": "days",
        "answer_days": [2, 1],
        "waiting_days": [1, 2],
    }
    return {**row, **changed}


def test_form_fields_and_a_national_number_for_gateways_that_want_them(do: Do, council: Council, gateway: Gateway) -> None:
    chosen = replace(config.settings(), sms_form="form", sms_body="sdt={phone}&noi_dung={text}&ma=1%262", sms_phone="national")
    config.use(chosen)
    do("minh", "agenda.issue", meeting_id=ready(do, council))

    jobs.run_waiting()

    fields = parse_qs(gateway.heard[0][1])
    assert fields["sdt"] == ["0912345678"]
    assert fields["ma"] == ["1&2"]
    assert fields["noi_dung"][0].startswith("Ba Phan Thi Hoa")


def test_what_a_title_holds_cannot_break_the_request(do: Do, council: Council, gateway: Gateway) -> None:
    meeting_id = ready(do, council)
    council.update(Meeting, meeting_id, title='Họp "khẩn" {phone} \\ & kết')
    do("minh", "agenda.issue", meeting_id=meeting_id)

    jobs.run_waiting()

    assert 'Hop "khan" {phone} \\ & ket' in json.loads(gateway.heard[0][1])["text"]


@pytest.mark.parametrize(
    ("status", "said", "expected", "again"),
    [
        (503, "busy", "HTTP 503 busy", True),
        (429, "", "HTTP 429", True),
        (403, "wrong key", "HTTP 403 wrong key", False),
        (200, '{"CodeResult": "101", "ErrorMessage": "Sai so"}', '{"CodeResult": "101", "ErrorMessage": "Sai so"}', False),
        (302, "", "HTTP 302", False),
    ],
)
def test_a_gateway_that_refuses_is_listed_with_its_words(
    do: Do, council: Council, gateway: Gateway, status: int, said: str, expected: str, again: bool
) -> None:
    gateway.status, gateway.said = status, said
    do("minh", "agenda.issue", meeting_id=ready(do, council))

    jobs.run_waiting()

    assert states(council)["Hoa"] == ("failed", expected)
    row = council.one(select(Delivery).where(Delivery.channel == "sms", Delivery.state == "failed"))
    assert (row.next_try_at is not None) is again


def test_a_failed_one_is_tried_again_and_then_by_hand(do: Do, council: Council, gateway: Gateway, at: At) -> None:
    gateway.status = 503
    do("minh", "agenda.issue", meeting_id=ready(do, council))
    jobs.run_waiting()
    gateway.heard.clear()

    gateway.status = 200
    at(MORNING + timedelta(minutes=2))
    assert do("system", "notify.retry")["again"] == 2
    jobs.run_waiting()

    assert len(gateway.heard) == 2
    assert states(council)["Hoa"] == ("sent", "")


def test_the_daily_limit_holds_the_rest_until_the_next_morning(do: Do, council: Council, gateway: Gateway, at: At) -> None:
    do("minh", "notify.set_body", **body_settings(council, sms_daily=1, sms_parts=1))
    do("minh", "agenda.issue", meeting_id=ready(do, council))
    jobs.run_waiting()
    assert sorted(states(council).values()) == [("held", "sms_used_up"), ("no_address", ""), ("sent", "")]

    at(MORNING + timedelta(days=1))  # 24 November is a day off
    assert do("system", "notify.retry")["again"] == 0
    at(MORNING + timedelta(days=2))
    assert do("system", "notify.retry")["again"] == 1
    jobs.run_waiting()

    assert len(gateway.heard) == 2
    assert states(council)["Tuấn"] == ("sent", "")


def test_at_night_nothing_is_sent_until_the_morning(do: Do, council: Council, gateway: Gateway, at: At) -> None:
    meeting_id = ready(do, council)
    at(datetime(2026, 11, 25, 22, 0, tzinfo=MORNING.tzinfo) - timedelta(hours=7))  # 22:00 in Viet Nam
    do("minh", "agenda.issue", meeting_id=meeting_id)
    jobs.run_waiting()
    assert gateway.heard == []
    assert states(council)["Hoa"] == ("held", "")

    at(datetime(2026, 11, 25, 23, 0, tzinfo=MORNING.tzinfo))  # 6:00
    do("system", "notify.retry")
    jobs.run_waiting()

    assert len(gateway.heard) == 2


def test_a_meeting_cancelled_the_evening_before_is_told_at_once(do: Do, council: Council, gateway: Gateway, at: At) -> None:
    night = datetime(2026, 11, 25, 15, 0, tzinfo=MORNING.tzinfo)  # 22:00 in Viet Nam
    at(night)
    meeting_id = council.meeting(starts_at=night + timedelta(hours=10))

    do("minh", "agenda.cancel", meeting_id=meeting_id, reason="Mưa bão")
    jobs.run_waiting()

    assert len(gateway.heard) == 2
    assert "Hop khan" not in gateway.heard[0][1]


def test_of_a_closed_meeting_a_telephone_shows_only_that_there_is_news(do: Do, council: Council, gateway: Gateway) -> None:
    meeting_id = ready(do, council)
    council.update(Meeting, meeting_id, closed=True, title="Công tác cán bộ")
    do("minh", "agenda.issue", meeting_id=meeting_id)

    jobs.run_waiting()

    assert "can bo" not in gateway.heard[0][1]
    assert "Phong hop 2" not in gateway.heard[0][1]


def test_one_whose_sending_was_cut_off_is_listed_and_not_sent_twice(do: Do, council: Council, gateway: Gateway) -> None:
    do("minh", "agenda.issue", meeting_id=ready(do, council))
    row = council.one(select(Delivery).where(Delivery.channel == "sms", Delivery.state == "waiting"))
    assert do("system", "notify.begin", delivery_id=row.id, parts=1) == {"go": True}  # and then the worker was killed

    jobs.run_waiting()

    assert len(gateway.heard) == 1
    assert states(council)["Hoa"][0] == "unsure"
    assert do("minh", "notify.send_again", delivery_id=row.id) == {"state": "waiting"}
    jobs.run_waiting()
    assert len(gateway.heard) == 2


def test_a_number_that_is_none_fails_for_good(do: Do, council: Council, gateway: Gateway) -> None:
    council.update(Person, council.person("hoa"), phone="máy lẻ 12")
    do("minh", "agenda.issue", meeting_id=ready(do, council))

    jobs.run_waiting()

    assert states(council)["Hoa"] == ("failed", "phone_unusable")


def test_without_a_gateway_it_is_only_written_down_and_says_so(do: Do, council: Council) -> None:
    council.update(Person, council.person("hoa"), phone="0912345678")
    do("minh", "agenda.issue", meeting_id=ready(do, council))

    jobs.run_waiting()

    assert states(council) == {"Hoa": ("logged", "")}
    with pytest.raises(Refused) as refused:
        do("minh", "notify.send_again", delivery_id=council.one(select(Delivery.id)))
    assert refused.value.code == "mail_not_failed"


def test_the_worker_alone_begins(do: Do, council: Council) -> None:
    with pytest.raises(Refused) as refused:
        do("minh", "notify.begin", delivery_id=1, parts=1)

    assert refused.value.code == "forbidden"
    assert council.all(select(BodyChannels)) == []
