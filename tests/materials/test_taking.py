"""What readers may take away of a paper: set by the office, kept at every door, never against the unit or the office itself."""

import re
from dataclasses import replace

import pymupdf
import pytest
from sqlalchemy import select

from meeting import database, jobs
from meeting.documents import signatures
from meeting.documents.access import place_of
from meeting.documents.models import File
from meeting.errors import Refused
from meeting.materials.models import Requirement
from meeting.organization.identity import hashed
from tests.materials.handing import hand_in

TOKEN = "t" * 43


@pytest.fixture
def allow(desk, do):
    """The office says what may be taken of the paper."""

    def say(takeable, **more):
        return do("minh", "materials.set_audience", requirement_id=desk.requirement_id, audience="all", takeable=takeable, **more)

    return say


def takes(api, file_id, *people):
    return [api(who).get(f"/documents/{file_id}")[1].get("takeable") for who in people]


def refusal(do, *given, **wanted):
    with pytest.raises(Refused) as refused:
        do(*given, **wanted)
    return refused.value.code


def test_a_paper_may_be_taken_as_it_is_unless_the_office_says_otherwise(desk, api):
    file_id = hand_in(desk, "Trang 1")

    assert takes(api, file_id, "hoa", "hung", "minh", "dung", "truong") == ["original"] * 5


@pytest.mark.parametrize("takeable", ["copy", "none"])
def test_readers_take_what_the_office_allows_and_unit_and_office_the_paper_itself(desk, api, allow, takeable):
    file_id = hand_in(desk, "Trang 1")

    answer = allow(takeable)

    assert answer["takeable"] == takeable
    assert takes(api, file_id, "hoa", "tuan", "hung", "van") == [takeable] * 4
    assert takes(api, file_id, "minh", "dung", "truong") == ["original"] * 3


def test_it_is_kept_at_the_doors(desk, api, do, allow):
    file_id = hand_in(desk, "Trang 1")
    allow("none")
    original = f"/documents/{file_id}/original"

    heard = api("hoa").client.get(original, headers={"Authorization": "Bearer token-hoa"})

    assert (heard.status_code, "chỉ để đọc tại đây" in heard.text) == (409, True)
    assert refusal(do, "hoa", "documents.ask_copy", file_id=file_id) == "nothing_allowed"
    assert refusal(do, "hoa", "documents.ask_copy", file_id=file_id, kind="noted") == "nothing_allowed"
    allow("copy")
    heard = api("hoa").client.get(original, headers={"Authorization": "Bearer token-hoa"})
    assert (heard.status_code, "chỉ được lấy bản sao" in heard.text) == (409, True)
    assert do("hoa", "documents.ask_copy", file_id=file_id)["copy_id"]


def test_saying_for_whom_a_paper_is_leaves_what_may_be_taken(desk, do, allow):
    hand_in(desk, "Trang 1")
    allow("copy")

    do("minh", "materials.set_audience", requirement_id=desk.requirement_id, audience="members")

    assert (desk.requirement().audience, desk.requirement().takeable) == ("members", "copy")


def test_the_journal_and_the_offices_list_say_it(desk, api, allow):
    hand_in(desk, "Trang 1")
    allow("copy")

    assert desk.told("materials.audience_set")[-1]["takeable"] == "copy"
    (row,) = api("minh").get(f"/meetings/{desk.meeting_id}/releases")[1]["data"]
    assert row["takeable"] == "copy"


@pytest.mark.parametrize("username", ["hoa", "dung", "truong", "van", "hung"])
def test_nobody_but_the_office_says_it(desk, do, username):
    hand_in(desk, "Trang 1")

    wanted = {"requirement_id": desk.requirement_id, "audience": "all", "takeable": "none"}
    assert refusal(do, username, "materials.set_audience", **wanted) == "forbidden"
    assert refusal(do, "khach", "materials.set_audience", **wanted) == "not_found"
    assert desk.requirement().takeable == "original"


def test_a_guest_by_link_takes_a_copy_with_their_name_at_most(desk, council, allow):
    file_id = hand_in(desk, "Trang 1")
    council.invite(desk.meeting_id, "khach")
    guest = replace(council.actor("khach"), only_meeting=desk.meeting_id)

    def allowed():
        with database.reading() as session:
            place = place_of(session, guest, session.get_one(File, file_id))
            return place.takeable if place else None

    assert allowed() == "copy"
    allow("none")
    assert allowed() == "none"


