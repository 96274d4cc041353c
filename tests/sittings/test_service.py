"""Sessions of a council: convened, filled with sittings, the presidium seated, read by those who may."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from meeting import clock
from meeting.agenda.models import Item, Meeting, Participant
from meeting.agenda.session_models import CouncilSession
from meeting.database import reading
from meeting.errors import Refused
from meeting.events import Event
from meeting.journal import Entry
from meeting.live.models import Attendance
from meeting.live.queries import quorum
from meeting.permissions import Action, Role, allows

Do = Callable[..., dict[str, Any]]
Council = Any


def day(hour: int, days: int = 1) -> datetime:
    return clock.at_local(clock.today() + timedelta(days=days), hour)


@pytest.fixture
def session_id(do: Do, council: Council) -> int:
    wanted = {
        "body_id": council.body("HĐND"),
        "name": "Kỳ họp thứ năm",
        "number": 5,
        "starts_on": (clock.today() + timedelta(days=1)).isoformat(),
        "ends_on": (clock.today() + timedelta(days=2)).isoformat(),
    }
    return int(do("minh", "sittings.convene", **wanted)["session_id"])


@pytest.fixture
def groups(do: Do, council: Council) -> list[int]:
    """Tổ 1: Hoa at the head, Lan; Tổ 2: Tuan."""
    made = []
    for number, people in enumerate(({"hoa": "head", "lan": "member"}, {"tuan": "head"}), 1):
        group = do("minh", "organization.form_group", body_id=council.body("HĐND"), name=f"Tổ {number}", kind="delegation")
        for who, post in people.items():
            do("minh", "organization.seat_in_group", group_id=group["group_id"], person_id=council.person(who), post=post)
        made.append(group["group_id"])
    return made


def told(council: Council, event: Event) -> list[dict[str, Any]]:
    return [entry.facts for entry in council.all(select(Entry).where(Entry.event == event).order_by(Entry.seq))]


def refused(do: Do, who: str, act: str, **wanted: Any) -> str:
    with pytest.raises(Refused) as found:
        do(who, act, **wanted)
    return found.value.code


def add(do: Do, session_id: int, sitting: str, hour: int, **more: Any) -> int:
    wanted = {"starts_at": day(hour).isoformat(), "ends_at": day(hour + 2).isoformat(), **more}
    return int(do("minh", "sittings.add", session_id=session_id, sitting=sitting, **wanted)["meeting_id"])


def people_of(council: Council, meeting_id: int, **voting: bool) -> set[int]:
    wanted = select(Participant.person_id).where(Participant.meeting_id == meeting_id)
    return set(council.all(wanted.where(Participant.voting) if voting else wanted))


def hats_of(council: Council, meeting: Meeting, who: str) -> frozenset[Role]:
    with reading() as session:
        return session.get_one(Meeting, meeting.id).hats_of(council.actor(who), session)


def test_a_session_is_convened_and_told(session_id: int, council: Council) -> None:
    found = council.one(select(CouncilSession))

    assert (found.id, found.name, found.number, found.kind) == (session_id, "Kỳ họp thứ năm", 5, "regular")
    assert [facts["session_id"] for facts in told(council, Event.SESSION_CONVENED)] == [session_id]


def test_what_cannot_be_a_session_is_refused(do: Do, council: Council, session_id: int) -> None:
    good = {
        "body_id": council.body("HĐND"),
        "name": "Kỳ họp thứ sáu",
        "number": 6,
        "starts_on": "2027-05-03",
        "ends_on": "2027-05-04",
    }
    assert refused(do, "minh", "sittings.convene", **{**good, "body_id": council.body("UBND")}) == "session_not_council"
    assert refused(do, "minh", "sittings.convene", **{**good, "ends_on": "2027-05-02"}) == "session_days_turned"
    assert refused(do, "minh", "sittings.convene", **{**good, "number": 5}) == "session_number_taken"


@pytest.mark.parametrize("who", ["hoa", "lan", "van", "dung"])
def test_only_the_office_keeps_sessions(do: Do, council: Council, session_id: int, who: str) -> None:
    acts: dict[str, dict[str, Any]] = {
        "sittings.edit": {"session_id": session_id, "name": "Khác"},
        "sittings.add": {"session_id": session_id, "sitting": "plenary", "starts_at": day(9).isoformat()},
        "sittings.add_groups": {"session_id": session_id, "starts_at": day(9).isoformat()},
        "sittings.attach": {"session_id": session_id, "meeting_id": council.meeting("HĐND"), "sitting": "plenary"},
        "sittings.set_presidium": {"session_id": session_id, "person_ids": []},
    }
    for act, wanted in acts.items():
        assert refused(do, who, act, **wanted) == "forbidden"


def test_a_stranger_hears_of_no_session(do: Do, session_id: int) -> None:
    for who in ("khach", "admin"):
        assert refused(do, who, "sittings.edit", session_id=session_id, name="Khác") == "not_found"


def test_a_sitting_is_a_meeting_with_its_people(do: Do, council: Council, session_id: int) -> None:
    opening = add(do, session_id, "opening", 8)

    meeting = council.one(select(Meeting).where(Meeting.id == opening))
    assert (meeting.session_id, meeting.sitting, meeting.title, meeting.state) == (
        session_id,
        "opening",
        "Phiên khai mạc · Kỳ họp thứ năm",
        "draft",
    )
    voters = people_of(council, opening, voting=True)
    assert voters == {council.person(who) for who in ("lan", "hoa", "tuan")}
    assert told(council, Event.SITTING_ADDED)[0]["sitting"] == "opening"


def test_the_order_of_sittings_holds(do: Do, session_id: int) -> None:
    add(do, session_id, "opening", 8)
    again = {"session_id": session_id, "sitting": "opening", "starts_at": day(10).isoformat()}
    assert refused(do, "minh", "sittings.add", **again) == "sitting_once"
    assert refused(do, "minh", "sittings.add", **{**again, "sitting": "plenary", "starts_at": day(7).isoformat()}) == (
        "sitting_before"
    )
    late = day(8, days=9).isoformat()
    assert refused(do, "minh", "sittings.add", **{**again, "sitting": "plenary", "starts_at": late}) == "sitting_outside"


def test_the_groups_sit_in_parallel_each_with_its_own_chair(do: Do, council: Council, session_id: int, groups: list[int]) -> None:
    plenary = add(do, session_id, "plenary", 8)
    do("minh", "agenda.add_item", meeting_id=plenary, title="Dự toán ngân sách")
    made = do(
        "minh",
        "sittings.add_groups",
        session_id=session_id,
        starts_at=day(14).isoformat(),
        ends_at=day(16).isoformat(),
        copied_from_id=plenary,
    )["meeting_ids"]

    first, second = (council.one(select(Meeting).where(Meeting.id == each)) for each in made)
    assert [(each.sitting, each.group_id) for each in (first, second)] == [("group", groups[0]), ("group", groups[1])]
    assert (first.chair_id, second.chair_id) == (council.person("hoa"), council.person("tuan"))
    assert people_of(council, made[0], voting=True) == {council.person("hoa"), council.person("lan")}
    assert council.person("hoa") not in people_of(council, made[1])
    assert council.all(select(Item.title).where(Item.meeting_id.in_(made))) == ["Dự toán ngân sách"] * 2


def test_the_chair_of_the_council_does_not_preside_in_a_group(
    do: Do, council: Council, session_id: int, groups: list[int]
) -> None:
    made = do("minh", "sittings.add_groups", session_id=session_id, starts_at=day(14).isoformat())["meeting_ids"]

    meeting = council.one(select(Meeting).where(Meeting.id == made[0]))

    presides = [who for who in ("hoa", "lan", "tuan", "minh") if allows(Action.RUN_MEETING, hats_of(council, meeting, who))]
    assert presides == ["hoa"]


def test_a_group_sits_once_at_a_time_and_is_of_the_same_body(
    do: Do, council: Council, session_id: int, groups: list[int]
) -> None:
    wanted = {"session_id": session_id, "sitting": "group", "starts_at": day(14).isoformat(), "group_id": groups[0]}
    do("minh", "sittings.add", **wanted)
    assert refused(do, "minh", "sittings.add", **wanted) == "group_sits"
    assert refused(do, "minh", "sittings.add", **{**wanted, "group_id": None}) == "group_needed"
    other = do("minh", "organization.form_group", body_id=council.body("UBND"), name="Nhóm khác", kind="other")["group_id"]
    assert refused(do, "minh", "sittings.add", **{**wanted, "group_id": other}) == "group_other_body"
    empty = do("minh", "organization.form_group", body_id=council.body("HĐND"), name="Tổ 3", kind="delegation")["group_id"]
    assert refused(do, "minh", "sittings.add", **{**wanted, "group_id": empty}) == "group_empty"


def test_without_groups_none_can_sit(do: Do, session_id: int) -> None:
    assert refused(do, "minh", "sittings.add_groups", session_id=session_id, starts_at=day(14).isoformat()) == "group_needed"


def test_a_planned_meeting_becomes_a_sitting_and_goes_out_again(do: Do, council: Council, session_id: int) -> None:
    meeting_id = council.meeting("HĐND", starts_at=day(9))
    wanted = {"session_id": session_id, "meeting_id": meeting_id, "sitting": "plenary"}
    do("minh", "sittings.attach", **wanted)
    assert refused(do, "minh", "sittings.attach", **wanted) == "sitting_taken"
    do("minh", "sittings.detach", meeting_id=meeting_id)
    assert council.one(select(Meeting.session_id).where(Meeting.id == meeting_id)) is None
    ubnd = council.meeting("UBND", starts_at=day(9))
    assert refused(do, "minh", "sittings.attach", **{**wanted, "meeting_id": ubnd}) == "group_other_body"


def test_a_sitting_that_has_begun_stays(do: Do, council: Council, session_id: int) -> None:
    meeting_id = council.meeting("HĐND", starts_at=day(9))
    do("minh", "sittings.attach", session_id=session_id, meeting_id=meeting_id, sitting="plenary")
    do("lan", "live.open", meeting_id=meeting_id)
    assert refused(do, "minh", "sittings.detach", meeting_id=meeting_id) == "sitting_begun"


def test_days_of_a_session_cover_its_sittings(do: Do, council: Council, session_id: int) -> None:
    add(do, session_id, "plenary", 8)
    later = (clock.today() + timedelta(days=2)).isoformat()
    assert refused(do, "minh", "sittings.edit", session_id=session_id, starts_on=later) == "session_days_left"
    changed = do("minh", "sittings.edit", session_id=session_id, name="Kỳ họp thứ 5", number=5)["changed"]
    assert changed == ["name"]
    assert told(council, Event.SESSION_EDITED)[0]["changed"] == {"name": "Kỳ họp thứ 5"}


def test_the_presidium_sees_the_desk_and_runs_the_floor_but_opens_no_vote(do: Do, council: Council, session_id: int) -> None:
    meeting_id = council.meeting("HĐND", starts_at=day(9))
    do("minh", "sittings.attach", session_id=session_id, meeting_id=meeting_id, sitting="plenary")
    do("minh", "sittings.set_presidium", session_id=session_id, person_ids=[council.person("hoa")])

    meeting = council.one(select(Meeting).where(Meeting.id == meeting_id))
    hats = hats_of(council, meeting, "hoa")
    assert Role.PRESIDIUM in hats
    wanted = (Action.SEE_DESK, Action.RUN_FLOOR, Action.SHOW_PAGE, Action.RUN_VOTE, Action.RUN_MEETING)
    assert [allows(action, hats) for action in wanted] == [True, True, True, False, False]
    assert told(council, Event.PRESIDIUM_SEATED)[0]["people"] == [council.person("hoa")]
    assert do("minh", "sittings.set_presidium", session_id=session_id, person_ids=[council.person("hoa")]) == {"meeting_ids": []}
    later = add(do, session_id, "closing", 14)
    seated = select(Participant.person_id).where(Participant.meeting_id == later, Participant.presidium)
    assert council.all(seated) == [council.person("hoa")]  # who sits there is kept for sittings added later


def test_the_presidium_of_a_draft_is_the_offices(do: Do, council: Council, session_id: int, api: Any) -> None:
    known = council.meeting("HĐND", starts_at=day(9))
    do("minh", "sittings.attach", session_id=session_id, meeting_id=known, sitting="plenary")
    do("minh", "sittings.set_presidium", session_id=session_id, person_ids=[council.person("hoa")])
    draft = add(do, session_id, "closing", 14)
    seated = select(Participant).where(Participant.meeting_id == draft)
    for row in council.all(seated):
        council.update(Participant, row.id, presidium=row.person_id == council.person("tuan"))

    shown = {who: api(who).get(f"/sessions/{session_id}")[1]["presidium"] for who in ("minh", "tuan")}
    assert shown == {"minh": [council.person("tuan")], "tuan": [council.person("hoa")]}


def test_a_link_for_one_meeting_leads_to_no_session(council: Council, session_id: int) -> None:
    with reading() as session:
        found = session.get_one(CouncilSession, session_id)
        assert found.hats_of(council.actor("hoa"), session)
        assert not found.hats_of(replace(council.actor("hoa"), only_meeting=1), session)


def test_only_a_seated_member_sits_in_the_presidium(do: Do, council: Council, session_id: int) -> None:
    add(do, session_id, "plenary", 8)
    stranger = {"session_id": session_id, "person_ids": [council.person("dung")]}
    assert refused(do, "minh", "sittings.set_presidium", **stranger) == "presidium_not_seated"


def test_attendance_is_counted_over_the_sittings(do: Do, council: Council, session_id: int, client: Any, api: Any) -> None:
    first, second = council.meeting("HĐND", starts_at=day(8)), council.meeting("HĐND", starts_at=day(14))
    for each in (first, second):
        do("minh", "sittings.attach", session_id=session_id, meeting_id=each, sitting="plenary")
        do("lan", "live.open", meeting_id=each)
    council.write(Attendance(meeting_id=first, person_id=council.person("hoa"), presence="late"))
    council.write(Attendance(meeting_id=second, person_id=council.person("hoa"), presence="excused"))

    found = api("hoa").get(f"/sessions/{session_id}")[1]
    line = next(each for each in found["attendance"] if each["person"]["id"] == council.person("hoa"))
    assert (line["called"], line["came"], line["excused"], line["unexcused"]) == (2, 1, 1, 0)
    assert api("hoa").get("/sessions")[1]["data"][0]["name"] == "Kỳ họp thứ năm"

    answer = client("minh").get(f"/sessions/{session_id}/attendance.xlsx")
    rows = list(load_workbook(io.BytesIO(answer.data)).worksheets[0].iter_rows(values_only=True))
    hoa = next(row for row in rows if row[1] and "Hoa" in str(row[1]))
    assert hoa[-4:] == (2, 1, 1, 0)


def test_pages_show_the_session_to_its_council_and_to_nobody_else(client: Any, session_id: int) -> None:
    assert "Kỳ họp thứ năm" in client("hoa").get("/sessions").get_data(as_text=True)
    assert client("hoa").get(f"/sessions/{session_id}").status_code == 200
    assert client("khach").get(f"/sessions/{session_id}").status_code == 404
    assert client("khach").get(f"/sessions/{session_id}/attendance.xlsx").status_code == 404


def test_a_draft_sitting_is_shown_to_the_office_only(do: Do, session_id: int, client: Any) -> None:
    add(do, session_id, "opening", 8)
    assert "Phiên khai mạc" in client("minh").get(f"/sessions/{session_id}").get_data(as_text=True)
    assert "Phiên khai mạc ·" not in client("hoa").get(f"/sessions/{session_id}").get_data(as_text=True)


def test_enough_of_a_group_are_counted_by_the_group_alone(do: Do, council: Council, session_id: int, groups: list[int]) -> None:
    made = do("minh", "sittings.add_groups", session_id=session_id, starts_at=day(14).isoformat())["meeting_ids"]

    with reading() as session:
        quorums = [quorum(session, session.get_one(Meeting, each)) for each in made]
    assert [(each.total, each.need) for each in quorums] == [(2, 2), (1, 1)]


def test_a_session_with_a_very_long_name_still_gets_sittings(do: Do, council: Council) -> None:
    days = {"starts_on": clock.today().isoformat(), "ends_on": (clock.today() + timedelta(days=2)).isoformat()}
    found = do("minh", "sittings.convene", body_id=council.body("HĐND"), name="Kỳ họp " * 42, number=7, **days)["session_id"]

    made = do("minh", "sittings.add", session_id=found, sitting="plenary", starts_at=day(8).isoformat())["meeting_id"]

    title = council.one(select(Meeting.title).where(Meeting.id == made))
    assert (title.startswith("Phiên họp toàn thể · Kỳ họp"), title[-1], len(title) <= 300) == (True, "…", True)
