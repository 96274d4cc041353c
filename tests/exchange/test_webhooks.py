"""Other systems are told: signed, in order, again after a failure, never twice, never into this network."""

import hashlib
import hmac
import json
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from meeting import clock, config, jobs
from meeting.agenda.models import Meeting
from meeting.database import reading
from meeting.entrance import sealing
from meeting.errors import Refused
from meeting.events import Event
from meeting.exchange import delivering, reaching
from meeting.exchange.models import Webhook, WebhookDelivery
from meeting.exchange.rules import GIVE_UP_AFTER, next_try, signature
from meeting.journal import Entry
from meeting.notify.models import Notification
from meeting.tasks.models import Task
from tests.exchange.conftest import NOW, Office, issue_notice
from tests.exchange.receiver import Receiver, receiving

SECRET = "a-secret-of-forty-letters-that-is-long-enough"
EVENTS = [
    "meeting.issued", "meeting.cancelled", "notice.issued", "task.assigned", "task.changed", "task.done", "task.overdue",
]  # fmt: skip


@pytest.fixture(scope="module")
def server() -> Iterator[Receiver]:
    with receiving() as here:
        yield here


@pytest.fixture
def receiver(server: Receiver, office: Office) -> Receiver:
    """It listens at an address on the list of this installation, and is told of nearly everything."""
    server.heard, server.answers, server.dawdles = [], [], 0.0
    config.use(replace(config.settings(), webhook_hosts=("127.0.0.1",)))
    wanted = {"client_id": office.client_id, "url": server.url + "/hook?x=1", "events": EVENTS, "secret": SECRET}
    office.do("admin", "exchange.add_webhook", **wanted)
    return server


def deliveries(office: Office) -> list[WebhookDelivery]:
    return office.council.all(select(WebhookDelivery).order_by(WebhookDelivery.id))


def worker() -> None:
    """What the worker does: its waiting jobs, then what is due."""
    _send_waiting()
    delivering.look_for_due()
    _send_waiting()


def _send_waiting() -> None:
    while True:
        with reading() as session:
            waiting = [number for number, kind in jobs.waiting(session) if kind == "exchange.deliver"]
        if not waiting:
            return
        for number in waiting:
            jobs.run(number)


