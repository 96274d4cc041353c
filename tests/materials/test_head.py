"""A paper inside its unit: work begins, drafts are shared, the head approves and thereby sends, or gives it back."""

from datetime import timedelta

import pytest

from meeting import jobs
from meeting.errors import Refused
from meeting.rulebook.models import RuleBook
from tests.materials.conftest import DUE, MONDAY


def refusal(call, *arguments, **wanted):
    with pytest.raises(Refused) as refused:
        call(*arguments, **wanted)
    return refused.value.code


@pytest.fixture
def rule(council):
    """Sets how papers pass the head of their unit."""
    return lambda value: council.update(RuleBook, council.book(), head_approval=value)


def test_the_unit_says_once_that_it_has_begun(desk, do, ask):
    assert do("dung", "materials.begin", requirement_id=desk.requirement_id) == {"state": "preparing"}
    assert refusal(do, "truong", "materials.begin", requirement_id=desk.requirement_id) == "preparation_begun"

    assert (desk.requirement().begun_at, desk.requirement().state) == (MONDAY, "preparing")
    assert len(desk.told("materials.preparation_begun")) == 1
    for who, status in (("minh", 403), ("hoa", 403), ("khach", 404), ("lan", 404)):
        assert ask(who, "materials.begin", requirement_id=desk.requirement_id).status == status


def test_a_draft_is_shared_inside_the_unit_and_sent_by_whoever_is_there(desk, do, client, council):
    file_id = desk.file("dung")

    do("dung", "materials.keep_draft", requirement_id=desk.requirement_id, file_id=file_id, message="Còn thiếu phụ lục 2")

    assert desk.requirement().draft_file_id == file_id
    assert client("truong").get(f"/documents/{file_id}").status_code == 200
    assert {who: client(who).get(f"/documents/{file_id}").status_code for who in ("minh", "hung", "hoa", "khach")} == {
        "minh": 404,
        "hung": 404,
        "hoa": 404,
        "khach": 404,
    }
    sent = do("truong", "materials.submit", requirement_id=desk.requirement_id, file_id=file_id)
    assert (sent["state"], desk.requirement().draft_file_id) == ("submitted", None)
    assert desk.told("materials.preparation_begun")[0]["requirement_id"] == desk.requirement_id


def test_a_draft_is_given_up(desk, do):
    do("dung", "materials.keep_draft", requirement_id=desk.requirement_id, file_id=desk.file())

    do("dung", "materials.keep_draft", requirement_id=desk.requirement_id)

    row = desk.requirement()
    assert (row.draft_file_id, row.draft_by, row.state) == (None, None, "preparing")


def test_where_the_head_must_approve_the_version_waits_with_the_head(desk, do, rule):
    rule("required")

    sent = desk.send("dung")

    row, (version,) = desk.requirement(), desk.versions()
    assert (sent["state"], sent["late_minutes"], sent["received_at"]) == ("with_head", None, None)
    assert (row.state, row.first_received_at, version.received_at, version.laid_at) == ("with_head", None, None, MONDAY)
    assert refusal(do, "minh", "materials.accept", requirement_id=row.id) == "nothing_to_review"
    assert [told["number"] for told in desk.told("materials.paper_laid_before_head")] == [1]
    assert desk.told("materials.paper_submitted") == []


def test_the_heads_approval_is_the_sending_and_its_time_counts(desk, do, rule, at):
    rule("required")
    sent = desk.send("dung")
    at(DUE + timedelta(minutes=20))

    assert refusal(do, "truong", "materials.approve_for_unit", submission_id=sent["submission_id"]) == "late_needs_reason"
    answer = do("truong", "materials.approve_for_unit", submission_id=sent["submission_id"], reason="Trưởng phòng đi công tác")

    row, (version,) = desk.requirement(), desk.versions()
    assert (answer["state"], answer["late_minutes"]) == ("submitted", 20)
    assert (row.first_received_at, row.first_late_minutes) == (DUE + timedelta(minutes=20), 20)
    assert (version.state, version.head_word, version.late_reason) == ("sent", "approved", "Trưởng phòng đi công tác")
    assert len(desk.told("materials.paper_approved_by_head")) == len(desk.told("materials.paper_submitted")) == 1
    assert refusal(do, "truong", "materials.approve_for_unit", submission_id=sent["submission_id"]) == "not_with_head"


