"""Other systems are kept by the administrator alone: taken up, given keys and rights, switched off; each act is recorded."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from meeting import clock
from meeting.errors import Refused
from meeting.events import Event
from meeting.exchange.models import ApiCall, Client, ClientKey, ClientRight
from meeting.exchange.rules import allows_address, key_digest, networks_of, still_valid
from meeting.journal import Entry
from meeting.organization.models import Body
from meeting.writer import perform
from tests.exchange.conftest import KEY, NOW, Do, Office

DIGEST = key_digest("hkg_another")
FIELDS = {"name": "Cổng thông tin", "contact": "Văn phòng"}


def facts(office: Office, event: Event) -> list[dict[str, Any]]:
    return office.council.all(select(Entry.facts).where(Entry.event == event).order_by(Entry.id))


def test_a_system_begins_with_a_key_and_without_rights(office: Office) -> None:
    assert office.council.all(select(ClientKey.sha256)) == [key_digest(KEY)]
    assert office.council.all(select(ClientRight.id)) == []
    assert facts(office, Event.CLIENT_ADDED) == [{"client_id": office.client_id, "name": "Quản lý văn bản"}]
    assert office.ask("/")[1] == {"client": {"id": office.client_id, "name": "Quản lý văn bản"}, "rights": []}


def test_names_are_given_once_and_addresses_are_read(office: Office, do: Do) -> None:
    with pytest.raises(Refused, match="client_name_taken"):
        do("admin", "exchange.add_client", **{**FIELDS, "name": "Quản lý văn bản"}, sha256=DIGEST)
    with pytest.raises(Refused, match="malformed"):
        do("admin", "exchange.add_client", **FIELDS, sha256=DIGEST, addresses="10.0.0.0/8 ở-nhà")
    do("admin", "exchange.add_client", **FIELDS, sha256=DIGEST, addresses="10.0.0.7/8, 2001:db8::1")
    assert office.council.one(select(Client.addresses).where(Client.name == "Cổng thông tin")) == [
        "10.0.0.0/8",
        "2001:db8::1/128",
    ]


def test_what_changed_is_recorded_by_name_only(office: Office, do: Do) -> None:
    edit = {"client_id": office.client_id, "name": "Quản lý văn bản", "contact": "Phòng CNTT"}
    do("admin", "exchange.edit_client", **edit)
    do("admin", "exchange.edit_client", **edit, per_minute=10, purpose="Đồng bộ lịch")
    assert facts(office, Event.CLIENT_EDITED) == [{"client_id": office.client_id, "changed": ["per_minute", "purpose"]}]
    do("admin", "exchange.switch_client", client_id=office.client_id, on=False)
    do("admin", "exchange.switch_client", client_id=office.client_id, on=False)
    assert facts(office, Event.CLIENT_SWITCHED) == [{"client_id": office.client_id, "on": False}]


def test_the_last_key_is_not_ended(office: Office, do: Do) -> None:
    (first,) = office.council.all(select(ClientKey.id))
    with pytest.raises(Refused, match="client_key_last"):
        do("admin", "exchange.end_key", key_id=first)
    do("admin", "exchange.renew_key", client_id=office.client_id, sha256=DIGEST, overlap_days=30)
    do("admin", "exchange.end_key", key_id=first)
    with pytest.raises(Refused, match="client_key_ended"):
        do("admin", "exchange.end_key", key_id=first)
    assert office.code("/") == "client_key_ended"
    assert [told["key_id"] for told in facts(office, Event.CLIENT_KEY_ENDED)] == [first]


def test_a_right_is_given_and_taken_once(office: Office, do: Do) -> None:
    office.grant("UBND", "tasks")
    office.grant("UBND", "tasks")
    office.grant("UBND", "tasks", granted=False)
    told = facts(office, Event.CLIENT_RIGHT_SET)
    assert [(each["kind"], each["granted"]) for each in told] == [("tasks", True), ("tasks", False)]


def test_the_party_needs_a_second_word_and_practice_is_never_shared(office: Office) -> None:
    with pytest.raises(Refused, match="party_not_confirmed"):
        office.grant("Đảng ủy", "meetings")
    office.grant("Đảng ủy", "meetings", confirm_party=True)
    office.council.update(Body, office.council.body("HĐND"), practice_of_id=office.council.body("UBND"))
    with pytest.raises(Refused, match="practice_not_shared"):
        office.grant("HĐND", "meetings")


@pytest.mark.parametrize("username", ["lan", "minh", "van", "hoa", "dung", "khach"])
def test_nobody_but_the_administrator_keeps_systems(office: Office, do: Do, api: Any, username: str) -> None:
    one = {"client_id": office.client_id}
    acts: list[tuple[str, dict[str, Any]]] = [
        ("exchange.add_client", {**FIELDS, "sha256": DIGEST}),
        ("exchange.edit_client", {**one, **FIELDS}),
        ("exchange.switch_client", {**one, "on": False}),
        ("exchange.renew_key", {**one, "sha256": DIGEST}),
        ("exchange.end_key", {"key_id": 1}),
        ("exchange.set_right", {**one, "body_id": 1, "kind": "tasks", "granted": True}),
        ("exchange.add_webhook", {**one, "url": "https://x.vn/", "events": ["task.done"], "secret": "x" * 40}),
        ("exchange.open_feed", {"body_id": 1, "kind": "issued", "name": "Cổng", "sha256": DIGEST}),
        ("exchange.keep_calls", {"days": 60}),
        ("exchange.prune_calls", {}),
        ("exchange.note_calls", {"calls": []}),
        ("exchange.send_due", {}),
        ("exchange.tell_overdue", {}),
    ]
    for name, wanted in acts:
        with pytest.raises(Refused, match="forbidden"):
            do(username, name, **wanted)
    for path in ("/clients", f"/clients/{office.client_id}", f"/clients/{office.client_id}/calls", "/calendar-feeds"):
        assert api(username).get(path)[0] == 403


def test_programs_of_the_administrator_read_all_but_keys(office: Office, api: Any) -> None:
    office.grant("UBND", "tasks")
    status, told = api("admin").get("/clients")
    assert (status, told["data"][0]["standing"]) == (200, "on")
    _, one = api("admin").get(f"/clients/{office.client_id}")
    assert one["keys"][0]["ending"] == "sses"
    assert key_digest(KEY) not in str(one)
    assert KEY not in str(one)
    assert one["rights"] == [{"body_id": office.council.body("UBND"), "kind": "tasks"}]
    assert api("admin").get(f"/clients/{office.client_id}/deliveries")[1]["data"] == []
    assert api("admin").get("/clients/99")[0] == 404


def test_calls_are_kept_as_long_as_said_and_their_end_is_recorded(office: Office, do: Do, at: Any) -> None:
    with pytest.raises(Refused, match="calls_kept_too_short"):
        do("admin", "exchange.keep_calls", days=29)
    do("admin", "exchange.keep_calls", days=30)
    do("admin", "exchange.keep_calls", days=30)
    assert facts(office, Event.CALLS_KEPT_FOR) == [{"days": 30, "before": 365}]
    old = {"client_id": office.client_id, "address": "203.0.113.7", "path": "/", "status": 200, "ms": 3}
    office.council.write(*(ApiCall(at=NOW - timedelta(days=days), **old) for days in (31, 40, 1)))

    assert perform(office.council.actor("system"), "exchange.prune_calls", {}) == {"removed": 2, "more": False}

    assert len(office.council.all(select(ApiCall.id))) == 1
    (told,) = facts(office, Event.CALLS_PRUNED)
    assert (told["count"], told["kept_days"]) == (2, 30)
    assert perform(office.council.actor("system"), "exchange.prune_calls", {})["removed"] == 0


@pytest.mark.parametrize(
    ("networks", "address", "allowed"),
    [
        ("", "198.51.100.3", True),
        ("10.0.0.0/8", "10.9.9.9", True),
        ("10.0.0.0/8", "11.0.0.1", False),
        ("192.0.2.7", "192.0.2.7", True),
        ("192.0.2.7", "192.0.2.8", False),
        ("2001:db8::/32", "2001:db8:1::1", True),
        ("10.0.0.0/8", "2001:db8::1", False),
        ("10.0.0.0/8", "", False),
    ],
)
def test_addresses(networks: str, address: str, allowed: bool) -> None:
    assert allows_address(networks_of(networks), address) is allowed


def test_a_system_is_valid_to_the_end_of_its_last_day() -> None:
    today = clock.local(NOW).date()
    assert still_valid(None, today)
    assert still_valid(today, today)
    assert not still_valid(today - timedelta(days=1), today)
