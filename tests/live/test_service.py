"""Running a meeting through its acts: roll call, opening, items, recess, closing, attendance put right."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from meeting.agenda.models import Item, Meeting
from meeting.errors import Refused
from meeting.journal import Entry
from meeting.live.models import Attendance
from tests.conftest import MORNING, Council

Do = Callable[..., dict[str, Any]]
At = Callable[..., None]


def events(council: Council, meeting_id: int) -> list[str]:
    return council.all(select(Entry.event).where(Entry.chain == meeting_id).order_by(Entry.seq))


def last(council: Council, meeting_id: int) -> Any:
    return council.one(select(Entry).where(Entry.chain == meeting_id).order_by(Entry.seq.desc()).limit(1))


@pytest.fixture
def meeting(council: Council, do: Do) -> int:
    """A UBND meeting in session with all three members here."""
    found = council.meeting()
    for who in ("hung", "hoa", "tuan"):
        do(who, "live.check_in", meeting_id=found)
    do("hung", "live.open", meeting_id=found)
    return found


def presence(council: Council, meeting_id: int, username: str) -> str | None:
    wanted = select(Attendance.presence).where(
        Attendance.meeting_id == meeting_id, Attendance.person_id == council.person(username)
    )
    return council.one(wanted)


def test_member_checks_in_before_the_meeting_begins(council: Council, do: Do) -> None:
    found = council.meeting()

    assert do("hoa", "live.check_in", meeting_id=found) == {}

    assert presence(council, found, "hoa") == "present"
    assert last(council, found).event == "live.checked_in"
    assert last(council, found).actor_id == council.person("hoa")


def test_checking_in_twice_is_harmless_and_recorded_once(council: Council, do: Do) -> None:
    found = council.meeting()

    do("hoa", "live.check_in", meeting_id=found)
    do("hoa", "live.check_in", meeting_id=found)

    assert events(council, found).count("live.checked_in") == 1


def test_check_in_is_refused_before_the_issue_and_after_the_close(council: Council, do: Do) -> None:
    held = council.meeting(state="held")

    with pytest.raises(Refused, match="check_in_closed"):
        do("hoa", "live.check_in", meeting_id=held)
    with pytest.raises(Refused, match="not_found"):
        do("hoa", "live.check_in", meeting_id=council.meeting(state="draft"))


def test_stranger_cannot_check_in(council: Council, do: Do) -> None:
    with pytest.raises(Refused, match="not_found"):
        do("khach", "live.check_in", meeting_id=council.meeting())


def test_coming_a_quarter_of_an_hour_after_the_opening_is_late(council: Council, do: Do, at: At) -> None:
    at(MORNING)
    found = council.meeting(starts_at=MORNING)
    do("hung", "live.open", meeting_id=found)

    at(MORNING + timedelta(minutes=16))
    do("hoa", "live.check_in", meeting_id=found)

    assert presence(council, found, "hoa") == "late"


def test_who_leaves_no_longer_counts_and_may_come_back(council: Council, do: Do, meeting: int) -> None:
    do("hoa", "live.leave", meeting_id=meeting)
    assert presence(council, meeting, "hoa") == "left"
    assert last(council, meeting).event == "live.left"

    do("hoa", "live.check_in", meeting_id=meeting)
    assert presence(council, meeting, "hoa") == "present"


def test_nobody_leaves_who_is_not_here(council: Council, do: Do) -> None:
    with pytest.raises(Refused, match="not_here"):
        do("hoa", "live.leave", meeting_id=council.meeting())


def test_opening_without_a_quorum_opens_the_roll_call_only(council: Council, do: Do) -> None:
    found = council.meeting()
    do("hung", "live.open", meeting_id=found)

    assert council.one(select(Meeting.state).where(Meeting.id == found)) == "in_session"
    with pytest.raises(Refused) as refused:
        do("hung", "live.go_to_item", meeting_id=found, item_id=council.items(found)[0])
    assert refused.value.code == "no_quorum"
    assert refused.value.facts == {"present": 0, "total": 3, "need": 2, "rule": "ít nhất hai phần ba tổng số thành viên"}

    do("hoa", "live.check_in", meeting_id=found)
    do("tuan", "live.check_in", meeting_id=found)
    assert do("hung", "live.go_to_item", meeting_id=found, item_id=council.items(found)[0]) == {}


def test_guests_do_not_make_a_quorum(council: Council, do: Do) -> None:
    found = council.meeting()
    council.invite(found, "khach")
    do("khach", "live.check_in", meeting_id=found)
    do("hoa", "live.check_in", meeting_id=found)
    do("hung", "live.open", meeting_id=found)

    with pytest.raises(Refused, match="no_quorum"):
        do("hung", "live.go_to_item", meeting_id=found, item_id=council.items(found)[0])


def test_only_the_chair_runs_the_meeting(council: Council, do: Do, meeting: int) -> None:
    item = council.items(meeting)[0]
    for act, more in (("open", {}), ("pause", {}), ("resume", {}), ("close", {}), ("go_to_item", {"item_id": item})):
        with pytest.raises(Refused, match="forbidden"):
            do("hoa", f"live.{act}", meeting_id=meeting, **more)
        with pytest.raises(Refused, match="not_found"):
            do("khach", f"live.{act}", meeting_id=meeting, **more)


def test_meeting_opens_once(council: Council, do: Do, meeting: int) -> None:
    entry = council.one(select(Entry).where(Entry.chain == meeting, Entry.event == "live.meeting_opened"))
    assert entry.facts["present"] == 3
    assert entry.facts["quorum_met"] is True

    with pytest.raises(Refused, match="wrong_state"):
        do("hung", "live.open", meeting_id=meeting)


def test_going_on_closes_the_item_before_with_its_real_seconds(council: Council, do: Do, meeting: int, at: At) -> None:
    first, second, _ = council.items(meeting)
    at(MORNING)
    do("hung", "live.go_to_item", meeting_id=meeting, item_id=first)
    at(MORNING + timedelta(seconds=100))
    do("hung", "live.pause", meeting_id=meeting)
    at(MORNING + timedelta(seconds=700))
    do("hung", "live.resume", meeting_id=meeting)
    at(MORNING + timedelta(seconds=720))

    do("hung", "live.go_to_item", meeting_id=meeting, item_id=second)

    done = council.one(select(Item).where(Item.id == first))
    assert (done.state, done.seconds_used, done.ended_at) == ("done", 120, MORNING + timedelta(seconds=720))
    now = council.one(select(Item).where(Item.id == second))
    assert (now.state, now.started_at) == ("current", MORNING + timedelta(seconds=720))
    assert last(council, meeting).event == "live.item_started"


def test_item_of_another_meeting_is_not_known(council: Council, do: Do, meeting: int) -> None:
    other = council.meeting()

    with pytest.raises(Refused, match="not_found"):
        do("hung", "live.go_to_item", meeting_id=meeting, item_id=council.items(other)[0])


def test_item_held_outside_is_not_opened_here(council: Council, do: Do, meeting: int) -> None:
    item = council.items(meeting)[0]
    council.update(Item, item, outside=True)

    with pytest.raises(Refused, match="item_held_outside"):
        do("hung", "live.go_to_item", meeting_id=meeting, item_id=item)


def test_close_finishes_the_item_and_lets_the_minutes_be_drafted(council: Council, do: Do, meeting: int) -> None:
    item = council.items(meeting)[0]
    do("hung", "live.go_to_item", meeting_id=meeting, item_id=item)

    do("hung", "live.close", meeting_id=meeting)

    row = council.one(select(Meeting).where(Meeting.id == meeting))
    assert (row.state, row.current_item_id, row.minutes_state) == ("held", None, "draft")
    assert council.one(select(Item.state).where(Item.id == item)) == "done"
    assert "live.meeting_closed" in events(council, meeting)


def test_close_is_refused_while_somebody_speaks(council: Council, do: Do, meeting: int) -> None:
    floor = do("hoa", "speaking.ask", meeting_id=meeting)["floor_id"]
    do("hung", "speaking.start", floor_id=floor)

    with pytest.raises(Refused) as refused:
        do("hung", "live.close", meeting_id=meeting)

    assert refused.value.code == "speech_running"
    assert refused.value.facts["name"] == "Ông Phan Thị Hoa"
    settle = {"act": "speaking.stop", "input": {"floor_id": floor}}
    assert refused.value.facts["objections"] == [{"code": "speech_running", "name": "Ông Phan Thị Hoa", "settle": settle}]


def test_clerk_puts_attendance_right_with_a_reason_even_afterwards(council: Council, do: Do, meeting: int) -> None:
    do("hung", "live.close", meeting_id=meeting)

    hoa = council.person("hoa")
    do("van", "live.correct_attendance", meeting_id=meeting, person_id=hoa, presence="excused", reason="Đi công tác")

    assert presence(council, meeting, "hoa") == "excused"
    facts = last(council, meeting).facts
    assert (facts["before"], facts["after"], facts["reason"]) == ("present", "excused", "Đi công tác")


def test_correction_needs_a_reason_and_an_invited_person(council: Council, do: Do, meeting: int) -> None:
    hoa, khach = council.person("hoa"), council.person("khach")

    with pytest.raises(Refused, match="malformed"):
        do("van", "live.correct_attendance", meeting_id=meeting, person_id=hoa, presence="absent", reason=" ")
    with pytest.raises(Refused, match="not_invited"):
        do("van", "live.correct_attendance", meeting_id=meeting, person_id=khach, presence="absent", reason="…")
    with pytest.raises(Refused, match="forbidden"):
        do("hoa", "live.correct_attendance", meeting_id=meeting, person_id=hoa, presence="late", reason="…")


def test_word_to_all_is_recorded_and_only_the_desk_gives_it(council: Council, do: Do, meeting: int) -> None:
    do("minh", "live.tell", meeting_id=meeting, text="Nghỉ đến 10:15")

    assert last(council, meeting).facts == {"text": "Nghỉ đến 10:15"}
    with pytest.raises(Refused, match="forbidden"):
        do("hoa", "live.tell", meeting_id=meeting, text="…")


def test_page_that_is_no_paper_of_the_meeting_is_not_shown(council: Council, do: Do, meeting: int) -> None:
    with pytest.raises(Refused, match="page_unknown"):
        do("hung", "live.show_page", meeting_id=meeting, document_id=999, page=1)
    with pytest.raises(Refused, match="forbidden"):
        do("hoa", "live.show_page", meeting_id=meeting, document_id=999, page=1)