def test_a_head_sends_a_paper_of_their_own_directly_and_it_is_recorded_so(desk, do, rule, council):
    rule("required")

    sent = desk.send("truong")

    (version,) = desk.versions()
    assert (sent["state"], version.head_word, version.head_id) == ("submitted", "self", council.person("truong"))
    assert desk.told("materials.paper_submitted")[0]["head_word"] == "self"


def test_no_head_approves_a_version_of_their_own(desk, do, rule, council):
    rule("required")
    sent = desk.send("dung", file_id=None)
    council.update(type(desk.versions()[0]), sent["submission_id"], sent_by=council.person("truong"))

    for act, more in (("approve_for_unit", {}), ("reject_for_unit", {"reason": "Sai"})):
        assert refusal(do, "truong", f"materials.{act}", submission_id=sent["submission_id"], **more) == "own_unit_paper"


def test_the_head_gives_a_version_back_with_a_reason_and_the_office_hears_nothing(desk, do, rule, client):
    rule("required")
    sent = desk.send("dung")
    version_id = sent["submission_id"]

    assert refusal(do, "truong", "materials.reject_for_unit", submission_id=version_id, reason="") == "reason_missing"
    answer = do("truong", "materials.reject_for_unit", submission_id=version_id, reason="Số liệu chưa khớp")
    assert answer == {"state": "preparing"}

    (version,) = desk.versions()
    assert (version.state, version.head_reason, version.received_at) == ("rejected", "Số liệu chưa khớp", None)
    assert desk.told("materials.paper_rejected_by_head")[0]["reason"] == "Số liệu chưa khớp"
    assert client("truong").get(f"/documents/{version.file_id}").status_code == 200
    assert client("minh").get(f"/documents/{version.file_id}").status_code == 404
    assert "Số liệu chưa khớp" not in client("minh").get(f"/papers/owed/{desk.requirement_id}").text
    assert desk.send("dung")["number"] == 2


def test_where_the_head_may_be_asked_the_sender_chooses(desk, do, council):
    file_id = desk.file("dung")

    sent = do("dung", "materials.submit", requirement_id=desk.requirement_id, file_id=file_id, to_head=True)

    assert sent["state"] == "with_head"
    assert desk.send("dung")["state"] == "submitted"  # straight to the office all the same
    assert [each.state for each in desk.versions()] == ["replaced", "sent"]


def test_where_the_head_is_left_out_nothing_is_laid_before_them(desk, do, rule):
    rule("none")
    file_id = desk.file("dung")

    assert refusal(do, "dung", "materials.submit", requirement_id=desk.requirement_id, file_id=file_id, to_head=True) == (
        "head_not_asked"
    )


def test_only_the_head_of_that_unit_approves(desk, ask, rule):
    rule("required")
    version_id = desk.send("dung")["submission_id"]

    people = ("dung", "minh", "hung", "hoa", "khach", "lan", "admin")
    statuses = {who: ask(who, "materials.approve_for_unit", submission_id=version_id).status for who in people}

    assert statuses == {"dung": 403, "minh": 403, "hung": 403, "hoa": 403, "khach": 404, "lan": 404, "admin": 404}


def test_a_file_refused_while_it_lies_with_the_head_stays_in_the_unit(desk, rule):
    rule("required")
    desk.send(file_id=desk.unread(heading="MẬT"))

    jobs.run_waiting()

    row, (version,) = desk.requirement(), desk.versions()
    assert (row.state, version.state, row.first_received_at) == ("preparing", "rejected", None)
