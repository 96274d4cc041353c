"""Tasks without a meeting of ours, drafts and the five clears: entered, completed, assigned; who may know of them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from meeting.conclusions.models import NoticeLine
from meeting.documents.models import File
from meeting.errors import Refused
from meeting.journal import Entry
from meeting.notify.models import Notification
from meeting.organization.models import Unit
from meeting.tasks.models import Task, TaskStep
from tests.tasks.conftest import EVENING, HELD

Do = Callable[..., dict[str, Any]]


def refusal(do: Do, *args: Any, **wanted: Any) -> str:
    with pytest.raises(Refused) as caught:
        do(*args, **wanted)
    return caught.value.code


@pytest.fixture
def wanted(council: Any) -> dict[str, Any]:
    """A task out of a document of the city, with all five clears."""
    return {
        "body_id": council.body("UBND"),
        "origin": "superior",
        "text": "Báo cáo kết quả chuyển đổi số quý IV",
        "source_symbol": "512/UBND-VX",
        "source_issuer": "UBND thành phố",
        "source_on": "2026-11-20",
        "lead_unit_id": council.unit("kinh_te"),
        "cooperating_unit_ids": [council.unit("van_hoa")],
        "officer_id": council.person("dung"),
        "leader_id": council.person("hung"),
        "due_on": "2026-12-20",
        "process": "Thu thập số liệu; tổng hợp; trình ký",
        "product": "Báo cáo",
        "is_key": True,
        "urgency": "urgent",
    }


def task_of(council: Any, made: dict[str, Any]) -> Task:
    return council.one(select(Task).where(Task.id == made["task_id"]))  # type: ignore[no-any-return]


def told(council: Any, event: str) -> list[dict[str, Any]]:
    return council.all(select(Entry.facts).where(Entry.event == event).order_by(Entry.seq))  # type: ignore[no-any-return]


def test_a_task_of_the_city_is_entered_and_given(council: Any, do: Do, wanted: dict[str, Any], api: Any) -> None:
    made = do("minh", "tasks.enter", **wanted)
    draft = task_of(council, made)
    before = [api(who).get(f"/tasks/{draft.id}")[0] for who in ("minh", "hung", "van", "hoa", "dung")]
    given = do("minh", "tasks.assign", task_id=draft.id)
    after = [api(who).get(f"/tasks/{draft.id}")[0] for who in ("minh", "hung", "van", "hoa", "dung", "lan", "khach")]

    task = task_of(council, made)
    assert (made["state"], given, task.given, task.first_due_on) == ("draft", {"state": "assigned"}, True, date(2026, 12, 20))
    assert (before, after) == ([200, 200, 200, 404, 404], [200, 200, 200, 200, 200, 404, 404])
    read = api("dung").get(f"/tasks/{draft.id}")[1]
    assert (read["meeting_id"], read["symbol"], read["issuer"]) == (None, "512/UBND-VX", "UBND thành phố")
    assert told(council, "tasks.task_entered") == [
        {"task_id": task.id, "origin": "superior", "symbol": "512/UBND-VX", "body_id": council.body("UBND")}
    ]
    assert told(council, "tasks.task_assigned")[0]["task_id"] == task.id
    kinds = council.all(select(Notification.kind).where(Notification.person_id == council.person("dung")))
    assert kinds == ["task_assigned"]
    do("dung", "tasks.receive", task_id=task.id)
    do("dung", "tasks.report", task_id=task.id, progress_percent=100, text="Đã gửi báo cáo", done=True)
    assert do("hung", "tasks.accept", task_id=task.id) == {"on_time": True}


def test_it_can_be_given_at_once(council: Any, do: Do, wanted: dict[str, Any], api: Any) -> None:
    made = do("hung", "tasks.enter", **{**wanted, "origin": "own", "source_symbol": "", "source_issuer": ""}, assign=True)

    status, read = api("dung").get(f"/tasks/{made['task_id']}")
    assert made["state"] == "assigned"
    assert (status, read["origin"], read["symbol"], read["meeting_id"], read["missing"]) == (200, "own", None, None, [])
    assert [step["kind"] for step in read["steps"]] == ["assigned", "entered"]
    assert read["assigner_id"] == council.person("hung")


@pytest.mark.parametrize(
    ("change", "lacks"),
    [
        ({"officer_id": None}, ["clear_person"]),
        ({"process": ""}, ["clear_process"]),
        ({"due_on": None}, ["clear_process"]),
        ({"leader_id": None}, ["clear_responsibility"]),
        ({"product": " "}, ["clear_result"]),
        ({"officer_id": None, "product": ""}, ["clear_person", "clear_result"]),
    ],
)
def test_what_is_not_clear_is_not_given(
    council: Any, do: Do, wanted: dict[str, Any], change: dict[str, Any], lacks: list[str]
) -> None:
    with pytest.raises(Refused) as caught:
        do("minh", "tasks.enter", **{**wanted, **change}, assign=True)
    made = do("minh", "tasks.enter", **{**wanted, **change})

    assert (caught.value.code, caught.value.facts) == ("task_not_clear", {"missing": lacks})
    assert refusal(do, "minh", "tasks.assign", task_id=made["task_id"]) == "task_not_clear"
    do("minh", "tasks.edit", task_id=made["task_id"], **{name: wanted[name] for name in change})
    do("minh", "tasks.assign", task_id=made["task_id"])
    assert refusal(do, "minh", "tasks.assign", task_id=made["task_id"]) == "task_assigned"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"source_symbol": " "}, "source_incomplete"),
        ({"source_on": None}, "source_incomplete"),
        ({"source_on": "2026-12-25"}, "source_in_future"),
        ({"due_on": "2026-11-01"}, "due_before_source"),
        ({"no_due": True}, "due_and_no_due"),
        ({"officer_id": "hoa"}, "officer_not_of_unit"),
        ({"cooperating_unit_ids": "lead"}, "lead_cooperates"),
        ({"lead_unit_id": "retired"}, "unit_retired"),
        ({"body_id": 99}, "not_found"),
        ({"leader_id": 999}, "not_found"),
        ({"source_file_id": 999}, "not_found"),
        ({"text": ""}, "malformed"),
        ({"urgency": "at_once"}, "malformed"),
    ],
)
def test_what_may_not_be_entered(council: Any, do: Do, wanted: dict[str, Any], change: dict[str, Any], code: str) -> None:
    council.update(Unit, council.unit("van_phong"), retired_on=date(2026, 11, 1))
    names = {"hoa": council.person("hoa"), "lead": [council.unit("kinh_te")], "retired": council.unit("van_phong")}
    change = {name: names.get(value, value) if isinstance(value, str) else value for name, value in change.items()}

    assert refusal(do, "minh", "tasks.enter", **{**wanted, **change}) == code


@pytest.mark.parametrize(
    ("username", "code"),
    [("khach", "not_found"), ("hoa", "forbidden"), ("dung", "forbidden"), ("van", "forbidden"), ("lan", "not_found")],
)
def test_the_office_and_the_chair_enter_tasks(council: Any, do: Do, wanted: dict[str, Any], username: str, code: str) -> None:
    assert refusal(do, username, "tasks.enter", **wanted) == code
    task_id = do("minh", "tasks.enter", **wanted)["task_id"]
    known = "not_found" if username in ("hoa", "dung") else code  # a draft is not known to them
    assert refusal(do, username, "tasks.edit", task_id=task_id, is_key=False) == known
    assert refusal(do, username, "tasks.assign", task_id=task_id) == known


def test_a_given_task_changes_who_and_how_but_not_what(council: Any, do: Do, wanted: dict[str, Any]) -> None:
    task_id = do("minh", "tasks.enter", **wanted, assign=True)["task_id"]
    fixed = [
        refusal(do, "minh", "tasks.edit", task_id=task_id, **change)
        for change in ({"text": "Khác"}, {"due_on": "2027-01-01"}, {"product": "Khác"}, {"lead_unit_id": council.unit("van_hoa")})
    ]
    same = do("minh", "tasks.edit", task_id=task_id, text=wanted["text"], is_key=True)
    changed = do("minh", "tasks.edit", task_id=task_id, officer_id=council.person("truong"), urgency="express")

    assert set(fixed) == {"task_fixed"}
    assert (same["changed"], changed["changed"]) == ([], ["officer_id", "urgency"])
    assert told(council, "tasks.task_edited") == [{"task_id": task_id, "changed": ["officer_id", "urgency"]}]
    kinds = council.all(select(Notification.kind).where(Notification.person_id == council.person("truong")))
    assert kinds[-1] == "task_named"


def test_the_file_of_the_document_is_opened_by_who_reads_the_task(
    council: Any, do: Do, wanted: dict[str, Any], client: Any
) -> None:
    values = {"sha256": "b" * 64, "media_type": "application/pdf", "size_bytes": 1, "uploaded_at": EVENING, "state": "ready"}
    (file_id,) = council.write(File(name="512.pdf", uploaded_by=council.person("minh"), page_count=1, pages_done=1, **values))
    assert refusal(do, "hung", "tasks.enter", **wanted, source_file_id=file_id) == "not_found"  # somebody else's
    do("minh", "tasks.enter", **wanted, source_file_id=file_id, assign=True)

    from meeting import database
    from meeting.documents.access import place_of

    with database.reading() as session:
        file = session.get(File, file_id)
        seen = {who: place_of(session, council.actor(who), file) is not None for who in ("dung", "hoa", "lan", "khach")}
    assert seen == {"dung": True, "hoa": True, "lan": False, "khach": False}


# drafts out of a document


@pytest.fixture
def unclear(council: Any, do: Do, at: Any) -> int:
    """A notice with one line that lacks person, process, responsibility and result; answers the task."""
    at(EVENING)
    meeting_id = council.meeting(state="held", starts_at=HELD, opened_at=HELD, closed_at=EVENING)
    line = {"text": "Tháo gỡ mặt bằng", "lead_unit_id": council.unit("kinh_te"), "due_on": "2026-12-15"}
    notice_id = do("minh", "conclusions.draft", meeting_id=meeting_id, lines=[line])["notice_id"]
    do("hung", "conclusions.approve", notice_id=notice_id)
    do("minh", "conclusions.sign", notice_id=notice_id)
    do("van", "conclusions.issue", notice_id=notice_id)
    return int(council.one(select(Task.id)))


def test_a_line_that_lacks_a_clear_becomes_a_draft(council: Any, do: Do, unclear: int, api: Any) -> None:
    task = council.one(select(Task).where(Task.id == unclear))

    assert (task.state, task.given, task.assigner_id) == ("draft", False, council.person("hung"))
    assert told(council, "tasks.task_assigned") == []
    lacks = ["person", "process", "responsibility", "result"]
    assert told(council, "tasks.task_entered")[0]["missing"] == lacks
    assert api("minh").get(f"/tasks/{unclear}")[1]["missing"] == lacks
    assert api("dung").get(f"/tasks/{unclear}")[0] == 404
    kinds = council.all(select(Notification.kind).where(Notification.person_id == council.person("minh")))
    assert kinds.count("tasks_to_complete") == 1
    assert "task_assigned" not in council.all(select(Notification.kind))


def test_what_the_document_says_stays_and_its_gaps_are_filled(council: Any, do: Do, unclear: int) -> None:
    stands = [
        refusal(do, "minh", "tasks.edit", task_id=unclear, **change)
        for change in ({"text": "Khác"}, {"due_on": "2026-12-20"}, {"no_due": True}, {"lead_unit_id": council.unit("van_hoa")})
    ]
    gaps = {
        "officer_id": council.person("dung"),
        "leader_id": council.person("hung"),
        "process": "Kiểm đếm",
        "product": "Biên bản",
    }
    done = do("minh", "tasks.edit", task_id=unclear, **gaps)
    do("minh", "tasks.assign", task_id=unclear)

    assert set(stands) == {"stands_in_document"}
    assert done["missing"] == []
    assert told(council, "tasks.task_assigned")[0]["task_id"] == unclear
    assert [step.kind for step in council.all(select(TaskStep))] == ["assigned"]


def test_a_person_of_another_unit_does_not_make_a_line_clear(council: Any, do: Do, at: Any) -> None:
    at(EVENING)
    meeting_id = council.meeting(state="held", starts_at=HELD, opened_at=HELD, closed_at=EVENING)
    clear = {"leader_id": council.person("hung"), "process": "Kiểm đếm", "product": "Biên bản", "due_on": "2026-12-15"}
    line = {"text": "Tháo gỡ mặt bằng", "lead_unit_id": council.unit("kinh_te"), "officer_id": council.person("hoa"), **clear}
    notice_id = do("minh", "conclusions.draft", meeting_id=meeting_id, lines=[line])["notice_id"]
    do("hung", "conclusions.approve", notice_id=notice_id)
    do("minh", "conclusions.sign", notice_id=notice_id)
    do("van", "conclusions.issue", notice_id=notice_id)
    task = council.one(select(Task))

    assert (task.state, task.officer_id) == ("draft", None)
    do("minh", "tasks.edit", task_id=task.id, officer_id=council.person("dung"))
    assert do("minh", "tasks.assign", task_id=task.id) == {"state": "assigned"}


def test_a_draft_that_is_not_wanted_is_cancelled_without_a_word_to_the_unit(council: Any, do: Do, unclear: int, api: Any) -> None:
    do("minh", "tasks.cancel", task_id=unclear, reason="Đã giao ở văn bản khác")

    assert council.one(select(Task.state)) == "cancelled"
    assert api("dung").get(f"/tasks/{unclear}")[0] == 404
    assert "task_cancelled" not in council.all(select(Notification.kind))


def test_a_draft_is_closed_to_the_unit_and_to_what_needs_a_given_task(council: Any, do: Do, unclear: int) -> None:
    assert refusal(do, "dung", "tasks.receive", task_id=unclear) == "not_found"
    closed = [
        refusal(do, "minh", "tasks.accept", task_id=unclear),
        refusal(do, "minh", "tasks.urge", task_id=unclear),
        refusal(do, "minh", "tasks.extend", task_id=unclear, due_on="2026-12-30", reason="X"),
        refusal(do, "minh", "tasks.transfer", task_id=unclear, unit_id=council.unit("van_hoa"), reason="X"),
    ]
    assert set(closed) == {"task_draft"}


def test_lines_without_a_lead_unit_give_no_task(council: Any, unclear: int) -> None:
    assert council.one(select(NoticeLine.lead_unit_id)) is not None
    assert len(council.all(select(Task))) == 1
