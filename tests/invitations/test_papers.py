"""The invitation paper: drafted from the meeting, worded, signed by whom the rule book names, numbered, issued, replaced."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pymupdf
import pytest
from sqlalchemy import select

from meeting import clock
from meeting.errors import Refused
from meeting.invitations.jobs import paper_pdf, set_paper
from meeting.invitations.models import Invitation
from meeting.journal import Entry
from meeting.notify.models import Notification
from tests.conftest import MORNING, Council, Program
from tests.invitations.conftest import Rule, state_of

Do = Callable[..., dict[str, Any]]


def refused(do: Do, *arguments: Any, **wanted: Any) -> str:
    with pytest.raises(Refused) as caught:
        do(*arguments, **wanted)
    return caught.value.code


def paper(council: Council, invitation_id: int) -> Invitation:
    found: Invitation = council.one(select(Invitation).where(Invitation.id == invitation_id))
    return found


def events(council: Council, meeting: int) -> list[str]:
    return council.all(
        select(Entry.event).where(Entry.chain == meeting, Entry.event.startswith("invitations.")).order_by(Entry.id)
    )


@pytest.fixture
def meeting(council: Council, at: Callable[[datetime], None]) -> int:
    """A UBND meeting on Tuesday 24 November 2026 at 8:00, not issued yet."""
    at(MORNING)
    return council.meeting(state="draft", starts_at=MORNING + timedelta(days=1))


def issued(do: Do, meeting: int, **wanted: Any) -> dict[str, Any]:
    made = do("minh", "invitations.draft", meeting_id=meeting)
    do("minh", "invitations.sign", invitation_id=made["invitation_id"])
    return made | do("van", "invitations.issue", invitation_id=made["invitation_id"], **wanted)


def test_the_draft_says_who_invites_whom_to_what(council: Council, do: Do, meeting: int) -> None:
    council.invite(meeting, "khach")

    made = do("minh", "invitations.draft", meeting_id=meeting)

    row = paper(council, made["invitation_id"])
    assert (row.kind, row.state, row.version) == ("invitation", "draft", 1)
    assert "Ủy ban nhân dân phường trân trọng kính mời:" in row.opening
    assert "- Các Ông/Bà thành viên Ủy ban nhân dân phường;" in row.opening
    assert "- Ông Mạc Thị Khách, Khách mời." in row.opening
    assert row.content.splitlines() == ["1. Nội dung 1.", "2. Nội dung 2.", "3. Nội dung 3."]
    assert row.recipients.splitlines() == ["Như trên;", "Lưu: VT."]
    assert events(council, meeting) == ["invitations.paper_drafted"]


def test_only_one_paper_is_in_the_making(do: Do, meeting: int) -> None:
    do("minh", "invitations.draft", meeting_id=meeting)

    assert refused(do, "minh", "invitations.draft", meeting_id=meeting) == "invitation_exists"


def test_nobody_overwrites_what_they_have_not_seen(council: Council, do: Do, meeting: int) -> None:
    made = do("minh", "invitations.draft", meeting_id=meeting)["invitation_id"]

    assert do("minh", "invitations.edit", invitation_id=made, version=1, closing="Một.") == {"version": 2}
    assert refused(do, "minh", "invitations.edit", invitation_id=made, version=1, closing="Hai.") == "invitation_changed"
    assert paper(council, made).closing == "Một."


def test_a_sitting_of_writing_is_one_entry_of_the_journal(council: Council, do: Do, meeting: int, at: Any) -> None:
    made = do("minh", "invitations.draft", meeting_id=meeting)["invitation_id"]

    for version, word in enumerate(("a", "ab", "abc"), start=1):
        do("minh", "invitations.edit", invitation_id=made, version=version, closing=word)
    at(MORNING + timedelta(minutes=30))
    do("minh", "invitations.edit", invitation_id=made, version=4, closing="abcd")

    assert events(council, meeting).count("invitations.paper_edited") == 2


def test_the_words_may_be_proposed_anew_from_the_meeting(council: Council, do: Do, meeting: int) -> None:
    made = do("minh", "invitations.draft", meeting_id=meeting)["invitation_id"]
    do("minh", "invitations.edit", invitation_id=made, version=1, content="Sai.")
    do("minh", "agenda.add_item", meeting_id=meeting, title="Nội dung thêm")

    do("minh", "invitations.refresh", invitation_id=made, version=2)

    assert paper(council, made).content.splitlines()[-1] == "4. Nội dung thêm."


@pytest.mark.parametrize(
    ("signer", "who", "code"),
    [
        ("chief", "minh", None),
        ("chief", "hung", "invitation_by_chief"),
        ("chair", "hung", None),
        ("chair", "minh", "invitation_by_chair"),
    ],
)
def test_who_signs_is_a_rule_of_the_body(do: Do, meeting: int, rule: Rule, signer: str, who: str, code: str | None) -> None:
    rule(signer=signer)
    made = do("minh", "invitations.draft", meeting_id=meeting)["invitation_id"]

    if code:
        assert refused(do, who, "invitations.sign", invitation_id=made) == code
    else:
        assert do(who, "invitations.sign", invitation_id=made) == {"state": "signed"}


def test_a_paper_without_its_parts_is_not_signed(council: Council, do: Do, meeting: int) -> None:
    made = do("minh", "invitations.draft", meeting_id=meeting)["invitation_id"]
    do("minh", "invitations.edit", invitation_id=made, version=1, opening=" ")

    with pytest.raises(Refused) as caught:
        do("minh", "invitations.sign", invitation_id=made)

    assert (caught.value.code, caught.value.facts) == ("invitation_incomplete", {"parts": ["part_opening"]})


def test_a_signed_paper_stays_until_it_is_opened_again_with_a_reason(council: Council, do: Do, meeting: int) -> None:
    made = do("minh", "invitations.draft", meeting_id=meeting)["invitation_id"]
    assert refused(do, "minh", "invitations.reopen", invitation_id=made, reason="x") == "invitation_not_signed"
    do("minh", "invitations.sign", invitation_id=made)

    assert refused(do, "minh", "invitations.edit", invitation_id=made, version=1, closing="x") == "invitation_not_draft"
    assert refused(do, "minh", "invitations.sign", invitation_id=made) == "invitation_not_draft"
    assert refused(do, "minh", "invitations.reopen", invitation_id=made) == "reason_needed"
    assert do("minh", "invitations.reopen", invitation_id=made, reason="Sai địa điểm") == {"state": "draft"}
    assert paper(council, made).signed_at is None


def test_the_clerk_issues_paper_and_meeting_in_one_tap(council: Council, do: Do, meeting: int) -> None:
    done = issued(do, meeting, with_meeting=True)

    assert (done["symbol"], done["state"]) == ("01/GM-UBND", "issued")
    assert done["invited"] > 0
    assert state_of(council, meeting) == "issued"
    row = paper(council, done["invitation_id"])
    assert (row.state, row.issued_on) == ("issued", date(2026, 11, 23))
    assert refused(do, "van", "invitations.issue", invitation_id=row.id) == "invitation_issued"
    assert refused(do, "minh", "invitations.edit", invitation_id=row.id, version=1, closing="x") == "invitation_issued"


def test_the_meeting_may_still_be_issued_without_a_paper(council: Council, do: Do, meeting: int) -> None:
    do("van", "agenda.issue", meeting_id=meeting)

    assert state_of(council, meeting) == "issued"


def test_an_unsigned_paper_has_no_number(do: Do, meeting: int) -> None:
    made = do("minh", "invitations.draft", meeting_id=meeting)["invitation_id"]

    assert refused(do, "van", "invitations.issue", invitation_id=made) == "invitation_not_signed"


def test_a_paper_whose_meeting_changed_after_the_signature_is_not_issued(council: Council, do: Do, meeting: int) -> None:
    made = do("minh", "invitations.draft", meeting_id=meeting)["invitation_id"]
    do("minh", "invitations.sign", invitation_id=made)
    do("minh", "agenda.edit", meeting_id=meeting, place="Hội trường B")

    assert refused(do, "van", "invitations.issue", invitation_id=made) == "invitation_outdated"


def test_number_and_date_are_the_clerks(do: Do, meeting: int) -> None:
    assert issued(do, meeting, number=7)["symbol"] == "07/GM-UBND"
    again = do("minh", "invitations.draft", meeting_id=meeting)["invitation_id"]
    do("minh", "invitations.sign", invitation_id=again)

    assert refused(do, "van", "invitations.issue", invitation_id=again, number=7) == "number_taken"
    assert refused(do, "van", "invitations.issue", invitation_id=again, number=0) == "number_positive"
    day = "2026-11-20"
    assert refused(do, "van", "invitations.issue", invitation_id=again, issued_on=day) == "invitation_before_draft"
    assert do("van", "invitations.issue", invitation_id=again)["symbol"] == "08/GM-UBND"


def test_a_new_paper_names_the_one_it_replaces(council: Council, do: Do, meeting: int) -> None:
    first = issued(do, meeting, with_meeting=True)
    do("minh", "agenda.edit", meeting_id=meeting, place="Hội trường B")

    second = issued(do, meeting, with_meeting=True)

    row = paper(council, second["invitation_id"])
    assert row.replaces_id == first["invitation_id"]
    assert "Giấy mời này thay thế Giấy mời số 01/GM-UBND ngày 23 tháng 11 năm 2026." in row.closing
    assert (second["symbol"], row.facts[2]) == ("02/GM-UBND", ["Địa điểm", "Hội trường B."])


def test_no_paper_is_made_once_the_meeting_has_begun(council: Council, do: Do) -> None:
    assert refused(do, "minh", "invitations.draft", meeting_id=council.meeting(state="in_session")) == "invitation_too_late"


def test_the_session_of_the_council_is_convened_by_a_decision(council: Council, do: Do, rule: Rule, at: Any) -> None:
    at(MORNING)
    rule("HĐND", summons="decision", invite_days=20, invite_unit="calendar")
    meeting = council.meeting("HĐND", state="draft", starts_at=datetime(2026, 12, 17, 1, 0, tzinfo=UTC))
    made = do("minh", "invitations.draft", meeting_id=meeting)["invitation_id"]

    assert refused(do, "minh", "invitations.sign", invitation_id=made) == "invitation_by_chair"
    do("lan", "invitations.sign", invitation_id=made)
    done = do("van", "invitations.issue", invitation_id=made, with_meeting=True)

    assert (done["symbol"], done["late"]) == ("01/QĐ-HĐND", False)
    assert clock.local(datetime.fromisoformat(done["due_at"])).date() == date(2026, 11, 27)
    row = paper(council, made)
    assert row.content.startswith("Điều 1. Triệu tập phiên họp HĐND.")
    assert [line[2] for line in row.annex or []] == ["Nội dung 1", "Nội dung 2", "Nội dung 3"]


def test_a_decision_less_than_twenty_days_before_is_recorded_as_late(council: Council, do: Do, rule: Rule, at: Any) -> None:
    at(MORNING)
    rule("HĐND", summons="decision", invite_days=20, invite_unit="calendar")
    meeting = council.meeting("HĐND", state="draft", starts_at=datetime(2026, 12, 10, 1, 0, tzinfo=UTC))
    made = do("minh", "invitations.draft", meeting_id=meeting)["invitation_id"]
    do("lan", "invitations.sign", invitation_id=made)

    assert do("van", "invitations.issue", invitation_id=made, with_meeting=True)["late"] is True


def test_the_worker_sets_the_pdf_once_and_the_invited_may_open_it(council: Council, do: Do, meeting: int, client: Any) -> None:
    made = issued(do, meeting, with_meeting=True)["invitation_id"]

    set_paper(made)
    set_paper(made)

    row = paper(council, made)
    assert row.document_id is not None
    assert events(council, meeting).count("invitations.document_set") == 1
    words = "".join(page.get_text() for page in pymupdf.open(stream=paper_pdf(made)[0], filetype="pdf"))
    assert "Số: 01/GM-UBND" in words
    assert "08 giờ 00, thứ Ba, ngày 24 tháng 11 năm 2026" in words.replace("\n", " ")
    assert "(Đã ký)" in words


def test_who_does_not_prepare_may_not_touch_the_paper(council: Council, do: Do, meeting: int) -> None:
    made = do("minh", "invitations.draft", meeting_id=meeting)["invitation_id"]

    for who, act in (("van", "sign"), ("van", "reopen"), ("hung", "issue")):
        assert refused(do, who, f"invitations.{act}", invitation_id=made) == "forbidden"
    for act in ("sign", "reopen", "issue", "refresh"):
        more = {"version": 1} if act == "refresh" else {}
        assert refused(do, "hoa", f"invitations.{act}", invitation_id=made, **more) == "not_found"
    assert refused(do, "khach", "invitations.draft", meeting_id=meeting) == "not_found"
    assert refused(do, "hung", "invitations.draft", meeting_id=meeting) == "forbidden"


def test_a_draft_is_nobodys_but_the_offices_and_an_issued_paper_is_the_inviteds(
    council: Council, do: Do, meeting: int, api: Callable[[str], Program]
) -> None:
    made = do("minh", "invitations.draft", meeting_id=meeting)["invitation_id"]
    assert api("hoa").get(f"/invitations/{made}")[0] == 404
    assert api("minh").get(f"/invitations/{made}")[1]["state"] == "draft"

    do("minh", "invitations.sign", invitation_id=made)
    do("van", "invitations.issue", invitation_id=made, with_meeting=True)

    status, body = api("hoa").get(f"/invitations/{made}")
    assert (status, body["symbol"], body["kind"]) == (200, "01/GM-UBND", "invitation")
    assert api("khach").get(f"/invitations/{made}")[0] == 404
    assert api("lan").get(f"/invitations/{made}")[0] == 404


def test_what_is_put_off_is_not_announced_and_parts_keep_their_numbers(council: Council, do: Do, meeting: int) -> None:
    first, second, _ = council.items(meeting)
    do("minh", "agenda.add_item", meeting_id=meeting, title="Phần thứ nhất", parent_id=first)
    do("minh", "agenda.defer_item", item_id=second, reason="Chưa đủ tài liệu")

    made = do("minh", "invitations.draft", meeting_id=meeting)["invitation_id"]

    assert paper(council, made).content.splitlines() == ["1. Nội dung 1.", "1.1. Phần thứ nhất.", "3. Nội dung 3."]


def test_a_paper_that_replaces_one_already_sent_goes_to_everybody_invited(council: Council, do: Do, meeting: int) -> None:
    issued(do, meeting, with_meeting=True)
    sent = select(Notification.kind).where(Notification.person_id == council.person("hoa")).order_by(Notification.id)
    assert council.all(sent) == ["meeting_issued"]

    do("minh", "agenda.edit", meeting_id=meeting, place="Hội trường B")
    issued(do, meeting)

    assert council.all(sent) == ["meeting_issued", "meeting_changed", "invitation_replaced"]
