"""An officer of another unit of the same body sees nothing of a unit's papers: no page, no resource, no file, no act, no hit."""

from datetime import date
from hashlib import sha256

import pytest

from meeting import clock
from meeting.organization.models import Account, ApiToken, Membership, Person
from meeting.permissions import Role
from tests.counting import asked


@pytest.fixture
def linh(council, store):
    """An officer of the unit of culture in the UBND."""
    (person,) = council.write(Person(full_name="Ngô Khánh Linh", honorific="Bà", position="", unit_id=council.unit("van_hoa")))
    (account,) = council.write(Account(person_id=person, username="linh", created_at=clock.now()))
    digest = sha256(b"token-linh").hexdigest()
    council.write(
        ApiToken(account_id=account, name="tests", sha256=digest, created_at=clock.now()),
        Membership(person_id=person, body_id=council.body("UBND"), role=Role.OFFICER, starts_on=date(2026, 1, 1)),
        Membership(person_id=person, body_id=council.body("UBND"), role=Role.HEAD, starts_on=date(2026, 1, 1)),
    )
    return "linh"


def test_no_page_no_resource_and_no_file(desk, linh, client, api, do):
    desk.send()
    do("dung", "materials.ask_time", requirement_id=another(desk, do), due_at="2026-11-26T03:00:00Z", reason="x")
    row, (version,) = desk.requirement(), desk.versions()
    draft = desk.file("dung")
    do("dung", "materials.keep_draft", requirement_id=row.id, file_id=draft)

    for path in (
        f"/papers/owed/{row.id}",
        f"/papers/approve/{row.id}",
        f"/papers/check/{row.id}",
        f"/documents/{version.file_id}",
        f"/documents/{version.file_id}/pages/1",
        f"/documents/{version.file_id}/original",
        f"/documents/{draft}",
        f"/api/v1/requirements/{row.id}",
        f"/api/v1/documents/{version.file_id}",
        f"/api/v1/files/{version.file_id}/checks",
    ):
        assert client(linh).get(path).status_code == 404, path
    assert row.what not in client(linh).get("/papers/owed?show=all").text
    assert row.what not in client(linh).get("/").text
    assert api(linh).get("/requirements") == (200, {"data": []})
    assert api(linh).get(f"/meetings/{desk.meeting_id}/requirements") == (200, {"data": []})
    assert api(linh).get("/requirements/to-approve") == (200, {"data": []})
    for path in ("late-papers", "board"):
        assert api(linh).get(f"/meetings/{desk.meeting_id}/{path}")[0] == 403, path
    assert api(linh).get(f"/meetings/{desk.meeting_id}/journal")[1]["data"] == []
    meeting = f"/meetings/{desk.meeting_id}"
    for path in (meeting, f"{meeting}?tab=papers", f"/api/v1{meeting}"):
        assert row.what not in client(linh).get(path).text, path
    assert api(linh).act("live.join", meeting_id=desk.meeting_id)[0] == 404


def another(desk, do):
    """One more paper of the economic unit."""
    wanted = {"meeting_id": desk.meeting_id, "unit_id": desk.council.unit("kinh_te"), "what": "Phụ lục"}
    return do("minh", "materials.request", **wanted)["requirement_id"]


def test_no_act(desk, linh, api, do):
    sent = desk.send()
    row = desk.requirement()
    mine = {"requirement_id": row.id}
    acts = {
        "begin": mine,
        "keep_draft": mine,
        "submit": {**mine, "file_id": desk.file(linh)},
        "approve_for_unit": {"submission_id": sent["submission_id"]},
        "reject_for_unit": {"submission_id": sent["submission_id"], "reason": "x"},
        "ask_time": {**mine, "due_at": "2026-11-26T03:00:00Z", "reason": "x"},
        "take_up": mine,
        "accept": mine,
        "return": {**mine, "reason": "x"},
        "withdraw": {**mine, "reason": "x"},
        "decide_late": {**mine, "decision": "accepted", "preset": "urgent"},
    }

    assert {name: api(linh).act(f"materials.{name}", **wanted)[0] for name, wanted in acts.items()} == dict.fromkeys(acts, 404)
    assert desk.requirement().state == "submitted"
    assert api("dung").get(f"/requirements/{row.id}")[0] == 200  # somebody could have


def test_the_list_and_the_paper_ask_as_much_of_the_store_for_one_paper_as_for_four(desk, do, client):
    def cost(path):
        with asked() as statements:
            assert client("dung").get(path).status_code == 200
        return len(statements)

    pages = ("/papers/owed?show=all", f"/papers/owed/{desk.requirement_id}", "/")
    desk.send()
    one = [cost(path) for path in pages]
    for what in ("Phụ lục 1", "Phụ lục 2", "Phụ lục 3"):
        wanted = {"meeting_id": desk.meeting_id, "unit_id": desk.council.unit("kinh_te"), "what": what}
        requirement_id = do("minh", "materials.request", **wanted)["requirement_id"]
        do("dung", "materials.submit", requirement_id=requirement_id, file_id=desk.file())

    assert [cost(path) for path in pages] == one
