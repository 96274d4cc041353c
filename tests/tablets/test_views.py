"""The browser in front of the door: its key, its end; the pack; the page of one's devices."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import database
from meeting.agenda.models import Item
from meeting.tables import Setting
from meeting.tablets import queries
from tests.conftest import Council, Program

Browser = Callable[[str], FlaskClient]
Do = Callable[..., dict[str, Any]]
FORGET = '"cache", "storage"'


@pytest.fixture(autouse=True)
def _forget() -> None:
    queries.forget_shut_out()


def token(browser: FlaskClient) -> str:
    return str(browser.get("/tablets/standing").json["csrf"])  # type: ignore[index]


def known(browser: FlaskClient) -> int:
    """Makes this browser known as a device."""
    answer = browser.post("/tablets/here", json={"touch_points": 5}, headers={"X-CSRFToken": token(browser)})
    assert answer.status_code == 200
    return int(answer.json["tablet_id"])  # type: ignore[index]


def signed_in(client: Browser, council: Council, username: str = "hoa") -> FlaskClient:
    """A browser that came in through the sign-in page of a demo."""
    if council.one(select(Setting.value).where(Setting.name == "demo")) is None:
        with Session(database.database().writing) as session:
            session.add_all([Setting(name="demo", value="1"), Setting(name="demo_accounts", value="hoa tuan")])
            session.commit()
    browser = client("")
    answer = browser.post("/sign-in", data={"csrf_token": token(browser), "demo": username})
    assert answer.status_code == 303
    return browser


def test_signing_in_gives_the_browser_a_key_that_scripts_cannot_read(client: Browser, council: Council) -> None:
    browser = signed_in(client, council)

    cookie = browser.get_cookie("tablet")

    assert cookie
    assert (cookie.http_only, cookie.same_site, len(cookie.value) >= 40) == (True, "Lax", True)
    assert browser.get("/tablets/standing").json["tablet_id"] is not None  # type: ignore[index]


def test_the_same_browser_is_the_same_device_after_signing_out(
    client: Browser, council: Council, api: Callable[[str], Program]
) -> None:
    browser = signed_in(client, council)
    key = browser.get_cookie("tablet")
    browser.post("/sign-out", data={"csrf_token": token(browser)})
    browser.post("/sign-in", data={"csrf_token": token(browser), "demo": "hoa"})

    again = browser.get_cookie("tablet")
    assert again
    assert key
    assert again.value == key.value
    assert len(api("hoa").get("/tablets")[1]["data"]) == 1


def test_signing_out_makes_the_browser_forget_everything(
    client: Browser, council: Council, api: Callable[[str], Program]
) -> None:
    browser = signed_in(client, council)
    tablet = browser.get("/tablets/standing").json["tablet_id"]  # type: ignore[index]
    kept = {"1": {"bytes": 5, "version": "v", "at": ""}}
    api("hoa").act("tablets.report", tablet_id=tablet, kept=kept)

    answer = browser.post("/sign-out", data={"csrf_token": token(browser)})

    assert answer.headers["Clear-Site-Data"] == FORGET
    assert api("hoa").get("/tablets")[1]["data"][0]["kept"] == {}


def test_a_device_that_was_taken_off_is_signed_out_everywhere_and_forgets(client: Browser, do: Do) -> None:
    browser = client("hoa")
    tablet = known(browser)
    assert browser.get("/api/v1/tablets").status_code == 200

    do("hoa", "tablets.revoke", tablet_id=tablet)
    answer = browser.get("/api/v1/tablets")

    assert (answer.status_code, answer.get_json(force=True)["code"]) == (401, "tablet_revoked")
    assert answer.headers["Clear-Site-Data"] == FORGET
    assert browser.get("/tablets").location.startswith("/sign-in")


def test_a_page_asked_by_a_device_that_was_taken_off_leads_to_the_reason(client: Browser, do: Do) -> None:
    browser = client("hoa")
    do("hoa", "tablets.revoke", tablet_id=known(browser))

    answer = browser.get("/tablets")

    assert (answer.status_code, "why=tablet_revoked" in answer.location) == (302, True)
    assert "đã bị gỡ khỏi tài khoản" in browser.get(answer.location).text


def test_throwing_the_key_away_does_not_bring_a_session_back(client: Browser, do: Do) -> None:
    browser = client("hoa")
    do("hoa", "tablets.revoke", tablet_id=known(browser))
    browser.delete_cookie("tablet")

    assert browser.get("/tablets/standing").json["account"] == ""  # type: ignore[index]


def test_other_devices_and_tokens_of_the_account_go_on(client: Browser, do: Do, api: Callable[[str], Program]) -> None:
    lost, other = client("hoa"), client("hoa")
    tablet = known(lost)
    known(other)

    do("hoa", "tablets.revoke", tablet_id=tablet)

    assert other.get("/api/v1/tablets").status_code == 200
    assert api("hoa").get("/tablets")[0] == 200


def test_a_device_that_was_taken_off_comes_back_as_a_new_one_with_the_password(client: Browser, council: Council, do: Do) -> None:
    browser = signed_in(client, council)
    before, key = browser.get("/tablets/standing").json["tablet_id"], browser.get_cookie("tablet")  # type: ignore[index]
    do("hoa", "tablets.revoke", tablet_id=before)
    browser.post("/sign-in", data={"csrf_token": token(browser), "demo": "hoa"})

    assert browser.get("/tablets/standing").json["tablet_id"] not in (None, before)  # type: ignore[index]
    assert browser.get_cookie("tablet") != key


def test_a_device_that_was_taken_off_hears_of_it_after_its_session_is_gone(client: Browser, do: Do) -> None:
    browser = client("hoa")
    do("hoa", "tablets.revoke", tablet_id=known(browser))
    browser.post("/api/v1/acts/discussion.post", json={})

    assert browser.get("/tablets/standing").json["revoked"] is True  # type: ignore[index]


def test_nobody_signed_in_has_no_standing(client: Browser) -> None:
    answer = client("").get("/tablets/standing").json

    assert answer
    assert (answer["account"], answer["tablet_id"], answer["revoked"]) == ("", None, False)


def test_one_s_devices_stand_on_their_page(client: Browser, do: Do, council: Council) -> None:
    browser, meeting = client("hoa"), council.meeting()
    tablet = known(browser)
    do("hoa", "tablets.report", tablet_id=tablet, kept={meeting: {"bytes": 41_000_000, "version": "v", "at": ""}})

    page = browser.get("/tablets").text

    assert "41 MB" in page
    assert "Phiên họp UBND" in page
    assert "41 MB" not in client("tuan").get("/tablets").text


def test_a_meeting_without_papers_is_a_small_pack(api: Callable[[str], Program], council: Council) -> None:
    meeting = council.meeting(items=2)

    status, pack = api("hoa").get(f"/meetings/{meeting}/pack?w=1200")
    _, programme = api("hoa").get(f"/meetings/{meeting}/kept")

    assert (status, pack["documents"], pack["pages"]) == (200, 0, 0)
    assert [each[0] for each in pack["entries"]] == ["/kept", "/documents/shell", f"/api/v1/meetings/{meeting}/kept"]
    assert [each["title"] for each in programme["items"]] == ["Nội dung 1", "Nội dung 2"]


def test_a_changed_programme_is_another_version(api: Callable[[str], Program], council: Council) -> None:
    meeting = council.meeting(items=1)
    before = api("hoa").get(f"/meetings/{meeting}/pack")[1]["version"]
    council.update(Item, council.items(meeting)[0], title="Nội dung khác")

    assert api("hoa").get(f"/meetings/{meeting}/pack")[1]["version"] != before


def test_a_device_that_holds_the_version_hears_only_that(api: Callable[[str], Program], council: Council) -> None:
    meeting = council.meeting(items=1)
    version = api("hoa").get(f"/meetings/{meeting}/pack")[1]["version"]

    again = api("hoa").get(f"/meetings/{meeting}/pack?version={version}")[1]

    assert again == {"meeting_id": meeting, "version": version, "unchanged": True}


def test_a_stranger_gets_no_pack(api: Callable[[str], Program], council: Council) -> None:
    meeting = council.meeting()

    assert api("khach").get(f"/meetings/{meeting}/pack")[0] == 404
    assert api("khach").get(f"/meetings/{meeting}/kept")[0] == 404
    assert api("hoa").get(f"/meetings/{meeting}/pack")[0] == 200


def test_who_may_not_read_papers_gets_no_pack(api: Callable[[str], Program], council: Council) -> None:
    meeting = council.meeting()

    assert api("dung").get(f"/meetings/{meeting}/pack")[0] == 403
