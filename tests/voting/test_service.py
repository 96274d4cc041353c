"""A question from its preparation to its published result."""

import pytest
from sqlalchemy import select

from meeting.errors import Refused
from meeting.voting.models import Elector, OpenBallot, Question, Receipt, Result


def refused(chamber, username, name, **wanted):
    heard = chamber.ask(username, name, **wanted)
    return heard.status, heard.body["code"]


def result_of(council, question):
    return council.one(select(Result).where(Result.question_id == question))


def test_an_open_vote_is_prepared_opened_cast_closed_and_published(room, council, journal_of):
    chamber = room()
    question = chamber.prepare()
    chamber.do("lan", "voting.open", question_id=question)
    received = chamber.do("hoa", "voting.cast", question_id=question, choice="for")
    chamber.cast(question, tuan="against", lan="for")
    chamber.finish(question)

    result = result_of(council, question)

    assert set(received) == {"received_at"}
    assert result.counts == {"for": 2, "against": 1, "abstain": 0}
    assert (result.base, result.base_count, result.needed, result.passed) == ("total", 3, 2, True)
    told = [event for event, _ in journal_of(chamber.meeting_id) if event.startswith("voting.")]
    assert told == [
        "voting.question_prepared",
        "voting.vote_opened",
        *["voting.ballot_received"] * 3,
        "voting.vote_closed",
        "voting.result_published",
    ]


def test_ubnd_has_two_options_and_hdnd_three(room, council):
    council_question = room("HĐND").prepare()
    committee_question = room("UBND").prepare()

    options = select(Question.options)

    assert council.one(options.where(Question.id == council_question)) == ["for", "against", "abstain"]
    assert council.one(options.where(Question.id == committee_question)) == ["for", "against"]


def test_ubnd_may_not_offer_a_third_option(room):
    chamber = room("UBND")

    with pytest.raises(Refused) as no:
        chamber.prepare(options=["for", "against", "abstain"])

    assert no.value.code == "options_not_lawful"


def test_an_unknown_rule_is_refused_and_a_known_one_holds(room, council):
    chamber = room()
    with pytest.raises(Refused) as no:
        chamber.prepare(rule="nearly_all")

    chamber.rules(majority="more_than_half_of_present")
    question = chamber.open(rule="two_thirds_of_present")
    chamber.cast(question, hoa="for")
    chamber.finish(question)

    result = result_of(council, question)
    assert no.value.code == "rule_unknown"
    assert (result.base, result.base_count, result.needed, result.passed) == ("present", 3, 2, False)


def test_a_ready_question_has_its_register_frozen(room, council):
    chamber = room()
    question = chamber.prepare()

    chamber.do("minh", "voting.ready", question_id=question)
    chamber.do("minh", "voting.ready", question_id=question)

    listed = council.all(select(Elector.person_id).where(Elector.question_id == question))
    assert sorted(listed) == sorted(council.person(name) for name in ("lan", "hoa", "tuan"))


def test_a_member_invited_after_the_opening_is_not_an_elector(room, council):
    chamber = room()
    question = chamber.open()
    chamber.seat(1)
    chamber.do("dai_bieu_0", "live.check_in", meeting_id=chamber.meeting_id)

    assert refused(chamber, "dai_bieu_0", "voting.cast", question_id=question, choice="for") == (409, "not_elector")


def test_somebody_who_has_not_checked_in_may_not_vote(council):
    from tests.voting.conftest import Chamber

    meeting_id = council.meeting("HĐND")
    chamber = Chamber(council, "HĐND", meeting_id, council.items(meeting_id))
    for username in ("lan", "hoa"):
        chamber.do(username, "live.check_in", meeting_id=meeting_id)
    chamber.do("lan", "live.open", meeting_id=meeting_id)
    question = chamber.open()

    before = refused(chamber, "tuan", "voting.cast", question_id=question, choice="for")
    chamber.do("tuan", "live.check_in", meeting_id=meeting_id)
    chamber.cast(question, tuan="for")

    assert before == (409, "not_present")


