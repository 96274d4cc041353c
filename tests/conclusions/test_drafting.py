"""Resolutions and several documents a meeting: begun with item, vote and papers; carried by a vote that passed."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import database
from meeting.agenda.models import Item
from meeting.conclusions.models import Instrument, NoticeLine
from meeting.errors import Refused
from meeting.voting.models import Question, Result
from tests.conclusions.conftest import EVENING, Desk

Do = Callable[..., dict[str, Any]]


def refusal(do: Do, *args: Any, **wanted: Any) -> str:
    with pytest.raises(Refused) as caught:
        do(*args, **wanted)
    return caught.value.code


@pytest.fixture
def sitting(desk: Desk, council: Any) -> int:
    """A sitting of the council that is over."""
    return int(council.meeting("HĐND", state="held", starts_at=desk.meeting().starts_at))


def voted(council: Any, meeting_id: int, item_id: int, passed: bool = True, state: str = "published") -> int:
    """A vote on an item with its result."""
    question = Question(
        meeting_id=meeting_id,
        item_id=item_id,
        title="Dự toán ngân sách năm 2027",
        kind="open",
        rule="more_than_half",
        tie="none",
        options=["for", "against"],
        state=state,
        total=3,
        prepared_by=council.person("minh"),
        prepared_at=EVENING,
        closed_at=EVENING,
        published_at=EVENING,
    )
    (question_id,) = council.write(question)
    counts = {"for": 3 if passed else 1, "against": 0 if passed else 2}
    figures = {"total": 3, "present": 3, "cast": 3, "base": "total", "base_count": 3, "needed": 2}
    with Session(database.database().writing) as session:
        session.add(Result(question_id=question_id, counts=counts, passed=passed, **figures))
        session.commit()
    return int(question_id)


def document(council: Any, notice_id: int) -> Instrument:
    return council.one(select(Instrument).where(Instrument.id == notice_id))  # type: ignore[no-any-return]


def test_a_resolution_is_begun_from_its_item_and_vote(council: Any, do: Do, sitting: int) -> None:
    item = council.items(sitting)[1]
    question = voted(council, sitting, item)

    made = do("minh", "conclusions.draft", meeting_id=sitting, kind="NQ", question_id=question)

    found = document(council, made["notice_id"])
    lines = council.all(select(NoticeLine.text).where(NoticeLine.notice_id == found.id).order_by(NoticeLine.position))
    grounds = found.grounds.splitlines()
    assert (found.kind, found.family, found.item_id, found.question_id) == ("NQ", "decision", item, question)
    assert found.abstract == "Về nội dung 2"
    assert grounds[0].startswith("Căn cứ Luật Tổ chức chính quyền địa phương")
    assert grounds[-1].startswith("Căn cứ kết quả biểu quyết: ")
    assert "3/3" in grounds[-1]
    assert lines[0] == "Thông qua nội dung 2."
    assert "Nghị quyết này" in lines[1]
    assert "đã được Hội đồng nhân dân" in found.closing


@pytest.mark.parametrize(
    ("passed", "state", "code"), [(False, "published", "vote_not_passed"), (True, "closed", "vote_not_published")]
)
def test_a_resolution_rests_on_a_vote_that_passed(
    council: Any, do: Do, sitting: int, passed: bool, state: str, code: str
) -> None:
    item = council.items(sitting)[0]
    question = voted(council, sitting, item, passed, state)
    made = do("minh", "conclusions.draft", meeting_id=sitting, kind="NQ", item_id=item)

    begun = refusal(do, "minh", "conclusions.draft", meeting_id=sitting, kind="NQ", question_id=question)
    linked = refusal(do, "minh", "conclusions.link_vote", notice_id=made["notice_id"], question_id=question)

    assert (begun, linked) == (code, code)


def test_the_chair_approves_nothing_whose_vote_is_gone(council: Any, do: Do, sitting: int) -> None:
    question = voted(council, sitting, council.items(sitting)[0])
    made = do("minh", "conclusions.draft", meeting_id=sitting, kind="NQ", question_id=question)
    council.update(Question, question, state="cancelled")

    assert refusal(do, "minh", "conclusions.submit", notice_id=made["notice_id"]) == "vote_not_published"
    assert refusal(do, "lan", "conclusions.approve", notice_id=made["notice_id"]) == "vote_not_published"


def test_a_vote_is_linked_and_untied(council: Any, do: Do, sitting: int, desk: Desk) -> None:
    question = voted(council, sitting, council.items(sitting)[0])
    made = do("minh", "conclusions.draft", meeting_id=sitting, kind="NQ", item_id=council.items(sitting)[0])
    other = voted(council, desk.meeting_id, desk.items()[0])

    do("minh", "conclusions.link_vote", notice_id=made["notice_id"], question_id=question)
    assert document(council, made["notice_id"]).question_id == question
    do("minh", "conclusions.link_vote", notice_id=made["notice_id"], question_id=None)
    assert document(council, made["notice_id"]).question_id is None
    assert refusal(do, "minh", "conclusions.link_vote", notice_id=made["notice_id"], question_id=other) == "not_found"
    assert refusal(do, "lan", "conclusions.link_vote", notice_id=made["notice_id"], question_id=question) == "forbidden"
    assert refusal(do, "khach", "conclusions.link_vote", notice_id=made["notice_id"], question_id=question) == "not_found"


@pytest.mark.parametrize(("kind", "code"), [("NQ", "kind_of_other_body"), ("XX", "kind_unknown")])
def test_the_committee_issues_no_resolution(desk: Desk, do: Do, kind: str, code: str) -> None:
    assert refusal(do, "minh", "conclusions.draft", meeting_id=desk.meeting_id, kind=kind) == code


def test_a_decision_of_the_committee_is_its_chairs_to_sign(desk: Desk, do: Do) -> None:
    made = do("minh", "conclusions.draft", meeting_id=desk.meeting_id, family="decision", item_id=desk.items()[0])["notice_id"]
    do("hung", "conclusions.approve", notice_id=made)

    assert refusal(do, "minh", "conclusions.sign", notice_id=made) == "signed_by_chair"
    do("hung", "conclusions.sign", notice_id=made)

    assert do("van", "conclusions.issue", notice_id=made)["symbol"] == "01/QĐ-UBND"
    assert desk.meeting().notice_state == "none_yet"  # a decision is no conclusion notice


def test_a_meeting_may_have_several_documents_each_on_its_own_way(desk: Desk, do: Do) -> None:
    first = desk.issued(desk.task())
    second = do("minh", "conclusions.draft", meeting_id=desk.meeting_id, item_id=desk.items()[0], lines=[desk.task()])[
        "notice_id"
    ]
    do("hung", "conclusions.approve", notice_id=second)
    do("minh", "conclusions.sign", notice_id=second)

    assert do("van", "conclusions.issue", notice_id=second)["symbol"] == "02/TB-UBND"
    assert document(desk.council, second).abstract == "Kết luận của Chủ tịch UBND về Nội dung 1 tại phiên họp UBND"
    assert {document(desk.council, each).state for each in (first, second)} == {"issued"}


def test_somebody_named_signs_it_and_nobody_else(desk: Desk, do: Do, council: Any) -> None:
    notice_id = desk.draft(desk.task())
    do("minh", "conclusions.word", notice_id=notice_id, signer_id=council.person("hoa"))
    do("hung", "conclusions.approve", notice_id=notice_id)

    assert refusal(do, "minh", "conclusions.sign", notice_id=notice_id) == "signed_by_other"
    assert refusal(do, "tuan", "conclusions.sign", notice_id=notice_id) == "not_found"
    do("hoa", "conclusions.sign", notice_id=notice_id)

    assert document(council, notice_id).signed_by_id == council.person("hoa")


def test_the_chair_sends_a_signed_document_back_until_it_has_its_number(desk: Desk, do: Do) -> None:
    notice_id = desk.signed(desk.task())

    do("hung", "conclusions.send_back", notice_id=notice_id, reason="Sai số liệu")
    found = document(desk.council, notice_id)
    assert (found.state, found.signed_at, found.sealing) == ("draft", None, "")
    do("hung", "conclusions.approve", notice_id=notice_id)
    do("minh", "conclusions.sign", notice_id=notice_id)
    numbered = do("van", "conclusions.number", notice_id=notice_id)

    assert numbered == {"symbol": "01/TB-UBND", "number": 1, "issued_on": "2026-11-24"}
    assert refusal(do, "hung", "conclusions.send_back", notice_id=notice_id, reason="X") == "notice_numbered"
    assert refusal(do, "van", "conclusions.number", notice_id=notice_id) == "notice_numbered"
    assert desk.told("conclusions.notice_numbered")[0]["symbol"] == "01/TB-UBND"
    assert do("van", "conclusions.issue", notice_id=notice_id)["symbol"] == "01/TB-UBND"


@pytest.mark.parametrize(("username", "code"), [("hung", "forbidden"), ("hoa", "not_found"), ("khach", "not_found")])
def test_only_clerk_and_chief_give_numbers(desk: Desk, do: Do, username: str, code: str) -> None:
    notice_id = desk.signed(desk.task())

    assert refusal(do, username, "conclusions.number", notice_id=notice_id) == code


def test_the_meeting_page_says_what_the_council_still_lacks(
    council: Any, do: Do, sitting: int, client: Callable[[str], Any]
) -> None:
    items = council.items(sitting)
    question = voted(council, sitting, items[0])
    voted(council, sitting, items[1])
    council.update(Question, voted(council, sitting, items[2]), form="election")
    do("minh", "conclusions.draft", meeting_id=sitting, kind="NQ", question_id=question)

    shown = client("minh").get(f"/meetings/{sitting}").get_data(as_text=True)

    assert "1 nội dung đã thông qua chưa có nghị quyết" in shown
    assert "Soạn nghị quyết cho nội dung 2" in shown
    assert "Soạn nghị quyết cho nội dung 1" not in shown


def test_the_programme_needs_no_resolution(council: Any, sitting: int, client: Callable[[str], Any]) -> None:
    items = council.items(sitting)
    voted(council, sitting, items[0])
    council.update(Item, items[0], kind="opening")

    assert "chưa có nghị quyết" not in client("minh").get(f"/meetings/{sitting}").get_data(as_text=True)


def test_programs_draft_and_list_resolutions(council: Any, sitting: int, api: Callable[[str], Any]) -> None:
    status, made = api("minh").act("conclusions.draft", meeting_id=sitting, family="decision", item_id=council.items(sitting)[0])

    listed = api("minh").get("/resolutions?kind=NQ&body=HĐND&state=draft")[1]["data"]
    assert status == 200
    assert [(each["id"], each["kind"]) for each in listed] == [(made["notice_id"], "NQ")]
    assert api("minh").get("/notices")[1]["data"] == []
    assert api("hoa").get("/resolutions")[1]["data"] == []
    assert [each["id"] for each in api("minh").get(f"/meetings/{sitting}/documents")[1]["data"]] == [made["notice_id"]]
