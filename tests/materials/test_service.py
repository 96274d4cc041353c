"""Office and units: ask, send, accept, return, remind, withdraw."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from meeting import jobs
from meeting.agenda.models import Item, Meeting
from meeting.errors import Refused
from meeting.materials.models import Requirement
from tests.materials.conftest import DUE, FRIDAY, MONDAY


def refusal(call, *arguments, **wanted):
    with pytest.raises(Refused) as refused:
        call(*arguments, **wanted)
    return refused.value.code


def test_the_due_time_comes_from_the_rule_of_the_meetings_type(desk, council):
    row = desk.requirement()

    assert (row.due_at, row.due_reason, row.state) == (DUE, "", "asked")
    assert desk.told("materials.papers_requested") == [
        {
            "requirement_id": row.id,
            "unit_id": council.unit("kinh_te"),
            "what": "Tờ trình dự toán ngân sách năm 2027",
            "due_at": DUE.isoformat(),
            "item_id": row.item_id,
            "due_reason": "",
        }
    ]


def test_another_due_time_needs_a_reason(desk, council, do):
    wanted = {"meeting_id": desk.meeting_id, "unit_id": council.unit("van_hoa"), "what": "Báo cáo"}
    earlier = (DUE - timedelta(days=1)).isoformat()

    assert refusal(do, "minh", "materials.request", **wanted, due_at=earlier) == "due_needs_reason"
    do("minh", "materials.request", **wanted, due_at=earlier, due_reason="Cần thẩm tra trước")

    (row,) = council.all(select(Requirement).where(Requirement.what == "Báo cáo"))
    assert (row.due_at, row.due_reason) == (DUE - timedelta(days=1), "Cần thẩm tra trước")


def test_several_units_are_asked_at_once_and_none_twice(desk, council, do):
    units = [council.unit("van_hoa"), council.unit("van_phong")]
    wanted = {"meeting_id": desk.meeting_id, "unit_ids": units, "what": "Số liệu"}

    asked = do("minh", "materials.request", **wanted)

    assert len(asked["requirement_ids"]) == 2
    assert refusal(do, "minh", "materials.request", **wanted) == "papers_asked_already"


def test_no_paper_is_asked_for_an_item_outside_the_system_or_after_the_meeting(desk, council, do):
    item = council.items(desk.meeting_id)[0]
    council.update(Item, item, outside=True)
    wanted = {"meeting_id": desk.meeting_id, "unit_id": council.unit("van_hoa"), "what": "Báo cáo"}

    assert refusal(do, "minh", "materials.request", item_id=item, **wanted) == "item_outside"
    desk.close()
    assert refusal(do, "minh", "materials.request", **wanted) == "papers_closed"


def test_only_the_desk_asks_for_papers(desk, council, ask):
    wanted = {"meeting_id": desk.meeting_id, "unit_id": council.unit("van_hoa"), "what": "Báo cáo"}

    statuses = {who: ask(who, "materials.request", **wanted).status for who in ("hung", "hoa", "dung", "khach", "lan", "admin")}

    assert statuses == {"hung": 403, "hoa": 403, "dung": 403, "khach": 404, "lan": 404, "admin": 404}


def test_a_paper_in_time_is_received_with_the_servers_time(desk, at):
    at(DUE)

    answer = desk.send()

    assert answer == {
        "submission_id": answer["submission_id"],
        "late_minutes": 0,
        "number": 1,
        "received_at": DUE.isoformat(),
        "state": "submitted",
    }
    row, (version,) = desk.requirement(), desk.versions()
    assert (row.state, row.first_received_at, row.first_late_minutes) == ("submitted", DUE, 0)
    assert (version.number, version.received_at, version.state) == (1, DUE, "sent")
    told = desk.told("materials.paper_submitted")[0]
    assert "To trinh" not in str(told)
    assert (told["number"], told["late_minutes"]) == (1, 0)


def test_a_late_paper_needs_a_reason_and_keeps_its_lateness(desk, at):
    at(DUE + timedelta(minutes=90))

    assert refusal(desk.send) == "late_needs_reason"
    assert desk.send(reason="Chờ số liệu của kho bạc")["late_minutes"] == 90
    assert desk.versions()[0].late_reason == "Chờ số liệu của kho bạc"


def test_only_officers_of_the_asked_unit_send(desk, council, ask):
    mine = desk.file("dung")

    for who, status in (("minh", 403), ("hoa", 403), ("khach", 404), ("van", 403)):
        assert ask(who, "materials.submit", requirement_id=desk.requirement_id, file_id=mine).status == status
    assert desk.send("truong", file_id=desk.file("truong"))["number"] == 1


def test_nobody_sends_the_file_of_somebody_else(desk, do):
    file_id = desk.file("truong")

    assert refusal(do, "dung", "materials.submit", requirement_id=desk.requirement_id, file_id=file_id) == "not_found"


def test_a_refused_file_cannot_be_sent(desk):
    file_id = desk.unread(heading="MẬT")
    jobs.run_waiting()

    assert refusal(desk.send, file_id=file_id) == "file_refused"


def test_a_paper_whose_file_is_refused_later_goes_back_by_itself(desk):
    desk.send(file_id=desk.unread(heading="TỐI MẬT"))

    jobs.run_waiting()

    row, (version,) = desk.requirement(), desk.versions()
    assert (row.state, version.state, version.decided_by, version.file.refusal) == ("returned", "returned", None, "secret")
    told = desk.told("materials.paper_returned")[0]
    assert (told["refusal"], told["reason"]) == ("secret", "")


def test_the_declaration_can_be_denied(desk):
    assert refusal(desk.send, declared=False) == "declaration_needed"


def test_the_secretary_accepts_what_has_been_read(desk, do):
    sent = desk.send(file_id=desk.unread())

    assert refusal(do, "minh", "materials.accept", submission_id=sent["submission_id"]) == "file_not_read_yet"
    jobs.run_waiting()
    do("minh", "materials.accept", submission_id=sent["submission_id"])

    assert (desk.requirement().state, desk.versions()[0].state) == ("published", "accepted")
    assert refusal(desk.send) == "already_accepted"
    assert [told["number"] for told in desk.told("materials.paper_accepted")] == [1]


def test_a_returned_paper_comes_back_as_a_new_version_and_keeps_its_first_receipt(desk, do, at):
    desk.send()
    at(MONDAY + timedelta(hours=1))

    do("minh", "materials.return", requirement_id=desk.requirement_id, reason="Thiếu phụ lục")
    at(MONDAY + timedelta(hours=2))
    again = desk.send(message="Đã bổ sung phụ lục")

    row, versions = desk.requirement(), desk.versions()
    assert again["number"] == 2
    assert (row.state, row.first_received_at, row.due_at) == ("submitted", MONDAY, DUE)
    assert [(each.number, each.state, each.return_reason) for each in versions] == [
        (1, "returned", "Thiếu phụ lục"),
        (2, "sent", ""),
    ]
    assert desk.told("materials.paper_returned")[0]["reason"] == "Thiếu phụ lục"


def test_a_return_needs_a_reason_and_may_set_another_due_time(desk, do):
    desk.send()

    assert refusal(do, "minh", "materials.return", requirement_id=desk.requirement_id, reason="") == "reason_missing"
    later = FRIDAY - timedelta(hours=3)
    do("minh", "materials.return", requirement_id=desk.requirement_id, reason="Sửa số liệu", due_at=later.isoformat())

    assert desk.requirement().due_at == later


def test_a_new_version_replaces_one_that_waits(desk, do):
    first = desk.send()
    desk.send()

    assert [each.state for each in desk.versions()] == ["replaced", "sent"]
    assert refusal(do, "minh", "materials.accept", submission_id=first["submission_id"]) == "nothing_to_review"


def test_nobody_decides_on_their_own_paper(desk, council, do):
    council.update(Meeting, desk.meeting_id, secretary_id=council.person("dung"))
    desk.send("dung")

    assert refusal(do, "dung", "materials.accept", requirement_id=desk.requirement_id) == "own_paper"
    assert refusal(do, "dung", "materials.return", requirement_id=desk.requirement_id, reason="x") == "own_paper"
    do("minh", "materials.accept", requirement_id=desk.requirement_id)


def test_only_the_desk_decides(desk, ask):
    desk.send()

    people = ("truong", "hung", "hoa", "khach", "lan", "admin")
    statuses = {who: ask(who, "materials.accept", requirement_id=desk.requirement_id).status for who in people}

    assert statuses == {"truong": 403, "hung": 403, "hoa": 403, "khach": 404, "lan": 404, "admin": 404}


def test_units_that_owe_are_reminded(desk, do):
    assert do("minh", "materials.remind", meeting_id=desk.meeting_id) == {"reminded": 1}
    desk.send()

    assert refusal(do, "minh", "materials.remind", requirement_id=desk.requirement_id) == "nothing_to_remind"
    assert len(desk.told("materials.unit_reminded")) == 1


def test_the_due_time_changes_with_a_reason(desk, do):
    later = (DUE + timedelta(hours=15)).isoformat()

    assert (
        refusal(do, "minh", "materials.change_due", requirement_id=desk.requirement_id, due_at=later, reason="")
        == "due_needs_reason"
    )
    do("minh", "materials.change_due", requirement_id=desk.requirement_id, due_at=later, reason="Đơn vị đi công tác")

    assert desk.requirement().due_at == DUE + timedelta(hours=15)
    assert desk.told("materials.due_changed")[0]["before"] == DUE.isoformat()


def test_a_paper_no_longer_asked_for_is_waived(desk, do):
    do("minh", "materials.withdraw", requirement_id=desk.requirement_id, reason="Nội dung chuyển sang phiên sau")

    assert desk.requirement().state == "waived"
    assert refusal(desk.send) == "requirement_waived"


def test_a_postponed_meeting_moves_the_due_time_of_the_rule(desk, do):
    do("minh", "agenda.edit", meeting_id=desk.meeting_id, starts_at=(FRIDAY + timedelta(days=7)).isoformat(), ends_at=None)

    assert desk.requirement().due_at == DUE + timedelta(days=7)


def test_a_repeated_request_id_sends_once(desk, do):
    file_id = desk.file()
    wanted = {"requirement_id": desk.requirement_id, "file_id": file_id}

    first = do("dung", "materials.submit", request_id="r1", **wanted)

    assert do("dung", "materials.submit", request_id="r1", **wanted) == first
    assert len(desk.versions()) == 1
