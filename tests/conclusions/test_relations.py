"""A document corrects, replaces or withdraws an earlier one: works, refusals, strangers, journal, both ways of the chain."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from meeting.conclusions.models import Instrument, NoticeLine
from meeting.errors import Refused
from tests.conclusions.conftest import Desk

Do = Callable[..., dict[str, Any]]


def refusal(do: Do, *args: Any, **wanted: Any) -> str:
    with pytest.raises(Refused) as caught:
        do(*args, **wanted)
    return caught.value.code


def document(desk: Desk, notice_id: int) -> Instrument:
    return desk.council.one(select(Instrument).where(Instrument.id == notice_id))  # type: ignore[no-any-return]


def to_the_issue(do: Do, notice_id: int) -> str:
    do("hung", "conclusions.approve", notice_id=notice_id)
    do("minh", "conclusions.sign", notice_id=notice_id)
    return str(do("van", "conclusions.issue", notice_id=notice_id)["symbol"])


def about(do: Do, relation: str, old: int, **wanted: Any) -> int:
    return int(do("minh", "conclusions.draft", about_id=old, relation=relation, **wanted)["notice_id"])


def test_a_correction_names_the_old_one_and_what_is_corrected(desk: Desk, do: Do) -> None:
    old = desk.issued(desk.task())

    new = about(do, "corrects", old, reason="Điểm 1: hạn 15/12 sửa thành 25/12")

    found = document(desk, new)
    assert found.abstract == "Đính chính Thông báo số 01/TB-UBND ngày 24 tháng 11 năm 2026"
    lines = desk.council.all(select(NoticeLine.text).where(NoticeLine.notice_id == new))
    assert lines == [f"{found.abstract} như sau: Điểm 1: hạn 15/12 sửa thành 25/12."]
    assert document(desk, old).corrected_at is None  # only the issue takes effect
    assert to_the_issue(do, new) == "02/TB-UBND"
    assert document(desk, old).corrected_at is not None
    told = desk.told("conclusions.notice_corrected")
    assert told == [
        {
            "notice_id": old,
            "kind": "TB",
            "family": "conclusion",
            "by": new,
            "symbol": "02/TB-UBND",
            "reason": "Điểm 1: hạn 15/12 sửa thành 25/12",
        }
    ]
    assert desk.meeting().notice_state == "issued"


def test_a_replacement_brings_the_lines_along_and_ends_the_old_one(desk: Desk, do: Do) -> None:
    old = desk.issued({"text": "Ghi nhận"}, desk.task())

    new = about(do, "replaces", old)
    lines = desk.council.all(select(NoticeLine).where(NoticeLine.notice_id == new).order_by(NoticeLine.position))
    before = desk.council.all(select(NoticeLine).where(NoticeLine.notice_id == old).order_by(NoticeLine.position))
    to_the_issue(do, new)

    assert [(line.text, line.lead_unit_id, line.due_on, line.carries_id) for line in lines] == [
        (line.text, line.lead_unit_id, line.due_on, line.id) for line in before
    ]
    (told,) = desk.told("conclusions.notice_replaced")
    assert (told["notice_id"], told["by"]) == (old, new)
    assert told["carried"] == {str(was.id): line.id for was, line in zip(before, lines, strict=True)}
    assert document(desk, old).replaced_at is not None
    assert document(desk, new).closing.startswith("Thông báo này thay thế Thông báo số 01/TB-UBND ngày 24 tháng 11 năm 2026.")
    assert desk.meeting().notice_state == "issued"


def test_a_withdrawal_says_why_and_the_meeting_waits_again(desk: Desk, do: Do) -> None:
    old = desk.issued(desk.task())
    do("hung", "conclusions.publish", notice_id=old)

    new = about(do, "withdraws", old, reason="Ban hành nhầm")
    to_the_issue(do, new)

    found = document(desk, old)
    assert found.withdrawn_at is not None
    assert found.published_at is None
    (told,) = desk.told("conclusions.notice_withdrawn")
    assert (told["notice_id"], told["by"], told["reason"], told["unpublished"]) == (old, new, "Ban hành nhầm", True)
    assert desk.meeting().notice_state == "none_yet"


@pytest.mark.parametrize(
    ("relation", "wanted", "code"),
    [
        ("corrects", {}, "correction_unnamed"),
        ("withdraws", {"reason": " "}, "withdrawal_reason_needed"),
        ("", {}, "about_without_relation"),
        ("replaces", {"kind": "NQ"}, "kind_of_other_body"),
        ("replaces", {"kind": "QĐ"}, "about_other_kind"),
        ("replaces", {"about_id": 999}, "not_found"),
        ("replaces", {"about_id": None}, "relation_without_about"),
    ],
)
def test_what_is_not_said_rightly_is_refused(desk: Desk, do: Do, relation: str, wanted: dict[str, Any], code: str) -> None:
    old = desk.issued(desk.task())

    assert refusal(do, "minh", "conclusions.draft", **{"about_id": old, "relation": relation, **wanted}) == code


def test_nobody_corrects_a_draft(desk: Desk, do: Do) -> None:
    old = desk.draft(desk.task())

    code = refusal(do, "minh", "conclusions.draft", about_id=old, relation="corrects", reason="Sửa")

    assert code == "about_not_issued"


def test_nothing_is_done_to_what_is_withdrawn_or_replaced(desk: Desk, do: Do) -> None:
    first = desk.issued(desk.task())
    second = about(do, "replaces", first)
    to_the_issue(do, second)
    third = about(do, "withdraws", second, reason="Nhầm")
    to_the_issue(do, third)

    def code(old: int, relation: str) -> str:
        return refusal(do, "minh", "conclusions.draft", about_id=old, relation=relation, reason="X")

    assert [code(first, each) for each in ("corrects", "replaces", "withdraws")] == ["about_replaced"] * 3
    assert [code(second, each) for each in ("corrects", "replaces", "withdraws")] == ["about_withdrawn"] * 3
    assert [code(third, each) for each in ("replaces", "withdraws")] == ["withdrawal_stays"] * 2


def test_one_replacement_is_made_at_a_time(desk: Desk, do: Do) -> None:
    old = desk.issued(desk.task())
    about(do, "replaces", old)

    assert refusal(do, "minh", "conclusions.draft", about_id=old, relation="withdraws", reason="X") == "relation_pending"
    assert about(do, "corrects", old, reason="Sửa lỗi chính tả")


def test_a_document_takes_no_effect_on_one_that_has_gone_meanwhile(desk: Desk, do: Do) -> None:
    old = desk.issued(desk.task())
    correction = about(do, "corrects", old, reason="Sửa")
    do("hung", "conclusions.approve", notice_id=correction)
    do("minh", "conclusions.sign", notice_id=correction)
    to_the_issue(do, about(do, "replaces", old))

    assert refusal(do, "van", "conclusions.issue", notice_id=correction) == "about_replaced"
    assert document(desk, correction).number_id is None


@pytest.mark.parametrize(("username", "code"), [("hoa", "forbidden"), ("khach", "not_found"), ("lan", "not_found")])
def test_only_the_desk_begins_a_document_about_another(desk: Desk, do: Do, username: str, code: str) -> None:
    old = desk.issued(desk.task())

    assert refusal(do, username, "conclusions.draft", about_id=old, relation="replaces") == code


def test_programs_read_the_chain_both_ways(desk: Desk, do: Do, api: Callable[[str], Any]) -> None:
    old = desk.issued(desk.task())
    status, answer = api("minh").act("conclusions.draft", about_id=old, relation="replaces")
    new = answer["notice_id"]

    seen = {name: api(name).get(f"/notices/{old}/relations")[1]["data"] for name in ("minh", "hoa")}
    to_the_issue(do, new)
    chain = api("hoa").get(f"/notices/{new}/relations")[1]["data"]

    assert status == 200
    assert [(each["id"], each["relation"], each["here"]) for each in seen["minh"]] == [
        (old, None, True),
        (new, "replaces", False),
    ]
    assert seen["hoa"] == []  # a draft is the office's
    assert [(each["id"], each["standing"], each["here"]) for each in chain] == [(old, "replaced", False), (new, "in_force", True)]
    assert api("hoa").get(f"/notices/{old}")[1]["related"] == [{"id": new, "relation": "replaces", "state": "issued"}]
    assert api("lan").get(f"/notices/{old}/relations")[0] == 404


def test_what_cannot_be_issued_any_more_gets_no_number(desk: Desk, do: Do) -> None:
    old = desk.issued()
    late = about(do, "corrects", old, reason="Sửa hạn")
    do("hung", "conclusions.approve", notice_id=late)
    do("minh", "conclusions.sign", notice_id=late)
    to_the_issue(do, about(do, "replaces", old))

    assert refusal(do, "van", "conclusions.number", notice_id=late) == "about_replaced"
    assert document(desk, late).number_id is None


def test_a_number_longer_than_any_register_is_a_slip_of_the_hand(desk: Desk, do: Do) -> None:
    assert refusal(do, "van", "conclusions.issue", notice_id=desk.signed(), number=100_000) == "malformed"
