"""The register frozen before the box opens, "ready" said from the tablets, and a seat that changes hands in between."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from meeting import clock
from meeting.agenda.models import Participant
from meeting.rulebook.models import RuleBook
from meeting.voting import digests
from meeting.voting.models import Elector, Question, ReadyMark, Result
from tests.voting.conftest import Chamber
from tests.voting.test_live import mine, sections
from tests.voting.test_preparing import code


def facts_of(journal_of, chamber, event):
    return [facts for name, facts in journal_of(chamber.meeting_id) if name == event]


def register(council, question):
    return sorted(council.all(select(Elector.person_id).where(Elector.question_id == question)))


def test_the_register_is_frozen_and_told_to_the_journal(room, council, journal_of):
    chamber = room()
    question = chamber.prepare()

    chamber.do("minh", "voting.ready", question_id=question)
    chamber.do("lan", "voting.open", question_id=question)

    people = register(council, question)
    (ready,) = facts_of(journal_of, chamber, "voting.question_ready")
    (opened,) = facts_of(journal_of, chamber, "voting.vote_opened")
    assert (ready["people"], ready["register"], ready["electors"]) == (people, digests.register(people), 3)
    assert (opened["people"], opened["register"]) == (ready["people"], ready["register"])
    assert (opened["present"], opened["total"], opened["need"], opened["electors"]) == (3, 3, 2, 3)
    kept = council.one(select(Question).where(Question.id == question))
    assert (kept.opened_present, kept.quorum_need, kept.total) == (3, 2, 3)
    assert len(opened["paper"]) == 64


def test_several_questions_may_be_ready_and_the_last_one_waits(room):
    chamber = room()
    first, second = chamber.prepare(title="Một"), chamber.prepare(title="Hai")
    chamber.do("minh", "voting.ready", question_id=first)
    chamber.do("minh", "voting.ready", question_id=second)

    for audience in ("member", "hall", "desk"):
        waiting = sections(chamber, audience)["waiting"]
        assert (waiting["id"], waiting["state"], waiting["register"], waiting["ready"]) == (second, "ready", 3, 0)
        assert waiting["quorum"] == {"met": True, "need": 2, "present": 3, "total": 3}
        assert sections(chamber, audience)["current"] is None


def test_members_say_that_they_are_ready_and_take_it_back(room, council, journal_of):
    chamber = room()
    question = chamber.prepare()
    before = mine(chamber, "hoa")
    chamber.do("minh", "voting.ready", question_id=question)
    unmarked = mine(chamber, "hoa")

    chamber.do("hoa", "voting.mark_ready", question_id=question)
    chamber.do("hoa", "voting.mark_ready", question_id=question)
    chamber.do("tuan", "voting.mark_ready", question_id=question)
    marked = mine(chamber, "hoa")
    chamber.do("tuan", "voting.mark_ready", question_id=question, ready=False)

    assert before is None
    assert (unmarked["ready"], unmarked["question_id"], marked["ready"], mine(chamber, "tuan")["ready"]) == (
        False,
        None,
        True,
        False,
    )
    assert mine(chamber, "minh")["ready"] is None
    told = facts_of(journal_of, chamber, "voting.member_ready")
    assert [each["ready"] for each in told] == [True, True, False]
    desk = sections(chamber, "desk")["waiting"]
    assert (desk["ready"], [each["name"] for each in desk["not_ready"]]) == (1, ["Ông Lê Anh Tuấn", "Ông Vũ Thị Mai Lan"])
    assert "not_ready" not in sections(chamber)["waiting"]
    assert len(council.all(select(ReadyMark.person_id))) == 1


def test_ready_is_for_electors_who_are_here_and_a_question_that_waits(room, council):
    chamber = room()
    question = chamber.prepare()
    council.invite(chamber.meeting_id, "truong")
    assert code(chamber, "hoa", "voting.mark_ready", question_id=question) == (409, "question_state")
    chamber.do("minh", "voting.ready", question_id=question)
    chamber.seat(1)

    assert code(chamber, "dai_bieu_0", "voting.mark_ready", question_id=question) == (409, "not_elector")
    assert code(chamber, "truong", "voting.mark_ready", question_id=question) == (403, "forbidden")
    assert code(chamber, "khach", "voting.mark_ready", question_id=question) == (404, "not_found")
    chamber.do("minh", "live.correct_attendance", meeting_id=chamber.meeting_id, person_id=council.person("hoa"), presence="left",
               reason="Về sớm")  # fmt: skip
    assert code(chamber, "hoa", "voting.mark_ready", question_id=question) == (409, "not_present")


# the seat that changes hands


@pytest.fixture
def issued(council):
    """A meeting of the HĐND that was issued; a substitute may take over a seat with its vote."""
    council.update(RuleBook, council.book("HĐND"), substitutes="votes", substitute_consent=True)
    meeting_id = council.meeting("HĐND", starts_at=clock.now() + timedelta(days=2))
    return Chamber(council, "HĐND", meeting_id, council.items(meeting_id))


def name(chamber, council, member="hoa", substitute="truong"):
    wanted = {"meeting_id": chamber.meeting_id, "substitute_id": council.person(substitute), "reason": "Đi công tác"}
    return int(chamber.do(member, "invitations.name_substitute", **wanted)["substitution_id"])


def begin(chamber, *usernames):
    for username in usernames:
        chamber.do(username, "live.check_in", meeting_id=chamber.meeting_id)
    chamber.do("lan", "live.open", meeting_id=chamber.meeting_id)


def test_a_substitute_named_after_the_freeze_has_the_seats_vote_and_the_member_none(issued, council, journal_of):
    question = issued.prepare()
    issued.do("minh", "voting.ready", question_id=question)
    before = register(council, question)
    substitution = name(issued, council)
    issued.do("lan", "invitations.consent", substitution_id=substitution)
    begin(issued, "lan", "tuan", "truong")

    issued.do("lan", "voting.open", question_id=question)
    issued.cast(question, truong="for", lan="for")
    member = code(issued, "hoa", "voting.cast", question_id=question, choice="against")
    issued.finish(question)

    hoa, truong = council.person("hoa"), council.person("truong")
    assert hoa in before
    assert truong in register(council, question)
    assert len(register(council, question)) == len(before)
    assert member[0] in (403, 409)
    result = council.one(select(Result).where(Result.question_id == question))
    assert (result.counts["for"], result.cast, result.total) == (2, 2, 3)
    passed = facts_of(journal_of, issued, "voting.question_ready")[-1]
    assert passed["seat"] == {"from": hoa, "to": truong}
    assert passed["register"] == digests.register(register(council, question))


def test_a_seat_that_is_given_back_votes_as_the_member_again(issued, council):
    question = issued.prepare()
    substitution = name(issued, council)
    issued.do("lan", "invitations.consent", substitution_id=substitution)
    issued.do("minh", "voting.ready", question_id=question)
    frozen = register(council, question)
    issued.do("hoa", "invitations.withdraw_substitute", substitution_id=substitution)

    assert council.person("truong") in frozen
    assert council.person("hoa") in register(council, question)
    assert council.person("truong") not in register(council, question)


def test_a_substitute_who_only_speaks_and_a_guest_do_not_vote(issued, council):
    council.update(RuleBook, council.book("HĐND"), substitutes="speaks")
    council.invite(issued.meeting_id, "dung")
    substitution = name(issued, council)
    issued.do("lan", "invitations.consent", substitution_id=substitution)
    question = issued.prepare()
    issued.do("minh", "voting.ready", question_id=question)
    begin(issued, "lan", "tuan", "truong", "dung")
    issued.do("lan", "voting.open", question_id=question)

    people = {council.person(each) for each in ("lan", "hoa", "tuan")}
    assert set(register(council, question)) == people
    assert code(issued, "truong", "voting.cast", question_id=question, choice="for") == (403, "forbidden")
    assert code(issued, "dung", "voting.cast", question_id=question, choice="for") == (403, "forbidden")
    assert council.all(select(Participant.voting).where(Participant.person_id == council.person("dung"))) == [False]