def test_without_quorum_the_vote_does_not_open(council):
    from tests.voting.conftest import Chamber

    meeting_id = council.meeting("HĐND")
    chamber = Chamber(council, "HĐND", meeting_id, council.items(meeting_id))
    chamber.do("lan", "live.check_in", meeting_id=meeting_id)
    chamber.do("lan", "live.open", meeting_id=meeting_id)
    question = chamber.prepare()

    heard = chamber.ask("lan", "voting.open", question_id=question)

    assert (heard.status, heard.body["code"]) == (409, "no_quorum")
    assert (heard.body["facts"]["present"], heard.body["facts"]["total"], heard.body["facts"]["need"]) == (1, 3, 2)


def test_the_vote_opens_only_in_a_running_meeting(council):
    from tests.voting.conftest import Chamber

    meeting_id = council.meeting("HĐND")
    chamber = Chamber(council, "HĐND", meeting_id, council.items(meeting_id))

    question = chamber.prepare()

    assert refused(chamber, "lan", "voting.open", question_id=question) == (409, "meeting_not_in_session")


def test_one_vote_at_a_time(room):
    chamber = room()
    chamber.open()

    second = chamber.prepare()

    assert refused(chamber, "lan", "voting.open", question_id=second) == (409, "other_vote_open")


def test_opening_closing_and_publishing_twice_is_harmless(room, council, journal_of):
    chamber = room()
    question = chamber.open()
    chamber.do("lan", "voting.open", question_id=question)
    chamber.cast(question, hoa="for")
    for name in ("voting.close", "voting.close", "voting.publish", "voting.publish"):
        assert chamber.do("lan", name, question_id=question) == {}

    told = [event for event, _ in journal_of(chamber.meeting_id)]

    assert (told.count("voting.vote_opened"), told.count("voting.vote_closed"), told.count("voting.result_published")) == (
        1,
        1,
        1,
    )
    assert result_of(council, question).counts["for"] == 1


def test_a_paused_vote_takes_no_ballots_until_it_is_resumed(room):
    chamber = room()
    question = chamber.open()
    chamber.do("lan", "voting.pause", question_id=question)

    before = refused(chamber, "hoa", "voting.cast", question_id=question, choice="for")
    chamber.do("lan", "voting.resume", question_id=question)
    chamber.cast(question, hoa="for")

    assert before == (409, "vote_paused")


def test_an_open_vote_is_changed_until_the_close_and_the_last_ballot_counts(room, council):
    chamber = room()
    question = chamber.open()
    chamber.cast(question, hoa="for")
    chamber.cast(question, hoa="against")

    chamber.finish(question)

    late = refused(chamber, "hoa", "voting.cast", question_id=question, choice="for")
    assert result_of(council, question).counts == {"for": 0, "against": 1, "abstain": 0}
    assert late == (409, "vote_closed")
    assert len(council.all(select(Receipt.person_id))) == len(council.all(select(OpenBallot.person_id))) == 1


def test_a_question_may_forbid_the_change(room):
    chamber = room()
    question = chamber.open(changeable=False)
    chamber.cast(question, hoa="for")

    assert refused(chamber, "hoa", "voting.cast", question_id=question, choice="for") == (409, "no_second_ballot")


def test_a_repeated_request_gets_its_first_answer(room, council, journal_of):
    chamber = room()
    question = chamber.open()

    first = chamber.ask("hoa", "voting.cast", "r-1", question_id=question, choice="for")
    again = chamber.ask("hoa", "voting.cast", "r-1", question_id=question, choice="for")
    other = chamber.ask("hoa", "voting.cast", "r-1", question_id=question, choice="against")

    assert again == first
    assert (other.status, other.body["code"]) == (409, "request_id_reused")
    assert [event for event, _ in journal_of(chamber.meeting_id)].count("voting.ballot_received") == 1


def test_a_stranger_finds_no_vote_and_a_guest_may_not_cast(room, council):
    chamber = room()
    question = chamber.open()
    council.invite(chamber.meeting_id, "truong")

    assert refused(chamber, "khach", "voting.cast", question_id=question, choice="for") == (404, "not_found")
    assert refused(chamber, "truong", "voting.cast", question_id=question, choice="for") == (403, "forbidden")
    assert refused(chamber, "minh", "voting.cast", question_id=question, choice="for") == (403, "forbidden")


