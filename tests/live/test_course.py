"""The course of a meeting: rests with a time, adjournment, items put off, taken up again and ahead, the stretches of items."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from meeting import clock, database
from meeting.agenda.models import Item, Meeting, ProgrammeVersion
from meeting.calendars.appointments import going_on
from meeting.errors import Refused
from meeting.journal import Entry
from meeting.live import state
from meeting.live.models import Attendance, ItemRun, Progress
from meeting.live.queries import runs_of
from meeting.notify.models import Notification
from meeting.web.formats import write_datetime
from tests.conftest import MORNING, Council
from tests.live.test_service import events, last

Do = Callable[..., dict[str, Any]]
At = Callable[..., None]
NEXT_DAY = MORNING + timedelta(days=1)


@pytest.fixture
def meeting(council: Council, do: Do, at: At) -> int:
    """A UBND meeting of five items in session since 8:00 with all three members here."""
    at(MORNING)
    found = council.meeting(items=5, starts_at=MORNING)
    for who in ("hung", "hoa", "tuan"):
        do(who, "live.check_in", meeting_id=found)
    do("hung", "live.open", meeting_id=found)
    return found


def row(council: Council, meeting_id: int) -> Meeting:
    found: Meeting = council.one(select(Meeting).where(Meeting.id == meeting_id))
    return found


def section(meeting_id: int, name: str = "meeting", audience: str = "member") -> Any:
    with database.reading() as session:
        return state.sections(session, session.get_one(Meeting, meeting_id), audience)[name]


def go(do: Do, council: Council, meeting_id: int, place: int) -> int:
    item = council.items(meeting_id)[place - 1]
    do("hung", "live.go_to_item", meeting_id=meeting_id, item_id=item)
    return item


def order(council: Council, meeting_id: int) -> list[str]:
    return council.all(select(Item.title).where(Item.meeting_id == meeting_id).order_by(Item.position))


def refused_as(code: str, call: Callable[[], Any]) -> Refused:
    with pytest.raises(Refused) as refused:
        call()
    assert refused.value.code == code
    return refused.value


# rests


def test_a_recess_says_until_when_and_goes_on(council: Council, do: Do, meeting: int) -> None:
    until = MORNING + timedelta(minutes=45)
    do("hung", "live.pause", meeting_id=meeting, until=until.isoformat())

    assert last(council, meeting).facts == {"until": until.isoformat()}
    assert (section(meeting)["state"], section(meeting)["resumes_at"]) == ("paused", until.isoformat())
    assert section(meeting)["adjourned"] is False
    assert (section(meeting, "scene")["name"], section(meeting, "scene")["until"]) == ("break", until.isoformat())

    do("hung", "live.resume", meeting_id=meeting)
    assert (section(meeting)["state"], section(meeting)["resumes_at"]) == ("in_session", None)
    assert last(council, meeting).facts["adjourned"] is False


def test_a_recess_needs_no_time(council: Council, do: Do, meeting: int) -> None:
    do("hung", "live.pause", meeting_id=meeting)

    assert section(meeting)["resumes_at"] is None


@pytest.mark.parametrize(
    ("until", "code"),
    [(MORNING, "break_in_past"), (MORNING - timedelta(minutes=1), "break_in_past"), (NEXT_DAY, "break_too_long")],
)
def test_a_recess_ends_later_today(do: Do, meeting: int, until: datetime, code: str) -> None:
    refused_as(code, lambda: do("hung", "live.pause", meeting_id=meeting, until=until.isoformat()))


# stretches


def test_each_stretch_of_an_item_is_kept_without_the_rests(council: Council, do: Do, meeting: int, at: At) -> None:
    first = go(do, council, meeting, 1)
    at(MORNING + timedelta(seconds=100))
    do("hung", "live.pause", meeting_id=meeting)
    at(MORNING + timedelta(seconds=700))
    do("hung", "live.resume", meeting_id=meeting)
    at(MORNING + timedelta(seconds=720))
    second = go(do, council, meeting, 2)
    at(MORNING + timedelta(seconds=730))
    go(do, council, meeting, 1)

    with database.reading() as session:
        runs = runs_of(session, meeting)
    told = {item: [(run.started_at, run.ended_at) for run in each] for item, each in runs.items()}
    minute = lambda seconds: MORNING + timedelta(seconds=seconds)  # noqa: E731
    assert told[first] == [(minute(0), minute(100)), (minute(700), minute(720)), (minute(730), None)]
    assert told[second] == [(minute(720), minute(730))]
    assert council.one(select(Item.seconds_used).where(Item.id == first)) == 120


def test_closing_ends_the_last_stretch(council: Council, do: Do, meeting: int, at: At) -> None:
    go(do, council, meeting, 1)
    at(MORNING + timedelta(minutes=3))
    do("hung", "live.close", meeting_id=meeting)

    assert council.all(select(ItemRun.ended_at)) == [MORNING + timedelta(minutes=3)]


def test_planned_and_real_minutes_can_be_read(council: Council, do: Do, meeting: int, at: At, api: Callable[..., Any]) -> None:
    item = go(do, council, meeting, 1)
    at(MORNING + timedelta(minutes=5))
    do("hung", "live.pause", meeting_id=meeting)

    status, told = api("hoa").get(f"/meetings/{meeting}/times")

    assert status == 200
    assert told["data"][0]["item_id"] == item
    assert (told["data"][0]["minutes_planned"], told["data"][0]["seconds"]) == (20, 300)
    assert len(told["data"][0]["stretches"]) == 1
    assert api("khach").get(f"/meetings/{meeting}/times")[0] == 404


# adjournment


def adjourn(do: Do, meeting_id: int, **more: Any) -> dict[str, Any]:
    wanted = {"resumes_at": NEXT_DAY.isoformat(), "reason": "Hết giờ làm việc", **more}
    return do("hung", "live.adjourn", meeting_id=meeting_id, **wanted)


def test_an_adjourned_meeting_waits_for_its_day_and_tells_everybody(council: Council, do: Do, meeting: int) -> None:
    item = go(do, council, meeting, 2)
    adjourn(do, meeting)

    entry = last(council, meeting)
    told = council.one(select(Entry).where(Entry.event == "live.meeting_adjourned"))
    assert told.facts["reason"] == "Hết giờ làm việc"
    assert told.facts["people"] == sorted(council.person(who) for who in ("hung", "hoa", "tuan"))
    assert entry.chain == meeting
    shown = section(meeting)
    assert (shown["state"], shown["resumes_at"], shown["adjourned"]) == ("paused", NEXT_DAY.isoformat(), True)
    assert row(council, meeting).current_item_id == item
    assert council.all(select(ItemRun.ended_at)) == [MORNING]
    kinds = council.all(select(Notification.kind).where(Notification.person_id == council.person("hoa")))
    assert "meeting_adjourned" in kinds


def test_the_roll_call_is_taken_anew_before_it_goes_on(council: Council, do: Do, meeting: int, at: At) -> None:
    item = go(do, council, meeting, 2)
    adjourn(do, meeting)
    assert set(council.all(select(Attendance.presence))) == {"left"}
    at(NEXT_DAY)

    refused_as("no_quorum", lambda: do("hung", "live.resume", meeting_id=meeting))
    for who in ("hoa", "tuan"):
        do(who, "live.check_in", meeting_id=meeting)
    do("hung", "live.resume", meeting_id=meeting)

    assert last(council, meeting).facts == {"adjourned": True, "present": 2, "total": 3}
    progress = council.one(select(Progress))
    assert (progress.adjourned_at, progress.reopened_at, progress.item_since) == (None, NEXT_DAY, NEXT_DAY)
    assert row(council, meeting).current_item_id == item
    at(NEXT_DAY + timedelta(minutes=16))
    do("hung", "live.check_in", meeting_id=meeting)
    seat = select(Attendance.presence).where(Attendance.person_id == council.person("hung"))
    assert council.one(seat) == "late"


def test_adjourning_again_moves_the_day(council: Council, do: Do, meeting: int) -> None:
    adjourn(do, meeting)
    later = MORNING + timedelta(days=3)
    adjourn(do, meeting, resumes_at=later.isoformat())

    assert section(meeting)["resumes_at"] == later.isoformat()
    assert events(council, meeting).count("live.meeting_adjourned") == 2


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"reason": " "}, "reason_needed"),
        ({"resumes_at": (MORNING - timedelta(days=1)).isoformat()}, "break_in_past"),
        ({"resumes_at": (MORNING + timedelta(hours=2)).isoformat()}, "resumes_same_day"),
        ({"resumes_at": "2026-11-24T08:00"}, "malformed"),
    ],
)
def test_adjourning_needs_another_day_and_a_reason(do: Do, meeting: int, more: dict[str, Any], code: str) -> None:
    refused_as(code, lambda: adjourn(do, meeting, **more))


def test_nothing_open_is_left_over_night(council: Council, do: Do, meeting: int) -> None:
    floor = do("hoa", "speaking.ask", meeting_id=meeting)["floor_id"]
    do("hung", "speaking.start", floor_id=floor)

    refused = refused_as("speech_running", lambda: adjourn(do, meeting))

    assert refused.facts["objections"][0]["settle"] == {"act": "speaking.stop", "input": {"floor_id": floor}}


def test_only_a_running_meeting_is_adjourned(council: Council, do: Do) -> None:
    refused_as("wrong_state", lambda: adjourn(do, council.meeting(), resumes_at=(clock.now() + timedelta(days=3)).isoformat()))


def test_an_adjourned_meeting_can_be_closed(council: Council, do: Do, meeting: int) -> None:
    adjourn(do, meeting)
    do("hung", "live.close", meeting_id=meeting)

    assert (row(council, meeting).state, row(council, meeting).resumes_at) == ("held", None)


# items put off and taken up again


def test_an_item_is_put_off_with_its_reason(council: Council, do: Do, meeting: int) -> None:
    third = council.items(meeting)[2]
    answered = do("hung", "live.postpone_item", meeting_id=meeting, item_id=third, reason="Chưa đủ hồ sơ")

    assert answered["item_ids"] == [third]
    item = council.one(select(Item).where(Item.id == third))
    assert (item.state, item.reason) == ("deferred", "Chưa đủ hồ sơ")
    assert last(council, meeting).event == "agenda.item_set_aside"
    assert last(council, meeting).facts["reason"] == "Chưa đủ hồ sơ"
    refused_as("item_set_aside", lambda: do("hung", "live.go_to_item", meeting_id=meeting, item_id=third))
    refused_as("item_set_aside", lambda: do("hung", "live.postpone_item", meeting_id=meeting, item_id=third, reason="…"))


def test_the_current_item_stops_with_its_time_when_it_is_put_off(council: Council, do: Do, meeting: int, at: At) -> None:
    second = go(do, council, meeting, 2)
    at(MORNING + timedelta(minutes=4))
    do("hung", "live.postpone_item", meeting_id=meeting, item_id=second, reason="Cần xin ý kiến thêm")

    item = council.one(select(Item).where(Item.id == second))
    assert (item.state, item.seconds_used) == ("deferred", 240)
    assert row(council, meeting).current_item_id is None
    assert council.all(select(ItemRun.ended_at)) == [MORNING + timedelta(minutes=4)]

    do("hung", "live.take_up_again", meeting_id=meeting, item_id=second)
    assert council.one(select(Item.state).where(Item.id == second)) == "planned"
    go(do, council, meeting, 2)
    at(MORNING + timedelta(minutes=5))
    do("hung", "live.pause", meeting_id=meeting)
    assert council.one(select(Item.seconds_used).where(Item.id == second)) == 300


def test_a_matter_is_put_off_with_the_part_being_dealt_with(council: Council, do: Do, meeting: int) -> None:
    second = council.items(meeting)[1]
    part = do("minh", "agenda.add_item", meeting_id=meeting, parent_id=second, title="Phần một")["item_id"]
    do("hung", "live.go_to_item", meeting_id=meeting, item_id=part)

    answered = do("hung", "live.postpone_item", meeting_id=meeting, item_id=second, reason="Hết giờ")

    assert answered["item_ids"] == [second, part]
    assert row(council, meeting).current_item_id is None


def test_what_is_being_voted_on_or_spoken_about_is_not_put_off(council: Council, do: Do, meeting: int) -> None:
    first = go(do, council, meeting, 1)
    floor = do("hoa", "speaking.ask", meeting_id=meeting)["floor_id"]
    do("hung", "speaking.start", floor_id=floor)

    refused_as("speech_running", lambda: do("hung", "live.postpone_item", meeting_id=meeting, item_id=first, reason="…"))
    fourth = council.items(meeting)[3]
    do("hung", "live.postpone_item", meeting_id=meeting, item_id=fourth, reason="Một nội dung khác thì được")


def test_putting_off_needs_a_reason_and_an_item_still_ahead(council: Council, do: Do, meeting: int) -> None:
    first = go(do, council, meeting, 1)
    second = go(do, council, meeting, 2)
    wanted = {"meeting_id": meeting, "item_id": first}

    refused_as("item_begun", lambda: do("hung", "live.postpone_item", **wanted, reason="…"))
    refused_as("reason_needed", lambda: do("hung", "live.postpone_item", meeting_id=meeting, item_id=second, reason=" "))
    refused_as("item_not_deferred", lambda: do("hung", "live.take_up_again", meeting_id=meeting, item_id=second))
    other = council.items(council.meeting())[0]
    refused_as("not_found", lambda: do("hung", "live.postpone_item", meeting_id=meeting, item_id=other, reason="…"))
    do("hung", "live.pause", meeting_id=meeting)
    refused_as("not_in_session", lambda: do("hung", "live.postpone_item", meeting_id=meeting, item_id=second, reason="…"))


# taken ahead


def test_an_item_taken_ahead_comes_next_with_the_reason(council: Council, do: Do, meeting: int) -> None:
    go(do, council, meeting, 1)
    fourth = council.items(meeting)[3]

    answered = do("hung", "live.take_ahead", meeting_id=meeting, item_id=fourth, reason="Đại diện sở phải về sớm")

    assert answered["label"] == "2"
    assert order(council, meeting) == [f"Nội dung {n}" for n in (1, 4, 2, 3, 5)]
    facts = {"item_id": fourth, "title": "Nội dung 4", "before": "4", "label": "2", "reason": "Đại diện sở phải về sớm"}
    assert last(council, meeting).facts == facts
    do("hung", "live.take_ahead", meeting_id=meeting, item_id=fourth, reason="Lần nữa")
    assert events(council, meeting).count("live.item_taken_ahead") == 1


def test_only_what_is_still_to_come_is_taken_ahead(council: Council, do: Do, meeting: int) -> None:
    first, second, third, *_ = council.items(meeting)
    go(do, council, meeting, 1)
    do("hung", "live.postpone_item", meeting_id=meeting, item_id=third, reason="Chưa đủ hồ sơ")
    council.update(Item, second, outside=True)

    refused_as("item_not_ahead", lambda: do("hung", "live.take_ahead", meeting_id=meeting, item_id=first, reason="…"))
    refused_as("item_not_ahead", lambda: do("hung", "live.take_ahead", meeting_id=meeting, item_id=third, reason="…"))
    refused_as("item_held_outside", lambda: do("hung", "live.take_ahead", meeting_id=meeting, item_id=second, reason="…"))
    refused_as(
        "reason_needed", lambda: do("hung", "live.take_ahead", meeting_id=meeting, item_id=council.items(meeting)[4], reason="")
    )


def test_decisions_of_the_meeting_make_a_new_version_of_the_programme(council: Council, do: Do, at: At) -> None:
    at(MORNING)
    found = council.meeting(items=4, state="approved", starts_at=MORNING + timedelta(days=9))
    do("minh", "agenda.issue", meeting_id=found)
    at(MORNING + timedelta(days=9))
    for who in ("hung", "hoa", "tuan"):
        do(who, "live.check_in", meeting_id=found)
    do("hung", "live.open", meeting_id=found)
    third, fourth = council.items(found)[2:]

    assert do("hung", "live.postpone_item", meeting_id=found, item_id=third, reason="Chưa đủ hồ sơ")["version"] == 2
    assert do("hung", "live.take_ahead", meeting_id=found, item_id=fourth, reason="Theo đề nghị")["version"] == 3
    assert do("hung", "live.take_up_again", meeting_id=found, item_id=third)["version"] == 4

    kept = council.all(select(ProgrammeVersion).where(ProgrammeVersion.meeting_id == found).order_by(ProgrammeVersion.number))
    assert [each.why for each in kept] == ["", "Chưa đủ hồ sơ", "Theo đề nghị", ""]
    assert kept[1].content["items"][2]["state"] == "deferred"


# rights, and through the other door


def test_only_whoever_presides_decides_the_course(council: Council, do: Do, meeting: int) -> None:
    item = council.items(meeting)[2]
    wanted: dict[str, dict[str, Any]] = {
        "adjourn": {"resumes_at": NEXT_DAY.isoformat(), "reason": "…"},
        "postpone_item": {"item_id": item, "reason": "…"},
        "take_ahead": {"item_id": item, "reason": "…"},
        "take_up_again": {"item_id": item},
    }
    for act, more in wanted.items():
        for who, code in (("hoa", "forbidden"), ("minh", "forbidden"), ("khach", "not_found")):
            refused_as(code, lambda act=act, more=more, who=who: do(who, f"live.{act}", meeting_id=meeting, **more))  # type: ignore[misc]


def test_the_course_is_told_through_the_api(council: Council, do: Do, meeting: int, api: Callable[..., Any]) -> None:
    item = council.items(meeting)[2]
    status, _ = api("hung").act("live.postpone_item", meeting_id=meeting, item_id=item, reason="Chưa đủ hồ sơ")
    assert status == 200
    status, told = api("hung").act("live.take_ahead", meeting_id=meeting, item_id=item, reason="…")
    assert (status, told["code"]) == (409, "item_not_ahead")

    floor = do("hoa", "speaking.ask", meeting_id=meeting)["floor_id"]
    do("hung", "speaking.start", floor_id=floor)
    status, told = api("hung").act("live.close", meeting_id=meeting)

    (objection,) = told["facts"]["objections"]
    assert (status, objection["code"]) == (409, "speech_running")
    assert "Phan Thị Hoa" in objection["message"]


# where it is seen that it goes on another day


def test_home_page_of_meeting_and_calendar_show_when_it_goes_on(
    council: Council, do: Do, meeting: int, client: Callable[[str], Any], at: At
) -> None:
    later = MORNING + timedelta(days=3)
    adjourn(do, meeting, resumes_at=later.isoformat())
    said = f"Họp tiếp: {write_datetime(later)}"

    for page in ("/", f"/meetings/{meeting}", f"/calendar?view=week&day={clock.local(later).date()}"):
        assert said in client("hoa").get(page).get_data(as_text=True), page
    assert f"/meetings/{meeting}" not in client("hoa").get("/calendar?view=week&day=2026-12-07").get_data(as_text=True)


def test_the_private_calendar_holds_the_day_it_goes_on(council: Council, do: Do, meeting: int) -> None:
    adjourn(do, meeting)
    with database.reading() as session:
        found = session.get_one(Meeting, meeting)
        made = going_on(found, "https://hop.example/meetings/1")

    assert (made.starts_at, made.title) == (NEXT_DAY, "Phiên họp UBND (họp tiếp)")
    assert made.uid.startswith(f"meeting-{meeting}.goes-on@")
