"""Absences and substitutes: reported, decided, named, consented to, withdrawn; and no seat ever counts twice."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from meeting.agenda.models import Meeting, Participant
from meeting.database import reading
from meeting.errors import Refused
from meeting.invitations.models import Substitution
from meeting.journal import Entry
from meeting.live.queries import quorum
from meeting.organization.models import Person
from meeting.voting.models import Elector
from tests.conftest import MORNING, Council, Program
from tests.invitations.conftest import Rule

Do = Callable[..., dict[str, Any]]
Seat = Callable[[int, str], Participant | None]


def refused(do: Do, *arguments: Any, **wanted: Any) -> str:
    with pytest.raises(Refused) as caught:
        do(*arguments, **wanted)
    return caught.value.code


def told(council: Council, meeting: int, event: str) -> dict[str, Any]:
    found: Entry = council.one(select(Entry).where(Entry.chain == meeting, Entry.event == event).order_by(Entry.id.desc()))
    return found.facts


@pytest.fixture
def meeting(council: Council, at: Callable[[datetime], None], rule: Rule) -> int:
    """An issued UBND meeting tomorrow whose members may send somebody who speaks, with the chair's consent."""
    at(MORNING)
    rule("UBND", substitutes="speaks", substitute_consent=True)
    return council.meeting()


@pytest.fixture
def named(council: Council, do: Do, meeting: int) -> int:
    """Hoa is represented by Trường, who waits for the chair's consent."""
    wanted = {"substitute_id": council.person("truong"), "reason": "Đi công tác"}
    return int(do("hoa", "invitations.name_substitute", meeting_id=meeting, **wanted)["substitution_id"])


# absences


def test_a_reported_absence_waits_and_is_agreed_to(council: Council, do: Do, meeting: int, seat: Seat) -> None:
    do("hoa", "agenda.reply", meeting_id=meeting, reply="declined", reason="Ốm")
    hoa = seat(meeting, "hoa")
    assert hoa
    assert (hoa.absence, hoa.absence_decided_at) == ("asked", None)

    do("minh", "invitations.decide_absence", meeting_id=meeting, person_id=council.person("hoa"), decision="approved")

    hoa = seat(meeting, "hoa")
    assert hoa
    assert (hoa.absence, hoa.absence_decided_by_id) == ("approved", council.person("minh"))
    assert told(council, meeting, "invitations.absence_decided")["decision"] == "approved"


def test_an_absence_is_refused_only_with_a_word_and_counts_as_without_leave(
    council: Council, do: Do, meeting: int, api: Callable[[str], Program]
) -> None:
    do("hoa", "agenda.reply", meeting_id=meeting, reply="declined", reason="Bận")
    hoa = {"meeting_id": meeting, "person_id": council.person("hoa")}

    assert refused(do, "hung", "invitations.decide_absence", decision="refused", **hoa) == "reason_needed"
    do("hung", "invitations.decide_absence", decision="refused", answer="Nội dung của đơn vị", **hoa)

    people = api("minh").get(f"/meetings/{meeting}")[1]["attendance"]["people"]
    assert {each["id"]: each["presence"] for each in people}[council.person("hoa")] == "absent"


def test_a_changed_mind_takes_the_decision_back(council: Council, do: Do, meeting: int, seat: Seat) -> None:
    do("hoa", "agenda.reply", meeting_id=meeting, reply="declined", reason="Ốm")
    do("minh", "invitations.decide_absence", meeting_id=meeting, person_id=council.person("hoa"), decision="approved")

    do("hoa", "agenda.reply", meeting_id=meeting, reply="accepted")

    hoa = seat(meeting, "hoa")
    assert hoa
    assert (hoa.reply, hoa.absence, hoa.absence_decided_by_id) == ("accepted", "", None)


