"""The number of minutes: the system's next one without gaps, or entered from the register where the body's clerk numbers."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from meeting import database
from meeting.conclusions.minutes_rules import needs_number
from meeting.conclusions.models import Minutes, MinutesVersion
from meeting.errors import Refused
from meeting.organization.models import Body, OfficialNumber
from meeting.rulebook.models import RuleBook
from tests.conclusions.conftest import EVENING, HELD, Desk

Do = Callable[..., dict[str, Any]]
ACT = "conclusions.sign_minutes"
TEXT = "I. THÀNH PHẦN THAM DỰ\n1. Có mặt: 3/3 thành viên."


def refusal(do: Do, *args: Any, **wanted: Any) -> str:
    with pytest.raises(Refused) as caught:
        do(*args, **wanted)
    return caught.value.code


def unsigned(council: Any, body: str = "UBND") -> int:
    """A held meeting whose minutes wait for their signature."""
    times = {"starts_at": HELD, "opened_at": HELD, "closed_at": EVENING}
    meeting_id = council.meeting(body, state="held", minutes_state="draft", **times)
    (minutes_id,) = council.write(Minutes(meeting_id=meeting_id, text=TEXT, drafted_at=EVENING))
    council.write(MinutesVersion(minutes_id=minutes_id, version=1, text=TEXT, edited_at=EVENING))
    return int(meeting_id)


def by_clerk(council: Any, body: str = "UBND") -> None:
    council.update(Body, council.body(body), numbering="clerk")


def numbers(council: Any) -> list[int]:
    wanted = select(OfficialNumber.number).where(OfficialNumber.kind == "BB").order_by(OfficialNumber.number)
    return council.all(wanted)  # type: ignore[no-any-return]


def test_nobody_chooses_a_number_where_the_system_numbers(desk: Desk, do: Do, council: Any) -> None:
    for chosen in (7, 0, -1):
        assert refusal(do, "minh", ACT, meeting_id=desk.meeting_id, number=chosen) == "number_not_chosen"

    assert numbers(council) == []
    assert do("minh", ACT, meeting_id=desk.meeting_id) == {"symbol": "01/BB-UBND"}


def test_the_clerks_number_has_to_be_entered_and_is_given_once(desk: Desk, do: Do, council: Any) -> None:
    by_clerk(council)
    other = unsigned(council)

    assert refusal(do, "minh", ACT, meeting_id=desk.meeting_id) == "number_wanted"
    assert refusal(do, "minh", ACT, meeting_id=desk.meeting_id, number=0) == "number_positive"
    assert do("minh", ACT, meeting_id=desk.meeting_id, number=40) == {"symbol": "40/BB-UBND"}
    assert refusal(do, "minh", ACT, meeting_id=other, number=40) == "number_taken"
    assert do("minh", ACT, meeting_id=other, number=12) == {"symbol": "12/BB-UBND"}


def test_the_second_of_two_signers_enters_the_number(council: Any, do: Do, at: Callable[[Any], None]) -> None:
    at(EVENING)
    by_clerk(council, "HĐND")
    meeting_id = unsigned(council, "HĐND")

    assert do("minh", ACT, meeting_id=meeting_id) == {"symbol": None, "waits_for": "chair"}
    assert refusal(do, "lan", ACT, meeting_id=meeting_id) == "number_wanted"
    assert do("lan", ACT, meeting_id=meeting_id, number=9) == {"symbol": "09/BB-HĐND"}


def test_a_correction_keeps_the_number_and_asks_for_none(desk: Desk, do: Do, council: Any) -> None:
    by_clerk(council)
    do("minh", ACT, meeting_id=desk.meeting_id, number=40)
    do("minh", "conclusions.correct_minutes", meeting_id=desk.meeting_id, reason="Ghi sai số người có mặt")
    do("minh", "conclusions.edit_minutes", meeting_id=desk.meeting_id, text=f"{TEXT}\n2. Vắng: không.")

    assert do("minh", ACT, meeting_id=desk.meeting_id) == {"symbol": "40/BB-UBND"}
    assert numbers(council) == [40]


def test_minutes_signed_at_once_get_numbers_without_gap_or_double(council: Any, do: Do, at: Callable[[Any], None]) -> None:
    at(EVENING)
    meetings = [unsigned(council) for _ in range(20)]
    failed: list[BaseException] = []

    def sign(share: list[int]) -> None:
        try:
            for each in share:
                do("minh", ACT, meeting_id=each)
        except BaseException as problem:
            failed.append(problem)

    threads = [threading.Thread(target=sign, args=(share,)) for share in (meetings[::2], meetings[1::2])]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert failed == []
    assert numbers(council) == list(range(1, 21))


@pytest.mark.parametrize(
    ("signs_as", "numbering", "numbered", "asked"),
    [
        ("chief", "clerk", False, True),
        ("chair", "clerk", False, True),
        ("secretary", "clerk", False, False),
        ("chief", "clerk", True, False),
        ("chief", "system", False, False),
        ("", "clerk", False, False),
    ],
)
def test_the_page_asks_the_last_signer_for_the_number(signs_as: str, numbering: str, numbered: bool, asked: bool) -> None:
    assert needs_number(signs_as, numbering, numbered) is asked


def test_the_field_stands_on_the_page_of_the_last_signer(desk: Desk, do: Do, council: Any, client: Callable[[str], Any]) -> None:
    address, field = f"/meetings/{desk.meeting_id}/minutes", 'id="sign-number"'
    assert field not in client("minh").get(address).text
    by_clerk(council)
    assert field in client("minh").get(address).text
    assert field not in client("hung").get(address).text
    with Session(database.database().writing) as session:
        session.execute(update(RuleBook).values(minutes_signers="both"))
        session.commit()
    assert field not in client("minh").get(address).text  # the secretary signs first and enters none
    do("minh", ACT, meeting_id=desk.meeting_id)
    assert field in client("hung").get(address).text
