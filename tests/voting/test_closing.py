"""The close: one result with everything in it, the journal's hold on each ballot, and what other rooms read."""

import hashlib
import json
from collections import Counter

import pytest
from sqlalchemy import select

from meeting.journal import Entry
from meeting.voting import digests
from meeting.voting.models import BareBallot, OpenBallot, Question, SealedBallot, SpokenBallot
from tests.voting.helping import ballots, facts_of, lines_of, named, refused, result_of, said

CLAUSE = {"electronic_votes": "Điều 9 Nội quy kỳ họp", "elections": "choose"}


@pytest.fixture
def electing(room):
    def made(crowd=2, **more):
        chamber = room(crowd=crowd)
        chamber.rules(**CLAUSE)
        wanted = {"form": "election", "lines": named("Ông Nguyễn Văn Minh", "Bà Trần Thị Lan"), "seats": 1, **more}
        return chamber, chamber.open("secret", **wanted)

    return made


def test_an_election_is_counted_for_each_person_and_bare_rows_fit_the_journal(electing, council):
    chamber, question = electing(crowd=2, office="Phó Chủ tịch")
    ballots(chamber, council, question, lan="fa", hoa="fa", tuan="ff", dai_bieu_0="aa", dai_bieu_1="fa")
    chamber.finish(question)

    result = result_of(council, question)
    first, second = result.lines

    assert (first["counts"], first["outcome"], first["elected"]) == ({"for": 4, "against": 1}, "elected", True)
    assert (second["counts"], second["outcome"]) == ({"for": 1, "against": 4}, "not_elected")
    assert (result.passed, result.cast, result.counts) == (True, 5, {})
    rows = council.all(select(BareBallot).where(BareBallot.question_id == question))
    assert len(rows) == 10
    assert sorted(digests.bare(row.nonce, row.choice, row.line_id) for row in rows) == sorted(
        facts_of(council, question)["ballots"]
    )
    assert council.all(select(SealedBallot.key)) == []
    assert Counter((row.line_id, row.choice) for row in rows)[(first["line_id"], "for")] == 4
    assert "Ông Nguyễn Văn Minh được 4/5 phiếu tán thành (80% tổng số đại biểu), trúng cử chức vụ Phó Chủ tịch." in said(
        council, question
    )


def test_the_journal_keeps_a_digest_of_the_result_and_what_was_counted(electing, council):
    chamber, question = electing()
    ballots(chamber, council, question, lan="fa", hoa="fa", tuan="ff")
    chamber.do("lan", "voting.close", question_id=question)

    facts = facts_of(council, question)

    assert facts["result"] == digests.result(result_of(council, question))
    assert (facts["form"], facts["cast"], facts["here"], facts["quorum_met"], facts["spoken"], facts["lapsed"]) == (
        "election",
        3,
        5,
        True,
        0,
        0,
    )
    assert [line["outcome"] for line in facts["lines"]] == ["elected", "not_elected"]


def test_equal_votes_for_the_last_seat_elect_nobody_and_name_who_stands_again(electing, council):
    chamber, question = electing(crowd=1)
    ballots(chamber, council, question, lan="ff", hoa="ff", tuan="ff", dai_bieu_0="aa")
    chamber.finish(question)

    result = result_of(council, question)

    assert [(line["outcome"], line["again"]) for line in result.lines] == [("tied_for_seat", True)] * 2
    assert not result.passed
    assert "bằng phiếu nhau ở vị trí cuối cùng" in said(council, question)


def test_choosing_leaves_the_others_unmarked(room, council):
    chamber = room(crowd=2)
    chamber.rules(**CLAUSE)
    question = chamber.open("secret", form="choose", lines=named("Bà A", "Ông B", "Ông C"), seats=2)
    ballots(chamber, council, question, lan="ff-", hoa="f-f", tuan="ff-", dai_bieu_0="f--", dai_bieu_1="---")
    chamber.finish(question)

    found = {line["title"]: (line["counts"], line["outcome"]) for line in result_of(council, question).lines}

    assert found == {
        "Bà A": ({"for": 4, "none": 1}, "elected"),
        "Ông B": ({"for": 2, "none": 3}, "not_elected"),
        "Ông C": ({"for": 1, "none": 4}, "not_elected"),
    }


def test_a_survey_names_the_step_and_decides_nothing(room, council):
    chamber = room()
    chamber.rules(**CLAUSE)
    question = chamber.open("secret", form="survey", lines=named("Ông A", "Bà B"))
    ballots(chamber, council, question, lan="hl", hoa="ml", tuan="hm")
    chamber.finish(question)

    result = result_of(council, question)

    assert [line["outcome"] for line in result.lines] == ["none", "low_two_thirds"]
    assert result.passed
    text = said(council, question)
    assert "tín nhiệm thấp 2 phiếu (66,67%), tính trên tổng số đại biểu (3)" in text
    assert "Nghị quyết số 96/2023/QH15" in text


def test_a_confidence_vote_names_whoever_has_to_submit_the_dismissal(room, council):
    chamber = room()
    chamber.rules(**CLAUSE)
    question = chamber.open("secret", form="confidence", lines=named("Ông A", "Bà B"))
    ballots(chamber, council, question, lan="af", hoa="af", tuan="fa")
    chamber.finish(question)

    first, second = result_of(council, question).lines

    assert (first["outcome"], first["decides"], first["votes"]) == ("confidence_lost", "against", 2)
    assert second["outcome"] == "confidence_kept"
    assert "Quá nửa không tín nhiệm: Ông A." in said(council, question)