def test_only_a_reported_absence_is_decided_and_never_ones_own(council: Council, do: Do, meeting: int) -> None:
    wanted = {"meeting_id": meeting, "decision": "approved"}

    assert refused(do, "minh", "invitations.decide_absence", person_id=council.person("hoa"), **wanted) == "no_absence_reported"
    do("hung", "agenda.reply", meeting_id=meeting, reply="declined", reason="Họp trên")
    assert refused(do, "hung", "invitations.decide_absence", person_id=council.person("hung"), **wanted) == "absence_own"
    assert refused(do, "hoa", "invitations.decide_absence", person_id=council.person("hung"), **wanted) == "forbidden"
    assert refused(do, "van", "invitations.decide_absence", person_id=council.person("hung"), **wanted) == "forbidden"
    assert refused(do, "khach", "invitations.decide_absence", person_id=council.person("hung"), **wanted) == "not_found"


# naming


def test_a_named_substitute_waits_for_the_chair(council: Council, meeting: int, named: int, seat: Seat) -> None:
    hoa = seat(meeting, "hoa")
    assert hoa
    assert (hoa.reply, hoa.absence, hoa.reason) == ("declined", "asked", "Đi công tác")
    assert seat(meeting, "truong") is None
    assert told(council, meeting, "invitations.substitute_named")["substitute_id"] == council.person("truong")


@pytest.mark.parametrize(
    ("rules", "who", "changes", "code"),
    [
        ({"substitutes": "none"}, "hoa", {}, "substitutes_not_allowed"),
        ({"substitutable": "members"}, "khach", {}, "substitute_only_members"),
        ({}, "hung", {}, "substitute_not_chair"),
        ({}, "hoa", {"reason": " "}, "reason_needed"),
        ({}, "hoa", {"substitute_id": "hoa"}, "substitute_oneself"),
        ({}, "hoa", {"substitute_id": "tuan"}, "substitute_invited_already"),
        ({}, "lan", {}, "not_found"),
    ],
)
def test_who_may_not_be_represented_so(
    council: Council, do: Do, meeting: int, rule: Rule, rules: dict[str, Any], who: str, changes: dict[str, Any], code: str
) -> None:
    rule("UBND", **rules)
    council.invite(meeting, "khach")
    wanted = {"meeting_id": meeting, "substitute_id": "truong", "reason": "Bận", **changes}
    wanted["substitute_id"] = council.person(wanted["substitute_id"])

    assert refused(do, who, "invitations.name_substitute", **wanted) == code


def test_where_the_rule_lets_all_a_guest_may_send_somebody_too(council: Council, do: Do, meeting: int, rule: Rule) -> None:
    rule("UBND", substitutable="all")
    council.invite(meeting, "khach")

    done = do("khach", "invitations.name_substitute", meeting_id=meeting, substitute_id=council.person("truong"), reason="Ốm")

    assert done["state"] == "asked"


def test_one_name_at_a_time_and_nobody_for_two(council: Council, do: Do, meeting: int, named: int) -> None:
    wanted = {"meeting_id": meeting, "reason": "Bận"}

    assert (
        refused(do, "hoa", "invitations.name_substitute", substitute_id=council.person("dung"), **wanted)
        == "substitute_named_already"
    )
    assert (
        refused(do, "tuan", "invitations.name_substitute", substitute_id=council.person("truong"), **wanted) == "substitute_taken"
    )


def test_somebody_expected_elsewhere_is_named_only_knowingly(council: Council, do: Do, meeting: int) -> None:
    council.invite(council.meeting("HĐND"), "truong")
    wanted = {"meeting_id": meeting, "substitute_id": council.person("truong"), "reason": "Bận"}

    assert refused(do, "hoa", "invitations.name_substitute", **wanted) == "substitute_busy"
    assert do("hoa", "invitations.name_substitute", despite_clash=True, **wanted)["state"] == "asked"


def test_the_office_may_enter_it_for_a_member_and_nobody_else(council: Council, do: Do, meeting: int) -> None:
    wanted = {
        "meeting_id": meeting,
        "person_id": council.person("hoa"),
        "substitute_id": council.person("truong"),
        "reason": "Bận",
    }

    assert refused(do, "tuan", "invitations.name_substitute", **wanted) == "forbidden"
    assert do("minh", "invitations.name_substitute", **wanted)["state"] == "asked"


