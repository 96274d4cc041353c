"""Groups within a body: formed, named, filled, dissolved; who may not; what is told."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from meeting.database import reading
from meeting.errors import Refused
from meeting.events import Event
from meeting.journal import Entry
from meeting.organization.group_queries import belongs, groups_of
from meeting.organization.group_rules import check_seat
from meeting.organization.models import GroupMember
from tests.conftest import Council

Do = Callable[..., dict[str, Any]]


@pytest.fixture
def group(council: Council, do: Do) -> int:
    return do("minh", "organization.form_group", body_id=council.body("HĐND"), name="Tổ đại biểu số 1", kind="delegation")[
        "group_id"
    ]


def posts(council: Council) -> dict[int, str]:
    return {each.person_id: each.post for each in council.all(select(GroupMember))}


def told(council: Council) -> list[str]:
    return list(council.all(select(Entry.event).where(Entry.event.like("organization.group%")).order_by(Entry.id)))


SEATS = [
    # of the body, kind of the group, other groups, refusal
    (True, "delegation", {}, None),
    (False, "delegation", {}, "not_of_this_body"),
    (True, "delegation", {"Tổ 2": "delegation"}, "in_another_delegation"),
    (True, "delegation", {"Ban Pháp chế": "committee"}, None),
    (True, "committee", {"Tổ 2": "delegation", "Ban Kinh tế": "committee"}, None),
    (True, "other", {"Tổ 2": "delegation"}, None),
]


@pytest.mark.parametrize(("of_body", "kind", "others", "refusal"), SEATS)
def test_a_deputy_sits_in_one_delegation_and_in_any_number_of_committees(of_body, kind, others, refusal):
    if refusal is None:
        check_seat("Bà Hoa", of_body, kind, others)
        return
    with pytest.raises(Refused, match=refusal):
        check_seat("Bà Hoa", of_body, kind, others)


def test_people_are_taken_in_and_let_go(council: Council, do: Do, group: int):
    hoa, tuan = council.person("hoa"), council.person("tuan")

    do("minh", "organization.seat_in_group", group_id=group, person_id=hoa, post="head")
    do("minh", "organization.seat_in_group", group_id=group, person_id=tuan)
    do("minh", "organization.seat_in_group", group_id=group, person_id=tuan)

    assert posts(council) == {hoa: "head", tuan: "member"}
    with reading() as session:
        assert [each.name for each in groups_of(session, hoa, council.body("HĐND"))] == ["Tổ đại biểu số 1"]
        assert groups_of(session, hoa, council.body("UBND")) == []
    do("minh", "organization.leave_group", group_id=group, person_id=tuan)
    with reading() as session:
        assert not belongs(session, tuan, group)
    assert told(council) == [Event.GROUP_FORMED, Event.GROUP_SEATED, Event.GROUP_SEATED, Event.GROUP_LEFT]


def test_a_group_has_one_head(council: Council, do: Do, group: int):
    hoa, tuan = council.person("hoa"), council.person("tuan")
    do("minh", "organization.seat_in_group", group_id=group, person_id=hoa, post="head")

    do("minh", "organization.seat_in_group", group_id=group, person_id=tuan, post="head")

    assert posts(council) == {hoa: "member", tuan: "head"}


def test_names_are_taken_once_in_a_body(council: Council, do: Do, group: int):
    with pytest.raises(Refused, match="group_exists"):
        do("minh", "organization.form_group", body_id=council.body("HĐND"), name="TO DAI BIEU SO 1")

    other = do("minh", "organization.form_group", body_id=council.body("UBND"), name="Tổ đại biểu số 1")["group_id"]
    do("minh", "organization.edit_group", group_id=other, name="Tổ công tác", kind="other")
    with pytest.raises(Refused, match="not_of_this_body"):
        do("minh", "organization.seat_in_group", group_id=other, person_id=council.person("khach"))
    with pytest.raises(Refused, match="not_in_group"):
        do("minh", "organization.leave_group", group_id=other, person_id=council.person("hoa"))


def test_a_dissolved_group_takes_nobody_and_has_nobody(council: Council, do: Do, group: int):
    do("minh", "organization.seat_in_group", group_id=group, person_id=council.person("hoa"))

    do("minh", "organization.retire_group", group_id=group)

    with pytest.raises(Refused, match="group_over"):
        do("minh", "organization.seat_in_group", group_id=group, person_id=council.person("tuan"))
    with reading() as session:
        assert groups_of(session, council.person("hoa")) == []
        assert not belongs(session, council.person("hoa"), group)


ACTS = [
    ("organization.form_group", {"name": "Tổ 9"}),
    ("organization.edit_group", {"name": "Tổ 9", "kind": "other"}),
    ("organization.seat_in_group", {}),
    ("organization.leave_group", {}),
    ("organization.retire_group", {}),
]


@pytest.mark.parametrize(("act", "wanted"), ACTS)
@pytest.mark.parametrize("stranger", ["hoa", "khach", "dung", "van", "admin"])
def test_a_stranger_may_not(council: Council, do: Do, group: int, act: str, wanted: dict[str, Any], stranger: str):
    target: dict[str, Any] = {"body_id": council.body("HĐND")} if act.endswith("form_group") else {"group_id": group}
    if act.endswith(("seat_in_group", "leave_group")):
        target["person_id"] = council.person("tuan")

    with pytest.raises(Refused, match=r"forbidden|not_found"):
        do(stranger, act, **target, **wanted)

    assert told(council) == [Event.GROUP_FORMED]


def test_the_groups_of_my_bodies_are_told(council: Council, do: Do, api: Any, client: Any, group: int):
    do("minh", "organization.seat_in_group", group_id=group, person_id=council.person("hoa"))

    status, body = api("hoa").get("/groups")

    assert status == 200
    assert [(each["name"], each["kind"], len(each["people"])) for each in body["data"]] == [("Tổ đại biểu số 1", "delegation", 1)]
    assert api("khach").get("/groups")[1]["data"] == []
    assert "Tổ đại biểu số 1" in client("minh").get("/groups").get_data(as_text=True)
    assert client("hoa").get("/groups").status_code == 403
