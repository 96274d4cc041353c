"""Handing the meeting or an item over: who may what before, during and after; falling back; what is told; clicks at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from meeting import database
from meeting.agenda.models import Item, Meeting, Participant
from meeting.errors import Refused
from meeting.journal import Entry
from meeting.live import push, state
from meeting.live.models import Handover
from meeting.permissions import Action, allows
from tests.conftest import MORNING, Council
from tests.live.test_course import refused_as, section
from tests.live.test_service import events

Do = Callable[..., dict[str, Any]]
At = Callable[..., None]
WHOLE: dict[str, Any] = {}


@pytest.fixture
def meeting(council: Council, do: Do, at: At) -> int:
    """A UBND meeting of four items in session with all three members here and a guest."""
    at(MORNING)
    found = council.meeting(items=4, starts_at=MORNING)
    council.invite(found, "khach")
    for who in ("hung", "hoa", "tuan", "khach"):
        do(who, "live.check_in", meeting_id=found)
    do("hung", "live.open", meeting_id=found)
    return found


def hand(do: Do, council: Council, meeting_id: int, to: str, item: int | None = None, by: str = "hung", **more: Any) -> Any:
    wanted = {"meeting_id": meeting_id, "to_id": council.person(to), **more}
    return do(by, "live.hand_over", **wanted, **({"item_id": item} if item else {}))


def presider(council: Council, meeting_id: int) -> str | None:
    found = council.one(select(Meeting.presider_id).where(Meeting.id == meeting_id))
    return next((who for who in ("hung", "hoa", "tuan", "lan") if found == council.person(who)), None)


def runs(council: Council, meeting_id: int) -> list[str]:
    """Who may run the meeting now."""
    people = ("lan", "hung", "hoa", "tuan", "minh", "van", "khach", "dung")
    with database.reading() as session:
        found = session.get_one(Meeting, meeting_id)
        return [who for who in people if allows(Action.RUN_MEETING, found.hats_of(council.actor(who), session))]


def can(council: Council, meeting_id: int, who: str) -> set[str]:
    with database.reading() as session:
        found = state.personal(session, session.get_one(Meeting, meeting_id), [council.actor(who)])
        return set(found[council.person(who)]["can"])


def told(council: Council, meeting_id: int, event: str) -> list[dict[str, Any]]:
    wanted = select(Entry.facts).where(Entry.chain == meeting_id, Entry.event == event).order_by(Entry.seq)
    return list(council.all(wanted))


# the rights move at once

RUNS = {"live.run", "speaking.run", "voting.run", "questioning.run"}
CHAIR_KEEPS = {"live.see_desk", "live.hand_over", "live.show_page", "live.read_journal", "runsheet.read", "speaking.ask"}


def test_rights_move_at_once_and_come_back(council: Council, do: Do, meeting: int) -> None:
    table = {"before": (can(council, meeting, "hung"), can(council, meeting, "hoa"))}
    assert hand(do, council, meeting, "hoa", reason="Chủ tịch tiếp khách")["presides"] is True
    table["during"] = (can(council, meeting, "hung"), can(council, meeting, "hoa"))
    do("hung", "live.take_back", meeting_id=meeting)
    table["after"] = (can(council, meeting, "hung"), can(council, meeting, "hoa"))

    assert table["before"] == table["after"]
    chair, member = table["before"]
    assert chair >= RUNS | CHAIR_KEEPS
    assert not member & RUNS
    chair, deputy = table["during"]
    assert not chair & RUNS
    assert chair >= CHAIR_KEEPS
    assert deputy >= RUNS | {"live.see_desk", "live.hand_over", "runsheet.read", "voting.cast", "speaking.ask"}
    assert "conclusions.sign_minutes" not in deputy


ACTS = {
    "live.go_to_item": lambda first: {"item_id": first},
    "live.pause": lambda _: {},
    "live.resume": lambda _: {},
}


def test_each_act_is_done_by_whoever_presides_and_nobody_else(council: Council, do: Do, meeting: int) -> None:
    first, second, third, _ = council.items(meeting)
    stages: list[tuple[str, str, int, Callable[[], Any]]] = [
        ("hung", "hoa", first, lambda: None),
        ("hoa", "hung", second, lambda: hand(do, council, meeting, "hoa")),
        ("tuan", "hoa", third, lambda: hand(do, council, meeting, "tuan", by="hoa")),
        ("hung", "tuan", council.items(meeting)[3], lambda: do("hung", "live.take_back", meeting_id=meeting)),
    ]
    for presides, other, item, change in stages:
        change()
        assert runs(council, meeting) == [presides]
        for act, wanted in ACTS.items():
            with pytest.raises(Refused, match="forbidden"):
                do(other, act, meeting_id=meeting, **wanted(item))
            do(presides, act, meeting_id=meeting, **wanted(item))


def test_the_deputy_closes_the_meeting_and_all_ends(council: Council, do: Do, meeting: int) -> None:
    hand(do, council, meeting, "hoa")
    do("hoa", "live.close", meeting_id=meeting)

    assert presider(council, meeting) is None
    assert council.all(select(Handover.ended_at)) == [MORNING]
    assert told(council, meeting, "live.handed_back")[0]["why"] == "closed"


def test_hats_of_many_agree_with_hats_of_one(council: Council, do: Do, meeting: int) -> None:
    hand(do, council, meeting, "hoa")
    with database.reading() as session:
        found = session.get_one(Meeting, meeting)
        actors = [council.actor(who) for who in ("hung", "hoa", "tuan", "minh", "van", "khach")]
        many = found.hats_of_many(actors, session)
        assert many == {each.person_id: found.hats_of(each, session) for each in actors}


# items


def test_an_item_handed_over_is_presided_over_when_it_comes(council: Council, do: Do, meeting: int) -> None:
    first, second, third, _ = council.items(meeting)
    assert hand(do, council, meeting, "tuan", second)["presides"] is False
    assert runs(council, meeting) == ["hung"]

    do("hung", "live.go_to_item", meeting_id=meeting, item_id=first)
    do("hung", "live.go_to_item", meeting_id=meeting, item_id=second)
    assert runs(council, meeting) == ["tuan"]
    do("tuan", "live.go_to_item", meeting_id=meeting, item_id=third)
    assert runs(council, meeting) == ["hung"]

    changes = told(council, meeting, "live.presider_changed")
    assert [(each["person_id"], each["item_id"], each["deputy"]) for each in changes] == [
        (council.person("tuan"), second, True),
        (council.person("hung"), None, False),
    ]


def test_an_item_goes_before_the_whole_and_parts_follow_their_matter(council: Council, do: Do, meeting: int) -> None:
    first, second, *_ = council.items(meeting)
    part = do("minh", "agenda.add_item", meeting_id=meeting, parent_id=second, title="Phần một")["item_id"]
    hand(do, council, meeting, "hoa")
    hand(do, council, meeting, "tuan", second)

    do("hoa", "live.go_to_item", meeting_id=meeting, item_id=first)
    assert runs(council, meeting) == ["hoa"]
    do("hoa", "live.go_to_item", meeting_id=meeting, item_id=part)
    assert runs(council, meeting) == ["tuan"]
    do("tuan", "live.take_back", meeting_id=meeting, item_id=second)
    assert runs(council, meeting) == ["hoa"]


def test_when_the_item_handed_over_is_put_off_the_chair_presides_again(council: Council, do: Do, meeting: int) -> None:
    first = council.items(meeting)[0]
    do("hung", "live.go_to_item", meeting_id=meeting, item_id=first)
    assert hand(do, council, meeting, "hoa", first)["presides"] is True

    do("hoa", "live.postpone_item", meeting_id=meeting, item_id=first, reason="Chưa đủ hồ sơ")

    assert runs(council, meeting) == ["hung"]


def test_a_deputy_hands_on_only_what_was_given(council: Council, do: Do, meeting: int) -> None:
    first, second, *_ = council.items(meeting)
    hand(do, council, meeting, "hoa", first)
    do("hung", "live.go_to_item", meeting_id=meeting, item_id=first)

    refused_as("forbidden", lambda: hand(do, council, meeting, "tuan", by="hoa"))
    refused_as("forbidden", lambda: hand(do, council, meeting, "tuan", second, by="hoa"))
    hand(do, council, meeting, "tuan", first, by="hoa")
    assert runs(council, meeting) == ["tuan"]
    refused_as("forbidden", lambda: do("hoa", "live.take_back", meeting_id=meeting, item_id=first))
    do("tuan", "live.take_back", meeting_id=meeting, item_id=first)
    assert told(council, meeting, "live.handed_back")[-1]["why"] == "given_back"


# refusals


def test_who_cannot_preside(council: Council, do: Do, meeting: int) -> None:
    do("tuan", "live.leave", meeting_id=meeting)

    for who, code in (("hung", "deputy_is_chair"), ("lan", "deputy_not_invited"), ("khach", "deputy_no_member")):
        refused_as(code, lambda who=who: hand(do, council, meeting, who))  # type: ignore[misc]
    assert refused_as("deputy_not_here", lambda: hand(do, council, meeting, "tuan")).facts == {"name": "Ông Lê Anh Tuấn"}
    hand(do, council, meeting, "hoa")
    refused_as("deputy_presides", lambda: hand(do, council, meeting, "hoa"))
    do("hung", "live.take_back", meeting_id=meeting)
    refused_as("nothing_handed", lambda: do("hung", "live.take_back", meeting_id=meeting))


def test_somebody_of_the_presidium_presides_without_a_vote(council: Council, do: Do, meeting: int) -> None:
    seat = council.one(select(Participant.id).where(Participant.person_id == council.person("khach")))
    council.update(Participant, seat, presidium=True)

    hand(do, council, meeting, "khach")

    assert runs(council, meeting) == ["khach"]


def test_what_cannot_be_handed_over(council: Council, do: Do, meeting: int) -> None:
    first, second, third, fourth = council.items(meeting)
    for item in (first, second):
        do("hung", "live.go_to_item", meeting_id=meeting, item_id=item)
    do("hung", "live.postpone_item", meeting_id=meeting, item_id=third, reason="…")
    council.update(Item, fourth, outside=True)

    for item, code in ((first, "item_is_over"), (third, "item_set_aside"), (fourth, "item_held_outside")):
        refused_as(code, lambda item=item: hand(do, council, meeting, "hoa", item))  # type: ignore[misc]
    refused_as("not_found", lambda: hand(do, council, meeting, "hoa", council.items(council.meeting())[0]))
    do("hung", "live.close", meeting_id=meeting)
    refused_as("check_in_closed", lambda: hand(do, council, meeting, "hoa"))


def test_only_the_chair_and_whoever_presides_hand_over(council: Council, do: Do, meeting: int) -> None:
    for who, code in (
        ("hoa", "forbidden"),
        ("minh", "forbidden"),
        ("van", "forbidden"),
        ("dung", "forbidden"),
        ("lan", "not_found"),
    ):
        refused_as(code, lambda who=who: hand(do, council, meeting, "tuan", by=who))  # type: ignore[misc]
        refused_as(code, lambda who=who: do(who, "live.take_back", meeting_id=meeting))  # type: ignore[misc]


def test_handing_over_before_the_beginning_lets_the_deputy_open(council: Council, do: Do) -> None:
    found = council.meeting()
    do("hoa", "live.check_in", meeting_id=found)
    hand(do, council, found, "hoa", reason="Chủ tịch họp đột xuất")

    refused_as("forbidden", lambda: do("hung", "live.open", meeting_id=found))
    do("hoa", "live.open", meeting_id=found)


# falling back


@pytest.mark.parametrize("how", ["leaves", "corrected", "uninvited"])
def test_when_the_deputy_is_gone_the_chair_presides_again(council: Council, do: Do, meeting: int, how: str) -> None:
    hand(do, council, meeting, "hoa")
    hoa = council.person("hoa")
    if how == "leaves":
        do("hoa", "live.leave", meeting_id=meeting)
    elif how == "corrected":
        do("van", "live.correct_attendance", meeting_id=meeting, person_id=hoa, presence="left", reason="Về sớm")
    else:
        council.update(Meeting, meeting, state="issued")  # nobody is taken off the list once it runs
        do("minh", "agenda.set_participants", meeting_id=meeting, remove=[hoa])

    assert runs(council, meeting) == ["hung"]
    (fallen,) = told(council, meeting, "live.handed_back")
    assert (fallen["why"], fallen["name"]) == ("left", "Ông Phan Thị Hoa")
    assert told(council, meeting, "live.presider_changed")[-1]["person_id"] == council.person("hung")
    by = council.one(select(Entry.actor_id).where(Entry.event == "live.handed_back"))
    assert by == 0  # nobody took it back: it fell back


def test_coming_back_does_not_bring_the_seat_back(council: Council, do: Do, meeting: int) -> None:
    hand(do, council, meeting, "hoa")
    do("hoa", "live.leave", meeting_id=meeting)
    do("hoa", "live.check_in", meeting_id=meeting)

    assert runs(council, meeting) == ["hung"]


def test_who_is_away_when_their_item_comes_does_not_preside(council: Council, do: Do, meeting: int) -> None:
    first, second, *_ = council.items(meeting)
    hand(do, council, meeting, "hoa", first)
    hand(do, council, meeting, "hoa", second)
    do("hoa", "live.leave", meeting_id=meeting)
    assert told(council, meeting, "live.handed_back") == []  # both items are still to come

    do("hung", "live.go_to_item", meeting_id=meeting, item_id=first)
    assert runs(council, meeting) == ["hung"]
    do("hoa", "live.check_in", meeting_id=meeting)
    do("hung", "live.go_to_item", meeting_id=meeting, item_id=second)
    assert runs(council, meeting) == ["hoa"]


def test_somebody_else_leaving_changes_nothing(council: Council, do: Do, meeting: int) -> None:
    hand(do, council, meeting, "hoa")
    do("tuan", "live.leave", meeting_id=meeting)

    assert runs(council, meeting) == ["hoa"]


def test_a_meeting_put_off_or_called_off_before_it_began_is_nobodys_to_preside_over(council: Council, do: Do) -> None:
    for act, more in (("postpone", {"reason": "…"}), ("cancel", {"reason": "…"})):
        found = council.meeting()
        do("hoa", "live.check_in", meeting_id=found)
        hand(do, council, found, "hoa")
        do("minh", f"agenda.{act}", meeting_id=found, **more)
        assert presider(council, found) is None


def test_an_adjournment_ends_it_for_the_day(council: Council, do: Do, meeting: int) -> None:
    hand(do, council, meeting, "hoa")
    hand(do, council, meeting, "tuan", council.items(meeting)[3])
    resumes = (MORNING + timedelta(days=1)).isoformat()
    do("hoa", "live.adjourn", meeting_id=meeting, resumes_at=resumes, reason="Hết giờ")

    assert runs(council, meeting) == ["hung"]
    assert [each["why"] for each in told(council, meeting, "live.handed_back")] == ["adjourned"]
    assert [each["item_id"] for each in section(meeting)["handed"]] == [council.items(meeting)[3]]


# what is told


def test_the_journal_and_the_screens_say_who_presides(council: Council, do: Do, meeting: int) -> None:
    assert section(meeting)["presider"] is None
    hand(do, council, meeting, "hoa", reason="Chủ tịch tiếp khách")

    shown = section(meeting, audience="hall")
    assert shown["presider"]["name"] == "Ông Phan Thị Hoa"
    assert [(each["item_id"], each["to"]["id"]) for each in shown["handed"]] == [(None, council.person("hoa"))]
    (over,) = told(council, meeting, "live.handed_over")
    assert (over["name"], over["reason"], over["item_id"]) == ("Ông Phan Thị Hoa", "Chủ tịch tiếp khách", None)
    assert events(council, meeting)[-2:] == ["live.handed_over", "live.presider_changed"]


def test_screens_of_the_new_presider_come_again(council: Council, do: Do, meeting: int, monkeypatch: Any) -> None:
    """The deputy's tablet belongs to the desk from now on: it is let go and comes again; the chair's stays."""
    gone: list[str] = []
    server = type("Server", (), {"disconnect": lambda _self, sid, **_: gone.append(sid)})()
    monkeypatch.setattr(push.socketio, "server", server)
    monkeypatch.setattr(push, "identify", lambda sid: council.actor(sid))
    monkeypatch.setattr(push, "mark", lambda _meeting_id: None)
    room = push.Room(meeting)
    for who, audience in (("hung", "desk"), ("hoa", "member")):
        room.listeners[who] = push.Listener(who, council.actor(who), (audience, None))
    push.ROOMS[meeting] = room
    try:
        hand(do, council, meeting, "hoa")
        assert room.uncertain is True
        assert push.turn_out(room) == gone == ["hoa"]
    finally:
        push.ROOMS.pop(meeting, None)


# clicks at once


def clicked(calls: list[Callable[[], Any]]) -> list[str]:
    """What became of clicks made at once: "" for done, else the refusal."""

    def one(call: Callable[[], Any]) -> str:
        try:
            call()
        except Refused as refused:
            return refused.code
        return ""

    with ThreadPoolExecutor(len(calls)) as pool:
        return sorted(pool.map(one, calls))


def test_five_clicks_at_once_hand_the_meeting_over_once(council: Council, do: Do, meeting: int) -> None:
    heard = clicked([lambda: hand(do, council, meeting, "hoa")] * 5)

    assert heard == ["", *["deputy_presides"] * 4]
    assert events(council, meeting).count("live.handed_over") == 1
    assert runs(council, meeting) == ["hoa"]


def test_five_different_clicks_at_once_leave_one_presider(council: Council, do: Do, meeting: int) -> None:
    first = council.items(meeting)[0]
    heard = clicked(
        [
            lambda: hand(do, council, meeting, "hoa"),
            lambda: hand(do, council, meeting, "tuan"),
            lambda: do("hung", "live.take_back", meeting_id=meeting),
            lambda: do("hung", "live.go_to_item", meeting_id=meeting, item_id=first),
            lambda: do("hoa", "live.leave", meeting_id=meeting),
        ]
    )

    assert set(heard) <= {"", "nothing_handed", "forbidden", "deputy_not_here"}
    active = council.all(select(Handover.to_id).where(Handover.ended_at.is_(None)))
    assert len(active) <= 1
    expected = next((who for who in ("hoa", "tuan") if [council.person(who)] == active), "hung")
    assert runs(council, meeting) == [expected]
    assert council.person("hoa") not in active or expected == "hoa"


def test_taking_back_five_times_at_once_is_done_once(council: Council, do: Do, meeting: int) -> None:
    hand(do, council, meeting, "hoa")
    heard = clicked([lambda: do("hung", "live.take_back", meeting_id=meeting)] * 5)

    assert heard == ["", *["nothing_handed"] * 4]
    assert told(council, meeting, "live.presider_changed")[-1]["deputy"] is False


def test_it_works_through_the_api(council: Council, meeting: int, api: Callable[..., Any]) -> None:
    wanted = {"meeting_id": meeting, "to_id": council.person("hoa"), "reason": "Chủ tịch tiếp khách"}
    assert api("hung").act("live.hand_over", **wanted)[0] == 200
    assert api("hung").act("live.pause", meeting_id=meeting)[0] == 403
    assert api("hoa").act("live.pause", meeting_id=meeting)[0] == 200
    status, shown = api("tuan").get(f"/meetings/{meeting}")
    assert (status, shown["meeting"]["presider"]["id"]) == (200, council.person("hoa"))
    assert api("hung").act("live.take_back", meeting_id=meeting)[0] == 200


def test_a_group_is_handed_on_by_its_own_head_only(council: Council, do: Do, at: At) -> None:
    """The chair of the whole council neither takes the chair of a Tổ nor gives it to somebody."""
    at(MORNING)
    found = council.meeting("HĐND", items=1, starts_at=MORNING, sitting="group")
    council.update(Meeting, found, chair_id=council.person("hoa"))
    for who in ("lan", "hoa", "tuan"):
        do(who, "live.check_in", meeting_id=found)
    do("hoa", "live.open", meeting_id=found)

    for who in ("lan", "tuan"):
        with pytest.raises(Refused, match="forbidden"):
            hand(do, council, found, who, by="lan")
    hand(do, council, found, "tuan", by="hoa")
    with pytest.raises(Refused, match="forbidden"):
        do("lan", "live.take_back", meeting_id=found)
    do("hoa", "live.take_back", meeting_id=found)

    assert runs(council, found) == ["hoa"]
