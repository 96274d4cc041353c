"""Where votes end: what nobody gets by asking in an odd way, and what an odd course of a vote does not make true."""

import io
import zipfile
from datetime import date

from meeting import database
from meeting.organization.models import Membership
from meeting.permissions import Role
from meeting.voting import evidence
from meeting.voting.checker import check
from meeting.voting.models import Question
from tests.voting.helping import lines_of, refused, result_of


def seats(council, *people):
    return [{"person_id": council.person(each), "post": "member" if place else "head"} for place, each in enumerate(people)]


def test_a_vote_that_was_called_off_elected_no_committee(room, council):
    chamber = room(crowd=8)
    question = chamber.open("open", title="Danh sách Ban kiểm phiếu")
    chamber.cast(question, **dict.fromkeys(chamber.crowd, "for"))
    chamber.do("lan", "voting.close", question_id=question)
    chamber.do("lan", "voting.cancel", question_id=question, reason="Biểu quyết nhầm danh sách")

    wanted = {"meeting_id": chamber.meeting_id, "people": seats(council, "hoa", "tuan"), "question_id": question}

    assert refused(chamber, "lan", "voting.form_committee", **wanted) == (409, "committee_vote")


def test_an_inspector_takes_the_evidence_once_the_result_is_announced(room, council, client):
    inspects = {"body_id": council.body("HĐND"), "role": Role.INSPECTOR, "starts_on": date(2026, 1, 1)}
    council.write(Membership(person_id=council.person("truong"), **inspects))
    chamber = room()
    question = chamber.open()
    chamber.cast(question, hoa="for", tuan="against")
    chamber.do("lan", "voting.close", question_id=question)
    address = f"/questions/{question}/evidence.zip"

    assert refused(chamber, "truong", "voting.make_evidence", question_id=question) == (409, "evidence_unannounced")
    assert client("truong").get(address).status_code == 409
    assert client("minh").get(address).status_code == 200  # the desk knows the result already
    chamber.do("lan", "voting.publish", question_id=question)
    assert client("truong").get(address).status_code == 200


def test_hands_that_were_not_raised_on_a_line_are_no_invalid_ballots(room, council):
    chamber = room(crowd=8)
    question = chamber.open("hand", form="paper", lines=[{"title": "Tăng phí đò"}, {"title": "Giữ phí chợ"}])
    first, second = [line.id for line in lines_of(council, question)]
    hands = {str(first): {"for": 7, "against": 3, "abstain": 1}, str(second): {"for": 4, "against": 2}}
    chamber.do("minh", "voting.enter_counts", question_id=question, lines=hands)
    chamber.finish(question)

    assert [(line["valid"], line["invalid"]) for line in result_of(council, question).lines] == [(11, 0), (6, 0)]
    with database.reading() as session:
        pack, _ = evidence.pack(session, session.get_one(Question, question), [])
    with zipfile.ZipFile(io.BytesIO(pack)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    found = check.Found()
    check.check(files, found)
    assert found.faults == []


def test_a_vote_that_was_called_off_after_its_count_has_no_minutes_that_could_be_signed(room, council, client):
    chamber = room(crowd=4)
    chamber.do("lan", "voting.form_committee", meeting_id=chamber.meeting_id, people=seats(council, "hoa", "tuan"))
    question = chamber.open("secret")
    chamber.cast(question, hoa="for", tuan="against")
    chamber.do("lan", "voting.close", question_id=question)
    address = f"/questions/{question}/counting-minutes.pdf"
    assert client("minh").get(address).status_code == 200

    chamber.do("lan", "voting.cancel", question_id=question, reason="Phát nhầm danh sách")

    assert [client(who).get(address).status_code for who in ("minh", "lan", "hoa")] == [404, 404, 404]
    with zipfile.ZipFile(io.BytesIO(client("minh").get(f"/questions/{question}/evidence.zip").data)) as archive:
        assert "minutes.pdf" not in archive.namelist()


def test_a_register_is_frozen_only_once_the_meeting_is_issued(council, ask, do):
    meeting = council.meeting("HĐND", state="approved")
    question = do("minh", "voting.prepare", item_id=council.items(meeting)[0], title="Thông qua dự toán")["question_id"]

    heard = ask("minh", "voting.ready", question_id=question)

    assert (heard.status, heard.body["code"]) == (409, "ready_too_early")
