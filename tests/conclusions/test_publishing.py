"""After the issue: public or not, sent up; drafts thrown away; several documents a meeting."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from meeting.agenda.models import Meeting
from meeting.conclusions.models import Instrument
from meeting.errors import Refused
from tests.conclusions.conftest import Desk

Do = Callable[..., dict[str, Any]]


def refusal(do: Do, *args: Any, **wanted: Any) -> str:
    with pytest.raises(Refused) as caught:
        do(*args, **wanted)
    return caught.value.code


def document(desk: Desk, notice_id: int) -> Instrument:
    return desk.council.one(select(Instrument).where(Instrument.id == notice_id))  # type: ignore[no-any-return]


def test_the_chair_makes_a_document_public_and_takes_it_back(desk: Desk, do: Do) -> None:
    notice_id = desk.issued(desk.task())

    do("hung", "conclusions.publish", notice_id=notice_id)
    assert document(desk, notice_id).published_by_id == desk.council.person("hung")
    assert refusal(do, "minh", "conclusions.publish", notice_id=notice_id) == "published_already"
    do("minh", "conclusions.unpublish", notice_id=notice_id, reason="Có số liệu cá nhân")

    assert document(desk, notice_id).published_at is None
    assert refusal(do, "hung", "conclusions.unpublish", notice_id=notice_id) == "not_public"
    assert [each["notice_id"] for each in desk.told("conclusions.notice_published")] == [notice_id]
    assert desk.told("conclusions.notice_unpublished")[0]["reason"] == "Có số liệu cá nhân"


@pytest.mark.parametrize(
    ("username", "code"), [("van", "forbidden"), ("hoa", "forbidden"), ("khach", "not_found"), ("lan", "not_found")]
)
def test_others_publish_nothing(desk: Desk, do: Do, username: str, code: str) -> None:
    notice_id = desk.issued(desk.task())

    assert refusal(do, username, "conclusions.publish", notice_id=notice_id) == code
    assert refusal(do, username, "conclusions.unpublish", notice_id=notice_id) == code


def test_a_draft_and_what_was_said_behind_closed_doors_are_not_made_public(desk: Desk, do: Do, council: Any) -> None:
    notice_id = desk.signed(desk.task())
    assert refusal(do, "hung", "conclusions.publish", notice_id=notice_id) == "not_issued_yet"

    council.update(Meeting, desk.meeting_id, closed=True)
    body = council.body("UBND")
    do("minh", "conclusions.keep_form", body_id=body, kind="TB", publish=True)
    do("van", "conclusions.issue", notice_id=notice_id)

    assert document(desk, notice_id).published_at is None
    assert refusal(do, "hung", "conclusions.publish", notice_id=notice_id) == "closed_not_public"


def test_a_body_may_publish_all_its_notices_at_the_issue(desk: Desk, do: Do, council: Any) -> None:
    do("minh", "conclusions.keep_form", body_id=council.body("UBND"), kind="TB", publish=True)

    notice_id = desk.issued(desk.task())

    assert document(desk, notice_id).published_at is not None
    assert desk.told("conclusions.notice_published")[0]["by"] == "form"


def resolution(desk: Desk, do: Do) -> int:
    """A resolution of the council, signed by its chair and issued."""
    meeting_id = desk.council.meeting("HĐND", state="held", starts_at=desk.meeting().starts_at)
    drafted = do("minh", "conclusions.draft", meeting_id=meeting_id, family="decision", item_id=desk.council.items(meeting_id)[0])
    do("lan", "conclusions.approve", notice_id=drafted["notice_id"])
    do("lan", "conclusions.sign", notice_id=drafted["notice_id"])
    do("van", "conclusions.issue", notice_id=drafted["notice_id"])
    return int(drafted["notice_id"])


def test_a_resolution_of_the_council_is_sent_up_within_ten_days(desk: Desk, do: Do) -> None:
    notice_id = resolution(desk, do)
    found = document(desk, notice_id)
    assert (found.kind, found.family, found.number.symbol) == ("NQ", "decision", "01/NQ-HĐND")  # type: ignore[union-attr]
    assert found.sent_up_due_on == date(2026, 12, 4)

    do("van", "conclusions.send_up", notice_id=notice_id, to="Thường trực HĐND thành phố")

    assert document(desk, notice_id).sent_up_to == "Thường trực HĐND thành phố"
    assert refusal(do, "minh", "conclusions.send_up", notice_id=notice_id, to="X") == "sent_up_already"
    assert refusal(do, "minh", "conclusions.send_up", notice_id=notice_id, to="") == "malformed"


@pytest.mark.parametrize(
    ("username", "code"), [("hoa", "forbidden"), ("lan", "forbidden"), ("khach", "not_found"), ("hung", "not_found")]
)
def test_only_the_office_sends_up(desk: Desk, do: Do, username: str, code: str) -> None:
    notice_id = resolution(desk, do)

    assert refusal(do, username, "conclusions.send_up", notice_id=notice_id, to="X") == code


def test_what_is_not_issued_is_not_sent_up(desk: Desk, do: Do) -> None:
    notice_id = desk.signed(desk.task())

    assert refusal(do, "van", "conclusions.send_up", notice_id=notice_id, to="X") == "not_issued_yet"


def test_a_draft_begun_by_mistake_is_thrown_away(desk: Desk, do: Do, council: Any) -> None:
    notice_id = desk.draft(desk.task(cooperating_unit_ids=[council.unit("van_hoa")]))

    assert refusal(do, "hung", "conclusions.discard", notice_id=notice_id) == "forbidden"
    assert refusal(do, "khach", "conclusions.discard", notice_id=notice_id) == "not_found"
    do("minh", "conclusions.discard", notice_id=notice_id, reason="Nhầm cuộc họp")

    assert document(desk, notice_id) is None
    assert desk.meeting().notice_state == "none_yet"
    (told,) = desk.told("conclusions.notice_discarded")
    assert (told["notice_id"], told["reason"]) == (notice_id, "Nhầm cuộc họp")


def test_what_the_chair_approved_is_not_thrown_away(desk: Desk, do: Do) -> None:
    assert refusal(do, "minh", "conclusions.discard", notice_id=desk.approved()) == "notice_not_draft"


def test_programs_publish_and_read_it(desk: Desk, api: Callable[[str], Any]) -> None:
    notice_id = desk.issued(desk.task())

    assert api("hung").act("conclusions.publish", notice_id=notice_id)[0] == 200
    assert api("hoa").get(f"/notices/{notice_id}")[1]["published_at"] is not None
    assert api("hoa").act("conclusions.publish", notice_id=notice_id)[0] == 403
    assert api("hung").act("conclusions.publish", notice_id=notice_id)[1]["code"] == "published_already"


def numbered(desk: Desk, do: Do) -> tuple[int, str]:
    notice_id = desk.signed(desk.task())
    return notice_id, str(do("van", "conclusions.number", notice_id=notice_id)["symbol"])


def test_a_document_is_given_up_with_its_number(desk: Desk, do: Do) -> None:
    notice_id, symbol = numbered(desk, do)

    assert refusal(do, "van", "conclusions.void", notice_id=notice_id) == "reason_needed"
    assert refusal(do, "hoa", "conclusions.void", notice_id=notice_id, reason="Nhầm") in ("forbidden", "not_found")
    do("van", "conclusions.void", notice_id=notice_id, reason="Văn bản cũ đã bị thu hồi")

    assert document(desk, notice_id) is None
    (told,) = desk.told("conclusions.notice_discarded")
    assert (told["symbol"], told["reason"]) == (symbol, "Văn bản cũ đã bị thu hồi")
    assert desk.meeting().notice_state == "none_yet"
    assert numbered(desk, do)[1] != symbol


def test_only_what_is_numbered_is_given_up_with_its_number(desk: Desk, do: Do) -> None:
    notice_id = desk.signed(desk.task())

    assert refusal(do, "van", "conclusions.void", notice_id=notice_id, reason="Nhầm") == "void_not_numbered"
