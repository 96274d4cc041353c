"""A tablet that fails: said aloud, entered by the secretary, confirmed by who presides; in a secret vote a spare tablet."""

import pytest
from sqlalchemy import select

from meeting.voting.models import OpenBallot, Receipt, Result, SpokenBallot
from tests.voting.test_live import mine, sections
from tests.voting.test_preparing import code


def enter(chamber, council, question, username="hoa", by="minh", **more):
    wanted = {"person_id": council.person(username), "choice": "for", "reason": "Máy hết pin", **more}
    return int(chamber.do(by, "voting.cast_for", question_id=question, **wanted)["spoken_id"])


def refused(chamber, council, question, username="hoa", by="minh", **more):
    wanted = {"person_id": council.person(username), "choice": "for", "reason": "Máy hết pin", **more}
    return code(chamber, by, "voting.cast_for", question_id=question, **wanted)


def test_what_was_said_counts_once_it_is_confirmed_and_says_so_everywhere(room, council, journal_of, api):
    chamber = room()
    question = chamber.open()
    spoken = enter(chamber, council, question, choice="against")
    waits = mine(chamber, "hoa")
    desk = sections(chamber, "desk")["current"]
    before = (desk["cast"], desk["spoken"][0]["state"], desk["spoken"][0]["choice"], desk["spoken"][0]["entered_by"]["name"])

    chamber.do("lan", "voting.confirm_spoken", spoken_id=spoken)
    chamber.do("lan", "voting.confirm_spoken", spoken_id=spoken)

    own = mine(chamber, "hoa")
    assert (waits["voted"], waits["asked"]) == (False, {"choice": "against", "marks": None, "text": ""})
    assert before[:3] == (0, "asked", "against")
    assert (own["voted"], own["choice"], own["spoken"], own["asked"]) == (True, "against", True, None)
    assert sections(chamber)["current"]["cast"] == 1
    assert "spoken" not in sections(chamber)["current"]
    chamber.cast(question, lan="for", tuan="for")
    chamber.finish(question)
    result = council.one(select(Result).where(Result.question_id == question))
    assert (result.counts["against"], result.cast, result.spoken) == (1, 3, 1)
    told = [(event, facts) for event, facts in journal_of(chamber.meeting_id) if "spoken" in event]
    assert [event for event, _ in told] == ["voting.spoken_entered", "voting.spoken_confirmed"]
    assert all("against" not in repr(facts) for _, facts in told)


def test_where_no_names_are_shown_the_secretary_still_enters_what_was_said(room, council, api):
    chamber = room()
    chamber.rules(missing_names=False)
    question = chamber.open()
    chamber.cast(question, tuan="for")

    wires = [api(name).get(f"/meetings/{chamber.meeting_id}")[1]["voting"]["current"] for name in ("lan", "minh")]
    hoa = council.person("hoa")
    wanted = {"question_id": question, "person_id": hoa, "choice": "against", "reason": "Máy hết pin"}
    status, entered = api("minh").act("voting.cast_for", **wanted)

    for wire in wires:
        assert ("missing" in wire, wire["not_cast"]) == (False, 2)
        assert not any(word in repr(wire) for word in ("Phan Thị Hoa", "Lê Anh Tuấn", "Lan"))
    assert status == 200, entered
    assert api("lan").act("voting.confirm_spoken", spoken_id=entered["spoken_id"])[0] == 200
    assert mine(chamber, "hoa")["spoken"] is True
    assert sections(chamber, "desk")["current"]["not_cast"] == 1


def test_secret_votes_know_no_proxy(room, council):
    chamber = room()
    question = chamber.open("secret")

    assert refused(chamber, council, question) == (409, "secret_not_for_others")
    chamber.do("lan", "voting.cancel", question_id=question, reason="Thử")
    paper = chamber.prepare("hand", on_paper=True)
    assert refused(chamber, council, paper) == (409, "secret_not_for_others")
    hands = chamber.prepare("hand")
    assert refused(chamber, council, hands) == (409, "by_hand")


def test_the_member_signs_in_on_a_spare_tablet_and_both_tablets_know(room, council, api):
    chamber = room()
    question = chamber.open("secret")
    broken, spare = api("hoa"), api("hoa")

    cast = spare.act("voting.cast", question_id=question, choice="for")
    status, again = broken.act("voting.cast", question_id=question, choice="against")

    own = mine(chamber, "hoa")  # one part of the state for all screens of a person
    assert cast[0] == 200
    assert (status, again["code"]) == (409, "already_voted")
    assert (own["voted"], own["choice"], own["may_vote"], own["why"], own["spoken"]) == (
        True,
        None,
        False,
        "already_voted",
        False,
    )
    assert own["received_at"] == cast[1]["received_at"]
    assert len(council.all(select(Receipt.person_id))) == 1


def test_their_own_later_ballot_counts_and_the_entry_lapses(room, council):
    chamber = room()
    question = chamber.open()
    first = enter(chamber, council, question, "hoa", choice="against")
    chamber.do("lan", "voting.confirm_spoken", spoken_id=first)
    second = enter(chamber, council, question, "tuan", choice="against")

    chamber.cast(question, hoa="for", tuan="for")

    states = dict(zip((first, second), council.all(select(SpokenBallot.state).order_by(SpokenBallot.id)), strict=True))
    assert states == {first: "lapsed", second: "lapsed"}
    assert (mine(chamber, "hoa")["choice"], mine(chamber, "hoa")["spoken"]) == ("for", False)
    assert code(chamber, "lan", "voting.confirm_spoken", spoken_id=second) == (409, "spoken_decided")
    chamber.finish(question)
    result = council.one(select(Result).where(Result.question_id == question))
    assert (result.counts["for"], result.counts["against"], result.spoken) == (2, 0, 0)


