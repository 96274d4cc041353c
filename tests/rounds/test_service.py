"""Written rounds from the draft to the report: every act, every refusal, what is recorded and who is told."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from meeting.agenda.models import Item, Meeting
from meeting.errors import Refused
from meeting.jobs import run_waiting
from meeting.journal import Entry
from meeting.organization.models import Membership
from meeting.permissions import Role
from meeting.rounds.models import OpinionRound, RoundExtension, RoundMember, RoundPaper
from tests.conftest import MORNING, Council
from tests.rounds.conftest import Do, Office


@pytest.fixture(autouse=True)
def morning(at: Any) -> None:
    """Monday 23 November, 8:00."""
    at(MORNING)


def refused(code: str, do: Do, who: str, act: str, **wanted: Any) -> None:
    with pytest.raises(Refused) as raised:
        do(who, f"rounds.{act}", **wanted)
    assert raised.value.code == code


def test_a_draft_asks_nobody_and_only_office_and_chair_know_of_it(office: Office, council: Council, do: Do) -> None:
    number = office.draft()

    row = office.row(number)
    assert (row.state, row.options, row.rule, row.tie) == ("draft", ["for", "against", "other"], "more_than_half", "none")
    assert (row.officer_id, row.wanted, row.signed_reply, row.changeable) == (council.person("minh"), [], "none", True)
    assert office.last().event == "rounds.drafted"
    assert office.told("hoa") == []
    for who in ("hoa", "dung", "khach", "van", "admin", "lan"):
        refused("not_found", do, who, "mark_seen", round_id=number)
    assert do("hung", "rounds.mark_seen", round_id=number) == {}


def test_refusals_of_drafting(office: Office, council: Council) -> None:
    def no(code: str, who: str = "minh", body: str = "UBND", **values: Any) -> None:
        with pytest.raises(Refused) as raised:
            office.draft(body, who, **values)
        assert raised.value.code == code

    no("round_ground_unknown", ground="nature")
    no("round_reason", ground="other")
    no("round_options_unknown", options=["for", "against", "abstain"])
    no("round_rule_unknown", rule="more_than_half_of_present")
    no("round_due_past", due_at=MORNING.isoformat())
    no("round_not_members", people=[council.person("khach")])
    no("round_not_members", people=[council.person("lan")])  # no member of the UBND
    no("round_officer_unknown", officer_id=council.person("khach"))
    no("not_found", unit_id=999)
    for who in ("hoa", "hung", "dung", "van"):
        no("forbidden", who)
    no("not_found", "khach")
    no("not_found", "lan")
    no("not_found", "minh", "Đảng ủy")
    assert council.one(select(func.count()).select_from(OpinionRound)) == 0


def test_a_draft_is_changed_and_recorded_with_before_and_after(office: Office, council: Council, do: Do) -> None:
    number = office.draft()
    assert do("minh", "rounds.edit", round_id=number, title="Tên khác", options=["against", "for"])["changed"] == [
        "options",
        "title",
    ]
    assert office.last().facts["after"] == {"title": "Tên khác", "options": ["for", "against"]}
    assert do("minh", "rounds.edit", round_id=number, title="Tên khác") == {"changed": []}
    do("minh", "rounds.edit", round_id=number, people=[council.person("hoa")], unit_id=council.unit("kinh_te"))
    do("minh", "rounds.edit", round_id=number, unit_id=None)
    row = office.row(number)
    assert (row.wanted, row.unit_id, row.title) == ([council.person("hoa")], None, "Tên khác")
    refused("round_due_past", do, "minh", "edit", round_id=number, due_at=(MORNING - timedelta(days=1)).isoformat())
    assert office.row(number).due_at > MORNING  # nothing of a refused change stays
    refused("forbidden", do, "hung", "edit", round_id=number, title="X")
    refused("not_found", do, "hoa", "edit", round_id=number, title="X")
    do("minh", "rounds.send", round_id=number)
    refused("round_not_draft", do, "minh", "edit", round_id=number, title="X")


def test_papers_of_a_draft_come_and_go_later_ones_only_come_and_are_told(office: Office, council: Council, do: Do) -> None:
    number = office.draft()
    first = do("minh", "rounds.add_paper", round_id=number, file_id=office.file("minh"))["paper_id"]
    other = office.file("minh", "du-thao.pdf")
    second = do("minh", "rounds.add_paper", round_id=number, file_id=other, title="Dự thảo quyết định")["paper_id"]
    refused("round_paper_again", do, "minh", "add_paper", round_id=number, file_id=other)
    refused("not_found", do, "minh", "add_paper", round_id=number, file_id=office.file("hoa"))
    refused("file_gone", do, "minh", "add_paper", round_id=number, file_id=office.file("minh", state="refused"))
    do("minh", "rounds.remove_paper", paper_id=first)
    assert [each.title for each in council.all(select(RoundPaper))] == ["Dự thảo quyết định"]
    refused("forbidden", do, "hung", "remove_paper", paper_id=second)
    do("minh", "rounds.send", round_id=number)

    refused("round_not_draft", do, "minh", "remove_paper", paper_id=second)
    do("minh", "rounds.add_paper", round_id=number, file_id=office.file("minh", "bo-sung.pdf"))
    assert office.told("hoa") == ["round_sent", "round_paper_added"]
    assert office.last().facts["open"] is True
    do("minh", "rounds.cancel", round_id=number, reason="Đưa ra họp")
    refused("round_not_open", do, "minh", "add_paper", round_id=number, file_id=office.file("minh", "x.pdf"))


def test_sending_freezes_the_register_with_units_and_asks_members_only(office: Office, council: Council, do: Do) -> None:
    number = office.draft()
    assert do("minh", "rounds.send", round_id=number) == {"asked": 3}

    row = office.row(number)
    people = council.all(select(RoundMember.person_id).where(RoundMember.round_id == number).order_by(RoundMember.position))
    assert set(people) == {council.person(who) for who in ("hung", "hoa", "tuan")}
    assert (row.state, row.total, row.sent_by_id) == ("open", 3, council.person("minh"))
    assert office.last().facts["people"] == people
    for who in ("hung", "hoa", "tuan"):
        assert office.told(who) == ["round_sent"]
    for who in ("lan", "khach", "dung", "van"):
        assert office.told(who) == []
    refused("round_not_draft", do, "minh", "send", round_id=number)
    # a member who comes later is not on the frozen register
    council.write(
        Membership(person_id=council.person("khach"), body_id=council.body("UBND"), role=Role.MEMBER, starts_on=MORNING.date())
    )
    refused("not_found", do, "khach", "answer", round_id=number, choice="for")


def test_refusals_of_sending(office: Office, council: Council, do: Do, at: Any) -> None:
    empty = office.draft(text="")
    refused("round_text_empty", do, "minh", "send", round_id=empty)
    do("minh", "rounds.add_paper", round_id=empty, file_id=office.file("minh"))
    do("minh", "rounds.send", round_id=empty)
    for who, code in (("hoa", "not_found"), ("hung", "forbidden"), ("dung", "not_found"), ("khach", "not_found")):
        refused(code, do, who, "send", round_id=office.draft())
    late = office.draft()
    at(MORNING + timedelta(days=4))
    refused("round_due_past", do, "minh", "send", round_id=late)
    refused("not_found", do, "minh", "send", round_id=999)


def test_a_subset_is_asked_and_others_of_the_body_know_nothing(office: Office, council: Council, do: Do) -> None:
    number = office.sent("HĐND", people=[council.person("lan"), council.person("hoa")])
    assert office.row(number).total == 2  # the Thường trực: of those asked
    refused("not_found", do, "tuan", "answer", round_id=number, choice="for")
    refused("not_found", do, "tuan", "mark_seen", round_id=number)
    office.answer("hoa", number, "abstain")
    chosen = office.sent(people=[council.person("hoa")])
    assert office.row(chosen).total == 3  # the UBND: of all members [NĐ 315 Đ3.3d]


def test_an_answer_is_by_name_may_change_until_the_close_and_its_choice_is_not_told(
    office: Office, council: Council, do: Do
) -> None:
    number = office.sent()
    assert office.answer("hoa", number, "for", text="Sửa lỗi trang 2") == {"received_at": MORNING.isoformat()}

    entry = office.last()
    assert (entry.event, entry.facts["person_id"], entry.facts["answered"]) == ("rounds.answered", council.person("hoa"), 1)
    assert not {"choice", "text"} & set(entry.facts)
    office.answer("hoa", number, "other", text="Lùi một tháng")
    found = office.given(number, "hoa")
    assert found is not None
    assert (found.choice, found.text, found.changes, found.on_paper) == ("other", "Lùi một tháng", 1, False)
    before = council.one(select(func.count()).select_from(Entry))
    office.answer("hoa", number, "other", text="Lùi một tháng")  # the same again is no change
    assert council.one(select(func.count()).select_from(Entry)) == before


def test_refusals_of_answers(office: Office, council: Council, do: Do, at: Any) -> None:
    number = office.sent(changeable=False, options=["for", "against"])
    refused("round_choice", do, "hoa", "answer", round_id=number, choice="other", text="X")
    refused("malformed", do, "hoa", "answer", round_id=number, choice="perhaps")
    refused("signed_reply_not_asked", do, "hoa", "answer", round_id=number, choice="for", file_id=office.file("hoa"))
    refused("forbidden", do, "minh", "answer", round_id=number, choice="for")  # keeps the round, is not asked
    for who in ("khach", "dung", "lan", "admin"):
        refused("not_found", do, who, "answer", round_id=number, choice="for")
    office.answer("hoa", number)
    refused("round_answered", do, "hoa", "answer", round_id=number, choice="against")
    at(MORNING + timedelta(days=3))
    refused("round_late", do, "tuan", "answer", round_id=number, choice="for")
    do("minh", "rounds.close", round_id=number)
    refused("round_not_open", do, "tuan", "answer", round_id=number, choice="for")
    assert office.given(number, "tuan") is None
    with_other = office.sent(due_at=(MORNING + timedelta(days=9)).isoformat())
    refused("round_text_missing", do, "hoa", "answer", round_id=with_other, choice="other")
    refused("not_found", do, "minh", "answer", round_id=999, choice="for")


def test_a_chair_who_was_not_asked_does_not_answer(office: Office, council: Council, do: Do) -> None:
    number = office.sent(people=[council.person("hoa")])
    refused("round_not_asked", do, "hung", "answer", round_id=number, choice="for")


def test_a_signed_reply_is_demanded_kept_and_of_the_right_kind(office: Office, council: Council, do: Do) -> None:
    number = office.sent(signed_reply="required")
    refused("signed_reply_missing", do, "hoa", "answer", round_id=number, choice="for")
    picture = office.file("hoa", "a.png", "image/png")
    refused("signed_reply_not_pdf", do, "hoa", "answer", round_id=number, choice="for", file_id=picture)
    refused("not_found", do, "hoa", "answer", round_id=number, choice="for", file_id=office.file("tuan"))
    signed = office.file("hoa", "phieu-ky.pdf")
    office.answer("hoa", number, file_id=signed)
    office.answer("hoa", number, "against")  # the signed reply stays with the changed answer
    found = office.given(number, "hoa")
    assert found is not None
    assert (found.choice, found.file_id) == ("against", signed)
    assert office.last().facts["sha256"]


def test_a_slip_on_paper_is_entered_by_the_office_with_its_scan(office: Office, council: Council, do: Do) -> None:
    number = office.sent()
    person = council.person("tuan")
    slip = {"round_id": number, "person_id": person, "choice": "against"}
    refused("round_slip_missing", do, "minh", "enter_slip", **slip)
    refused("not_found", do, "minh", "enter_slip", **slip, file_id=office.file("hoa"))
    scan = office.file("minh", "phieu-tuan.png", "image/png")
    do("minh", "rounds.enter_slip", **slip, file_id=scan)

    found = office.given(number, "tuan")
    assert found is not None
    assert (found.choice, found.entered_by_id, found.file_id, found.on_paper) == ("against", council.person("minh"), scan, True)
    assert office.last().facts["on_paper"] is True
    do("minh", "rounds.enter_slip", **{**slip, "choice": "for"})  # a correction keeps the scan
    assert (office.given(number, "tuan").choice, office.given(number, "tuan").changes) == ("for", 1)  # type: ignore[union-attr]
    office.answer("hoa", number)
    refused("round_answered_itself", do, "minh", "enter_slip", **{**slip, "person_id": council.person("hoa")}, file_id=scan)
    refused("round_not_asked", do, "minh", "enter_slip", **{**slip, "person_id": council.person("lan")}, file_id=scan)
    for who in ("hung", "hoa"):
        refused("forbidden", do, who, "enter_slip", **slip, file_id=scan)
    refused("not_found", do, "khach", "enter_slip", **slip, file_id=scan)
    office.answer("tuan", number, "against")  # the member's own answer stands over the slip
    assert office.given(number, "tuan").entered_by_id is None  # type: ignore[union-attr]


def test_reminding_by_hand_goes_to_the_silent_and_is_noted(office: Office, council: Council, do: Do) -> None:
    number = office.sent()
    office.answer("hoa", number)
    assert do("minh", "rounds.remind", round_id=number) == {"reminded": 2}
    assert office.told("tuan") == ["round_sent", "round_reminded"]
    assert office.told("hoa") == ["round_sent"]
    assert council.one(select(RoundMember.reminders).where(RoundMember.person_id == council.person("tuan"))) == 1
    for who, code in (("hung", "forbidden"), ("tuan", "forbidden"), ("khach", "not_found")):
        refused(code, do, who, "remind", round_id=number)
    refused("round_just_reminded", do, "minh", "remind", round_id=number)
    for who in ("hung", "tuan"):
        office.answer(who, number)
    refused("round_nobody_silent", do, "minh", "remind", round_id=number)
    assert office.told("minh") == ["round_complete"]
    refused("round_not_open", do, "minh", "remind", round_id=office.draft())


def test_an_extension_keeps_the_old_deadline_and_all_are_told(office: Office, council: Council, do: Do, at: Any) -> None:
    number = office.sent()
    old, later = office.row(number).due_at, office.due(5)
    refused("round_reason", do, "minh", "extend", round_id=number, due_at=later.isoformat())
    refused("round_due_not_later", do, "minh", "extend", round_id=number, due_at=old.isoformat(), reason="Chờ")
    for who, code in (("hung", "forbidden"), ("hoa", "forbidden"), ("khach", "not_found")):
        refused(code, do, who, "extend", round_id=number, due_at=later.isoformat(), reason="Chờ thẩm tra")
    do("minh", "rounds.extend", round_id=number, due_at=later.isoformat(), reason="Chờ thẩm tra")

    kept = council.one(select(RoundExtension))
    assert (kept.old_due_at, kept.new_due_at, kept.reason) == (old, later, "Chờ thẩm tra")
    assert office.row(number).due_at == later
    assert office.told("hoa") == ["round_sent", "round_extended"]
    assert office.last().facts["before"] == old.isoformat()
    at(old + timedelta(hours=1))
    office.answer("hoa", number)  # late before, in time now


def test_the_office_closes_early_only_when_all_have_answered(office: Office, council: Council, do: Do) -> None:
    number = office.sent()
    office.answer("hoa", number)
    refused("round_still_asking", do, "minh", "close", round_id=number)
    for who, code in (("hung", "forbidden"), ("hoa", "forbidden"), ("khach", "not_found")):
        refused(code, do, who, "close", round_id=number)
    office.answer("hung", number)
    office.answer("tuan", number, "other", text="Lùi")
    assert do("minh", "rounds.close", round_id=number) == {"counts": {"for": 2, "against": 0, "other": 1}}

    result = office.row(number).result
    assert result is not None
    assert (result["votes"], result["needed"], result["passed"], result["silent"]) == (2, 2, True, 0)
    assert [each["counts"] for each in result["by_day"]] == [{"for": 2, "against": 0, "other": 1}]
    entry = office.last()
    assert (entry.facts["counts"], entry.facts["digest"]) == (result["counts"], result["digest"])
    assert entry.facts["by_time"] is False
    refused("round_not_open", do, "minh", "close", round_id=number)
    assert office.told("hung")[-1] == "round_to_decide"
    assert office.told("hoa")[-1] == "round_result"


def test_the_chair_decides_once_and_not_against_the_members(office: Office, council: Council, do: Do) -> None:
    agreed = office.closed()
    for who, code in (("minh", "forbidden"), ("hoa", "forbidden"), ("khach", "not_found"), ("lan", "not_found")):
        refused(code, do, who, "decide", round_id=agreed, decision="approved")
    do("hung", "rounds.decide", round_id=agreed, decision="approved", text="Giao Phòng Kinh tế thực hiện")
    row = office.row(agreed)
    assert (row.state, row.decision, row.decision_text) == ("decided", "approved", "Giao Phòng Kinh tế thực hiện")
    assert (office.last().event, office.last().facts["decision"]) == ("rounds.decided", "approved")
    assert office.told("hoa")[-1] == "round_decided"
    refused("round_over", do, "hung", "decide", round_id=agreed, decision="refused")
    refused("round_over", do, "minh", "cancel", round_id=agreed, reason="X")

    not_agreed = office.closed({"hung": "for", "hoa": "other", "tuan": "against"})
    refused("round_not_agreed", do, "hung", "decide", round_id=not_agreed, decision="approved")
    do("hung", "rounds.decide", round_id=not_agreed, decision="to_session")
    refused("round_not_closed", do, "hung", "decide", round_id=office.sent(), decision="refused")


def test_in_the_standing_committee_the_side_of_the_chair_decides_a_tie(office: Office, council: Council, do: Do) -> None:
    people = [council.person("lan"), council.person("hoa")]
    number = office.sent("HĐND", people=people)
    office.answer("lan", number, "for")
    office.answer("hoa", number, "against")
    do("minh", "rounds.close", round_id=number)
    result = office.row(number).result
    assert result is not None
    assert (result["passed"], result["tie"], result["base_count"]) == (True, "chair", 2)


def test_called_off_with_a_reason_all_are_told_and_what_came_stays(office: Office, council: Council, do: Do) -> None:
    number = office.sent()
    office.answer("hoa", number)
    refused("round_reason", do, "minh", "cancel", round_id=number)
    for who, code in (("hung", "forbidden"), ("hoa", "forbidden"), ("khach", "not_found")):
        refused(code, do, who, "cancel", round_id=number, reason="X")
    do("minh", "rounds.cancel", round_id=number, reason="Đưa ra phiên họp")
    assert office.row(number).state == "cancelled"
    assert office.given(number, "hoa") is not None
    assert office.told("tuan")[-1] == "round_cancelled"
    refused("round_over", do, "minh", "cancel", round_id=number, reason="X")
    refused("round_not_open", do, "tuan", "answer", round_id=number, choice="for")


def test_reported_to_the_next_meeting_with_the_synthesis_as_paper(office: Office, council: Council, do: Do) -> None:
    number = office.closed()
    meeting, other = council.meeting("UBND"), council.meeting("HĐND")
    refused("round_not_decided", do, "minh", "report_to", round_id=number, to_meeting_id=meeting)
    do("hung", "rounds.decide", round_id=number, decision="approved")
    refused("round_meeting_other", do, "minh", "report_to", round_id=number, to_meeting_id=other)
    held = council.meeting("UBND", state="held")
    refused("round_meeting_over", do, "minh", "report_to", round_id=number, to_meeting_id=held)
    refused("not_found", do, "minh", "report_to", round_id=number, to_meeting_id=meeting, item_id=council.items(other)[0])
    for who, code in (("hung", "forbidden"), ("hoa", "forbidden"), ("khach", "not_found")):
        refused(code, do, who, "report_to", round_id=number, to_meeting_id=meeting)
    found = do("minh", "rounds.report_to", round_id=number, to_meeting_id=meeting)

    title = council.one(select(Item.title).where(Item.id == found["item_id"]))
    assert title.startswith("Báo cáo kết quả lấy ý kiến bằng văn bản: Điều chỉnh")
    entry = council.one(select(Entry).where(Entry.event == "rounds.reported"))
    assert (entry.chain, entry.facts["round_id"], entry.facts["item_id"]) == (meeting, number, found["item_id"])
    refused("round_reported_already", do, "minh", "report_to", round_id=number, to_meeting_id=meeting)
    run_waiting(1)
    assert office.row(number).synthesis_id is not None
    with pytest.raises(Refused, match="item_has_round"):
        do("minh", "agenda.remove_item", item_id=found["item_id"])
    assert council.one(select(Meeting.state).where(Meeting.id == meeting)) == "issued"


def test_the_officer_in_charge_keeps_the_round_though_of_a_unit(office: Office, council: Council, do: Do) -> None:
    number = office.draft(officer_id=council.person("dung"))
    do("dung", "rounds.send", round_id=number)
    office.answer("hoa", number)
    do("dung", "rounds.remind", round_id=number)
    refused("not_found", do, "truong", "remind", round_id=number)
    refused("forbidden", do, "dung", "answer", round_id=number, choice="for")


def test_opening_is_noted_for_members_once(office: Office, council: Council, do: Do, at: Any) -> None:
    number = office.sent()
    do("hoa", "rounds.mark_seen", round_id=number)
    at(MORNING + timedelta(hours=1))
    do("hoa", "rounds.mark_seen", round_id=number)
    do("minh", "rounds.mark_seen", round_id=number)
    seen = {each.person_id: each.seen_at for each in council.all(select(RoundMember))}
    assert seen[council.person("hoa")] == MORNING
    assert seen[council.person("tuan")] is None
