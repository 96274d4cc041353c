"""Ties: by the side of the head of the body, or by a statement that the chair records after the count; never by reading a ballot.

NĐ 315/2025/NĐ-CP Đ25.5c (UBND); NQ 104/2025/UBTVQH15 Đ19.2 (Thường trực HĐND); sittings of the HĐND have no tie rule.
"""

from datetime import date

import pymupdf

from meeting.organization.models import Membership
from meeting.permissions import Role
from meeting.voting.models import Question
from tests.voting.helping import ballots, facts_of, named, refused, result_of, said


def test_the_deputy_presides_and_the_head_of_the_body_decides_a_tie(room, council):
    """NĐ 315 Đ25.5c: the opinion of the Chủ tịch UBND, who need not be the one who presides."""
    chamber = room("UBND", crowd=1)
    council.update(Question.__mapper__.relationships["meeting"].mapper.class_, chamber.meeting_id, chair_id=council.person("hoa"))
    question = chamber.prepare()
    chamber.do("hoa", "voting.open", question_id=question)
    chamber.cast(question, hung="against", hoa="for", tuan="for", dai_bieu_0="against")
    chamber.do("hoa", "voting.close", question_id=question)

    result = result_of(council, question)
    assert (result.passed, result.tie) == (False, "chair")


def test_a_secret_tie_waits_for_a_statement_and_no_ballot_is_read_for_it(room, council, journal_of):
    chamber = room("UBND", crowd=1)
    question = chamber.open("secret")
    chamber.cast(question, hung="for", hoa="for", tuan="against", dai_bieu_0="against")
    chamber.do("hung", "voting.close", question_id=question)

    before = result_of(council, question)
    early = refused(chamber, "hung", "voting.publish", question_id=question)
    settled = chamber.do("hung", "voting.settle_tie", question_id=question, side="for", statement="Tôi tán thành dự toán.")
    again = refused(chamber, "hung", "voting.settle_tie", question_id=question, side="against", statement="Tôi đổi ý.")
    chamber.do("hung", "voting.publish", question_id=question)

    after = result_of(council, question)
    assert (before.passed, before.tie, early) == (False, "open", (409, "tie_unsettled"))
    assert (settled, again) == ({"passed": True}, (409, "tie_is_settled"))
    assert (after.passed, after.settled_side, after.tie) == (True, "for", "open")
    assert facts_of(council, question, "voting.tie_settled")["statement"] == "Tôi tán thành dự toán."
    assert facts_of(council, question, "voting.result_published")["settled"] == "for"
    text = said(council, question)
    assert "theo ý kiến của Chủ tịch Ủy ban nhân dân" in text
    assert "“Tôi tán thành dự toán”" in text


def test_a_tie_may_stay_undecided_when_the_chair_says_so(room, council):
    chamber = room("UBND", crowd=1)
    question = chamber.open("secret")
    chamber.cast(question, hung="for", hoa="against")
    chamber.do("hung", "voting.close", question_id=question)

    chamber.do("hung", "voting.publish", question_id=question, confirm=True)

    assert "chưa quyết định" in said(council, question)
    assert refused(chamber, "hung", "voting.settle_tie", question_id=question, side="for", statement="Muộn") == (
        409,
        "question_state",
    )


def test_a_tie_of_an_open_vote_is_open_when_the_head_did_not_vote(room, council):
    chamber = room("UBND", crowd=1)
    question = chamber.open()
    chamber.cast(question, hoa="for", tuan="against")
    chamber.do("hung", "voting.close", question_id=question)

    assert result_of(council, question).tie == "open"


def test_the_hdnd_has_no_tie_rule(room, council):
    chamber = room(crowd=1)
    question = chamber.open("secret")
    chamber.cast(question, lan="for", hoa="for", tuan="against", dai_bieu_0="against")
    chamber.do("lan", "voting.close", question_id=question)

    heard = refused(chamber, "lan", "voting.settle_tie", question_id=question, side="for", statement="Tôi tán thành.")

    assert (result_of(council, question).tie, heard) == ("", (409, "no_tie_rule"))