def test_a_guest_by_link_fetches_their_copy_with_their_name(desk, do, app, council):
    real = desk.unread()
    jobs.run_waiting()
    desk.send(file_id=real)
    do("minh", "materials.accept", requirement_id=desk.requirement_id)
    person = {"full_name": "Trần Văn Bình", "honorific": "Ông", "position": "Tổ trưởng Tổ dân phố số 5", "phone": "0900000000"}
    guest = do("minh", "invitations.add_guest", meeting_id=desk.meeting_id, **person)["person_id"]
    do("minh", "invitations.make_link", meeting_id=desk.meeting_id, person_id=guest, sha256=hashed(TOKEN))
    browser = app.test_client()
    browser.get(f"/g/{TOKEN}")
    token = re.search(r'name="csrf-token" content="([^"]+)"', browser.get("/guest").text)

    asked = browser.post("/api/v1/acts/documents.ask_copy", json={"file_id": real}, headers={"X-CSRFToken": token[1]})
    jobs.run_waiting()
    told = browser.get(f"/api/v1/copies/{asked.get_json()['copy_id']}").get_json()

    with pymupdf.open(stream=browser.get(told["address"]).data, filetype="pdf") as copied:
        assert "Bản sao của ông Trần Văn Bình · Tổ trưởng Tổ dân phố số 5" in copied[0].get_text()
    assert browser.get(f"/documents/{real}/original").status_code == 409


def test_a_paper_taken_back_gives_no_copy_any_more(desk, do, api, council):
    hand_in(desk, "Trang 1")
    real = desk.unread()
    jobs.run_waiting()
    do("minh", "materials.return", requirement_id=desk.requirement_id, reason="Sai mẫu")
    desk.send(file_id=real)
    do("minh", "materials.accept", requirement_id=desk.requirement_id)
    copy_id = do("hoa", "documents.ask_copy", file_id=real)["copy_id"]
    jobs.run_waiting()
    address = api("hoa").get(f"/copies/{copy_id}")[1]["address"]
    headers = {"Authorization": "Bearer token-hoa"}
    assert api("hoa").client.get(address, headers=headers).status_code == 200

    do("minh", "materials.take_back", requirement_id=desk.requirement_id, reason="Rà soát lại")

    assert api("hoa").client.get(address, headers=headers).status_code == 404


def test_it_comes_along_when_a_meeting_is_made_from_a_template(desk, do, allow, council):
    hand_in(desk, "Trang 1")
    allow("copy")

    template = do("minh", "agenda.save_template", meeting_id=desk.meeting_id, name="Mẫu")["template_id"]
    wanted = {"title": "Phiên họp tháng 2", "starts_at": "2027-02-18T01:00:00+00:00"}
    made = do("minh", "agenda.create", template_id=template, **wanted)["meeting_id"]

    assert council.all(select(Requirement.takeable).where(Requirement.meeting_id == made)) == ["copy"]


def test_whoever_checks_a_paper_sees_what_became_of_its_signatures(desk, do, client, council):
    facts = dict(signatures.UNREADABLE) | {"name": "Vũ Thị Mai Lan", "signed_at": "2026-11-20T02:00:00+00:00"}
    file_id = desk.file("dung")
    council.update(File, file_id, signatures=[facts])
    desk.send(file_id=file_id)

    shown = client("minh").get(f"/papers/check/{desk.requirement_id}").get_data(as_text=True)

    assert "Vũ Thị Mai Lan" in shown
    assert "Không đọc được chữ ký này" in shown
    council.update(File, file_id, signatures=[])
    assert "Tệp không có chữ ký số" in client("minh").get(f"/papers/check/{desk.requirement_id}").get_data(as_text=True)


def test_the_office_sees_and_sets_it_on_the_screen_of_handing_out(desk, client, allow):
    hand_in(desk, "Trang 1")
    allow("none")

    shown = client("minh").get(f"/meetings/{desk.meeting_id}/papers/release").get_data(as_text=True)

    assert "Chỉ để đọc" in shown
    assert 'name="takeable"' in shown
    assert "chỉ bản sao có ghi tên và thời điểm trên từng trang" in shown
