"""The whole life over the API, and every refusal on the way: its status, its code, and a sentence in Vietnamese."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from meeting.agenda.models import Meeting
from meeting.materials.lateness import PRESETS
from meeting.materials.models import Requirement, Submission
from meeting.rulebook.models import RuleBook
from tests.materials.conftest import DUE, FRIDAY

LATER = (DUE + timedelta(hours=20)).isoformat()


def test_the_whole_life_over_the_api(desk, api, council, at):
    council.update(RuleBook, council.book(), head_approval="required")
    paper = {"requirement_id": desk.requirement_id}

    assert api("dung").act("materials.begin", **paper) == (200, {"ok": True, "state": "preparing"})
    laid = api("dung").act("materials.submit", file_id=desk.file("dung"), **paper)[1]
    assert (laid["state"], laid["late_minutes"]) == ("with_head", None)
    assert api("truong").act("materials.reject_for_unit", submission_id=laid["submission_id"], reason="Sửa số")[0] == 200
    asked = api("dung").act("materials.ask_time", due_at=LATER, reason="Chờ số liệu", **paper)[1]
    assert api("minh").get("/requirements/time-asked")[1]["data"][0]["id"] == desk.requirement_id
    assert api("minh").act("materials.grant_time", extension_id=asked["extension_id"])[0] == 200
    at(DUE + timedelta(hours=21))
    laid = api("dung").act("materials.submit", file_id=desk.file("dung"), reason="Chờ ký", **paper)[1]
    assert [row["id"] for row in api("truong").get("/requirements/to-approve")[1]["data"]] == [desk.requirement_id]
    sent = api("truong").act("materials.approve_for_unit", submission_id=laid["submission_id"])[1]
    assert (sent["state"], sent["late_minutes"], sent["number"]) == ("submitted", 60, 2)
    assert [row["next"] for row in api("minh").get("/requirements/to-check")[1]["data"]] == ["office"]
    assert api("minh").act("materials.take_up", **paper)[0] == 200
    chair = {"decision": "accepted", "preset": "short_delay"}
    assert api("hung").act("materials.decide_late", **paper, **chair)[1]["late_decision"] == "accepted"
    assert (
        api("minh").act("materials.return", signed="no", signed_reason="Thiếu chữ ký", due_at=FRIDAY.isoformat(), **paper)[0]
        == 200
    )
    laid = api("dung").act("materials.submit", file_id=desk.file("dung"), **paper)[1]
    assert api("truong").act("materials.approve_for_unit", submission_id=laid["submission_id"])[0] == 200
    assert api("minh").act("materials.accept", complete="yes", form="yes", signed="yes", **paper)[0] == 200

    status, told = api("dung").get(f"/requirements/{desk.requirement_id}")
    assert (status, told["state"], told["first_late_minutes"], told["first_due_at"]) == (200, "published", 60, DUE.isoformat())
    assert [each["state"] for each in told["submissions"]] == ["rejected", "returned", "accepted"]
    assert [each["kind"] for each in told["due_changes"]] == ["granted", "returned"]
    assert [each["number"] for each in api("minh").get(f"/requirements/{desk.requirement_id}")[1]["submissions"]] == [2, 3]
    (read,) = api("hoa").get(f"/meetings/{desk.meeting_id}/papers")[1]["data"][1]["papers"]
    assert read["version"] == 3


def late(desk, **_):
    desk.at(DUE + timedelta(hours=1))


def sent(desk, **_):
    desk.send()


def begun(desk, do, **_):
    do("dung", "materials.begin", requirement_id=desk.requirement_id)


def accepted(desk, do, **_):
    desk.send()
    do("minh", "materials.accept", requirement_id=desk.requirement_id)


def waived(desk, do, **_):
    do("minh", "materials.withdraw", requirement_id=desk.requirement_id, reason="x")


def over(desk, **_):
    desk.close()


def refused_by_chair(desk, do, **_):
    late(desk)
    desk.send(reason="x")
    do("hung", "materials.decide_late", requirement_id=desk.requirement_id, decision="refused", preset="too_late")


def with_head(desk, do, **_):
    do("dung", "materials.submit", requirement_id=desk.requirement_id, file_id=desk.file(), to_head=True)


def from_the_head(desk, do, council, **_):
    with_head(desk, do=do)
    council.update(Submission, desk.versions()[0].id, sent_by=council.person("truong"))


def taken_up(desk, do, council, **_):
    desk.send()
    do("minh", "materials.take_up", requirement_id=desk.requirement_id)
    council.update(Submission, desk.versions()[0].id, taken_up_by=council.person("van"))


def by_secretary(desk, council, **_):
    council.update(Meeting, desk.meeting_id, secretary_id=council.person("dung"))
    desk.send("dung")


def time_asked(desk, do, **_):
    do("dung", "materials.ask_time", requirement_id=desk.requirement_id, due_at=LATER, reason="x")


def time_refused(desk, do, **_):
    time_asked(desk, do=do)
    do("minh", "materials.refuse_time", extension_id=1, answer="Không")


def no_item(desk, council, **_):
    council.update(Requirement, desk.requirement_id, item_id=None)
    late(desk)


def head_left_out(desk, council, **_):
    council.update(RuleBook, council.book(), head_approval="none")


def nobody_else(desk, council, **_):
    council.update(Requirement, desk.requirement_id, unit_id=council.unit("kinh_te"))


PAPER = {"requirement_id": 1}
SEND = {**PAPER, "file_id": "own"}
VERSION = {"submission_id": 1}
TIME = {**PAPER, "due_at": LATER, "reason": "x"}
LATE = {**PAPER, "decision": "accepted"}
CASES = [
    # what happened before, who, which act, with what -> the refusal
    (begun, "dung", "begin", PAPER, "preparation_begun"),
    (waived, "dung", "begin", PAPER, "requirement_waived"),
    (over, "dung", "begin", PAPER, "papers_closed"),
    (waived, "dung", "keep_draft", PAPER, "requirement_waived"),
    (late, "dung", "submit", SEND, "late_needs_reason"),
    (accepted, "dung", "submit", SEND, "already_accepted"),
    (waived, "dung", "submit", SEND, "requirement_waived"),
    (over, "dung", "submit", SEND, "papers_closed"),
    (refused_by_chair, "dung", "submit", {**SEND, "reason": "x"}, "late_refused"),
    (sent, "dung", "submit", {**SEND, "declared": False}, "declaration_needed"),
    (head_left_out, "dung", "submit", {**SEND, "to_head": True}, "head_not_asked"),
    (nobody_else, "truong", "submit", {**SEND, "to_head": True}, "no_unit_head"),
    (sent, "truong", "approve_for_unit", VERSION, "not_with_head"),
    (from_the_head, "truong", "approve_for_unit", VERSION, "own_unit_paper"),
    (from_the_head, "truong", "reject_for_unit", {**VERSION, "reason": "x"}, "own_unit_paper"),
    (with_head, "truong", "reject_for_unit", {**VERSION, "reason": ""}, "reason_missing"),
    (begun, "minh", "take_up", PAPER, "nothing_to_review"),
    (taken_up, "minh", "take_up", PAPER, "check_begun"),
    (by_secretary, "dung", "take_up", PAPER, "own_paper"),
    (with_head, "minh", "accept", PAPER, "nothing_to_review"),
    (sent, "minh", "accept", {**PAPER, "form": "no"}, "check_failed"),
    (refused_by_chair, "minh", "accept", PAPER, "late_refused"),
    (by_secretary, "dung", "accept", PAPER, "own_paper"),
    (sent, "minh", "return", PAPER, "reason_missing"),
    (sent, "minh", "return", {**PAPER, "reason": "x", "due_at": (FRIDAY + timedelta(days=1)).isoformat()}, "due_after_start"),
    (sent, "dung", "ask_time", TIME, "paper_received"),
    (time_asked, "dung", "ask_time", TIME, "time_asked_already"),
    (begun, "dung", "ask_time", {**TIME, "due_at": DUE.isoformat()}, "due_not_later"),
    (begun, "dung", "ask_time", {**TIME, "due_at": (FRIDAY + timedelta(days=1)).isoformat()}, "due_after_start"),
    (begun, "dung", "ask_time", {**TIME, "reason": ""}, "reason_missing"),
    (time_refused, "minh", "grant_time", {"extension_id": 1}, "time_answered"),
    (time_asked, "minh", "refuse_time", {"extension_id": 1, "answer": ""}, "reason_missing"),
    (begun, "hung", "decide_late", {**LATE, "preset": "urgent"}, "not_late"),
    (late, "hung", "decide_late", LATE, "reason_missing"),
    (late, "hung", "decide_late", {**LATE, "preset": "too_late"}, "unknown_reason"),
    (no_item, "hung", "decide_late", {**LATE, "decision": "postponed", "preset": "not_ready"}, "no_item_to_postpone"),
    (waived, "minh", "withdraw", {**PAPER, "reason": "x"}, "requirement_waived"),
    (begun, "minh", "withdraw", {**PAPER, "reason": ""}, "reason_missing"),
    (begun, "minh", "change_due", {**PAPER, "due_at": LATER, "reason": ""}, "due_needs_reason"),
    (sent, "minh", "remind", PAPER, "nothing_to_remind"),
]


@pytest.mark.parametrize(
    ("before", "who", "act", "wanted", "code"),
    CASES,
    ids=[f"{act}-{code}-{before.__name__}" for before, _, act, _, code in CASES],
)
def test_each_refusal_has_its_code_and_its_sentence(desk, do, api, council, at, before, who, act, wanted, code):
    desk.at = at
    before(desk, do=do, council=council)
    given = {**wanted, "file_id": desk.file(who)} if wanted.get("file_id") == "own" else wanted
    versions = len(desk.versions())

    status, answer = api(who).act(f"materials.{act}", **given)

    assert (status, answer["code"]) == (409, code), answer
    assert answer["message"]
    assert "%(" not in answer["message"]
    assert len(desk.versions()) == versions


def test_every_reason_offered_to_the_chair_is_taken(desk, api, at, council):
    at(DUE + timedelta(hours=1))
    for decision, offered in PRESETS.items():
        for preset in offered:
            if decision != "postponed":
                wanted = {"requirement_id": desk.requirement_id, "decision": decision, "preset": preset}
                assert api("hung").act("materials.decide_late", **wanted)[0] == 200
    assert council.one(select(Requirement.late_decision)) == "refused"