def test_without_the_rule_of_consent_the_substitute_sits_at_once(
    council: Council, do: Do, meeting: int, rule: Rule, seat: Seat
) -> None:
    rule("UBND", substitute_consent=False)

    done = do("hoa", "invitations.name_substitute", meeting_id=meeting, substitute_id=council.person("truong"), reason="Ốm")

    assert done["state"] == "consented"
    truong = seat(meeting, "truong")
    assert truong
    assert truong.stands_for_id == council.person("hoa")


def test_nobody_is_named_once_the_meeting_has_begun(council: Council, do: Do, meeting: int) -> None:
    council.update(Meeting, meeting, state="in_session")

    wanted = {"meeting_id": meeting, "substitute_id": council.person("truong"), "reason": "Bận"}
    assert refused(do, "hoa", "invitations.name_substitute", **wanted) == "substitution_closed"


# consent, refusal, withdrawal


def test_the_chair_agrees_and_the_substitute_is_invited(council: Council, do: Do, meeting: int, named: int, seat: Seat) -> None:
    assert do("hung", "invitations.consent", substitution_id=named) == {"state": "consented", "votes": False}

    truong, hoa = seat(meeting, "truong"), seat(meeting, "hoa")
    assert truong
    assert hoa
    assert (truong.voting, truong.stands_for_id, truong.invited_at) == (False, council.person("hoa"), MORNING)
    assert (hoa.voting, hoa.absence, hoa.absence_decided_by_id) == (True, "approved", council.person("hung"))
    assert do("truong", "agenda.reply", meeting_id=meeting, reply="accepted")["reply"] == "accepted"
    assert refused(do, "hung", "invitations.consent", substitution_id=named) == "substitute_decided"


def test_the_chair_refuses_with_a_reason(council: Council, do: Do, meeting: int, named: int, seat: Seat) -> None:
    assert refused(do, "hung", "invitations.refuse_substitute", substitution_id=named) == "reason_needed"
    do("hung", "invitations.refuse_substitute", substitution_id=named, reason="Cần thành viên dự")

    assert seat(meeting, "truong") is None
    hoa = seat(meeting, "hoa")
    assert hoa
    assert hoa.absence == "asked"
    assert told(council, meeting, "invitations.substitute_refused")["reason"] == "Cần thành viên dự"
    again = do("hoa", "invitations.name_substitute", meeting_id=meeting, substitute_id=council.person("dung"), reason="Bận")
    assert again["state"] == "asked"


def test_only_the_chair_decides_on_substitutes(do: Do, named: int) -> None:
    for act, more in (("consent", {}), ("refuse_substitute", {"reason": "x"})):
        for who, code in (("minh", "forbidden"), ("hoa", "forbidden"), ("lan", "not_found"), ("khach", "not_found")):
            assert refused(do, who, f"invitations.{act}", substitution_id=named, **more) == code


def test_the_name_is_taken_back_by_the_member_or_the_office(do: Do, meeting: int, named: int, seat: Seat) -> None:
    do("hung", "invitations.consent", substitution_id=named)
    assert refused(do, "tuan", "invitations.withdraw_substitute", substitution_id=named) == "forbidden"
    assert refused(do, "khach", "invitations.withdraw_substitute", substitution_id=named) == "not_found"

    do("hoa", "invitations.withdraw_substitute", substitution_id=named)

    assert seat(meeting, "truong") is None
    hoa = seat(meeting, "hoa")
    assert hoa
    assert (hoa.voting, hoa.absence) == (True, "asked")
    assert refused(do, "hoa", "invitations.withdraw_substitute", substitution_id=named) == "substitute_not_open"
    assert refused(do, "hung", "invitations.consent", substitution_id=named) == "substitute_not_open"


def test_a_substitute_who_has_checked_in_keeps_the_seat(do: Do, meeting: int, named: int) -> None:
    do("hung", "invitations.consent", substitution_id=named)
    do("truong", "live.check_in", meeting_id=meeting)

    assert refused(do, "hoa", "invitations.withdraw_substitute", substitution_id=named) == "substitute_here"
    assert refused(do, "hoa", "agenda.reply", meeting_id=meeting, reply="accepted") == "substitute_here"