def test_several_propositions_are_voted_on_openly_and_each_ballot_has_its_fingerprint(room, council):
    chamber = room()
    question = chamber.open("open", form="paper", lines=named("Điểm a", "Điểm b"))
    ballots(chamber, council, question, lan="ff", hoa="fa", tuan="as")
    chamber.finish(question)

    result = result_of(council, question)
    rows = council.all(select(OpenBallot).where(OpenBallot.question_id == question))
    prints = [digests.named(result.salt, row.person_id, row.choice, row.marks, row.text, row.spoken) for row in rows]

    assert [(line["votes"], line["outcome"]) for line in result.lines] == [(2, "passed"), (1, "not_passed")]
    assert sorted(prints) == facts_of(council, question)["ballots"]
    assert len(result.salt) == 16
    assert result.salt.hex() not in json.dumps(council.all(select(Entry.facts)))


def test_an_alternative_is_chosen_by_more_than_half(room, council):
    chamber = room()
    question = chamber.open("open", form="alternatives", lines=named("Phương án 1", "Phương án 2"))
    ballots(chamber, council, question, lan="f-", hoa="f-", tuan="-f")
    chamber.finish(question)

    assert [line["outcome"] for line in result_of(council, question).lines] == ["chosen", "not_chosen"]
    assert "Phương án được chọn: “Phương án 1”." in said(council, question)


def test_abstaining_from_alternatives_chooses_none(room, council):
    chamber = room()
    question = chamber.open("open", form="alternatives", lines=named("Phương án 1", "Phương án 2"))
    chamber.do("hoa", "voting.cast", question_id=question, choice="abstain")
    ballots(chamber, council, question, lan="f-", tuan="-f")
    chamber.finish(question)

    result = result_of(council, question)
    assert [(line["votes"], line["outcome"], line["again"]) for line in result.lines] == [(1, "not_chosen", True)] * 2
    assert (result.cast, result.passed) == (3, False)


def test_a_quorum_lost_after_the_opening_is_noted_and_voids_nothing(room, council):
    chamber = room(crowd=3)
    question = chamber.open()
    chamber.cast(question, lan="for", hoa="for", tuan="for", dai_bieu_0="for")
    for name in ("tuan", "dai_bieu_0", "dai_bieu_1"):
        chamber.do(name, "live.leave", meeting_id=chamber.meeting_id)
    chamber.finish(question)

    result = result_of(council, question)
    assert (result.quorum_met, result.here, result.quorum_need, result.passed) == (False, 3, 4, True)
    assert "ghi nhận và kết quả giữ nguyên giá trị" in said(council, question)
    assert facts_of(council, question)["quorum_met"] is False


def test_a_choice_said_aloud_that_nobody_confirmed_lapses_with_the_close(room, council):
    chamber = room()
    question = chamber.open()
    chamber.do("minh", "voting.cast_for", question_id=question, person_id=council.person("hoa"), choice="for", reason="Máy hỏng")
    chamber.do("lan", "voting.close", question_id=question)

    assert council.all(select(SpokenBallot.state)) == ["lapsed"]
    assert (facts_of(council, question)["lapsed"], result_of(council, question).cast) == (1, 0)


def test_hands_on_several_lines(room, council):
    chamber = room()
    question = chamber.open("hand", form="paper", lines=named("Điểm a", "Điểm b"))
    first, second = [str(line.id) for line in lines_of(council, question)]
    assert refused(chamber, "lan", "voting.close", question_id=question) == (409, "counts_missing")
    counts = {first: {"for": 3}, second: {"for": 1, "against": 2}}
    chamber.do("minh", "voting.enter_counts", question_id=question, lines=counts)
    chamber.finish(question)

    assert [line["outcome"] for line in result_of(council, question).lines] == ["passed", "not_passed"]


def test_what_was_voted_on_by_persons_stands_in_minutes_and_search_text(electing, council):
    from meeting.conclusions.history import decisions_of, votes_of
    from meeting.database import reading

    chamber, question = electing(crowd=2)
    ballots(chamber, council, question, lan="fa", hoa="fa", tuan="ff")
    chamber.finish(question)

    with reading() as session:
        meeting = session.get_one(Question, question).meeting
        ((_, vote),) = votes_of(session, meeting)
        ((_, decision),) = decisions_of(session, meeting)

    assert "Ông Nguyễn Văn Minh được 3/5 phiếu tán thành (60% tổng số đại biểu), trúng cử." in vote.sentence
    assert decision == "Thông qua dự toán; trúng cử: Ông Nguyễn Văn Minh."
    assert vote.secret


def test_the_fingerprints_of_a_matter_are_those_of_earlier_results(room, council):
    chamber = room()
    question = chamber.open("secret")
    chamber.cast(question, hoa="for")
    chamber.finish(question)
    (row,) = council.all(select(BareBallot))

    assert facts_of(council, question)["ballots"] == [hashlib.sha256(row.nonce + row.choice.encode()).hexdigest()]
    assert row.line_id is None
