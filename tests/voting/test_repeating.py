"""Voting again: a new question that names the old one, which stays as it was."""

import pytest
from sqlalchemy import select

from meeting.voting.models import Question, QuestionLine, Result
from tests.voting.test_live import sections
from tests.voting.test_preparing import CLAUSE, code


def row(council, question):
    return council.one(select(Question).where(Question.id == question))


def titles(council, question):
    wanted = select(QuestionLine.title).where(QuestionLine.question_id == question).order_by(QuestionLine.position)
    return council.all(wanted)


def test_a_vote_is_held_again_as_the_next_round_and_the_old_result_stays(room, council, journal_of):
    chamber = room()
    old = chamber.open(explanation="Căn cứ Điều 15", seconds=60)
    chamber.cast(old, hoa="against", tuan="against")
    chamber.finish(old)
    before = council.one(select(Result.counts))

    new = int(chamber.do("minh", "voting.repeat", question_id=old, reason="Đã chỉnh lý dự thảo")["question_id"])

    first, second = row(council, old), row(council, new)
    assert (second.state, second.again_of_id, second.round, second.title) == ("draft", old, 2, first.title)
    assert (second.explanation, second.seconds, second.rule) == ("Căn cứ Điều 15", 60, first.rule)
    assert (first.state, council.one(select(Result.counts))) == ("published", before)
    told = dict(journal_of(chamber.meeting_id))
    assert (told["voting.question_prepared"]["again_of"], told["voting.question_prepared"]["question_id"]) == (old, new)
    assert (told["voting.vote_repeated"]["question_id"], told["voting.vote_repeated"]["by"]) == (old, new)
    chamber.do("lan", "voting.open", question_id=new)
    assert (sections(chamber)["current"]["again_of"], sections(chamber)["current"]["round"]) == (old, 2)


def test_only_what_is_over_is_held_again(room):
    chamber = room()
    question = chamber.prepare()
    for state in ("draft", "ready", "open", "paused"):
        assert code(chamber, "minh", "voting.repeat", question_id=question) == (409, "question_state"), state
        step = {"draft": ("minh", "ready"), "ready": ("lan", "open"), "open": ("lan", "pause"), "paused": ("lan", "cancel")}[
            state
        ]
        more = {"reason": "Thử"} if step[1] == "cancel" else {}
        chamber.do(step[0], f"voting.{step[1]}", question_id=question, **more)

    assert code(chamber, "minh", "voting.repeat", question_id=question) == (200, None)


def test_a_run_off_takes_some_lines_and_the_seats_that_are_empty(room, council):
    chamber = room(crowd=2)
    chamber.rules(electronic_votes=CLAUSE)
    people = [{"person_id": council.person(name)} for name in ("hoa", "tuan", "lan")]
    old = chamber.open(kind="secret", form="election", lines=people, seats=2, office="Ủy viên")
    lines = [each["id"] for each in sections(chamber)["current"]["lines"]]
    marks = [("for", "against", "against"), ("for", "against", "against"), ("for", "for", "against"), ("for", "for", "against")]
    for username, each in zip(("hoa", "tuan", "lan", "dai_bieu_0"), marks, strict=True):
        chamber.do(username, "voting.cast", question_id=old, choices=dict(zip(map(str, lines), each, strict=True)))
    chamber.finish(old)

    new = int(chamber.do("minh", "voting.repeat", question_id=old, lines=lines[1:])["question_id"])

    second = row(council, new)
    assert (second.form, second.kind, second.basis, second.seats, second.office) == ("election", "secret", CLAUSE, 1, "Ủy viên")
    assert titles(council, new) == ["Ông Lê Anh Tuấn", "Ông Vũ Thị Mai Lan"]
    third = int(chamber.do("minh", "voting.repeat", question_id=old)["question_id"])
    assert (row(council, third).seats, len(titles(council, third))) == (2, 3)


@pytest.mark.parametrize(("lines", "expected"), [([9999], "line_unknown"), ([], "lines_count")])
def test_a_run_off_needs_lines_of_the_old_paper(room, lines, expected):
    chamber = room()
    old = chamber.open(form="paper", lines=[{"title": "A"}, {"title": "B"}])
    chamber.finish(old)

    assert code(chamber, "minh", "voting.repeat", question_id=old, lines=lines) == (409, expected)


def test_a_single_matter_has_no_lines_to_choose_from(room):
    chamber = room()
    old = chamber.open()
    chamber.finish(old)

    assert code(chamber, "minh", "voting.repeat", question_id=old, lines=[1]) == (409, "line_unknown")


def test_the_rules_of_today_hold_for_the_new_vote(room):
    chamber = room()
    chamber.rules(electronic_votes=CLAUSE)
    old = chamber.open(kind="secret", form="confidence", lines=[{"title": "Ông Bình"}])
    chamber.finish(old)
    chamber.rules(electronic_votes="")

    assert code(chamber, "minh", "voting.repeat", question_id=old) == (409, "electronic_not_allowed")


def test_a_cancelled_vote_is_held_again_but_not_after_the_meeting(room):
    chamber = room()
    old = chamber.open()
    chamber.do("lan", "voting.cancel", question_id=old, reason="Đặt lại câu hỏi")
    assert code(chamber, "minh", "voting.repeat", question_id=old) == (200, None)
    chamber.do("lan", "live.close", meeting_id=chamber.meeting_id)

    assert code(chamber, "minh", "voting.repeat", question_id=old) == (409, "vote_after_meeting")