def test_only_the_chair_settles_a_tie_and_only_with_words(room, council):
    chamber = room("UBND", crowd=1)
    question = chamber.open("secret")
    chamber.cast(question, hung="for", hoa="against")
    wanted = {"question_id": question, "side": "for", "statement": "Tán thành"}
    assert refused(chamber, "hung", "voting.settle_tie", **wanted) == (409, "question_state")
    chamber.do("hung", "voting.close", question_id=question)

    assert refused(chamber, "hoa", "voting.settle_tie", **wanted) == (403, "forbidden")
    assert refused(chamber, "minh", "voting.settle_tie", **wanted) == (403, "forbidden")
    assert refused(chamber, "khach", "voting.settle_tie", **wanted) == (404, "not_found")
    assert refused(chamber, "hung", "voting.settle_tie", **{**wanted, "statement": ""})[0] == 422
    assert refused(chamber, "hung", "voting.settle_tie", **{**wanted, "side": "abstain"})[0] == 422


def test_a_tie_on_a_paper_is_settled_for_each_line_that_is_tied(room, council):
    chamber = room("UBND", crowd=1)
    question = chamber.open("secret", form="paper", lines=named("Điểm a", "Điểm b", "Điểm c"))
    ballots(chamber, council, question, hung="fff", hoa="fff", tuan="afa", dai_bieu_0="afa")
    chamber.do("hung", "voting.close", question_id=question)
    counted = result_of(council, question).lines

    chamber.do("hung", "voting.settle_tie", question_id=question, side="for", statement="Tán thành các điểm còn lại")

    result = result_of(council, question)
    assert [line["outcome"] for line in counted] == ["tie_open", "passed", "tie_open"]
    assert result.lines == counted  # what was counted stays as it was
    assert result.passed
    assert "“Điểm a”: 2/4 phiếu tán thành (50% tổng số thành viên), được thông qua." in said(council, question)


def test_a_body_with_two_heads_takes_the_one_who_presides(room, council):
    chamber = room("UBND", crowd=1)
    since = date(2026, 1, 1)
    council.write(Membership(person_id=council.person("hoa"), body_id=council.body("UBND"), role=Role.CHAIR, starts_on=since))
    question = chamber.open()
    chamber.cast(question, hung="against", hoa="for")
    chamber.do("hung", "voting.close", question_id=question)

    assert (result_of(council, question).passed, result_of(council, question).tie) == (False, "chair")


def test_a_tie_is_settled_and_published_through_the_api(room, api):
    chamber = room("UBND", crowd=1)
    question = chamber.open("secret")
    chamber.cast(question, hung="for", hoa="against")
    chair, stranger = api("hung"), api("khach")
    status, _ = chair.act("voting.close", question_id=question)
    wanted = {"question_id": question, "side": "against", "statement": "Chưa đủ căn cứ"}

    assert status == 200
    assert stranger.act("voting.settle_tie", **wanted)[0] == 404
    assert chair.act("voting.settle_tie", **wanted)[1]["passed"] is False
    assert chair.act("voting.publish", question_id=question)[0] == 200
    result = chair.get(f"/questions/{question}")[1]["result"]
    assert (result["passed"], result["settled"]["side"], result["settled"]["text"]) == (False, "against", "Chưa đủ căn cứ")


def test_the_counting_minutes_tell_whose_opinion_decided_equal_votes(room, client):
    chamber = room("UBND", crowd=1)
    papers = []
    for settles in (True, False):
        question = chamber.open("secret")
        chamber.cast(question, hung="for", hoa="for", tuan="against", dai_bieu_0="against")
        chamber.do("hung", "voting.close", question_id=question)
        if settles:
            chamber.do("hung", "voting.settle_tie", question_id=question, side="for", statement="Tôi tán thành dự toán.")
        chamber.do("hung", "voting.publish", question_id=question, confirm=not settles)
        answer = client("minh").get(f"/questions/{question}/counting-minutes.pdf")
        with pymupdf.open(stream=answer.data, filetype="pdf") as pages:
            papers.append(" ".join(" ".join(page.get_text() for page in pages).split()))

    assert "theo ý kiến của Chủ tịch Ủy ban nhân dân: “Tôi tán thành dự toán”." in papers[0]
    assert "đã thông qua" in papers[0]
    assert "chưa có ý kiến của Chủ tịch Ủy ban nhân dân" in papers[1]
    assert "chưa quyết định thông qua" in papers[1]
