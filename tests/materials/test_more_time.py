"""More time for a paper: asked by the unit, given or refused by the office; the old due time is kept for ever."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from meeting.errors import Refused
from meeting.materials.models import DueChange, Extension
from tests.materials.conftest import DUE, FRIDAY, MONDAY

LATER = DUE + timedelta(hours=22)  # Thursday 15:00


def refusal(call, *arguments, **wanted):
    with pytest.raises(Refused) as refused:
        call(*arguments, **wanted)
    return refused.value.code


@pytest.fixture
def asked(desk, do):
    """Asks for more time; answers the extension's id."""

    def ask_time(due_at=LATER, reason="Chờ số liệu của kho bạc"):
        wanted = {"requirement_id": desk.requirement_id, "due_at": due_at.isoformat(), "reason": reason}
        return do("dung", "materials.ask_time", **wanted)["extension_id"]

    return ask_time


def changes(council):
    return council.all(select(DueChange).order_by(DueChange.id))


def test_time_asked_for_and_granted_is_the_due_time_lateness_is_judged_by(desk, do, asked, council, at):
    extension_id = asked()
    do("minh", "materials.grant_time", extension_id=extension_id)
    at(LATER)

    sent = desk.send()

    row = desk.requirement()
    assert (sent["late_minutes"], row.due_at, row.asked_due_at, row.first_late_minutes) == (0, LATER, DUE, 0)
    (change,) = changes(council)
    assert (change.before, change.after, change.kind, change.reason) == (DUE, LATER, "granted", "Chờ số liệu của kho bạc")
    assert desk.told("materials.time_granted")[0]["before"] == DUE.isoformat()


def test_the_office_may_grant_another_time(desk, do, asked):
    other = DUE + timedelta(hours=16)

    do("minh", "materials.grant_time", extension_id=asked(), due_at=other.isoformat(), answer="Cần kịp thẩm tra")

    assert desk.requirement().due_at == other


def test_asked_after_the_due_time_what_had_run_up_stays(desk, do, asked, at):
    at(DUE + timedelta(hours=2))
    extension_id = asked()
    at(DUE + timedelta(hours=5))  # the office takes three hours: they are not the unit's
    do("minh", "materials.grant_time", extension_id=extension_id)
    at(LATER - timedelta(hours=1))

    sent = desk.send()

    assert (sent["late_minutes"], desk.requirement().first_late_minutes) == (120, 120)
    assert desk.told("materials.time_asked")[0]["late_minutes"] == 120


def test_the_office_refuses_with_a_reason_and_the_due_time_stays(desk, do, asked, council):
    extension_id = asked()

    assert refusal(do, "minh", "materials.refuse_time", extension_id=extension_id, answer="") == "reason_missing"
    do("minh", "materials.refuse_time", extension_id=extension_id, answer="Phiên họp không lùi được")

    found = council.one(select(Extension))
    assert (found.state, found.answer, desk.requirement().due_at, changes(council)) == (
        "refused",
        "Phiên họp không lùi được",
        DUE,
        [],
    )
    assert refusal(do, "minh", "materials.grant_time", extension_id=extension_id) == "time_answered"
    assert desk.told("materials.time_refused")[0]["reason"] == "Phiên họp không lùi được"


def test_a_unit_asks_once_at_a_time_with_a_reason(desk, do, asked):
    assert refusal(asked, reason="") == "reason_missing"
    asked()

    assert refusal(asked) == "time_asked_already"
    assert refusal(asked, DUE) == "time_asked_already"


def test_what_cannot_be_asked_for(desk, asked, at):
    assert refusal(asked, DUE) == "due_not_later"
    assert refusal(asked, FRIDAY + timedelta(hours=1)) == "due_after_start"
    at(DUE + timedelta(hours=2))
    assert refusal(asked, DUE + timedelta(hours=1)) == "due_passed"
    at(MONDAY)
    desk.send()
    assert refusal(asked) == "paper_received"


def test_a_paper_that_comes_overtakes_the_request(desk, do, asked, council):
    extension_id = asked()

    desk.send()

    assert council.one(select(Extension.state)) == "overtaken"
    assert refusal(do, "minh", "materials.grant_time", extension_id=extension_id) == "time_answered"


def test_nobody_answers_their_own_request(desk, do, asked, council):
    extension_id = asked()
    council.update(Extension, extension_id, asked_by=council.person("minh"))

    assert refusal(do, "minh", "materials.grant_time", extension_id=extension_id) == "own_ask"


def test_the_unit_asks_and_the_office_answers_and_nobody_else(desk, ask, asked):
    wish = {"requirement_id": desk.requirement_id, "due_at": LATER.isoformat(), "reason": "x"}
    for who, status in (("minh", 403), ("hung", 403), ("hoa", 403), ("khach", 404), ("lan", 404), ("admin", 404)):
        assert ask(who, "materials.ask_time", **wish).status == status
    extension_id = asked()
    for who, status in (("dung", 403), ("truong", 403), ("hung", 403), ("hoa", 403), ("khach", 404), ("lan", 404)):
        assert ask(who, "materials.grant_time", extension_id=extension_id).status == status
        assert ask(who, "materials.refuse_time", extension_id=extension_id, answer="x").status == status


def test_a_due_time_moved_by_the_office_after_it_passed_hides_nothing(desk, do, at):
    at(DUE + timedelta(hours=1))
    wanted = {"requirement_id": desk.requirement_id, "due_at": LATER.isoformat(), "reason": "Đơn vị đi công tác"}

    do("minh", "materials.change_due", **wanted)

    assert desk.requirement().overdue_minutes == 60
    assert desk.send()["late_minutes"] == 60


def test_the_api_tells_old_and_new_due_times(desk, do, asked, api):
    do("minh", "materials.grant_time", extension_id=asked(), answer="Đồng ý")

    (row,) = api("dung").get("/requirements")[1]["data"]

    assert (row["first_due_at"], row["due_at"]) == (DUE.isoformat(), LATER.isoformat())
    (told,) = row["extensions"]
    assert (told["state"], told["due_before"], told["granted_due_at"], told["answer"]) == (
        "granted",
        DUE.isoformat(),
        LATER.isoformat(),
        "Đồng ý",
    )
    assert [(each["before"], each["after"], each["kind"]) for each in row["due_changes"]] == [
        (DUE.isoformat(), LATER.isoformat(), "granted")
    ]
