"""Minutes signed with keys: one signer, or the secretary first and then who presided; number and date filled in afterwards."""

from typing import Any

import pytest
from sqlalchemy import select

from meeting.conclusions.models import Minutes
from meeting.conclusions.sealing_jobs import fill_minutes
from meeting.organization.models import Body
from meeting.signing import verify
from tests.signing.conftest import Office
from tests.signing.papers import SECRET, key_file


def _minutes(office: Office) -> Minutes:
    return office.council.one(select(Minutes).where(Minutes.meeting_id == office.desk.meeting_id))


def test_the_chief_signs_the_minutes_with_a_key(office: Office, minh_key: int, do: Any) -> None:
    door = f"/meetings/{office.desk.meeting_id}/minutes/sign"
    assert office.post("hung", door, key_id=minh_key, secret=SECRET)[1]["code"] == "signed_by_chief"
    assert office.post("khach", door, key_id=minh_key, secret=SECRET)[1]["code"] == "not_found"
    status, said = office.post("minh", door, key_id=minh_key, secret=SECRET)
    assert status == 200, said
    held = _minutes(office)
    assert (held.state, held.sealing) == ("signed", "key")
    fill_minutes(held.id, held.version)
    held = _minutes(office)
    found, filled = verify.signatures_of(office.bytes_of(held.document_id))
    assert [(each["field"], each["sound"], each["level"]) for each in found] == [("signature", True, "FORM_FILLING")]
    assert int(filled["number"]) == held.number.number
    assert (filled["day"], filled["month"]) == ("24", "11")
    assert office.post("minh", door, key_id=minh_key, secret=SECRET)[1]["code"] == "minutes_signed"


@pytest.fixture
def two_sign(office: Office) -> None:
    """A rule book by which the secretary signs first, then who presided."""
    from sqlalchemy import update
    from sqlalchemy.orm import Session

    from meeting import database
    from meeting.rulebook.models import RuleBook

    with Session(database.database().writing) as session:
        session.execute(update(RuleBook).values(minutes_signers="both"))
        session.commit()


def test_secretary_and_chair_sign_one_after_the_other(office: Office, minh_key: int, two_sign: None) -> None:
    hung = office.add_key("hung", key_file("Đỗ Mạnh Hùng"), SECRET)[1]["key_id"]
    door = f"/meetings/{office.desk.meeting_id}/minutes/sign"
    assert office.post("hung", door, key_id=hung, secret=SECRET)[1]["code"] == "minutes_secretary_first"
    assert office.post("minh", door, key_id=minh_key, secret=SECRET)[1]["waits_for"] == "chair"
    status, said = office.post("hung", door, key_id=hung, secret=SECRET)
    assert status == 200, said
    held = _minutes(office)
    fill_minutes(held.id, held.version)
    found, filled = verify.signatures_of(office.bytes_of(_minutes(office).document_id))
    assert [(each["field"], each["sound"]) for each in found] == [("second_signature", True), ("signature", True)]
    assert filled["number"]


def test_after_a_mark_no_key(office: Office, minh_key: int, two_sign: None, do: Any) -> None:
    hung = office.add_key("hung", key_file("Đỗ Mạnh Hùng"), SECRET)[1]["key_id"]
    do("minh", "conclusions.sign_minutes", meeting_id=office.desk.meeting_id)
    said = office.post("hung", f"/meetings/{office.desk.meeting_id}/minutes/sign", key_id=hung, secret=SECRET)[1]
    assert said["code"] == "minutes_marked_before"
    do("hung", "conclusions.sign_minutes", meeting_id=office.desk.meeting_id)
    assert (_minutes(office).sealing, _minutes(office).signed_file_id) == ("mark", None)


def test_the_clerks_number_is_asked_before_the_key_signs(office: Office, minh_key: int) -> None:
    office.council.update(Body, office.council.body("UBND"), numbering="clerk")
    door = f"/meetings/{office.desk.meeting_id}/minutes/sign"
    assert office.post("minh", door, key_id=minh_key, secret=SECRET)[1]["code"] == "number_wanted"
    assert (_minutes(office).state, _minutes(office).signed_file_id) == ("draft", None)
    status, said = office.post("minh", door, key_id=minh_key, secret=SECRET, number=40)
    assert (status, said.get("symbol")) == (200, "40/BB-UBND"), said
