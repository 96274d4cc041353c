"""From draft to issue: each act works, refuses, is closed to strangers and stands in the journal."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from meeting.conclusions.models import Notice, NoticeLine
from meeting.errors import Refused
from meeting.organization.models import OfficialNumber
from tests.conclusions.conftest import EVENING, Desk

Do = Callable[..., dict[str, Any]]


def of(notice_id: int) -> dict[str, Any]:
    """What every entry about a notice says."""
    return {"notice_id": notice_id, "kind": "TB", "family": "conclusion"}


def refusal(do: Do, *args: Any, **wanted: Any) -> str:
    with pytest.raises(Refused) as caught:
        do(*args, **wanted)
    return caught.value.code


def test_a_draft_proposes_the_usual_words(desk: Desk) -> None:
    desk.draft(desk.task())

    notice = desk.notice()
    assert notice.abstract == "Kết luận của Chủ tịch UBND tại phiên họp UBND"
    assert notice.opening.startswith(
        "Ngày 24 tháng 11 năm 2026, tại Phòng họp 1, Ủy ban nhân dân phường tổ chức phiên họp UBND do ông Đỗ Mạnh Hùng"
    )
    assert notice.opening.endswith("kết luận như sau:")
    assert notice.closing.endswith("./.")
    assert notice.recipients.splitlines()[-1] == "Lưu: VT."
    assert desk.meeting().notice_state == "draft"
    assert desk.told("conclusions.notice_drafted") == [{**of(notice.id), "lines": 1}]


def test_the_same_notice_is_not_begun_twice_unawares(desk: Desk, do: Do) -> None:
    desk.draft()

    assert refusal(do, "minh", "conclusions.draft", meeting_id=desk.meeting_id) == "notice_exists"
    item = do("minh", "conclusions.draft", meeting_id=desk.meeting_id, item_id=desk.items()[0])
    other = do("minh", "conclusions.draft", meeting_id=desk.meeting_id, another=True)
    assert len({desk.notice().id, item["notice_id"], other["notice_id"]}) == 3


def test_a_running_meeting_has_no_conclusions_yet(council: Any, do: Do) -> None:
    meeting_id = council.meeting(state="in_session")

    assert refusal(do, "minh", "conclusions.draft", meeting_id=meeting_id) == "meeting_not_held"


@pytest.mark.parametrize(("username", "code"), [("khach", "not_found"), ("hoa", "forbidden"), ("dung", "forbidden")])
def test_only_the_desk_drafts(desk: Desk, do: Do, username: str, code: str) -> None:
    assert refusal(do, username, "conclusions.draft", meeting_id=desk.meeting_id) == code


def test_lines_are_added_changed_moved_and_removed(desk: Desk, do: Do, council: Any) -> None:
    notice_id = desk.draft({"text": "Một"}, {"text": "Hai"})
    third = do("minh", "conclusions.add_line", notice_id=notice_id, text="Ba")["line_id"]

    do("minh", "conclusions.move_line", line_id=third, direction="up")
    do("minh", "conclusions.save_line", line_id=third, **desk.task(cooperating_unit_ids=[council.unit("van_hoa")]))
    first = council.one(select(NoticeLine.id).where(NoticeLine.text == "Một"))
    do("minh", "conclusions.remove_line", line_id=first)

    lines = council.all(select(NoticeLine).where(NoticeLine.notice_id == notice_id).order_by(NoticeLine.position))
    assert [(line.position, line.text) for line in lines] == [(1, "Tháo gỡ mặt bằng ngõ 115"), (2, "Hai")]
    assert (lines[0].due_on, [unit.short_name for unit in lines[0].cooperating]) == (date(2026, 12, 15), ["van_hoa"])
    changes = [facts["change"] for facts in desk.told("conclusions.notice_edited") if facts["change"] != "saved"]
    assert changes == ["added", "moved", "removed"]


def test_lines_stand_in_the_order_of_the_programme(desk: Desk, do: Do, council: Any) -> None:
    first, second, _ = desk.items()
    notice_id = desk.draft({"text": "Hai", "item_id": second}, {"text": "Một", "item_id": first}, {"text": "Chung"})
    line_id = do("minh", "conclusions.add_line", notice_id=notice_id, text="Một nữa", item_id=first)["line_id"]

    at_edge = refusal(do, "minh", "conclusions.move_line", line_id=line_id, direction="down")
    do("minh", "conclusions.move_line", line_id=line_id, direction="up")

    wanted = select(NoticeLine.text).where(NoticeLine.notice_id == notice_id).order_by(NoticeLine.position)
    assert council.all(wanted) == ["Chung", "Một nữa", "Một", "Hai"]
    assert at_edge == "line_at_edge"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"cooperating_unit_ids": ["kinh_te"]}, "lead_cooperates"),
        ({"due_on": "2026-11-01"}, "task_due_before_meeting"),
        ({"no_due": True}, "due_and_no_due"),
        ({"lead_unit_id": 999}, "not_found"),
        ({"item_id": 999}, "not_found"),
    ],
)
def test_a_line_that_cannot_stand_is_refused(desk: Desk, do: Do, council: Any, changes: dict[str, Any], code: str) -> None:
    notice_id = desk.draft()
    helpers = [council.unit(name) for name in changes.get("cooperating_unit_ids", [])]
    line = desk.task(**{**changes, "cooperating_unit_ids": helpers})

    assert refusal(do, "minh", "conclusions.add_line", notice_id=notice_id, **line) == code


def test_two_lead_units_cannot_even_be_said(desk: Desk, do: Do, council: Any) -> None:
    notice_id = desk.draft()
    both = [council.unit("kinh_te"), council.unit("van_hoa")]

    assert refusal(do, "minh", "conclusions.add_line", notice_id=notice_id, text="X", lead_unit_id=both) == "malformed"


def test_a_line_of_another_meetings_item_is_not_known(desk: Desk, do: Do, council: Any) -> None:
    notice_id = desk.draft()
    other = council.items(council.meeting())[0]

    assert refusal(do, "minh", "conclusions.add_line", notice_id=notice_id, text="X", item_id=other) == "not_found"


def test_a_task_without_a_date_is_asked_for_before_the_chair_sees_it(desk: Desk, do: Do) -> None:
    notice_id = desk.draft(desk.task(due_on=None))

    assert refusal(do, "minh", "conclusions.submit", notice_id=notice_id) == "task_without_due"
    assert refusal(do, "hung", "conclusions.approve", notice_id=notice_id) == "task_without_due"


def test_the_words_around_the_conclusions_may_be_changed(desk: Desk, do: Do) -> None:
    notice_id = desk.draft(desk.task())

    do("minh", "conclusions.word", notice_id=notice_id, abstract="Kết luận về giải ngân")

    assert desk.notice().abstract == "Kết luận về giải ngân"
    worded = {"change": "worded", "changed": ["abstract"], "version": 2}
    assert desk.told("conclusions.notice_edited") == [{**of(notice_id), **worded}]


def test_the_notice_goes_from_draft_to_issue(desk: Desk, do: Do) -> None:
    notice_id = desk.draft(desk.task())

    do("minh", "conclusions.submit", notice_id=notice_id)
    do("hung", "conclusions.approve", notice_id=notice_id)
    do("minh", "conclusions.sign", notice_id=notice_id)
    issued = do("van", "conclusions.issue", notice_id=notice_id)

    notice = desk.notice()
    assert issued == {"symbol": "01/TB-UBND", "number": 1, "issued_on": "2026-11-24"}
    assert (notice.state, notice.issued_on, desk.meeting().notice_state) == ("issued", date(2026, 11, 24), "issued")
    for event in ("submitted", "approved"):
        assert desk.told(f"conclusions.notice_{event}") == [of(notice_id)]
    assert desk.told("conclusions.notice_signed") == [{**of(notice_id), "sealing": "mark"}]
    assert desk.told("conclusions.notice_issued") == [{**of(notice_id), "symbol": "01/TB-UBND", "issued_on": "2026-11-24"}]


def test_the_meeting_may_be_named_instead_of_the_notice(desk: Desk, do: Do) -> None:
    desk.draft(desk.task())

    do("hung", "conclusions.approve", meeting_id=desk.meeting_id)

    assert desk.notice().state == "approved"


def test_the_chair_sends_a_draft_back_with_a_reason(desk: Desk, do: Do) -> None:
    notice_id = desk.approved()

    assert refusal(do, "hung", "conclusions.send_back", notice_id=notice_id, reason=" ") == "reason_needed"
    do("hung", "conclusions.send_back", notice_id=notice_id, reason="Thiếu đơn vị phối hợp")

    assert (desk.notice().state, desk.notice().sent_back_reason) == ("draft", "Thiếu đơn vị phối hợp")
    assert desk.told("conclusions.notice_sent_back")[0]["reason"] == "Thiếu đơn vị phối hợp"


def test_what_is_approved_is_no_longer_edited(desk: Desk, do: Do, council: Any) -> None:
    notice_id = desk.approved()
    line_id = council.one(select(NoticeLine.id))

    assert refusal(do, "minh", "conclusions.add_line", notice_id=notice_id, text="Thêm") == "notice_not_draft"
    assert refusal(do, "minh", "conclusions.save_line", line_id=line_id, text="Sửa") == "notice_not_draft"
    assert refusal(do, "minh", "conclusions.remove_line", line_id=line_id) == "notice_not_draft"
    assert refusal(do, "minh", "conclusions.word", notice_id=notice_id, abstract="X") == "notice_not_draft"


@pytest.mark.parametrize(
    ("act", "wrong", "code"),
    [
        ("conclusions.approve", "minh", "forbidden"),
        ("conclusions.approve", "hoa", "not_found"),
        ("conclusions.approve", "khach", "not_found"),
        ("conclusions.sign", "hung", "signed_by_chief"),
        ("conclusions.sign", "van", "forbidden"),
        ("conclusions.issue", "hung", "forbidden"),
        ("conclusions.issue", "hoa", "not_found"),
    ],
)
def test_nobody_does_anothers_step(desk: Desk, do: Do, act: str, wrong: str, code: str) -> None:
    notice_id = desk.draft(desk.task())

    assert refusal(do, wrong, act, notice_id=notice_id) == code


def test_no_step_is_skipped(desk: Desk, do: Do) -> None:
    notice_id = desk.draft(desk.task())

    assert refusal(do, "minh", "conclusions.sign", notice_id=notice_id) == "notice_not_approved"
    assert refusal(do, "van", "conclusions.issue", notice_id=notice_id) == "notice_not_signed"


def test_nobody_approves_a_draft_of_their_own(desk: Desk, do: Do, council: Any) -> None:
    notice_id = desk.draft(desk.task())
    council.update(Notice, notice_id, drafted_by_id=council.person("hung"))
    meeting = desk.meeting()

    council.update(type(meeting), meeting.id, chair_id=council.person("hoa"))

    assert refusal(do, "hung", "conclusions.approve", notice_id=notice_id) == "own_draft"


def test_the_chair_signs_where_the_rule_book_says_so(desk: Desk, do: Do, council: Any) -> None:
    session = council.meeting("HĐND", state="held", starts_at=desk.meeting().starts_at)
    line = {"text": "Thông qua dự toán"}
    notice_id = do("minh", "conclusions.draft", meeting_id=session, lines=[line])["notice_id"]
    do("lan", "conclusions.approve", notice_id=notice_id)

    assert refusal(do, "minh", "conclusions.sign", notice_id=notice_id) == "signed_by_chair"
    do("lan", "conclusions.sign", notice_id=notice_id)

    assert do("van", "conclusions.issue", notice_id=notice_id)["symbol"] == "01/TB-HĐND"


def test_numbers_follow_each_other_within_a_body_and_year(desk: Desk, do: Do, council: Any) -> None:
    body = council.body("UBND")
    council.write(
        OfficialNumber(body_id=body, kind="TB", period="2026", number=141, symbol="141/TB-UBND"),
        OfficialNumber(body_id=body, kind="TB", period="2025", number=300, symbol="300/TB-UBND"),
        OfficialNumber(body_id=body, kind="BB", period="2026", number=200, symbol="200/BB-UBND"),
    )

    desk.issued()

    assert desk.notice().number.symbol == "142/TB-UBND"  # type: ignore[union-attr]


def test_where_the_system_numbers_nobody_chooses(desk: Desk, do: Do, council: Any) -> None:
    council.write(OfficialNumber(body_id=council.body("UBND"), kind="TB", period="2026", number=7, symbol="07/TB-UBND"))
    notice_id = desk.signed()

    assert refusal(do, "van", "conclusions.issue", notice_id=notice_id, number=9) == "number_not_chosen"
    assert refusal(do, "van", "conclusions.issue", notice_id=notice_id, issued_on="2026-11-23") == "issued_before_meeting"
    assert refusal(do, "van", "conclusions.issue", notice_id=notice_id, issued_on="2026-11-25") == "issued_in_future"
    assert do("van", "conclusions.issue", notice_id=notice_id)["symbol"] == "08/TB-UBND"


def test_the_clerk_enters_number_and_date_of_the_register(desk: Desk, do: Do, council: Any, at: Any) -> None:
    council.write(OfficialNumber(body_id=council.body("UBND"), kind="TB", period="2026", number=7, symbol="07/TB-UBND"))
    do("minh", "conclusions.set_numbering", body_id=council.body("UBND"), numbering="clerk")
    notice_id = desk.signed()
    at(EVENING + timedelta(days=1))

    assert refusal(do, "van", "conclusions.issue", notice_id=notice_id) == "number_wanted"
    assert refusal(do, "van", "conclusions.issue", notice_id=notice_id, number=7) == "number_taken"
    assert refusal(do, "van", "conclusions.issue", notice_id=notice_id, number=0) == "number_positive"
    early = refusal(do, "van", "conclusions.issue", notice_id=notice_id, number=9, issued_on="2026-11-23")
    issued = do("van", "conclusions.issue", notice_id=notice_id, number=9, issued_on="2026-11-25")

    assert early == "issued_before_meeting"
    assert issued == {"symbol": "09/TB-UBND", "number": 9, "issued_on": "2026-11-25"}


def test_an_issued_notice_stays_as_it_is(desk: Desk, do: Do) -> None:
    notice_id = desk.issued()

    assert refusal(do, "hung", "conclusions.send_back", notice_id=notice_id, reason="Sửa") == "notice_issued"
    assert refusal(do, "van", "conclusions.issue", notice_id=notice_id) == "notice_issued"


def test_a_session_must_have_its_notice(desk: Desk, do: Do) -> None:
    code = refusal(do, "minh", "conclusions.not_required", meeting_id=desk.meeting_id, reason="Họp giao ban")

    assert code == "notice_required"


def test_another_meeting_may_do_without_and_says_why(desk: Desk, do: Do, council: Any) -> None:
    meeting = desk.meeting()
    council.update(type(meeting.book), meeting.book_id, notice_required=False)

    assert refusal(do, "minh", "conclusions.not_required", meeting_id=meeting.id, reason="") == "reason_needed"
    do("minh", "conclusions.not_required", meeting_id=meeting.id, reason="Họp giao ban")
    do("minh", "conclusions.not_required", meeting_id=meeting.id, reason="Họp giao ban")

    assert desk.meeting().notice_state == "not_required"
    assert desk.told("conclusions.notice_not_required") == [{"reason": "Họp giao ban"}]
    assert refusal(do, "minh", "conclusions.draft", meeting_id=meeting.id) == "notice_not_required"
    assert refusal(do, "khach", "conclusions.not_required", meeting_id=meeting.id, reason="X") == "not_found"
