"""Minutes: drafted at the close, written by several with every version kept, signed by whom the rule book names."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from meeting.conclusions.merging import CLASH
from meeting.conclusions.minutes_rules import check_signs, may_sign, next_signer
from meeting.conclusions.models import Minutes, MinutesVersion
from meeting.errors import Refused
from meeting.organization.models import Membership
from meeting.permissions import Role
from meeting.rulebook.models import RuleBook
from tests.conclusions.conftest import EVENING, HELD, Desk

Do = Callable[..., dict[str, Any]]
TEXT = "I. THÀNH PHẦN THAM DỰ\n1. Có mặt: 3/3 thành viên."


def refusal(do: Do, *args: Any, **wanted: Any) -> str:
    with pytest.raises(Refused) as caught:
        do(*args, **wanted)
    return caught.value.code


def minutes(desk: Desk) -> Minutes:
    return desk.council.one(select(Minutes).where(Minutes.meeting_id == desk.meeting_id))  # type: ignore[no-any-return]


@pytest.fixture
def session_desk(council: Any, do: Do, at: Callable[[Any], None]) -> Desk:
    """The evening after a sitting of the HĐND: its minutes are signed by the secretary (minh) and who presided (lan)."""
    at(EVENING)
    held = {"starts_at": HELD, "opened_at": HELD, "closed_at": EVENING, "minutes_state": "draft"}
    meeting_id = council.meeting("HĐND", state="held", **held)
    (minutes_id,) = council.write(Minutes(meeting_id=meeting_id, text=TEXT, drafted_at=EVENING))
    council.write(MinutesVersion(minutes_id=minutes_id, version=1, text=TEXT, edited_at=EVENING))
    return Desk(council, do, meeting_id)


def test_every_edit_keeps_the_text_before(desk: Desk, do: Do, council: Any) -> None:
    saved = do("minh", "conclusions.edit_minutes", meeting_id=desk.meeting_id, text="I. MỞ ĐẦU", version=1)

    versions = council.all(select(MinutesVersion).order_by(MinutesVersion.version))
    assert saved == {"version": 2, "text": "I. MỞ ĐẦU"}
    assert [(v.version, v.edited_by_id, v.text.splitlines()[0]) for v in versions] == [
        (1, None, "I. THÀNH PHẦN THAM DỰ"),
        (2, council.person("minh"), "I. MỞ ĐẦU"),
    ]
    assert desk.told("conclusions.minutes_edited") == [{"minutes_id": minutes(desk).id, "version": 2}]


def test_the_same_text_again_is_no_new_version(desk: Desk, do: Do) -> None:
    text = minutes(desk).text

    assert do("minh", "conclusions.edit_minutes", meeting_id=desk.meeting_id, text=text) == {"version": 1, "text": text}
    assert desk.told("conclusions.minutes_edited") == []


def test_writing_on_is_told_once_and_every_text_is_kept(desk: Desk, do: Do, council: Any) -> None:
    for word in ("Một", "Một hai", "Một hai ba"):
        do("minh", "conclusions.edit_minutes", meeting_id=desk.meeting_id, text=word)

    assert len(desk.told("conclusions.minutes_edited")) == 1
    assert [v.text for v in council.all(select(MinutesVersion).order_by(MinutesVersion.version))][1:] == [
        "Một",
        "Một hai",
        "Một hai ba",
    ]


def test_two_secretaries_at_once_lose_nothing(desk: Desk, do: Do, council: Any) -> None:
    second = {"person_id": council.person("hoa"), "body_id": council.body("UBND"), "starts_on": date(2026, 1, 1)}
    council.write(Membership(role=Role.SECRETARY, **second))
    mine = do("minh", "conclusions.edit_minutes", meeting_id=desk.meeting_id, text=f"{TEXT}\nDòng của Minh", version=1)
    theirs = do("hoa", "conclusions.edit_minutes", meeting_id=desk.meeting_id, text=f"Dòng của Hoa\n{TEXT}", version=1)

    assert mine["text"] == f"{TEXT}\nDòng của Minh"
    assert theirs == {"version": 3, "text": f"Dòng của Hoa\n{TEXT}\nDòng của Minh"}
    assert minutes(desk).text == theirs["text"]


def test_the_same_lines_changed_by_two_stay_both_and_keep_the_minutes_from_being_signed(desk: Desk, do: Do) -> None:
    do("minh", "conclusions.edit_minutes", meeting_id=desk.meeting_id, text=TEXT.replace("3/3", "2/3"), version=1)
    both = do("minh", "conclusions.edit_minutes", meeting_id=desk.meeting_id, text=TEXT.replace("3/3", "1/3"), version=1)

    assert both["text"].split("\n")[1:] == ["1. Có mặt: 2/3 thành viên.", CLASH, "1. Có mặt: 1/3 thành viên."]
    assert refusal(do, "minh", "conclusions.sign_minutes", meeting_id=desk.meeting_id) == "minutes_clashes"


def test_a_version_that_never_was_is_refused(desk: Desk, do: Do) -> None:
    code = refusal(do, "minh", "conclusions.edit_minutes", meeting_id=desk.meeting_id, text="X", version=9)

    assert code == "minutes_version_unknown"


@pytest.mark.parametrize(
    ("username", "act", "code"),
    [
        ("hoa", "conclusions.edit_minutes", "not_found"),  # members read minutes once they are signed
        ("van", "conclusions.edit_minutes", "forbidden"),
        ("khach", "conclusions.edit_minutes", "not_found"),
        ("hung", "conclusions.sign_minutes", "signed_by_chief"),
        ("van", "conclusions.sign_minutes", "forbidden"),
        ("khach", "conclusions.sign_minutes", "not_found"),
    ],
)
def test_the_desk_edits_and_the_chief_signs(desk: Desk, do: Do, username: str, act: str, code: str) -> None:
    text = {"text": "X"} if act.endswith("edit_minutes") else {}

    assert refusal(do, username, act, meeting_id=desk.meeting_id, **text) == code


def test_signed_minutes_have_a_number_and_no_longer_change(desk: Desk, do: Do) -> None:
    assert do("minh", "conclusions.sign_minutes", meeting_id=desk.meeting_id) == {"symbol": "01/BB-UBND"}

    assert refusal(do, "minh", "conclusions.sign_minutes", meeting_id=desk.meeting_id) == "minutes_signed"
    assert refusal(do, "minh", "conclusions.edit_minutes", meeting_id=desk.meeting_id, text="X") == "minutes_signed"
    assert desk.meeting().minutes_state == "signed"
    assert minutes(desk).sealing == "mark"
    assert desk.told("conclusions.minutes_signed") == [{"minutes_id": minutes(desk).id, "symbol": "01/BB-UBND"}]


def test_open_places_are_filled_before_the_signature(desk: Desk, do: Do) -> None:
    do("minh", "conclusions.edit_minutes", meeting_id=desk.meeting_id, text="Kết luận của chủ tọa: […]")

    assert refusal(do, "minh", "conclusions.sign_minutes", meeting_id=desk.meeting_id) == "minutes_open_places"


def test_a_meeting_that_is_not_over_has_no_minutes(council: Any, do: Do) -> None:
    meeting_id = council.meeting(state="in_session")

    assert refusal(do, "minh", "conclusions.sign_minutes", meeting_id=meeting_id) == "meeting_not_held"


# ---- two sign ------------------------------------------------------------------------------------------------------------


def test_the_secretary_signs_first_and_the_chair_makes_them_signed(session_desk: Desk, do: Do) -> None:
    desk = session_desk
    assert refusal(do, "lan", "conclusions.sign_minutes", meeting_id=desk.meeting_id) == "minutes_secretary_first"

    first = do("minh", "conclusions.sign_minutes", meeting_id=desk.meeting_id)
    assert (first, minutes(desk).state, minutes(desk).number) == ({"symbol": None, "waits_for": "chair"}, "draft", None)
    assert refusal(do, "minh", "conclusions.sign_minutes", meeting_id=desk.meeting_id) == "minutes_two_people"

    assert do("lan", "conclusions.sign_minutes", meeting_id=desk.meeting_id) == {"symbol": "01/BB-HĐND"}
    signed = minutes(desk)
    people = desk.council.person
    assert (signed.state, signed.second_signed_by_id, signed.signed_by_id) == ("signed", people("minh"), people("lan"))
    assert len(desk.told("conclusions.minutes_signed_first")) == 1
    assert len(desk.told("conclusions.minutes_signed")) == 1


def test_an_edit_takes_the_secretarys_signature_away(session_desk: Desk, do: Do) -> None:
    desk = session_desk
    do("minh", "conclusions.sign_minutes", meeting_id=desk.meeting_id)
    do("minh", "conclusions.edit_minutes", meeting_id=desk.meeting_id, text=f"{TEXT}\nThêm một dòng.")

    assert refusal(do, "lan", "conclusions.sign_minutes", meeting_id=desk.meeting_id) == "minutes_secretary_first"
    assert [each["version"] for each in desk.told("conclusions.minutes_edited")] == [2]


def test_a_body_may_let_the_chair_sign_alone(session_desk: Desk, do: Do) -> None:
    desk = session_desk
    desk.council.update(RuleBook, desk.council.book("HĐND"), minutes_signers="chair")

    assert refusal(do, "minh", "conclusions.sign_minutes", meeting_id=desk.meeting_id) == "signed_by_chair"
    assert do("lan", "conclusions.sign_minutes", meeting_id=desk.meeting_id) == {"symbol": "01/BB-HĐND"}


CHAIR, SECRETARY, CHIEF, MEMBER = Role.CHAIR, Role.SECRETARY, Role.CHIEF, Role.MEMBER


@pytest.mark.parametrize(
    ("signers", "hats", "secretary_signed", "same", "outcome"),
    [
        ("chief", {CHIEF}, False, False, "chief"),
        ("chief", {CHAIR}, False, False, "signed_by_chief"),
        ("chair", {CHAIR}, False, False, "chair"),
        ("chair", {SECRETARY}, False, False, "signed_by_chair"),
        ("both", {SECRETARY}, False, False, "secretary"),
        ("both", {CHAIR}, False, False, "minutes_secretary_first"),
        ("both", {CHAIR}, True, False, "chair"),
        ("both", {SECRETARY}, True, False, "minutes_secretary_signed"),
        ("both", {CHAIR, SECRETARY}, False, False, "secretary"),
        ("both", {CHAIR, SECRETARY}, True, True, "minutes_two_people"),
        ("both", {CHIEF}, False, False, "minutes_by_secretary_and_chair"),
        ("both", {MEMBER}, True, False, "minutes_by_secretary_and_chair"),
    ],
)
def test_who_signs_minutes_and_when(signers: str, hats: set[Role], secretary_signed: bool, same: bool, outcome: str) -> None:
    try:
        found: str = check_signs(signers, hats, secretary_signed=secretary_signed, same_person=same)
    except Refused as refused:
        found = refused.code

    assert found == outcome
    assert may_sign(signers, hats, secretary_signed=secretary_signed, same_person=same) == (
        outcome in ("chief", "secretary", "chair")
    )


def test_whose_signature_comes_next() -> None:
    said = {
        (each, signed): next_signer(each, secretary_signed=signed)
        for each in ("chief", "both", "chair")
        for signed in (False, True)
    }

    assert said == {
        ("chief", False): "chief",
        ("chief", True): "chief",
        ("both", False): "secretary",
        ("both", True): "chair",
        ("chair", False): "chair",
        ("chair", True): "chair",
    }