@pytest.mark.parametrize("name", ["open", "pause", "resume", "close", "publish"])
def test_only_the_chair_runs_a_vote(room, name):
    chamber = room()
    question = chamber.prepare()

    assert refused(chamber, "hoa", f"voting.{name}", question_id=question) == (403, "forbidden")
    assert refused(chamber, "minh", f"voting.{name}", question_id=question) == (403, "forbidden")
    assert refused(chamber, "khach", f"voting.{name}", question_id=question) == (404, "not_found")


def test_a_delegate_prepares_nothing(room):
    chamber = room()
    wanted = {"item_id": chamber.items[0], "title": "Thử", "kind": "open"}

    assert refused(chamber, "hoa", "voting.prepare", **wanted) == (403, "forbidden")
    assert refused(chamber, "khach", "voting.prepare", **wanted) == (404, "not_found")


def test_a_question_is_cancelled_with_a_reason_before_publication_only(room, council):
    chamber = room()
    question = chamber.open()
    assert refused(chamber, "lan", "voting.cancel", question_id=question)[0] == 422

    chamber.do("lan", "voting.cancel", question_id=question, reason="Đặt lại câu hỏi")

    row = council.one(select(Question).where(Question.id == question))
    assert (row.state, row.reason) == ("cancelled", "Đặt lại câu hỏi")
    assert refused(chamber, "hoa", "voting.cast", question_id=question, choice="for") == (409, "vote_closed")
    second = chamber.open()
    chamber.finish(second)
    assert refused(chamber, "lan", "voting.cancel", question_id=second, reason="x") == (409, "question_state")


def test_a_tie_in_ubnd_goes_with_the_chair(room, council):
    chamber = room("UBND", crowd=1)
    question = chamber.open()
    chamber.cast(question, hung="for", hoa="for", tuan="against", dai_bieu_0="against")

    chamber.finish(question)

    result = result_of(council, question)
    assert (result.passed, result.tie) == (True, "chair")


def test_hands_are_counted_at_the_table(room, council, journal_of):
    chamber = room()
    question = chamber.open("hand")
    assert refused(chamber, "hoa", "voting.cast", question_id=question, choice="for") == (409, "by_hand")
    assert refused(chamber, "lan", "voting.close", question_id=question) == (409, "counts_missing")
    too_many = refused(chamber, "minh", "voting.enter_counts", question_id=question, counts={"for": 4})
    chamber.do("minh", "voting.enter_counts", question_id=question, counts={"for": 1, "against": 1})
    chamber.do("minh", "voting.enter_counts", question_id=question, counts={"for": 2, "against": 1})
    chamber.finish(question)

    assert too_many == (409, "counts_too_many")
    assert result_of(council, question).counts == {"for": 2, "against": 1, "abstain": 0}
    assert ("voting.counts_entered", {"question_id": question, "counts": {"for": 2, "against": 1, "abstain": 0}}) in journal_of(
        chamber.meeting_id
    )


def test_counts_belong_to_hands_and_to_the_desk(room):
    chamber = room()
    question = chamber.open()

    assert refused(chamber, "minh", "voting.enter_counts", question_id=question, counts={"for": 1}) == (409, "not_by_hand")
    assert refused(chamber, "hoa", "voting.enter_counts", question_id=question, counts={"for": 1}) == (403, "forbidden")
    assert refused(chamber, "minh", "voting.enter_counts", question_id=question, counts={"for": -1})[0] == 422


def test_a_question_of_another_meeting_is_not_found_under_this_one(room, council):
    chamber = room()
    question = chamber.open()
    other = council.meeting("HĐND")

    assert refused(chamber, "hoa", "voting.cast", meeting_id=other, question_id=question, choice="for") == (404, "not_found")
    assert refused(chamber, "lan", "voting.close", meeting_id=other, question_id=question) == (404, "not_found")


def test_another_opinion_in_a_meeting_of_those_invited_counts_as_not_in_favour(room, council):
    chamber = room("UBND")
    with pytest.raises(Refused) as no:
        chamber.prepare(options=["for", "against", "other"])
    chamber.rules(voters="invited")

    question = chamber.open(options=["for", "against", "other"])
    chamber.cast(question, hung="for")
    chamber.do("hoa", "voting.cast", question_id=question, choice="other", text="Cần thêm kinh phí")
    chamber.finish(question)

    result = result_of(council, question)
    assert no.value.code == "options_not_lawful"
    assert (result.counts, result.passed) == ({"for": 1, "against": 0, "other": 1}, False)
