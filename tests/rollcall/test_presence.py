"""Presence as it is recorded: the ways to check in, the clerk's roll call, corrections of past times, stretches, items, seats."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from meeting import clock, database
from meeting.agenda.models import Item, Participant
from meeting.agenda.models import Meeting as MeetingRow
from meeting.errors import Refused
from meeting.journal import Entry
from meeting.live import codes, queries, state
from meeting.live.models import Attendance, ItemRun
from meeting.rollcall.models import PresenceSpan
from meeting.rulebook.models import RuleBook
from meeting.writer import perform
from tests.conftest import MORNING, Council, Program
from tests.rollcall.test_sheets import seated

Do = Callable[..., dict[str, Any]]
At = Callable[[datetime], None]
Api = Callable[[str], Program]
Browser = Callable[[str], FlaskClient]


def m(minutes: float) -> datetime:
    return MORNING + timedelta(minutes=minutes)


def spans(council: Council, meeting: int, username: str) -> list[tuple[float, float | None, str, str]]:
    """Somebody's stretches in minutes since eight o'clock, with how they were known."""
    of = PresenceSpan.meeting_id == meeting, PresenceSpan.person_id == council.person(username)
    rows = council.all(select(PresenceSpan).where(*of).order_by(PresenceSpan.from_at, PresenceSpan.id))
    minutes = lambda at: None if at is None else (at - MORNING).total_seconds() / 60  # noqa: E731
    return [(minutes(row.from_at), minutes(row.until_at), row.presence, row.how) for row in rows]


def presence(council: Council, meeting: int, username: str) -> str | None:
    of = Attendance.meeting_id == meeting, Attendance.person_id == council.person(username)
    return council.one(select(Attendance.presence).where(*of))


def joined(council: Council, username: str, meeting: int, wanted: str = "") -> dict[str, Any]:
    with database.reading() as session:
        return state.joined(session, meeting, council.actor(username), wanted)


def absent(council: Council, meeting: int, username: str, **values: str) -> None:
    """Somebody reported an absence before the meeting."""
    of = Participant.meeting_id == meeting, Participant.person_id == council.person(username)
    council.update(Participant, council.one(select(Participant.id).where(*of)), reply="declined", **values)


def voters(council: Council, meeting: int) -> set[int]:
    with database.reading() as session:
        return queries.present_voters(session, session.get_one(MeetingRow, meeting))


@pytest.fixture
def meeting(council: Council, at: At) -> int:
    """A meeting of three members that opened at eight; nobody has checked in."""
    at(MORNING)
    found = council.meeting(starts_at=MORNING)
    council.update(MeetingRow, found, state="in_session", opened_at=MORNING)
    return found


# stretches


def test_every_coming_and_going_is_a_stretch(council: Council, do: Do, at: At, meeting: int) -> None:
    at(m(20))
    do("hoa", "live.check_in", meeting_id=meeting)
    do("hoa", "live.check_in", meeting_id=meeting)
    at(m(125))
    do("hoa", "live.leave", meeting_id=meeting)
    at(m(150))
    do("hoa", "live.check_in", meeting_id=meeting)
    at(m(180))
    do("hung", "live.close", meeting_id=meeting)

    assert spans(council, meeting, "hoa") == [(20, 125, "late", "self"), (150, 180, "present", "self")]


def test_clerk_sets_past_times_with_a_reason(council: Council, do: Do, at: At, meeting: int) -> None:
    at(m(170))
    hoa = council.person("hoa")
    times = [{"since": m(20).isoformat(), "until": m(125).isoformat()}, {"since": m(150).isoformat()}]
    do("van", "live.correct_attendance", meeting_id=meeting, person_id=hoa, times=times, reason="Máy hết pin")

    assert spans(council, meeting, "hoa") == [(20, 125, "late", "clerk"), (150, None, "present", "clerk")]
    assert presence(council, meeting, "hoa") == "late"
    facts = council.all(select(Entry).where(Entry.chain == meeting))[-1].facts
    assert (facts["before"], facts["after"], facts["reason"]) == ("absent", "late", "Máy hết pin")
    assert facts["times"][0] == [m(20).isoformat(), m(125).isoformat(), False]


def test_times_that_ended_before_now_mean_left_early(council: Council, do: Do, at: At, meeting: int) -> None:
    at(m(170))
    hoa = council.person("hoa")
    times = [{"since": m(0).isoformat(), "until": m(60).isoformat()}]
    answer = do("van", "live.correct_attendance", meeting_id=meeting, person_id=hoa, times=times, reason="Quên báo về")

    assert answer["presence"] == "left"
    assert hoa not in voters(council, meeting)


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"times": [{"since": "2026-11-23T20:00:00+07:00"}]}, "times_in_future"),
        ({"times": [{"since": m(30).isoformat(), "until": m(20).isoformat()}]}, "times_out_of_order"),
        ({"times": [{"since": "2026-11-23T08:00:00"}]}, "malformed"),  # without a zone
        ({}, "malformed"),
    ],
)
def test_impossible_times_are_refused(council: Council, do: Do, at: At, meeting: int, wanted: dict[str, Any], code: str) -> None:
    at(m(60))

    with pytest.raises(Refused, match=code):
        do("van", "live.correct_attendance", meeting_id=meeting, person_id=council.person("hoa"), reason="…", **wanted)


def test_after_the_close_a_correction_says_times_within_the_meeting(council: Council, do: Do, at: At, meeting: int) -> None:
    at(m(120))
    do("hung", "live.close", meeting_id=meeting)
    at(m(200))
    hoa, tuan = council.person("hoa"), council.person("tuan")

    do("van", "live.correct_attendance", meeting_id=meeting, person_id=hoa, presence="present", reason="Quên điểm danh")
    with pytest.raises(Refused, match="times_needed"):
        do("van", "live.correct_attendance", meeting_id=meeting, person_id=tuan, presence="left", reason="…")
    times = [{"since": m(130).isoformat()}]
    with pytest.raises(Refused, match="times_after_close"):
        do("van", "live.correct_attendance", meeting_id=meeting, person_id=tuan, times=times, reason="…")

    assert spans(council, meeting, "hoa") == [(0, 120, "present", "clerk")]


def test_who_was_never_here_keeps_no_stretch(council: Council, do: Do, at: At, meeting: int) -> None:
    do("hoa", "live.check_in", meeting_id=meeting)
    hoa = council.person("hoa")
    do("van", "live.correct_attendance", meeting_id=meeting, person_id=hoa, presence="absent", reason="Điểm danh nhầm")

    assert spans(council, meeting, "hoa") == []


def test_people_of_before_stretches_were_kept_get_one_at_the_opening(council: Council, do: Do, at: At) -> None:
    at(MORNING)
    found = council.meeting(starts_at=MORNING)
    council.write(Attendance(meeting_id=found, person_id=council.person("hoa"), presence="present", arrived_at=m(-10)))
    do("hung", "live.check_in", meeting_id=found)
    do("hung", "live.open", meeting_id=found)

    assert spans(council, found, "hoa") == [(-10, None, "present", "")]
    assert spans(council, found, "hung") == [(0, None, "present", "self")]


# the clerk's roll call


def test_clerk_marks_many_at_once_and_two_clerks_do_one_thing(council: Council, do: Do, at: At, meeting: int) -> None:
    hoa, tuan = council.person("hoa"), council.person("tuan")
    first = do("van", "live.mark", meeting_id=meeting, people=[hoa, tuan], presence="present")
    at(m(1))
    second = do("minh", "live.mark", meeting_id=meeting, people=[tuan, hoa], presence="present")
    at(m(30))
    do("minh", "live.mark", meeting_id=meeting, people=[tuan], presence="left")

    assert (set(first["marked"]), second["marked"]) == ({hoa, tuan}, [])
    assert spans(council, meeting, "hoa") == [(0, None, "present", "clerk")]
    assert spans(council, meeting, "tuan") == [(0, 30, "present", "clerk")]
    events = council.all(select(Entry.event).where(Entry.chain == meeting))
    assert events.count("live.attendance_marked") == 2


def test_roll_call_is_for_the_office_and_the_invited(
    council: Council, do: Do, meeting: int, api: Callable[[str], Program]
) -> None:
    hoa = council.person("hoa")

    with pytest.raises(Refused, match="forbidden"):
        do("hoa", "live.mark", meeting_id=meeting, people=[hoa], presence="present")
    with pytest.raises(Refused, match="not_found"):
        do("khach", "live.mark", meeting_id=meeting, people=[hoa], presence="present")
    with pytest.raises(Refused, match="not_invited"):
        do("van", "live.mark", meeting_id=meeting, people=[hoa, council.person("khach")], presence="present")
    with pytest.raises(Refused, match="remote_not_offered"):
        do("van", "live.mark", meeting_id=meeting, people=[hoa], presence="remote")
    assert api("van").act("live.mark", meeting_id=meeting, people=[hoa], presence="present")[0] == 200
    do("hung", "live.close", meeting_id=meeting)
    with pytest.raises(Refused, match="check_in_closed"):
        do("van", "live.mark", meeting_id=meeting, people=[hoa], presence="left")


# from elsewhere


@pytest.mark.parametrize(("rule", "counts"), [("full", True), ("speaks", False)])
def test_member_online_counts_and_votes_by_the_rule(council: Council, do: Do, meeting: int, rule: str, counts: bool) -> None:
    council.update(MeetingRow, meeting, form="hybrid", link="https://hop.example.vn/ubnd")
    council.update(RuleBook, council.book(), remote=rule)
    do("hoa", "live.check_in", meeting_id=meeting, remote=True)

    mine = joined(council, "hoa", meeting)
    section = mine["state"]["attendance"]

    assert (section["present"], section["remote"]) == (int(counts), 1)
    assert (mine["me"]["attendance"]["presence"], mine["me"]["attendance"]["counts"]) == ("remote", counts)
    assert (council.person("hoa") in voters(council, meeting)) is counts
    assert spans(council, meeting, "hoa") == [(0, None, "remote", "self")]


def test_coming_into_the_room_from_elsewhere_is_another_stretch(council: Council, do: Do, at: At, meeting: int) -> None:
    council.update(MeetingRow, meeting, form="hybrid")
    do("hoa", "live.check_in", meeting_id=meeting, remote=True)
    at(m(40))
    do("hoa", "live.check_in", meeting_id=meeting)

    assert presence(council, meeting, "hoa") == "present"
    assert spans(council, meeting, "hoa") == [(0, 40, "remote", "self"), (40, None, "present", "self")]


def test_nobody_takes_part_from_elsewhere_where_that_is_not_meant(council: Council, do: Do, meeting: int) -> None:
    with pytest.raises(Refused, match="remote_not_offered"):
        do("hoa", "live.check_in", meeting_id=meeting, remote=True)
    council.update(MeetingRow, meeting, form="hybrid")
    council.update(RuleBook, council.book(), remote="none")
    with pytest.raises(Refused, match="remote_not_allowed"):
        do("hoa", "live.check_in", meeting_id=meeting, remote=True)


# the code at the seat and at the door


def test_where_the_room_asks_for_a_code_nobody_checks_in_from_the_sofa(council: Council, do: Do, at: At, meeting: int) -> None:
    council.update(RuleBook, council.book(), check_in="code")
    other = council.meeting()
    at(m(5))

    with pytest.raises(Refused, match="code_needed"):
        do("hoa", "live.check_in", meeting_id=meeting)
    with pytest.raises(Refused, match="code_unknown"):
        do("hoa", "live.check_in", meeting_id=meeting, code=codes.seat_code(other, "A1"))
    with pytest.raises(Refused, match="code_unknown"):
        do("hoa", "live.check_in", meeting_id=meeting, code="abc.def")
    do("hoa", "live.check_in", meeting_id=meeting, code=codes.seat_code(meeting, "A1"))

    assert spans(council, meeting, "hoa") == [(5, None, "present", "code")]
    assert council.one(select(Attendance.how).where(Attendance.meeting_id == meeting)) == "code"


def test_code_at_the_door_holds_for_this_stretch_of_time_and_the_next(council: Council, do: Do, at: At, meeting: int) -> None:
    at(m(0))
    code = codes.door_code(meeting, clock.now())
    at(m(4))
    do("hoa", "live.check_in", meeting_id=meeting, code=code)
    at(m(7))

    with pytest.raises(Refused, match="code_expired"):
        do("tuan", "live.check_in", meeting_id=meeting, code=code)


def test_page_behind_a_code_offers_the_right_thing(
    council: Council, do: Do, meeting: int, client: Callable[[str], FlaskClient]
) -> None:
    seated(council, meeting, hoa="A1", tuan="A2")
    path = f"/meetings/{meeting}/seat/{codes.seat_code(meeting, 'A1')}"

    own = client("hoa").get(path).text
    other = client("tuan").get(path).text
    clerk = client("van").get(path).text

    assert "live.check_in" in own
    assert "A1" in own
    assert "Đây là chỗ ngồi của Ông Phan Thị Hoa" in other
    assert "Chỗ ngồi của quý vị là A2" in other
    assert "live.mark" in clerk
    assert "không thuộc cuộc họp này" in client("hoa").get(f"/meetings/{meeting}/seat/xyz").text
    assert client("khach").get(path).status_code == 404
    assert "/sign-in" in client("").get(path).headers["Location"]
    do("hoa", "live.check_in", meeting_id=meeting)
    assert "đã có mặt từ" in client("hoa").get(path).text


# sections


def test_counts_stand_apart_for_substitutes_guests_late_left_and_excused(council: Council, do: Do, at: At, meeting: int) -> None:
    council.invite(meeting, "khach")
    council.invite(meeting, "truong", stands_for_id=council.person("tuan"))
    absent(council, meeting, "tuan", absence="approved", reason="Đi công tác")
    at(m(30))
    for who in ("hoa", "khach", "truong", "hung"):
        do(who, "live.check_in", meeting_id=meeting)
    do("hung", "live.leave", meeting_id=meeting)

    found = joined(council, "hoa", meeting)["state"]["attendance"]

    counts = ("present", "substitutes", "guests", "remote", "late", "left", "excused", "absent")
    assert [found[name] for name in counts] == [1, 1, 1, 0, 2, 1, 1, 0]


def test_desk_sees_how_where_and_for_whom_and_members_do_not(
    council: Council, do: Do, meeting: int, api: Callable[[str], Program]
) -> None:
    seated(council, meeting, hoa="A1")
    absent(council, meeting, "tuan", reason="Khám bệnh")
    do("hoa", "live.check_in", meeting_id=meeting)
    do("hoa", "rollcall.call_help", meeting_id=meeting, kind="sound")

    desk = {line["name"]: line for line in joined(council, "minh", meeting)["state"]["attendance"]["people"]}
    _, office = api("van").get(f"/meetings/{meeting}/attendance")
    _, member = api("hoa").get(f"/meetings/{meeting}/attendance")

    hoa = desk["Ông Phan Thị Hoa"]
    assert (hoa["how"], hoa["seat"], hoa["help"], hoa["stands_for"]) == ("self", "A1", "sound", None)
    assert {line["reason"] for line in office["data"]} == {"", "Khám bệnh"}
    assert "Khám bệnh" not in str(member)
    assert member["counts"]["present"] == 1


def test_present_at_an_item_counts_everybody_who_was_there(council: Council, do: Do, at: At, meeting: int, api: Any) -> None:
    first, second, _ = council.items(meeting)
    do("hoa", "live.check_in", meeting_id=meeting)
    do("hung", "live.check_in", meeting_id=meeting)
    council.write(
        ItemRun(meeting_id=meeting, item_id=first, started_at=m(10), ended_at=m(20)),
        ItemRun(meeting_id=meeting, item_id=second, started_at=m(20)),
    )
    council.update(MeetingRow, meeting, current_item_id=second)
    council.update(Item, second, state="current")
    at(m(15))
    do("hoa", "live.leave", meeting_id=meeting)
    at(m(40))
    do("tuan", "live.check_in", meeting_id=meeting)

    now = joined(council, "hoa", meeting)["state"]["attendance"]["item"]
    status, body = api("minh").get(f"/meetings/{meeting}/attendance/items")

    assert now == {"id": second, "present": 2}
    assert status == 200
    lines = [(line["id"], line["present"], line["throughout"], line["fewest"], line["enough"]) for line in body["data"]]
    assert lines == [(first, 2, 1, 1, False), (second, 2, 1, 1, False)]
    assert api("hoa").get(f"/meetings/{meeting}/attendance/items")[0] == 403


def test_history_of_a_person_is_for_the_office_and_the_person(council: Council, do: Do, at: At, meeting: int, api: Any) -> None:
    do("hoa", "live.check_in", meeting_id=meeting)
    at(m(10))
    hoa = council.person("hoa")
    do("van", "live.correct_attendance", meeting_id=meeting, person_id=hoa, presence="left", reason="Về sớm")

    status, body = api("hoa").get(f"/meetings/{meeting}/attendance/{hoa}")

    assert status == 200
    assert [(each["how"], each["by"]) for each in body["spans"]] == [("self", None)]
    assert body["corrections"][0]["reason"] == "Về sớm"
    assert api("van").get(f"/meetings/{meeting}/attendance/{hoa}")[0] == 200
    assert api("tuan").get(f"/meetings/{meeting}/attendance/{hoa}")[0] == 403
    assert api("khach").get(f"/meetings/{meeting}/attendance/{hoa}")[0] == 404


# a plain model of a whole roll call, done by the acts themselves

MOVES = st.lists(
    st.tuples(st.integers(1, 20), st.sampled_from(["in", "online", "leave", "clerk_in", "clerk_left", "absent"])),
    min_size=1,
    max_size=10,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MOVES)
def test_recorded_stretches_equal_a_minute_by_minute_model(council: Council, moves: list[tuple[int, str]]) -> None:
    found = council.meeting(starts_at=MORNING, form="hybrid")
    council.update(MeetingRow, found, state="in_session", opened_at=MORNING)
    model: list[bool] = []
    here = False
    for wait, what in moves:
        model += [here] * wait
        with clock.frozen(m(len(model))):
            here, model = _move(council, found, what, here, model)
    with clock.frozen(m(len(model))):
        perform(council.actor("hung"), "live.close", {"meeting_id": found})

    rows = spans(council, found, "hoa")

    assert [any(a <= minute < (b or 0) for a, b, *_ in rows) for minute in range(len(model))] == model
    assert all(one[1] is not None and one[1] <= other[0] for one, other in pairwise(rows))


def _move(council: Council, found: int, what: str, here: bool, model: list[bool]) -> tuple[bool, list[bool]]:
    hoa, at = council.person("hoa"), {"meeting_id": found}
    if what in ("in", "online"):
        perform(council.actor("hoa"), "live.check_in", {**at, "remote": what == "online"})
        return True, model
    if what == "leave":
        if here:
            perform(council.actor("hoa"), "live.leave", at)
        return False, model
    if what == "absent":
        perform(council.actor("van"), "live.correct_attendance", {**at, "person_id": hoa, "presence": "absent", "reason": "…"})
        return False, [False] * len(model)
    presence = "present" if what == "clerk_in" else "left"
    perform(council.actor("van"), "live.mark", {**at, "people": [hoa], "presence": presence})
    return what == "clerk_in", model


def test_roll_is_called_anew_when_a_meeting_goes_on_another_day(council: Council, do: Do, at: At, meeting: int) -> None:
    for who in ("hoa", "hung", "tuan"):
        do(who, "live.check_in", meeting_id=meeting)
    at(m(60))
    do("hung", "live.adjourn", meeting_id=meeting, resumes_at=m(24 * 60).isoformat(), reason="Hết giờ")
    gone = voters(council, meeting)
    at(m(24 * 60 - 5))
    for who in ("hoa", "hung"):
        do(who, "live.check_in", meeting_id=meeting)
    at(m(24 * 60))
    do("hung", "live.resume", meeting_id=meeting)
    at(m(24 * 60 + 20))
    do("tuan", "live.check_in", meeting_id=meeting)

    assert gone == set()
    assert [presence(council, meeting, who) for who in ("hoa", "hung", "tuan")] == ["present", "present", "late"]
    assert spans(council, meeting, "tuan") == [(0, 60, "present", "self"), (24 * 60 + 20, None, "late", "self")]
    assert joined(council, "hoa", meeting)["state"]["attendance"]["late"] == 1
