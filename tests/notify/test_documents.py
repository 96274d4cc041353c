"""Who is told and reminded of the documents a meeting ends in: the next hand, those who took part, what is owed."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from meeting import clock
from meeting.notify.mail import send
from meeting.notify.matters_documents import owed_steps, up_steps
from meeting.notify.models import Delivery, Notification
from meeting.notify.steps import Office
from meeting.permissions import SYSTEM
from meeting.writer import perform
from tests.notify.conftest import Postman

Do = Callable[..., dict[str, Any]]
HELD = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # a Tuesday
EVENING = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


@pytest.fixture
def sitting(council: Any, at: Callable[[datetime], None]) -> int:
    """A sitting of the council that is over."""
    at(EVENING)
    return int(council.meeting("HĐND", state="held", starts_at=HELD, closed_at=EVENING))


@pytest.fixture
def session(council: Any, at: Callable[[datetime], None]) -> int:
    """A session of the committee that is over."""
    at(EVENING)
    return int(council.meeting("UBND", state="held", starts_at=HELD, closed_at=EVENING))


def told(council: Any, kind: str) -> dict[int, str]:
    """The addresses that people were led to with this kind, by person."""
    found = council.all(select(Notification).where(Notification.kind == kind))
    return {each.person_id: each.url for each in found}


def issued(do: Do, notice_id: int, chair: str, signer: str) -> None:
    do(chair, "conclusions.approve", notice_id=notice_id)
    do(signer, "conclusions.sign", notice_id=notice_id)
    do("van", "conclusions.issue", notice_id=notice_id)


def test_a_resolution_goes_from_hand_to_hand(council: Any, do: Do, sitting: int) -> None:
    item = council.items(sitting)[0]
    made = do("minh", "conclusions.draft", meeting_id=sitting, kind="NQ", item_id=item)["notice_id"]
    here = f"/resolutions/{made}"

    do("minh", "conclusions.submit", notice_id=made)
    assert told(council, "decision_submitted") == {council.person("lan"): here}
    do("lan", "conclusions.send_back", notice_id=made, reason="Thiếu căn cứ")
    assert told(council, "decision_sent_back") == {council.person("minh"): here}
    issued(do, made, "lan", "lan")
    assert told(council, "decision_signed") == {council.person("van"): here}
    assert told(council, "decision_issued") == {council.person(name): here for name in ("lan", "hoa", "tuan")}


def test_a_named_signer_is_told(council: Any, do: Do, session: int) -> None:
    made = do("minh", "conclusions.draft", meeting_id=session, lines=[{"text": "Ghi nhận"}])["notice_id"]
    do("minh", "conclusions.word", notice_id=made, signer_id=council.person("hoa"))

    do("hung", "conclusions.approve", notice_id=made)

    assert told(council, "notice_approved") == {council.person("hoa"): f"/notices/{made}"}


@pytest.mark.parametrize("relation", ["corrects", "replaces", "withdraws"])
def test_those_who_got_a_document_hear_what_a_later_one_does(council: Any, do: Do, session: int, relation: str) -> None:
    old = do("minh", "conclusions.draft", meeting_id=session, lines=[{"text": "Ghi nhận"}])["notice_id"]
    issued(do, old, "hung", "minh")
    new = do("minh", "conclusions.draft", about_id=old, relation=relation, reason="Sai ngày.")["notice_id"]
    issued(do, new, "hung", "minh")

    kind = {"corrects": "corrected", "replaces": "replaced", "withdraws": "withdrawn"}[relation]
    found = told(council, f"document_{kind}")
    assert found == {council.person(name): f"/notices/{new}" for name in ("hung", "hoa", "tuan")}
    facts = council.one(select(Notification.facts).where(Notification.kind == f"document_{kind}"))
    assert (facts["old"], facts["symbol"], facts["reason"]) == ("01/TB-UBND", "02/TB-UBND", "Sai ngày")


def test_the_mail_of_an_issued_notice_leads_to_its_page_and_its_pdf(
    council: Any, do: Do, session: int, postman: Postman, client: Callable[[str], Any], at: Callable[[datetime], None]
) -> None:
    at(datetime(2026, 11, 25, 2, 0, tzinfo=UTC))
    made = do("minh", "conclusions.draft", meeting_id=session, lines=[{"text": "Ghi nhận"}])["notice_id"]
    issued(do, made, "hung", "minh")
    waiting = council.all(select(Delivery.id).order_by(Delivery.id))

    send(waiting)

    letter = next(each for each in postman.to("hoa@giangbien.example") if "01/TB-UBND" in each["Subject"])
    text = letter.get_body(("plain",)).get_content()
    assert f"https://hop.example/notices/{made}\n" in text
    assert f"https://hop.example/notices/{made}/pdf" in text
    asked = client("hoa").get(f"/notices/{made}/pdf")  # not made yet: the page says so
    assert (asked.status_code, asked.headers["Location"]) == (302, f"/notices/{made}")
    assert client("lan").get(f"/notices/{made}/pdf").status_code == 404


def local(*moment: int) -> datetime:

    return datetime(*moment, tzinfo=clock.LOCAL)  # type: ignore[arg-type,misc]


def test_what_is_owed_is_recalled_on_its_day_and_on_the_first_morning_after() -> None:
    steps = owed_steps(date(2026, 11, 27), local(2026, 11, 24, 17), Office())  # a Friday

    assert [(each.key, each.at, each.whom) for each in steps] == [
        ("due", local(2026, 11, 27, 7, 30), "owner"),
        ("overdue", local(2026, 11, 30, 7, 30), "office"),
    ]


def test_a_resolution_to_be_sent_up_is_recalled_before_and_on_its_day() -> None:
    steps = up_steps(date(2026, 12, 4), local(2026, 11, 24, 17), Office())

    assert [(each.key, each.at) for each in steps] == [
        ("soon", local(2026, 12, 1, 7, 30)),
        ("due", local(2026, 12, 4, 7, 30)),
    ]


def test_the_secretary_then_the_chief_are_reminded_once(council: Any, session: int, at: Callable[[datetime], None]) -> None:
    at(local(2026, 11, 27, 8, 0))
    perform(SYSTEM, "notify.remind", {})
    perform(SYSTEM, "notify.remind", {})
    assert told(council, "notice_due") == {council.person("minh"): "/notices"}
    at(local(2026, 11, 30, 8, 0))
    perform(SYSTEM, "notify.remind", {})

    assert told(council, "notice_overdue") == {council.person("minh"): "/notices"}


def test_an_issued_notice_is_not_recalled(council: Any, do: Do, session: int, at: Callable[[datetime], None]) -> None:
    issued(do, do("minh", "conclusions.draft", meeting_id=session, lines=[{"text": "Ghi nhận"}])["notice_id"], "hung", "minh")
    at(local(2026, 11, 30, 8, 0))
    perform(SYSTEM, "notify.remind", {})

    assert told(council, "notice_due") | told(council, "notice_overdue") == {}


def test_the_office_is_reminded_to_send_a_resolution_up(
    council: Any, do: Do, sitting: int, at: Callable[[datetime], None]
) -> None:
    made = do("minh", "conclusions.draft", meeting_id=sitting, kind="NQ", item_id=council.items(sitting)[0])["notice_id"]
    issued(do, made, "lan", "lan")
    at(local(2026, 12, 1, 8, 0))
    perform(SYSTEM, "notify.remind", {})

    assert told(council, "send_up_due") == {council.person(name): f"/resolutions/{made}" for name in ("van", "minh")}
