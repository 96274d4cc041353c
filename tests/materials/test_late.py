"""A late paper goes to the chair: accept, postpone the item, have it read out, refuse."""

from datetime import timedelta

import pytest

from meeting.agenda.models import Item
from meeting.errors import Refused
from tests.materials.conftest import DUE, FRIDAY


def refusal(call, *arguments, **wanted):
    with pytest.raises(Refused) as refused:
        call(*arguments, **wanted)
    return refused.value.code


@pytest.fixture
def overdue(desk, at):
    """The due time has passed an hour ago; nothing has come."""
    at(DUE + timedelta(hours=1))
    return desk


def decide(desk, do, decision, **wanted):
    return do("hung", "materials.decide_late", requirement_id=desk.requirement_id, decision=decision, **wanted)


def test_the_chair_takes_a_late_paper_with_a_reason_offered(overdue, do, council):
    overdue.send(reason="Chờ số liệu")

    assert decide(overdue, do, "accepted", preset="short_delay") == {"late_decision": "accepted"}

    row = overdue.requirement()
    assert (row.late_decision, row.late_decision_preset, row.late_decision_by) == (
        "accepted",
        "short_delay",
        council.person("hung"),
    )
    assert row.first_late_minutes == 60  # what was late stays late
    (told,) = overdue.told("materials.late_decided")
    assert (told["decision"], told["preset"], told["reason"]) == ("accepted", "short_delay", "")


def test_postponing_puts_the_item_off(overdue, do, council):
    decide(overdue, do, "postponed", reason="Hồ sơ chưa đủ để thảo luận")

    item = council.one(Item.__table__.select().with_only_columns(Item.state).where(Item.id == overdue.requirement().item_id))
    assert item == "deferred"


def test_a_refused_late_paper_can_be_neither_sent_nor_accepted(overdue, do):
    overdue.send(reason="Chờ số liệu")
    decide(overdue, do, "refused", preset="too_late")

    assert refusal(do, "minh", "materials.accept", requirement_id=overdue.requirement_id) == "late_refused"
    assert refusal(overdue.send, reason="Lần nữa") == "late_refused"


def test_the_chair_may_decide_anew_and_the_journal_keeps_each_word(overdue, do):
    decide(overdue, do, "refused", preset="too_late")
    decide(overdue, do, "read_out", reason="Văn bản một trang")

    assert overdue.requirement().late_decision == "read_out"
    assert [told["decision"] for told in overdue.told("materials.late_decided")] == ["refused", "read_out"]


def test_a_paper_in_time_is_not_the_chairs_matter(desk, do):
    assert refusal(decide, desk, do, "accepted", preset="urgent") == "not_late"
    desk.send()
    assert refusal(decide, desk, do, "accepted", preset="urgent") == "not_late"


def test_the_chairs_word_needs_a_reason(overdue, do, council):
    assert refusal(decide, overdue, do, "accepted") == "reason_missing"
    assert refusal(decide, overdue, do, "accepted", preset="not_ready") == "unknown_reason"
    council.update(type(overdue.requirement()), overdue.requirement_id, item_id=None)
    assert refusal(decide, overdue, do, "postponed", preset="not_ready") == "no_item_to_postpone"


def test_after_the_meeting_nothing_is_decided_any_more(overdue, do):
    overdue.close()

    assert refusal(decide, overdue, do, "accepted", preset="urgent") == "papers_closed"


def test_only_the_chair_decides_on_late_papers(overdue, ask):
    wanted = {"requirement_id": overdue.requirement_id, "decision": "accepted", "preset": "urgent"}

    people = ("minh", "van", "dung", "truong", "hoa", "khach", "lan", "admin")
    statuses = {who: ask(who, "materials.decide_late", **wanted).status for who in people}

    assert statuses == {
        "minh": 403,
        "van": 403,
        "dung": 403,
        "truong": 403,
        "hoa": 403,
        "khach": 404,
        "lan": 404,
        "admin": 404,
    }


def test_the_late_paper_stands_before_the_chair_until_decided(overdue, do, client, api):
    what = "Tờ trình dự toán ngân sách năm 2027"

    assert what in client("hung").get("/").text
    assert [row["what"] for row in api("hung").get(f"/meetings/{overdue.meeting_id}/late-papers")[1]["data"]] == [what]
    assert what in client("hung").get(f"/meetings/{overdue.meeting_id}").text
    decide(overdue, do, "read_out", preset="short_paper")

    assert what not in client("hung").get("/").text
    (row,) = api("hung").get(f"/meetings/{overdue.meeting_id}/late-papers")[1]["data"]
    assert (row["late_decision"], row["late_decision_reason"]) == ("read_out", "Văn bản ngắn, nghe là nắm được")


def test_unit_office_and_programme_show_what_the_chair_said(overdue, do, client):
    decide(overdue, do, "read_out", reason="Văn bản chỉ một trang")

    for who, path in (
        ("dung", f"/papers/owed/{overdue.requirement_id}"),
        ("minh", f"/papers/owed/{overdue.requirement_id}"),
        ("minh", f"/meetings/{overdue.meeting_id}"),
    ):
        assert "Văn bản chỉ một trang" in client(who).get(path).text, (who, path)
    assert "đọc" in client("hoa").get(f"/meetings/{overdue.meeting_id}").text


def test_who_sees_the_chairs_list(overdue, ask, client):
    path = f"/api/v1/meetings/{overdue.meeting_id}/late-papers"

    found = {who: client(who).get(path).status_code for who in ("hung", "minh", "van", "hoa", "dung", "khach", "lan")}

    assert found == {"hung": 200, "minh": 200, "van": 200, "hoa": 403, "dung": 403, "khach": 404, "lan": 404}
    assert FRIDAY > DUE
