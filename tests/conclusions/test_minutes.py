"""Minutes: drafted at the close, edited with versions, signed once."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from meeting.conclusions.models import Minutes, MinutesVersion
from meeting.errors import Refused
from tests.conclusions.conftest import Desk

Do = Callable[..., dict[str, Any]]


def refusal(do: Do, *args: Any, **wanted: Any) -> str:
    with pytest.raises(Refused) as caught:
        do(*args, **wanted)
    return caught.value.code


def minutes(desk: Desk) -> Minutes:
    return desk.council.one(select(Minutes).where(Minutes.meeting_id == desk.meeting_id))  # type: ignore[no-any-return]


def test_every_edit_keeps_the_text_before(desk: Desk, do: Do, council: Any) -> None:
    saved = do("minh", "conclusions.edit_minutes", meeting_id=desk.meeting_id, text="I. MỞ ĐẦU", version=1)

    versions = council.all(select(MinutesVersion).order_by(MinutesVersion.version))
    assert saved == {"version": 2}
    assert [(v.version, v.edited_by_id, v.text.splitlines()[0]) for v in versions] == [
        (1, None, "I. THÀNH PHẦN THAM DỰ"),
        (2, council.person("minh"), "I. MỞ ĐẦU"),
    ]
    assert desk.told("conclusions.minutes_edited") == [{"minutes_id": minutes(desk).id, "version": 2}]


def test_the_same_text_again_is_no_new_version(desk: Desk, do: Do) -> None:
    text = minutes(desk).text

    assert do("minh", "conclusions.edit_minutes", meeting_id=desk.meeting_id, text=text) == {"version": 1}
    assert desk.told("conclusions.minutes_edited") == []


def test_two_editors_do_not_overwrite_each_other(desk: Desk, do: Do) -> None:
    do("minh", "conclusions.edit_minutes", meeting_id=desk.meeting_id, text="Bản của Minh", version=1)

    code = refusal(do, "minh", "conclusions.edit_minutes", meeting_id=desk.meeting_id, text="Bản khác", version=1)

    assert code == "minutes_changed"


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
    assert desk.told("conclusions.minutes_signed") == [{"minutes_id": minutes(desk).id, "symbol": "01/BB-UBND"}]


def test_open_places_are_filled_before_the_signature(desk: Desk, do: Do) -> None:
    do("minh", "conclusions.edit_minutes", meeting_id=desk.meeting_id, text="Kết luận của chủ tọa: […]")

    assert refusal(do, "minh", "conclusions.sign_minutes", meeting_id=desk.meeting_id) == "minutes_open_places"


def test_a_meeting_that_is_not_over_has_no_minutes(council: Any, do: Do) -> None:
    meeting_id = council.meeting(state="in_session")

    assert refusal(do, "minh", "conclusions.sign_minutes", meeting_id=meeting_id) == "meeting_not_held"