def test_who_comes_after_all_has_no_substitute(council: Council, do: Do, meeting: int, named: int, seat: Seat) -> None:
    do("hung", "invitations.consent", substitution_id=named)

    do("hoa", "agenda.reply", meeting_id=meeting, reply="accepted")

    assert seat(meeting, "truong") is None
    assert council.one(select(Substitution.state)) == "withdrawn"


def test_a_postponed_meeting_asks_for_substitutes_anew(council: Council, do: Do, meeting: int, named: int, seat: Seat) -> None:
    do("hung", "invitations.consent", substitution_id=named)

    do("minh", "agenda.postpone", meeting_id=meeting, reason="Bão", starts_at=(MORNING + timedelta(days=8)).isoformat())

    assert (seat(meeting, "truong"), council.one(select(Substitution.state))) == (None, "withdrawn")


def test_a_new_time_asks_about_substitutes_and_absences_anew(
    council: Council, do: Do, meeting: int, named: int, seat: Seat
) -> None:
    do("hung", "invitations.consent", substitution_id=named)
    do("tuan", "agenda.reply", meeting_id=meeting, reply="declined", reason="Ốm")

    do("minh", "agenda.edit", meeting_id=meeting, starts_at=(MORNING + timedelta(days=2)).isoformat())

    assert (seat(meeting, "truong"), council.one(select(Substitution.state))) == (None, "withdrawn")
    for who in ("hoa", "tuan"):
        invited = seat(meeting, who)
        assert invited
        assert (invited.reply, invited.absence, invited.voting) == ("none", "", True)


# one seat, one voice

SEATS = [
    # rule, consented, who is here: who votes, total, present voters
    ("speaks", False, ["hung", "tuan", "hoa"], {"hung", "tuan", "hoa"}, 3, 3),
    ("speaks", True, ["hung", "tuan", "truong"], {"hung", "tuan", "hoa"}, 3, 2),
    ("votes", False, ["hung", "tuan"], {"hung", "tuan", "hoa"}, 3, 2),
    ("votes", True, ["hung", "tuan", "truong"], {"hung", "tuan", "truong"}, 3, 3),
    ("votes", True, ["hung", "tuan", "truong", "hoa"], {"hung", "tuan", "truong"}, 3, 3),  # the member came all the same
    ("votes", True, ["hung", "tuan", "hoa"], {"hung", "tuan", "truong"}, 3, 2),
]


@pytest.mark.parametrize(("rules", "consented", "here", "voters", "total", "present"), SEATS)
def test_no_seat_is_counted_twice(
    council: Council,
    do: Do,
    meeting: int,
    rule: Rule,
    rules: str,
    consented: bool,
    here: list[str],
    voters: set[str],
    total: int,
    present: int,
) -> None:
    rule("UBND", substitutes=rules)
    wanted = {"substitute_id": council.person("truong"), "reason": "Bận"}
    named = do("hoa", "invitations.name_substitute", meeting_id=meeting, **wanted)["substitution_id"]
    if consented:
        do("hung", "invitations.consent", substitution_id=named)
    for who in here:
        do(who, "live.check_in", meeting_id=meeting)

    with reading() as session:
        found = quorum(session, session.get_one(Meeting, meeting))
    assert (found.total, found.present) == (total, present)
    do("hung", "live.open", meeting_id=meeting)
    made = do("minh", "voting.prepare", meeting_id=meeting, item_id=council.items(meeting)[0], title="Thông qua", kind="open")
    do("hung", "voting.open", question_id=made["question_id"])
    electors = set(council.all(select(Elector.person_id).where(Elector.question_id == made["question_id"])))
    assert electors == {council.person(each) for each in voters}