def test_where_no_change_is_allowed_what_was_confirmed_stays(room, council):
    chamber = room()
    question = chamber.open(changeable=False)
    chamber.do("lan", "voting.confirm_spoken", spoken_id=enter(chamber, council, question))

    assert code(chamber, "hoa", "voting.cast", question_id=question, choice="against") == (409, "no_second_ballot")


def test_what_is_not_confirmed_by_the_close_counts_no_more(room, council):
    chamber = room()
    question = chamber.open()
    spoken = enter(chamber, council, question)
    chamber.cast(question, lan="for")
    chamber.finish(question)

    assert council.one(select(SpokenBallot.state)) == "lapsed"
    assert code(chamber, "lan", "voting.confirm_spoken", spoken_id=spoken) == (409, "spoken_decided")
    assert council.one(select(Result.cast)) == 1


def test_a_refused_entry_counts_nothing_and_may_be_entered_anew(room, council):
    chamber = room()
    question = chamber.open()
    spoken = enter(chamber, council, question)
    chamber.do("lan", "voting.refuse_spoken", spoken_id=spoken, reason="Nghe chưa rõ")
    chamber.do("lan", "voting.refuse_spoken", spoken_id=spoken)

    assert council.all(select(OpenBallot.person_id)) == []
    assert code(chamber, "lan", "voting.confirm_spoken", spoken_id=spoken) == (409, "spoken_decided")
    assert refused(chamber, council, question) == (200, None)


def test_who_may_be_entered(room, council):
    chamber = room()
    draft = chamber.prepare()
    assert refused(chamber, council, draft) == (409, "vote_not_open")
    question = chamber.open(title="Khác")
    council.invite(chamber.meeting_id, "truong")
    chamber.cast(question, tuan="for")

    assert refused(chamber, council, question, "truong") == (409, "spoken_no_elector")
    assert refused(chamber, council, question, "tuan") == (409, "spoken_voted")
    assert refused(chamber, council, question, "minh") == (409, "spoken_own")
    assert refused(chamber, council, question, "hoa", choice="other", text="Khác") == (409, "choice_not_offered")
    assert refused(chamber, council, question, "hoa", reason="")[0] == 422
    enter(chamber, council, question)
    assert refused(chamber, council, question) == (409, "spoken_waiting")
    chamber.do("lan", "voting.pause", question_id=question)
    assert refused(chamber, council, question, "lan") == (409, "vote_paused")


def test_an_absent_member_is_not_entered(room, council):
    chamber = room()
    question = chamber.open()
    chamber.do("minh", "live.correct_attendance", meeting_id=chamber.meeting_id, person_id=council.person("hoa"), presence="left",
               reason="Về sớm")  # fmt: skip

    assert refused(chamber, council, question) == (409, "spoken_absent")


def test_nobody_confirms_what_they_entered_themselves(room, council):
    from meeting.agenda.models import Meeting

    chamber = room()
    question = chamber.open()
    spoken = enter(chamber, council, question)
    council.update(Meeting, chamber.meeting_id, presider_id=council.person("minh"))

    assert code(chamber, "minh", "voting.confirm_spoken", spoken_id=spoken) == (409, "spoken_confirm_own")


@pytest.mark.parametrize(("username", "expected"), [("hoa", (403, "forbidden")), ("khach", (404, "not_found"))])
def test_who_may_neither_enter_nor_confirm(room, council, username, expected):
    chamber = room()
    question = chamber.open()
    spoken = enter(chamber, council, question)

    assert refused(chamber, council, question, "tuan", by=username) == expected
    assert code(chamber, username, "voting.confirm_spoken", spoken_id=spoken) == expected
    assert code(chamber, username, "voting.refuse_spoken", spoken_id=spoken) == expected
    assert code(chamber, "minh", "voting.confirm_spoken", spoken_id=spoken) == (403, "forbidden")
    assert refused(chamber, council, question, "tuan", by="lan") == (403, "forbidden")


def test_a_paper_with_lines_is_said_line_by_line(room, council):
    chamber = room()
    question = chamber.open(form="paper", lines=[{"title": "A"}, {"title": "B"}])
    lines = [each["id"] for each in sections(chamber)["current"]["lines"]]
    marks = {str(lines[0]): "for", str(lines[1]): "against"}
    half = refused(chamber, council, question, choice=None, choices={str(lines[0]): "for"})

    spoken = enter(chamber, council, question, choice=None, choices=marks)
    chamber.do("lan", "voting.confirm_spoken", spoken_id=spoken)

    assert half == (409, "lines_missing")
    assert mine(chamber, "hoa")["marks"] == marks
    assert sections(chamber, "desk")["current"]["spoken"][0]["marks"] == marks


def test_over_the_api(room, council, api):
    chamber = room()
    question = chamber.open()
    wanted = {"question_id": question, "person_id": council.person("hoa"), "choice": "for", "reason": "Hỏng màn hình"}

    status, heard = api("minh").act("voting.cast_for", **wanted)
    confirmed = api("lan").act("voting.confirm_spoken", spoken_id=heard["spoken_id"], question_id=question)

    assert status == 200
    assert confirmed[0] == 200
    assert api("khach").act("voting.cast_for", **wanted)[0] == 404
