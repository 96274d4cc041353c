"""The tree of units, the bodies, and what retires without being deleted."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from meeting.errors import Refused
from meeting.events import Event
from meeting.journal import Entry
from meeting.organization.models import Account, Body, Membership, Person, Unit
from meeting.organization.tree import below, check_place, line_above, tops
from meeting.tasks.models import Task
from tests.conftest import MORNING, Council

Do = Callable[..., dict[str, Any]]


@pytest.fixture(autouse=True)
def _on_a_day_of_its_own(at: Any) -> None:
    at(MORNING)


TREE: dict[int, int | None] = {1: None, 2: 1, 3: 2, 4: 1, 5: None}


def told(council: Council) -> list[str]:
    return list(council.all(select(Entry.event).order_by(Entry.id)))


def unit(do: Do, name: str, **more: Any) -> int:
    return int(do("admin", "organization.add_unit", name=name, short_name=name, **more)["unit_id"])


def test_a_tree_is_read_downwards_and_upwards():
    assert below(TREE, 1) == {1, 2, 3, 4}
    assert below(TREE, 5) == {5}
    assert line_above(TREE, 3) == [2, 1]
    assert tops(TREE, [2, 3, 5]) == {2, 5}


PLACES = [(1, 3, "unit_circle"), (1, 1, "unit_circle"), (3, 5, None), (3, None, None), (5, 3, None)]


@pytest.mark.parametrize(("moved", "parent", "code"), PLACES)
def test_nothing_lies_below_itself(moved, parent, code):
    if code is None:
        check_place(TREE, moved, parent, "Tổ")
        return
    with pytest.raises(Refused, match=code):
        check_place(TREE, moved, parent, "Tổ")


def test_a_tree_has_a_depth():
    deep: dict[int, int | None] = {1: None, **{number: number - 1 for number in range(2, 9)}, 20: None, 21: 20}
    check_place(deep, 20, 6, "Tổ")
    for moved, parent in ((20, 7), (21, 8), (99, 8)):
        with pytest.raises(Refused, match="unit_deep"):
            check_place(deep, moved, parent, "Tổ")


def test_units_are_put_below_each_other_and_moved(council: Council, do: Do):
    office = council.unit("van_phong")
    group = unit(do, "Tổ Văn thư", parent_id=office, body_id=council.body("UBND"), rank=2)
    part = unit(do, "Bộ phận Lưu trữ", parent_id=group)

    do("admin", "organization.move_unit", unit_id=part, parent_id=office, rank=1)
    do("admin", "organization.move_unit", unit_id=part, parent_id=office, rank=1)

    assert council.one(select(Unit.parent_id).where(Unit.id == part)) == office
    assert told(council)[-1] == Event.UNIT_MOVED
    assert told(council).count(Event.UNIT_MOVED) == 1
    with pytest.raises(Refused, match="unit_circle"):
        do("admin", "organization.move_unit", unit_id=office, parent_id=group)
    do("admin", "organization.edit_unit", unit_id=group, name="Tổ Văn thư", short_name="TVT")
    assert council.one(select(Unit.body_id).where(Unit.id == group)) == council.body("UBND")
    do("admin", "organization.edit_unit", unit_id=group, name="Tổ Văn thư", short_name="TVT", body_id=None)
    assert council.one(select(Unit.body_id).where(Unit.id == group)) is None


def test_a_unit_ends_when_nothing_is_left_in_it_and_comes_back(council: Council, do: Do):
    group = unit(do, "Tổ Văn thư", parent_id=council.unit("van_hoa"))
    with pytest.raises(Refused, match="unit_has_units"):
        do("admin", "organization.retire_unit", unit_id=council.unit("van_hoa"))
    do("admin", "organization.retire_unit", unit_id=group)
    do("admin", "organization.retire_unit", unit_id=council.unit("van_hoa"))
    with pytest.raises(Refused, match="unit_ended_above"):
        do("admin", "organization.return_unit", unit_id=group)
    do("admin", "organization.return_unit", unit_id=council.unit("van_hoa"))
    do("admin", "organization.return_unit", unit_id=group)

    assert council.one(select(Unit.retired_on).where(Unit.id == group)) is None
    assert told(council)[-2:] == [Event.UNIT_RETURNED, Event.UNIT_RETURNED]


def open_task(council: Council, unit_code: str, **more: Any) -> int:
    values = {"body_id": council.body("UBND"), "origin": "own", "text": "Rà soát thoát nước ngõ 12", "state": "assigned"}
    return council.write(Task(lead_unit_id=council.unit(unit_code), assigned_at=MORNING, no_due=True, **values, **more))[0]


def test_open_tasks_of_a_unit_are_named_before_it_ends(council: Council, do: Do):
    open_task(council, "van_hoa")

    with pytest.raises(Refused, match="unit_has_duties") as refused:
        do("admin", "organization.retire_unit", unit_id=council.unit("van_hoa"))
    do("admin", "organization.retire_unit", unit_id=council.unit("van_hoa"), knowingly=True)

    assert refused.value.facts["count"] == 1
    assert "thoát nước" in refused.value.facts["first"]


def test_a_body_is_corrected_retired_without_open_meetings_and_brought_back(council: Council, do: Do):
    body = council.body("UBND")
    do("admin", "organization.edit_body", body_id=body, name="UBND phường Giang Biên", short_name="UBND", closes_at="16:30")
    assert council.one(select(Body.closes_at).where(Body.id == body)) == "16:30"
    with pytest.raises(Refused, match="hours_end_before_start"):
        do("admin", "organization.edit_body", body_id=body, name="X", short_name="UBND", closes_at="07:00")
    with pytest.raises(Refused, match="body_exists"):
        do("admin", "organization.edit_body", body_id=body, name="X", short_name="hdnd")
    meeting = council.meeting("UBND")

    with pytest.raises(Refused, match="body_has_meetings") as refused:
        do("admin", "organization.retire_body", body_id=body)

    assert refused.value.facts["duties"] == [["Phiên họp UBND", f"/meetings/{meeting}"]]
    do("hung", "agenda.cancel", meeting_id=meeting, reason="Không còn cần thiết")
    do("admin", "organization.retire_body", body_id=body)
    made = {"type_id": council.type("UBND"), "title": "Phiên họp", "starts_at": "2026-12-10T08:00:00+07:00"}
    with pytest.raises(Refused, match="body_retired"):
        do("minh", "agenda.create", **made)
    with pytest.raises(Refused, match="body_retired"):
        do("admin", "organization.set_role", person_id=council.person("khach"), body_id=body, role="guest")
    do("admin", "organization.return_body", body_id=body)
    assert do("minh", "agenda.create", **made)["meeting_id"]


def test_a_person_retires_with_everything_and_stays_on_file(council: Council, do: Do, api: Any):
    dung = council.person("dung")
    open_task(council, "kinh_te", officer_id=dung)
    with pytest.raises(Refused, match="person_has_duties") as refused:
        do("admin", "organization.retire_person", person_id=dung)
    assert refused.value.facts["count"] == 1

    do("admin", "organization.retire_person", person_id=dung, knowingly=True)
    do("admin", "organization.retire_person", person_id=dung)

    assert api("dung").get("/me")[0] == 401
    assert council.one(select(Person.full_name).where(Person.id == dung)) == "Hồ Tiến Dũng"
    assert len(council.all(select(Membership.ends_on).where(Membership.person_id == dung, Membership.ends_on.is_not(None)))) == 2
    entry = council.one(select(Entry).where(Entry.event == Event.PERSON_RETIRED))
    assert entry.facts["ended"]
    assert entry.facts["knowingly"] is True
    with pytest.raises(Refused, match="person_gone"):
        do("admin", "organization.set_role", person_id=dung, body_id=council.body("UBND"), role="officer")
    with pytest.raises(Refused, match="person_gone"):
        do("admin", "organization.unlock_account", person_id=dung)
    do("admin", "organization.return_person", person_id=dung)
    assert api("dung").get("/me")[1]["roles"] == []


def test_nobody_retires_themselves_or_the_last_administrator(council: Council, do: Do):
    with pytest.raises(Refused, match="own_account"):
        do("admin", "organization.retire_person", person_id=council.person("admin"))
    account = council.one(select(Account.id).where(Account.username == "khach"))
    council.update(Account, account, is_admin=True)
    do("khach", "organization.retire_person", person_id=council.person("admin"))
    with pytest.raises(Refused, match=r"forbidden|own_account"):
        do("khach", "organization.retire_person", person_id=council.person("khach"))


ACTS = [
    ("organization.move_unit", {"unit_id": 1, "parent_id": None}),
    ("organization.retire_unit", {"unit_id": 1}),
    ("organization.return_unit", {"unit_id": 1}),
    ("organization.edit_body", {"body_id": 1, "name": "X", "short_name": "X"}),
    ("organization.retire_body", {"body_id": 1}),
    ("organization.return_body", {"body_id": 1}),
    ("organization.retire_person", {"person_id": 1}),
    ("organization.return_person", {"person_id": 1}),
]


@pytest.mark.parametrize(("act", "wanted"), ACTS)
@pytest.mark.parametrize("stranger", ["hoa", "minh", "truong"])
def test_a_stranger_changes_nothing(council: Council, do: Do, act: str, wanted: dict[str, Any], stranger: str):
    with pytest.raises(Refused, match="forbidden"):
        do(stranger, act, **wanted)
    assert told(council) == []


def test_the_chart_shows_bodies_units_and_people(council: Council, do: Do, api: Any, client: Any):
    do("admin", "organization.edit_unit", unit_id=council.unit("van_phong"), name="Văn phòng", short_name="van_phong", body_id=2)
    unit(do, "Tổ Văn thư", parent_id=council.unit("van_phong"))

    status, found = api("admin").get("/organization-chart")

    assert status == 200
    branch = next(each for each in found["data"] if each["body"] and each["body"]["body"] == "UBND")
    assert branch["members"] == 3
    assert [(each["name"], each["people_with_parts"], [part["name"] for part in each["units"]]) for each in branch["units"]] == [
        ("Văn phòng", 2, ["Tổ Văn thư"])
    ]
    page = client("admin").get("/organization").get_data(as_text=True)
    assert "Tổ Văn thư" in page
    assert "Phan Thị Hoa" in page
    assert client("hoa").get("/organization").status_code == 403
    for path in (
        "/units",
        f"/units/{council.unit('van_phong')}",
        "/bodies",
        "/bodies/2",
        "/bodies/2/term",
        "/organization?retired=1",
    ):
        assert client("admin").get(path).status_code == 200, path
        assert client("minh").get(path).status_code == 403, path
    assert client("admin").get("/bodies/999").status_code == 404