def test_the_member_whose_vote_passed_over_still_reads_as_a_member_and_does_not_vote(
    council: Council, do: Do, meeting: int, rule: Rule, ask: Any
) -> None:
    rule("UBND", substitutes="votes")
    wanted = {"substitute_id": council.person("truong"), "reason": "Bận"}
    named = do("hoa", "invitations.name_substitute", meeting_id=meeting, **wanted)["substitution_id"]
    do("hung", "invitations.consent", substitution_id=named)
    for who in ("hung", "tuan", "truong", "hoa"):
        do(who, "live.check_in", meeting_id=meeting)
    do("hung", "live.open", meeting_id=meeting)
    made = do("minh", "voting.prepare", meeting_id=meeting, item_id=council.items(meeting)[0], title="Thông qua", kind="open")
    do("hung", "voting.open", question_id=made["question_id"])

    assert not ask("hoa", "voting.cast", question_id=made["question_id"], choice="for").ok
    assert ask("truong", "voting.cast", question_id=made["question_id"], choice="for").ok


def test_a_list_set_by_hand_leaves_the_vote_where_it_passed(
    council: Council, do: Do, meeting: int, rule: Rule, seat: Seat
) -> None:
    rule("UBND", substitutes="votes")
    wanted = {"substitute_id": council.person("truong"), "reason": "Bận"}
    named = do("hoa", "invitations.name_substitute", meeting_id=meeting, **wanted)["substitution_id"]
    do("hung", "invitations.consent", substitution_id=named)

    do("minh", "agenda.set_participants", meeting_id=meeting, add=[{"person_id": council.person("hoa"), "voting": True}])

    hoa, truong = seat(meeting, "hoa"), seat(meeting, "truong")
    assert hoa
    assert truong
    assert (hoa.voting, truong.voting) == (False, True)
    do("minh", "agenda.set_participants", meeting_id=meeting, remove=[council.person("truong")])
    hoa = seat(meeting, "hoa")
    assert hoa
    assert hoa.voting
    assert council.one(select(Substitution.state)) == "withdrawn"


def test_the_attendance_says_for_whom_somebody_sits(council: Council, do: Do, meeting: int, named: int, api: Any) -> None:
    do("hung", "invitations.consent", substitution_id=named)

    people = api("minh").get(f"/meetings/{meeting}")[1]["attendance"]["people"]

    assert {each["id"]: each["stands_for"] for each in people}[council.person("truong")] == "Ông Phan Thị Hoa"


def test_replies_and_substitutes_are_read_by_the_office_and_the_own_ones_by_the_member(
    council: Council, do: Do, meeting: int, named: int, api: Callable[[str], Program]
) -> None:
    status, body = api("minh").get(f"/meetings/{meeting}/replies?show=waiting")
    assert (status, [each["name"] for each in body["data"]]) == (200, ["Ông Phan Thị Hoa"])
    assert body["counts"]["absent"] == 1
    assert api("hoa").get(f"/meetings/{meeting}/replies")[0] == 403
    assert api("khach").get(f"/meetings/{meeting}/replies")[0] == 404
    for who, count in (("hung", 1), ("hoa", 1), ("tuan", 0)):
        assert len(api(who).get(f"/meetings/{meeting}/substitutes")[1]["data"]) == count


def test_candidates_are_people_on_file_of_ones_own_unit_first(council: Council, do: Do, meeting: int, api: Any) -> None:
    council.update(Person, council.person("hoa"), unit_id=council.unit("kinh_te"))
    council.invite(council.meeting("HĐND"), "truong")

    found = api("hoa").get(f"/meetings/{meeting}/substitute-candidates")[1]["data"]

    assert [each["name"] for each in found[:2]] == ["Ông Hồ Tiến Dũng", "Ông Cao Xuân Trường"]
    assert [each["busy"] for each in found[:2]] == [False, True]
    assert council.person("tuan") not in [each["id"] for each in found]
    assert [each["name"] for each in api("hoa").get(f"/meetings/{meeting}/substitute-candidates?q=truong")[1]["data"]] == [
        "Ông Cao Xuân Trường"
    ]
    assert api("hung").get(f"/meetings/{meeting}/substitute-candidates")[0] == 409