def test_what_is_sent_is_signed_and_says_nothing_of_the_thing(office: Office, receiver: Receiver) -> None:
    office.grant("UBND")
    issued = issue_notice(office.council, office.do, office.council.meeting(state="held", opened_at=NOW, closed_at=NOW))
    worker()

    assert [json.loads(body)["type"] for _, body in receiver.heard] == ["notice.issued", "task.assigned"]
    headers, body = receiver.heard[0]
    told = json.loads(body)
    assert told["subject"] == {"kind": "notice", "id": issued["notice"]}
    assert told["id"] == headers["X-Hkg-Delivery"]
    assert set(told) == {"id", "type", "occurred_at", "subject", "link"}
    moment, made = (part.partition("=")[2] for part in headers["X-Hkg-Signature"].split(","))
    assert made == hmac.new(SECRET.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    assert int(moment) == int(clock.now().timestamp())
    path = told["link"].removeprefix("/api/v1/exchange")
    assert office.ask(path)[1]["id"] == issued["notice"]
    assert {(row.state, row.status, row.attempts) for row in deliveries(office)} == {("taken", 200, 1)}
    assert deliveries(office)[0].answer.startswith("nhận xxx")


def test_a_failure_is_tried_again_with_the_same_key_and_then_no_more(
    office: Office, receiver: Receiver, at: Any, concluded: dict[str, int]
) -> None:
    office.grant("UBND")
    receiver.answers = [500, 302]
    office.do("minh", "tasks.extend", task_id=concluded["task"], due_on="2026-12-20", reason="Mưa")
    worker()
    assert (deliveries(office)[0].state, deliveries(office)[0].status) == ("waiting", 500)
    worker()
    assert len(receiver.heard) == 1  # not due yet
    for minutes, count in ((1, 2), (6, 3), (600, 3)):
        at(NOW + timedelta(minutes=minutes, seconds=1))
        worker()
        assert len(receiver.heard) == count
    assert len(set(receiver.keys)) == 1
    assert {headers["Host"] for headers, _ in receiver.heard} == {receiver.url[7:]}
    (row,) = deliveries(office)
    assert (row.state, row.attempts, row.status) == ("taken", 3, 200)
    assert office.council.one(select(Webhook.failing_since)) is None


def test_a_receiver_that_dawdles_is_cut_off(office: Office, receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reaching, "WHOLE_SECONDS", 0.4)
    receiver.dawdles = 30.0
    office.do("admin", "exchange.send_test", webhook_id=office.council.one(select(Webhook.id)))
    worker()
    (row,) = deliveries(office)
    assert (row.state, row.status, row.answer) == ("failed", 0, "timeout")


def test_what_comes_later_on_one_subject_waits_for_the_earlier(
    office: Office, receiver: Receiver, at: Any, concluded: dict[str, int]
) -> None:
    office.grant("UBND")
    receiver.answers = [503]
    office.do("minh", "tasks.extend", task_id=concluded["task"], due_on="2026-12-20", reason="Mưa")
    office.do("minh", "tasks.cancel", task_id=concluded["task"], reason="Không còn cần")
    other = office.council.meeting(issued_at=NOW, state="issued")
    office.do("hung", "agenda.cancel", meeting_id=other, reason="Bận")
    worker()
    assert [json.loads(body)["subject"]["kind"] for _, body in receiver.heard] == ["task", "meeting"]
    at(NOW + timedelta(minutes=2))
    worker()
    keys = [row.key for row in deliveries(office)]
    assert receiver.keys == [keys[0], keys[2], keys[0], keys[1]]
    worker()
    assert len(receiver.heard) == 4
    assert {row.state for row in deliveries(office)} == {"taken"}


def test_a_job_run_twice_sends_once(office: Office, receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    office.do("admin", "exchange.send_test", webhook_id=office.council.one(select(Webhook.id)))
    (row,) = deliveries(office)
    delivering.deliver(row.id)
    delivering.deliver(row.id)
    worker()
    assert len(receiver.heard) == 1
    assert json.loads(receiver.heard[0][1])["type"] == "ping"
    office.do("admin", "exchange.send_test", webhook_id=row.webhook_id)
    second = deliveries(office)[1]
    begun = {"delivery_id": second.id}
    assert office.do("system", "exchange.begin_delivery", **begun) == {"go": True}  # in the hands of a worker that is killed
    assert office.do("system", "exchange.begin_delivery", **begun) == {"go": False}


def test_it_is_told_only_what_it_may_know_also_at_the_moment_of_sending(
    office: Office, receiver: Receiver, concluded: dict[str, int]
) -> None:
    task = {"task_id": concluded["task"], "reason": "Mưa"}
    office.do("minh", "tasks.extend", **task, due_on="2026-12-20")
    assert deliveries(office) == []  # no right at all
    office.grant("UBND", "tasks")
    office.do("minh", "tasks.extend", **task, due_on="2026-12-21")
    office.grant("UBND", "tasks", granted=False)
    worker()
    assert receiver.heard == []
    assert [row.state for row in deliveries(office)] == ["dropped"]
    office.grant("UBND", "tasks")
    office.council.update(Meeting, concluded["meeting"], closed=True)
    office.do("minh", "tasks.extend", **task, due_on="2026-12-22")
    assert len(deliveries(office)) == 1


def test_a_task_that_became_overdue_is_told_once(office: Office, receiver: Receiver, at: Any, concluded: dict[str, int]) -> None:
    office.grant("UBND")
    late = datetime(2026, 12, 16, 2, 0, tzinfo=NOW.tzinfo)
    at(late - timedelta(days=1))
    assert office.do("system", "exchange.tell_overdue") == {"told": 0}
    at(late)
    assert office.do("system", "exchange.tell_overdue") == {"told": 1}
    assert office.do("system", "exchange.tell_overdue") == {"told": 0}
    worker()
    assert json.loads(receiver.heard[0][1])["subject"] == {"kind": "task", "id": concluded["task"]}
    assert office.council.one(select(Task.state)) != "accepted"


def test_an_address_that_fails_for_days_is_switched_off_and_the_administrator_told(
    office: Office, receiver: Receiver, at: Any, concluded: dict[str, int]
) -> None:
    office.grant("UBND")
    receiver.answers = [500] * 40
    office.do("minh", "tasks.extend", task_id=concluded["task"], due_on="2026-12-20", reason="Mưa")
    moment = NOW
    for _ in range(40):
        at(moment)
        worker()
        waiting = [row for row in deliveries(office) if row.state == "waiting"]
        if not waiting:
            break
        moment = waiting[0].next_at
    (row,) = deliveries(office)
    assert row.state == "failed"
    assert 8 <= row.attempts <= 16
    at(NOW + GIVE_UP_AFTER + timedelta(minutes=5))
    office.do("minh", "tasks.cancel", task_id=concluded["task"], reason="Không còn cần")
    worker()
    hook = office.council.one(select(Webhook))
    assert (hook.on, hook.switched_off_at is not None) == (False, True)
    facts = office.council.one(select(Entry.facts).where(Entry.event == Event.WEBHOOK_SWITCHED_OFF))
    assert facts["name"] == "Quản lý văn bản"
    admin = office.council.person("admin")
    kinds = office.council.all(select(Notification.kind).where(Notification.person_id == admin))
    assert kinds == ["webhook_switched_off"]


def test_a_delivery_is_sent_again_by_hand_with_its_key(office: Office, receiver: Receiver) -> None:
    hook = office.council.one(select(Webhook.id))
    receiver.answers = [404]
    office.do("admin", "exchange.send_test", webhook_id=hook)
    with pytest.raises(Refused, match="delivery_waiting"):
        office.do("admin", "exchange.resend", delivery_id=deliveries(office)[0].id)
    worker()
    assert deliveries(office)[0].state == "failed"
    office.do("admin", "exchange.resend", delivery_id=deliveries(office)[0].id)
    worker()
    assert deliveries(office)[0].state == "taken"
    assert len(set(receiver.keys)) == 1
    assert len(receiver.keys) == 2
    office.do("admin", "exchange.edit_webhook", webhook_id=hook, events=["task.done"], on=False)
    for act, wanted in (("exchange.send_test", {"webhook_id": hook}), ("exchange.resend", {"delivery_id": 1})):
        with pytest.raises(Refused, match="webhook_off"):
            office.do("admin", act, **wanted)


def test_an_address_that_was_taken_away_is_told_nothing_more(office: Office, receiver: Receiver) -> None:
    hook = office.council.one(select(Webhook.id))
    office.do("admin", "exchange.send_test", webhook_id=hook)
    office.do("admin", "exchange.end_webhook", webhook_id=hook)
    worker()
    assert receiver.heard == []
    assert deliveries(office)[0].state == "dropped"
    with pytest.raises(Refused, match="not_found"):
        office.do("admin", "exchange.edit_webhook", webhook_id=hook, events=["task.done"])


def test_the_secret_is_sealed_and_can_be_renewed(office: Office, receiver: Receiver) -> None:
    hook = office.council.one(select(Webhook))
    assert SECRET not in hook.secret
    assert sealing.unseal(hook.secret) == SECRET
    office.do("admin", "exchange.renew_secret", webhook_id=hook.id, secret="n" * 40)
    office.do("admin", "exchange.send_test", webhook_id=hook.id)
    worker()
    headers, body = receiver.heard[0]
    assert headers["X-Hkg-Signature"] == signature("n" * 40, int(clock.now().timestamp()), body)
    office.council.update(Webhook, hook.id, secret="lost")
    office.do("admin", "exchange.send_test", webhook_id=hook.id)
    worker()
    assert deliveries(office)[1].answer == "secret_unreadable"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://example.vn/hook", "webhook_address_bad"),
        ("ftp://example.vn/", "webhook_address_bad"),
        ("https://user:pw@example.vn/", "webhook_address_bad"),
        ("https://example.vn:22/", "webhook_address_bad"),
        ("https://example.vn:99999/", "webhook_address_bad"),
        ("https://exa mple.vn/", "webhook_address_bad"),
        ("https:///hook", "webhook_address_bad"),
        ("https://localhost/", "webhook_address_inside"),
        ("https://127.0.0.1/", "webhook_address_inside"),
        ("https://10.1.2.3/", "webhook_address_inside"),
        ("https://169.254.169.254/latest", "webhook_address_inside"),
        ("https://[::1]/", "webhook_address_inside"),
        ("https://[fd00::1]/", "webhook_address_inside"),
        ("https://[::ffff:10.0.0.1]/", "webhook_address_inside"),
        ("https://[64:ff9b::7f00:1]/", "webhook_address_inside"),
        ("https://[2002:7f00:1::]/", "webhook_address_inside"),
        ("https://0.0.0.0/", "webhook_address_inside"),
        ("https://224.0.0.1/", "webhook_address_inside"),
    ],
)
def test_addresses_that_are_not_told(office: Office, url: str, code: str) -> None:
    wanted = {"client_id": office.client_id, "events": ["task.done"], "secret": SECRET}
    with pytest.raises(Refused, match=code):
        office.do("admin", "exchange.add_webhook", url=url, **wanted)


def test_a_name_that_leads_into_this_network_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def both(host: str, port: int, **_more: Any) -> list[Any]:
        asked.append(host)
        return [(2, 1, 6, "", ("93.184.215.14", port)), (2, 1, 6, "", ("192.168.1.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    assert reaching.post("https://hook.example.vn/", b"{}", {}, ()).text == "webhook_address_inside"
    assert asked == ["hook.example.vn"]  # once, and nothing was connected


@pytest.mark.parametrize(("attempts", "pause"), [(1, 1), (2, 5), (3, 15), (4, 60), (5, 180), (6, 360), (7, 720), (9, 720)])
def test_pauses_grow(attempts: int, pause: int) -> None:
    assert next_try(attempts, NOW, NOW) == NOW + timedelta(minutes=pause)
    assert next_try(attempts, NOW, NOW + GIVE_UP_AFTER) is None
