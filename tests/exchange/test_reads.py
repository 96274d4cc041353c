"""The six reads for other systems: what is found, what is never given, and who is turned away."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from meeting import clock
from meeting.agenda.models import Item, Meeting
from meeting.exchange import calls
from meeting.exchange.models import ApiCall, ClientKey
from meeting.exchange.rules import key_digest
from meeting.materials.models import Requirement
from meeting.materials.release_models import Release
from meeting.organization.models import Body, Person
from tests.exchange.conftest import KEY, NOW, Office, put_paper

Known = dict[str, int]


def test_a_unit_finds_its_upcoming_and_past_meetings(office: Office, session_of_ubnd: Known, concluded: Known) -> None:
    office.grant("UBND", "meetings")
    number = office.council.unit("kinh_te")

    assert office.ids("/units/kinh_te/meetings/upcoming") == [session_of_ubnd["meeting"]]
    assert office.ids(f"/units/{number}/meetings/upcoming") == [session_of_ubnd["meeting"]]
    assert office.ids("/units/UBND/meetings/past") == [concluded["meeting"]]
    assert office.ids("/units/van_hoa/meetings/upcoming") == []
    assert office.code("/units/Phòng Lạ/meetings/upcoming") == "not_found"


def test_who_attends_is_not_told_by_the_meetings_of_a_unit_either(office: Office) -> None:
    """A unit that prepares nothing of a meeting: only who may know of people hears that its people are invited."""
    invited = office.council.meeting(state="issued")
    office.council.invite(invited, "truong")
    office.grant("UBND", "meetings", "papers", "notices", "tasks")

    assert office.ids("/units/kinh_te/meetings/upcoming") == []

    office.grant("UBND", "people")
    assert office.ids("/units/kinh_te/meetings/upcoming") == [invited]
    office.grant("UBND", "people", granted=False)
    office.grant("HĐND", "people", "meetings")  # people of another body
    assert office.ids("/units/kinh_te/meetings/upcoming") == []


def test_a_person_is_found_by_id_user_name_and_mail(office: Office, session_of_ubnd: Known, concluded: Known) -> None:
    office.grant("UBND", "meetings", "people")
    hoa = office.council.person("hoa")
    office.council.update(Person, hoa, email="hoa@example.vn")

    for code in (str(hoa), "hoa", "hoa@example.vn"):
        assert office.ids(f"/people/{code}/meetings/upcoming") == [session_of_ubnd["meeting"]]
        assert office.ids(f"/people/{code}/meetings/past") == [concluded["meeting"]]
    assert office.code("/people/khach/meetings/upcoming") == "not_found"
    assert office.code("/people/nobody@example.vn/meetings/past") == "not_found"


def test_lists_are_cut_and_filtered_by_days(office: Office) -> None:
    office.grant("UBND", "meetings")
    ids = [office.council.meeting(starts_at=NOW + timedelta(days=days), issued_at=NOW) for days in (1, 2, 3)]

    status, first = office.ask("/units/UBND/meetings/upcoming?limit=2")
    assert (status, [row["id"] for row in first["data"]], first["next"]) == (200, ids[:2], "2")
    assert office.ask(f"/units/UBND/meetings/upcoming?limit=2&cursor={first['next']}")[1]["next"] is None
    assert office.ids("/units/UBND/meetings/upcoming?from=2026-11-26&to=2026-11-26") == [ids[1]]
    status, told = office.ask("/units/UBND/meetings/upcoming?from=hôm-nay")
    assert (status, told["code"]) == (422, "malformed")


def test_a_meeting_shows_people_and_papers_only_with_those_rights(office: Office, session_of_ubnd: Known) -> None:
    path = f"/meetings/{session_of_ubnd['meeting']}"
    office.grant("UBND", "meetings")
    _, told = office.ask(path)
    assert [row["title"] for row in told["items"]] == ["Nội dung 1", "Nội dung 2", "Nội dung 3"]
    assert told["items"][1]["unit"]["code"] == "kinh_te"
    assert (told["participants"], told["chair"], told["papers"], told["items"][1]["presenters"]) == (None, None, None, None)

    office.grant("UBND")
    _, told = office.ask(path)
    assert told["chair"]["name"] == "Đỗ Mạnh Hùng"
    assert {row["name"] for row in told["participants"]} >= {"Phan Thị Hoa", "Hồ Tiến Dũng"}
    assert told["papers"].endswith(path + "/papers")
    assert "reply" not in str(told)
    assert "link" in told


def test_only_papers_for_everybody_are_listed_and_fetched(office: Office, session_of_ubnd: Known) -> None:
    office.grant("UBND", "meetings", "papers")
    shown = session_of_ubnd["all"]

    _, told = office.ask(f"/meetings/{session_of_ubnd['meeting']}/papers")

    assert [row["id"] for row in told["data"]] == [shown]
    whole = office.get(f"/papers/{shown}/file")
    assert whole.status_code == 200
    assert whole.data.startswith(b"%PDF")
    assert len(whole.data) == told["data"][0]["bytes"]
    part = office.get(f"/papers/{shown}/file", Range="bytes=5-8")
    assert (part.status_code, part.data) == (206, whole.data[5:9])
    assert office.get(f"/papers/{shown}/file", **{"If-None-Match": whole.headers["ETag"]}).status_code == 304
    for hidden in ("members", "office"):
        assert office.get(f"/papers/{session_of_ubnd[hidden]}/file").status_code == 404


def test_what_is_not_released_or_not_to_be_taken_stays_here(office: Office, session_of_ubnd: Known) -> None:
    office.grant("UBND", "meetings", "papers")
    council, meeting, item = office.council, session_of_ubnd["meeting"], session_of_ubnd["item"]
    unpublished = put_paper(council, meeting, item, published=False)
    to_come = put_paper(council, meeting, item)
    later = {"audience": "guests", "at": NOW + timedelta(hours=5)}
    council.write(Release(requirement_id=to_come, set_by=council.person("minh"), set_at=NOW, **later))
    only_read = put_paper(council, meeting, item, takeable="none")
    waived = put_paper(council, meeting, item)
    council.update(Requirement, waived, state="waived")

    _, told = office.ask(f"/meetings/{meeting}/papers")

    assert [row["id"] for row in told["data"]] == [session_of_ubnd["all"], only_read]
    assert told["data"][1]["file"] is None
    for each in (unpublished, to_come, only_read, waived):
        assert office.get(f"/papers/{each}/file").status_code == 404


@pytest.mark.parametrize(
    "values",
    [
        {"state": "draft"},
        {"state": "approved"},
        {"closed": True, "issued_at": NOW},
        {"state": "cancelled"},  # it never was issued
    ],
)
def test_drafts_and_closed_meetings_are_told_to_nobody(office: Office, values: dict[str, Any]) -> None:
    office.grant("UBND")
    meeting = office.council.meeting(starts_at=NOW + timedelta(days=1), **values)
    hoa = office.council.person("hoa")

    assert office.ask(f"/meetings/{meeting}")[0] == 404
    assert office.ask(f"/meetings/{meeting}/papers")[0] == 404
    for path in ("/units/UBND/meetings/upcoming", "/units/UBND/meetings/past", f"/people/{hoa}/meetings/upcoming"):
        assert office.ids(path) == []


def test_a_meeting_called_off_after_its_issue_stays_known(office: Office) -> None:
    office.grant("UBND")
    meeting = office.council.meeting(state="cancelled", issued_at=NOW)
    assert office.ask(f"/meetings/{meeting}")[1]["state"] == "cancelled"


def test_items_held_outside_are_left_out(office: Office, session_of_ubnd: Known) -> None:
    office.grant("UBND")
    office.council.update(Item, session_of_ubnd["item"], outside=True)
    _, told = office.ask(f"/meetings/{session_of_ubnd['meeting']}")
    assert len(told["items"]) == 2
    assert office.ids(f"/meetings/{session_of_ubnd['meeting']}/papers") == []


def test_other_bodies_and_the_party_stay_closed(office: Office) -> None:
    office.grant("UBND")
    hdnd = office.council.meeting("HĐND", issued_at=NOW)
    party = office.council.meeting("Đảng ủy", issued_at=NOW)

    assert office.ask(f"/meetings/{hdnd}")[0] == office.ask(f"/meetings/{party}")[0] == 404
    assert office.ids("/units/HĐND/meetings/upcoming") == office.ids("/people/hung/meetings/upcoming") == []
    assert office.code("/people/lan/meetings/upcoming") == "not_found"  # no part in the UBND

    office.grant("Đảng ủy", "meetings", confirm_party=True)
    assert office.ask(f"/meetings/{party}")[0] == 200
    assert office.ids("/people/hung/meetings/upcoming") == []  # not its people


def test_a_practice_body_is_given_to_nobody(office: Office, session_of_ubnd: Known) -> None:
    office.grant("UBND")
    office.council.update(Body, office.council.body("UBND"), practice_of_id=office.council.body("HĐND"))
    assert office.ask(f"/meetings/{session_of_ubnd['meeting']}")[0] == 404
    assert office.ids("/units/kinh_te/meetings/upcoming") == []


def test_issued_documents_and_tasks(office: Office, concluded: Known) -> None:
    office.grant("UBND", "notices", "tasks")
    assert office.ids("/notices") == [concluded["notice"]]
    _, notice = office.ask(f"/notices/{concluded['notice']}")
    assert notice["symbol"].endswith("TB-UBND")
    assert notice["meeting"] is None
    assert office.ids("/tasks?from=2026-11-24&to=2026-11-24") == [concluded["task"]]
    _, task = office.ask(f"/tasks/{concluded['task']}")
    assert (task["unit"]["code"], task["officer"], task["due_on"], task["overdue"]) == ("kinh_te", None, "2026-12-15", False)

    office.council.update(Meeting, concluded["meeting"], closed=True)
    assert office.ids("/notices") == office.ids("/tasks") == []
    assert office.ask(f"/tasks/{concluded['task']}")[0] == office.ask(f"/notices/{concluded['notice']}")[0] == 404


NEEDS = {
    "/units/UBND/meetings/upcoming": {"meetings"},
    "/units/UBND/meetings/past": {"meetings"},
    "/people/hoa/meetings/upcoming": {"meetings", "people"},
    "/people/hoa/meetings/past": {"meetings", "people"},
    "/meetings/MEETING": {"meetings"},
    "/meetings/MEETING/papers": {"meetings", "papers"},
    "/papers/PAPER/file": {"meetings", "papers"},
    "/notices": {"notices"},
    "/notices/1": {"notices"},
    "/notices/1/file": {"notices"},
    "/tasks": {"tasks"},
    "/tasks/1": {"tasks"},
}


def test_each_read_asks_for_its_rights(office: Office, session_of_ubnd: Known) -> None:
    office.grant("UBND")
    for kind in ("meetings", "papers", "people", "notices", "tasks"):
        office.grant("UBND", kind, granted=False)
        for path, needed in NEEDS.items():
            real = path.replace("MEETING", str(session_of_ubnd["meeting"])).replace("PAPER", str(session_of_ubnd["all"]))
            heard = office.get(real)
            assert (heard.status_code == 403) == (kind in needed), (path, kind)
        office.grant("UBND", kind)
    assert office.ask("/")[1]["rights"][0]["kinds"] == ["meetings", "papers", "people", "notices", "tasks"]


def test_who_is_turned_away_and_why(office: Office) -> None:
    office.grant("UBND")
    path = "/units/UBND/meetings/upcoming"
    edit = {"client_id": office.client_id, "name": "Quản lý văn bản", "contact": "Phòng CNTT"}

    assert office.app.test_client().get(f"/api/v1/exchange{path}").get_json(force=True)["code"] == "client_key_missing"
    for wrong in ("hkg_wrong", "token-admin", "hkg_" + "x" * 200, "hkg_chìa"):
        heard = office.app.test_client().get(f"/api/v1/exchange{path}", headers={"X-API-Key": wrong.encode().decode("latin-1")})
        assert (heard.status_code, heard.get_json(force=True)["code"]) == (401, "client_key_unknown")
    assert office.app.test_client().get(f"/api/v1/exchange{path}", headers={"X-API-Key": KEY}).status_code == 200

    office.do("admin", "exchange.edit_client", **edit, addresses="10.20.0.0/16, 2001:db8::/32")
    assert office.code(path) == "client_address"
    for good in ("10.20.3.4", "::ffff:10.20.3.4", "2001:db8::7"):
        office.address = good
        assert office.ask(path)[0] == 200
    office.do("admin", "exchange.edit_client", **edit, valid_until="2026-11-23")
    assert office.code(path) == "client_expired"
    office.do("admin", "exchange.edit_client", **edit, valid_until="2026-11-24")
    assert office.ask(path)[0] == 200
    office.do("admin", "exchange.switch_client", client_id=office.client_id, on=False)
    assert office.code(path) == "client_off"


def test_both_keys_work_after_a_renewal_until_the_old_one_ends(office: Office, at: Any) -> None:
    office.do(
        "admin", "exchange.renew_key", client_id=office.client_id, sha256=key_digest("hkg_new"), ending="_new", overlap_days=7
    )
    assert office.ask("/")[0] == 200
    office.key = "hkg_new"
    assert office.ask("/")[0] == 200
    at(NOW + timedelta(days=7, minutes=1))
    assert office.ask("/")[0] == 200
    office.key = KEY
    assert office.code("/") == "client_key_ended"
    assert office.council.one(select(ClientKey.sha256).where(ClientKey.sha256 == KEY)) is None


def test_more_calls_than_agreed_are_refused(office: Office) -> None:
    edit = {"client_id": office.client_id, "name": "Quản lý văn bản", "contact": "Phòng CNTT", "per_minute": 3}
    office.do("admin", "exchange.edit_client", **edit)
    assert [office.get("/").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert office.get("/").headers["Retry-After"] == "60"


def test_what_is_known_is_not_sent_again(office: Office, session_of_ubnd: Known) -> None:
    office.grant("UBND")
    path = f"/meetings/{session_of_ubnd['meeting']}"
    first = office.get(path)
    again = office.get(path, **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    office.council.update(Meeting, session_of_ubnd["meeting"], place="Phòng họp 2")
    assert office.get(path, **{"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_refusals_are_problems_in_the_language_of_the_program(office: Office) -> None:
    heard = office.get("/tasks")
    assert heard.mimetype == "application/problem+json"
    assert "chưa được cấp quyền" in heard.get_json(force=True)["message"]
    english = office.get("/tasks", **{"Accept-Language": "en"}).get_json(force=True)
    assert (english["status"], english["message"].startswith("This connection has no right")) == (403, True)


def test_a_key_opens_nothing_else(office: Office) -> None:
    office.grant("UBND")
    browser, headers = office.app.test_client(), {"Authorization": f"Bearer {KEY}"}
    for path in ("/api/v1/me", "/api/v1/meetings", "/api/v1/clients"):
        assert browser.get(path, headers=headers).status_code == 401
    assert browser.post("/api/v1/acts/agenda.issue", json={"meeting_id": 1}, headers=headers).status_code == 401


def test_every_call_is_logged_without_its_query(office: Office) -> None:
    office.get("/units/UBND/meetings/upcoming?from=2026-11-24&secret=x")
    office.grant("UBND")
    office.get("/units/UBND/meetings/upcoming")
    assert office.council.all(select(ApiCall.id)) == []  # gathered, not written at each read
    calls.log.flush()
    rows = office.council.all(select(ApiCall).order_by(ApiCall.id))
    assert [(row.status, row.path, row.address) for row in rows] == [
        (403, "/api/v1/exchange/units/UBND/meetings/upcoming", "203.0.113.7"),
        (200, "/api/v1/exchange/units/UBND/meetings/upcoming", "203.0.113.7"),
    ]
    assert all(row.at == clock.now() and row.client_id == office.client_id for row in rows)
