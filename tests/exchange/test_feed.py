"""The calendar of a body: whoever holds the address reads it; closed meetings never stand in it."""

from datetime import timedelta
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import select

from meeting.agenda.models import Meeting
from meeting.errors import Refused
from meeting.events import Event
from meeting.exchange.models import BodyFeed
from meeting.exchange.rules import is_public_sitting, key_digest
from meeting.journal import Entry
from tests.exchange.conftest import NOW, Do, Office


def opened(office: Office, body: str = "HĐND", kind: str = "issued", token: str = "t", **more: bool) -> str:
    wanted = {"body_id": office.council.body(body), "kind": kind, "name": "Cổng thông tin", "sha256": key_digest(token)}
    office.do("admin", "exchange.open_feed", **wanted, **more)
    return f"/calendar/body/{token}.ics"


def titles(office: Office, path: str) -> list[str]:
    heard = office.app.test_client().get(path)
    assert heard.status_code == 200, heard.status_code
    return sorted(str(each["summary"]) for each in Calendar.from_ical(heard.data).walk("VEVENT"))


@pytest.fixture
def planned(office: Office) -> Office:
    """Meetings of the HĐND: open, closed, of a Tổ, a draft; and one of the UBND."""
    soon = {"starts_at": NOW + timedelta(days=2), "issued_at": NOW}
    for title, more in (
        ("Kỳ họp", {}),
        ("Họp kín", {"closed": True}),
        ("Họp Tổ", {"sitting": "group"}),
        ("Dự thảo", {"state": "draft"}),
        ("Năm ngoái", {"starts_at": NOW - timedelta(days=300), "state": "held"}),
    ):
        number = office.council.meeting("HĐND", link="https://hop.example.vn/phong", **{**soon, **more})
        office.council.update(Meeting, number, title=title)
    office.council.meeting("UBND", **soon)
    return office


def test_all_issued_or_only_what_is_open_to_the_public(planned: Office) -> None:
    assert titles(planned, opened(planned)) == ["Họp Tổ", "Kỳ họp"]
    public = opened(planned, kind="public", token="p")
    assert titles(planned, public) == ["Kỳ họp"]
    heard = planned.app.test_client().get(public)
    assert b"hop.example.vn" not in heard.data
    assert b"/meetings/" not in heard.data
    again = planned.app.test_client().get(public, headers={"If-None-Match": heard.headers["ETag"]})
    assert again.status_code == 304
    assert planned.council.all(select(BodyFeed.read_at).where(BodyFeed.kind == "public")) == [NOW]


def test_an_address_is_renewed_and_ended(planned: Office, do: Do) -> None:
    path = opened(planned)
    (number,) = planned.council.all(select(BodyFeed.id))
    do("admin", "exchange.renew_feed", feed_id=number, sha256=key_digest("new"))
    assert planned.app.test_client().get(path).status_code == 404
    assert titles(planned, "/calendar/body/new.ics") == ["Họp Tổ", "Kỳ họp"]
    do("admin", "exchange.end_feed", feed_id=number)
    assert planned.app.test_client().get("/calendar/body/new.ics").status_code == 404
    for act, wanted in (("exchange.end_feed", {}), ("exchange.renew_feed", {"sha256": key_digest("x")})):
        with pytest.raises(Refused, match="feed_already_ended"):
            do("admin", act, feed_id=number, **wanted)
    told = planned.council.all(select(Entry.facts).where(Entry.event.in_([Event.BODY_FEED_OPENED, Event.BODY_FEED_ENDED])))
    assert len(told) == 3
    assert "sha256" not in str(told)


def test_the_party_needs_a_second_word(office: Office) -> None:
    with pytest.raises(Refused, match="party_not_confirmed"):
        opened(office, "Đảng ủy")
    assert titles(office, opened(office, "Đảng ủy", confirm_party=True)) == []


@pytest.mark.parametrize(
    ("kind", "closed", "sitting", "public"),
    [
        ("council", False, "", True),
        ("council", False, "plenary", True),
        ("council", True, "plenary", False),
        ("council", False, "group", False),
        ("council", False, "preparatory", False),
        ("committee", False, "", False),
        ("party", False, "", False),
    ],
)
def test_which_sittings_are_open(kind: str, closed: bool, sitting: str, public: Any) -> None:
    assert is_public_sitting(kind, closed, sitting) is public
