"""Asking for the floor, giving it, taking it back, and how it shows."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from meeting import database
from meeting.agenda.models import Item
from meeting.errors import Refused
from meeting.journal import Entry
from meeting.live import state
from meeting.speaking.models import Floor
from tests.conftest import MORNING, Council, Program

Do = Callable[..., dict[str, Any]]
At = Callable[..., None]


@pytest.fixture
def meeting(council: Council, do: Do) -> int:
    """A UBND meeting in session with all three members here, on its first item."""
    found = council.meeting()
    for who in ("hung", "hoa", "tuan"):
        do(who, "live.check_in", meeting_id=found)
    do("hung", "live.open", meeting_id=found)
    do("hung", "live.go_to_item", meeting_id=found, item_id=council.items(found)[0])
    return found


def joined(council: Council, username: str, meeting_id: int) -> dict[str, Any]:
    with database.reading() as session:
        return state.joined(session, meeting_id, council.actor(username))


def queue(council: Council, meeting_id: int, section: str = "speaking") -> list[str]:
    return [line["person"]["name"] for line in joined(council, "hoa", meeting_id)["state"][section]["queue"]]


def last(council: Council, meeting_id: int) -> Any:
    return council.one(select(Entry).where(Entry.chain == meeting_id).order_by(Entry.seq.desc()).limit(1))


def test_delegate_asks_and_learns_the_position(council: Council, do: Do, meeting: int) -> None:
    first = do("hoa", "speaking.ask", meeting_id=meeting, kind="speech", subject="Thoát nước")
    second = do("tuan", "speaking.ask", meeting_id=meeting, kind="speech")

    assert (first["position"], second["position"]) == (1, 2)
    assert queue(council, meeting) == ["Ông Phan Thị Hoa", "Ông Lê Anh Tuấn"]
    (mine,) = joined(council, "tuan", meeting)["me"]["floor"]["requests"]
    assert (mine["id"], mine["queue"], mine["kind"], mine["state"]) == (second["floor_id"], "speaking", "speech", "waiting")
    assert (mine["position"], mine["ahead_seconds"], mine["expected_at"]) == (2, 420, None)
    assert last(council, meeting).event == "speaking.floor_asked"


def test_asking_twice_tells_the_position_instead(do: Do, meeting: int) -> None:
    do("hoa", "speaking.ask", meeting_id=meeting)

    with pytest.raises(Refused) as refused:
        do("hoa", "speaking.ask", meeting_id=meeting)

    assert (refused.value.code, refused.value.facts) == ("already_asked", {"position": 1})


def test_point_of_order_goes_first(council: Council, do: Do, meeting: int) -> None:
    do("hoa", "speaking.ask", meeting_id=meeting)

    assert do("tuan", "speaking.ask", meeting_id=meeting, kind="order")["position"] == 1
    assert queue(council, meeting) == ["Ông Lê Anh Tuấn", "Ông Phan Thị Hoa"]


def test_question_waits_in_its_own_queue_for_its_addressee(council: Council, do: Do, meeting: int) -> None:
    hung = council.person("hung")
    do("hoa", "speaking.ask", meeting_id=meeting, kind="question", addressee_id=hung, subject="Ngõ 91")

    line = joined(council, "hung", meeting)["state"]["questioning"]["queue"][0]

    assert (line["addressee"]["id"], line["subject"], line["seconds"]) == (hung, "Ngõ 91", 60)
    assert queue(council, meeting) == []


def test_question_goes_only_to_somebody_in_the_meeting(council: Council, do: Do, meeting: int) -> None:
    with pytest.raises(Refused, match="addressee_needed"):
        do("hoa", "speaking.ask", meeting_id=meeting, kind="question")
    with pytest.raises(Refused, match="addressee_unknown"):
        do("hoa", "speaking.ask", meeting_id=meeting, kind="question", addressee_id=council.person("khach"))


def test_stranger_cannot_ask_and_the_secretary_has_no_seat(council: Council, do: Do, meeting: int) -> None:
    with pytest.raises(Refused, match="not_found"):
        do("khach", "speaking.ask", meeting_id=meeting)
    with pytest.raises(Refused, match="forbidden"):
        do("minh", "speaking.ask", meeting_id=meeting)


def test_limited_guest_asks_only_on_his_item(council: Council, do: Do, meeting: int) -> None:
    first, second, _ = council.items(meeting)
    council.invite(meeting, "khach", item_ids=[second])

    with pytest.raises(Refused, match="not_found"):
        do("khach", "speaking.ask", meeting_id=meeting, item_id=first)
    assert do("khach", "speaking.ask", meeting_id=meeting, item_id=second)["position"] == 1


def test_own_request_is_withdrawn_and_others_only_by_the_chair(council: Council, do: Do, meeting: int) -> None:
    mine = do("hoa", "speaking.ask", meeting_id=meeting)["floor_id"]
    other = do("tuan", "speaking.ask", meeting_id=meeting)["floor_id"]

    do("hoa", "speaking.withdraw", floor_id=mine)
    with pytest.raises(Refused, match="forbidden"):
        do("hoa", "speaking.withdraw", floor_id=other)
    do("hung", "speaking.withdraw", floor_id=other)

    assert queue(council, meeting) == []
    assert last(council, meeting).event == "speaking.floor_withdrawn"
    with pytest.raises(Refused, match="floor_state"):
        do("hoa", "speaking.withdraw", floor_id=mine)


def test_chair_calls_starts_and_stops_and_the_time_is_kept(council: Council, do: Do, meeting: int, at: At) -> None:
    floor = do("hoa", "speaking.ask", meeting_id=meeting)["floor_id"]
    at(MORNING)
    do("hung", "speaking.call", floor_id=floor)
    assert joined(council, "tuan", meeting)["state"]["speaking"]["called"]["id"] == floor

    do("hung", "speaking.start", floor_id=floor)
    current = joined(council, "tuan", meeting)["state"]["speaking"]["current"]
    assert current["person"] == {"id": council.person("hoa"), "name": "Ông Phan Thị Hoa", "position": "Ủy viên UBND"}
    assert current["started_at"] == MORNING.isoformat()
    assert current["ends_at"] == (MORNING + timedelta(seconds=420)).isoformat()

    at(MORNING + timedelta(seconds=500))
    do("hung", "speaking.stop", floor_id=floor)
    assert joined(council, "tuan", meeting)["state"]["speaking"]["current"] is None
    facts = last(council, meeting).facts
    assert (facts["seconds"], facts["over_seconds"], facts["item_id"]) == (500, 80, council.items(meeting)[0])
    assert joined(council, "hoa", meeting)["me"]["floor"] == {"requests": [], "turns": 1, "seconds": 500, "to_write": []}


def test_one_person_speaks_at_a_time(council: Council, do: Do, meeting: int) -> None:
    one = do("hoa", "speaking.ask", meeting_id=meeting)["floor_id"]
    other = do("tuan", "speaking.ask", meeting_id=meeting)["floor_id"]
    do("hung", "speaking.start", floor_id=one)

    with pytest.raises(Refused) as refused:
        do("hung", "speaking.start", floor_id=other)

    assert (refused.value.code, refused.value.facts) == ("someone_speaks", {"name": "Ông Phan Thị Hoa"})
    with pytest.raises(IntegrityError):
        council.update(Floor, other, state="speaking", started_at=MORNING)


def test_calling_another_lets_the_first_wait_again(council: Council, do: Do, meeting: int) -> None:
    one = do("hoa", "speaking.ask", meeting_id=meeting)["floor_id"]
    other = do("tuan", "speaking.ask", meeting_id=meeting)["floor_id"]

    do("hung", "speaking.call", floor_id=one)
    do("hung", "speaking.call", floor_id=other)

    assert queue(council, meeting) == ["Ông Phan Thị Hoa"]


def test_chair_gives_more_time(council: Council, do: Do, meeting: int, at: At) -> None:
    at(MORNING)
    floor = do("hoa", "speaking.ask", meeting_id=meeting)["floor_id"]
    do("hung", "speaking.start", floor_id=floor)

    do("hung", "speaking.extend", floor_id=floor, seconds=60)

    current = joined(council, "hoa", meeting)["state"]["speaking"]["current"]
    assert current["ends_at"] == (MORNING + timedelta(seconds=480)).isoformat()
    assert last(council, meeting).event == "speaking.speech_extended"


def test_chair_arranges_the_queue(council: Council, do: Do, meeting: int) -> None:
    one = do("hoa", "speaking.ask", meeting_id=meeting)["floor_id"]
    other = do("tuan", "speaking.ask", meeting_id=meeting)["floor_id"]

    do("hung", "speaking.reorder", meeting_id=meeting, floor_ids=[other, one])

    assert queue(council, meeting) == ["Ông Lê Anh Tuấn", "Ông Phan Thị Hoa"]
    assert last(council, meeting).event == "speaking.queue_reordered"
    with pytest.raises(Refused, match="order_incomplete"):
        do("hung", "speaking.reorder", meeting_id=meeting, floor_ids=[other])


def test_only_the_chair_gives_the_floor(council: Council, do: Do, meeting: int) -> None:
    council.invite(meeting, "khach")
    floor = do("hoa", "speaking.ask", meeting_id=meeting)["floor_id"]

    for act in ("call", "start", "stop", "extend"):
        for who in ("hoa", "minh", "khach"):
            with pytest.raises(Refused, match="forbidden"):
                do(who, f"speaking.{act}", floor_id=floor)


def test_floor_is_not_given_in_a_recess_and_a_recess_ends_the_speech(council: Council, do: Do, meeting: int) -> None:
    floor = do("hoa", "speaking.ask", meeting_id=meeting)["floor_id"]
    do("hung", "speaking.start", floor_id=floor)

    do("hung", "live.pause", meeting_id=meeting)

    assert council.one(select(Floor.state).where(Floor.id == floor)) == "done"
    assert last(council, meeting).event == "speaking.speech_stopped"
    waiting = do("tuan", "speaking.ask", meeting_id=meeting)["floor_id"]
    with pytest.raises(Refused, match="not_in_session"):
        do("hung", "speaking.call", floor_id=waiting)


def test_requests_on_an_item_that_is_done_are_no_longer_shown(council: Council, do: Do, meeting: int) -> None:
    do("hoa", "speaking.ask", meeting_id=meeting)
    first, second, _ = council.items(meeting)

    do("hung", "live.go_to_item", meeting_id=meeting, item_id=second)
    assert queue(council, meeting) == []

    do("hung", "live.go_to_item", meeting_id=meeting, item_id=first)
    assert queue(council, meeting) == ["Ông Phan Thị Hoa"]


def test_speeches_are_read_with_their_real_seconds(
    council: Council, do: Do, meeting: int, at: At, api: Callable[[str], Program]
) -> None:
    at(MORNING)
    floor = do("hoa", "speaking.ask", meeting_id=meeting)["floor_id"]
    do("hung", "speaking.start", floor_id=floor)
    at(MORNING + timedelta(seconds=45))
    do("hung", "speaking.stop", floor_id=floor)

    status, body = api("tuan").get(f"/meetings/{meeting}/speeches")

    assert status == 200
    assert [(row["person"]["name"], row["seconds"]) for row in body["data"]] == [("Ông Phan Thị Hoa", 45)]
    assert api("khach").get(f"/meetings/{meeting}/speeches")[0] == 404


def test_who_may_not_ask_hears_nothing_of_an_item_held_outside(council: Council, do: Do, meeting: int) -> None:
    item = council.items(meeting)[1]
    council.update(Item, item, outside=True)

    for who, code in (("hoa", "item_held_outside"), ("admin", "not_found")):
        with pytest.raises(Refused, match=code):
            do(who, "speaking.ask", meeting_id=meeting, item_id=item)


def test_an_item_with_requests_stays_on_the_programme(council: Council, do: Do) -> None:
    meeting = council.meeting("HĐND")
    item = council.items(meeting)[1]
    asked = do("hoa", "speaking.ask", meeting_id=meeting, item_id=item)["floor_id"]
    do("hoa", "speaking.withdraw", floor_id=asked)  # it stays on record

    with pytest.raises(Refused, match="item_has_floor"):
        do("minh", "agenda.remove_item", item_id=item)
