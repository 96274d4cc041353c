"""The office takes a paper up, answers its three questions, accepts or returns it; what was received is never changed."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from meeting import database
from meeting.database import reading
from meeting.errors import Refused
from meeting.materials import queries
from meeting.materials.models import Requirement, Submission
from meeting.permissions import Role
from meeting.web import nav
from tests.materials.conftest import MONDAY

THURSDAY_CLOSING = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)  # two working days after Monday: the 24th is a holiday


def refusal(call, *arguments, **wanted):
    with pytest.raises(Refused) as refused:
        call(*arguments, **wanted)
    return refused.value.code


def test_the_office_answers_within_the_days_of_the_book(desk):
    desk.send()

    assert desk.versions()[0].answer_due_at == THURSDAY_CLOSING


def test_the_unit_sees_who_has_taken_its_paper_up(desk, do, client):
    desk.send()

    answer = do("minh", "materials.take_up", requirement_id=desk.requirement_id)

    assert answer == {"answer_due_at": THURSDAY_CLOSING.isoformat()}
    assert do("minh", "materials.take_up", requirement_id=desk.requirement_id) == answer  # harmless again
    assert (desk.requirement().state, desk.versions()[0].taken_up_at) == ("checking", MONDAY)
    assert len(desk.told("materials.check_begun")) == 1
    assert "Tạ Quang Minh" in client("dung").get(f"/papers/owed/{desk.requirement_id}").text


def test_two_people_do_not_check_the_same_paper(desk, do, council):
    desk.send()
    do("minh", "materials.take_up", requirement_id=desk.requirement_id)
    council.update(Submission, desk.versions()[0].id, taken_up_by=council.person("van"))

    assert refusal(do, "minh", "materials.take_up", requirement_id=desk.requirement_id) == "check_begun"


def test_nothing_is_taken_up_that_has_not_come(desk, do, ask):
    assert refusal(do, "minh", "materials.take_up", requirement_id=desk.requirement_id) == "nothing_to_review"
    for who, status in (("dung", 403), ("hung", 403), ("hoa", 403), ("khach", 404)):
        assert ask(who, "materials.take_up", requirement_id=desk.requirement_id).status == status


def test_a_paper_is_accepted_with_its_three_answers(desk, do):
    desk.send()
    do("minh", "materials.accept", requirement_id=desk.requirement_id, complete="yes", form="yes", signed="na")

    version = desk.versions()[0]
    assert (version.state, version.checks) == ("accepted", {"complete": "yes", "form": "yes", "signed": "na"})
    assert desk.told("materials.paper_accepted")[0]["checks"] == version.checks


def test_a_paper_that_fails_a_check_cannot_be_accepted(desk, do):
    desk.send()

    assert refusal(do, "minh", "materials.accept", requirement_id=desk.requirement_id, complete="no") == "check_failed"


def test_a_paper_goes_back_with_a_reason_for_each_failed_check_and_a_new_due_time(desk, do, client):
    desk.send()
    wanted = {"requirement_id": desk.requirement_id, "complete": "no", "form": "yes", "signed": "no"}

    assert refusal(do, "minh", "materials.return", **wanted) == "reason_missing"
    do("minh", "materials.return", **wanted, complete_reason="Thiếu phụ lục 2", signed_reason="Chưa có chữ ký ở trang cuối")

    version = desk.versions()[0]
    assert version.return_reason == "Thiếu phụ lục 2\nChưa có chữ ký ở trang cuối"
    assert version.check_reasons == {"complete": "Thiếu phụ lục 2", "signed": "Chưa có chữ ký ở trang cuối"}
    shown = client("dung").get(f"/papers/owed/{desk.requirement_id}").text
    assert "Thiếu phụ lục 2" in shown
    assert "Chưa có chữ ký ở trang cuối" in shown


def test_an_accepted_paper_can_be_held_back(desk, do, client):
    desk.send()

    do("minh", "materials.accept", requirement_id=desk.requirement_id, publish=False)

    assert (desk.requirement().state, desk.requirement().shown) == ("accepted", None)
    assert client("hoa").get(f"/documents/{desk.versions()[0].file_id}").status_code == 404


def test_a_new_version_of_a_published_paper_needs_a_reason_and_leaves_the_old_one_readable(desk, do, client):
    desk.send()
    do("minh", "materials.accept", requirement_id=desk.requirement_id)
    first = desk.versions()[0]

    assert refusal(desk.send) == "already_accepted"
    desk.send(reason="Sửa số liệu biểu 3")

    assert client("hoa").get(f"/documents/{first.file_id}").status_code == 200
    assert (desk.requirement().shown.id, desk.requirement().state) == (first.id, "submitted")
    do("minh", "materials.accept", requirement_id=desk.requirement_id)
    assert desk.requirement().shown.number == 2


def test_the_store_itself_never_changes_a_first_receipt(desk, at):
    desk.send()

    for values in ({"first_late_minutes": 5}, {"first_received_at": MONDAY + timedelta(hours=1)}, {"first_received_at": None}):
        with Session(database.database().writing) as session, pytest.raises(IntegrityError, match="never changes"):
            session.execute(update(Requirement).values(**values))
    with Session(database.database().writing) as session, pytest.raises(IntegrityError, match="never changes"):
        session.execute(update(Submission).values(received_at=MONDAY - timedelta(days=1)))
    assert desk.requirement().first_received_at == MONDAY


def test_the_count_of_the_navigation_is_that_of_the_list(desk, do, council):
    def counted(username):
        with reading() as session:
            actor = council.actor(username)
            badge = nav.counts_for(session, actor, {Role.CHIEF})["papers_board"]
            assert badge == len(queries.to_review(session, actor))
            return badge

    assert counted("minh") == 0
    desk.send()
    assert [counted(username) for username in ("minh", "van", "hoa")] == [1, 0, 0]
    do("minh", "materials.accept", requirement_id=desk.requirement_id, complete="yes", form="yes", signed="yes")
    assert counted("minh") == 0
