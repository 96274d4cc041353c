"""The ways into a paired tablet over HTTP: the desk's code, the PIN, the lock, the sitting during which nobody is signed out."""

import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from meeting.agenda.models import Meeting
from meeting.organization.models import Account, Membership, SignIn
from meeting.permissions import Role
from meeting.tablets import browsers, queries
from meeting.tablets.models import Tablet
from meeting.web import security
from tests.conftest import MORNING, Council, Program
from tests.tablets.test_views import token

Browser = Callable[[str], FlaskClient]
Do = Callable[..., dict[str, Any]]
PIN = "482915"


@pytest.fixture(autouse=True)
def _forget() -> None:
    queries.forget_shut_out()
    security.forget_limits()


def offer(client: Browser, council: Council, owner: str = "hoa", by: str = "minh") -> dict[str, Any]:
    desk = client(by)
    answer = desk.post("/desk/tablets/pairing", json={"person_id": council.person(owner)}, headers={"X-CSRFToken": token(desk)})
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json or {}
    return found


def choose(browser: FlaskClient, address: str, pin: str = PIN, again: str = "") -> Any:
    return browser.post(address, data={"csrf_token": token(browser), "pin": pin, "again": again or pin})


def paired(client: Browser, council: Council, owner: str = "hoa") -> FlaskClient:
    browser = client("")
    assert choose(browser, offer(client, council, owner)["address"]).status_code == 303
    return browser


def unlock(browser: FlaskClient, pin: str = PIN, wanted: str = "/tablets") -> Any:
    return browser.post("/tablets/unlock", data={"csrf_token": token(browser), "pin": pin, "next": wanted})


def lock(browser: FlaskClient) -> None:
    tablet = browser.get("/tablets/standing").json["tablet_id"]  # type: ignore[index]
    answer = browser.post("/api/v1/acts/tablets.lock", json={"tablet_id": tablet}, headers={"X-CSRFToken": token(browser)})
    assert answer.status_code == 200


def account(browser: FlaskClient) -> str:
    return str(browser.get("/tablets/standing").json["account"])  # type: ignore[index]


def row(council: Council) -> Tablet:
    found: Tablet = council.one(select(Tablet).order_by(Tablet.id.desc()))
    return found


def test_the_address_of_the_qr_code_makes_a_browser_the_person_s_tablet(client: Browser, council: Council) -> None:
    made = offer(client, council)
    browser = client("")
    page = browser.get(made["address"])

    answer = choose(browser, made["address"])

    assert (page.status_code, "Máy này sẽ là của" in page.text, "Phan Thị Hoa" in page.text) == (200, True, True)
    assert made["qr"].startswith("data:image/svg+xml")
    assert (answer.status_code, answer.location) == (303, "/")
    assert account(browser) == str(council.actor("hoa").account_id)
    assert (row(council).paired_at is not None, PIN in row(council).pin_hash) == (True, False)
    assert browser.get(made["address"]).status_code == 409


def test_the_short_code_leads_to_the_same_page_as_people_type_it(client: Browser, council: Council) -> None:
    made = offer(client, council)
    browser = client("")

    answer = browser.post("/tablets/pair", data={"csrf_token": token(browser), "code": made["code"].lower().replace(" ", "-")})

    assert answer.status_code == 303
    assert "Phan Thị Hoa" in browser.get(answer.location).text
    assert choose(browser, answer.location).status_code == 303


def test_a_wrong_code_says_so_and_many_are_slowed_down(client: Browser) -> None:
    browser = client("")

    assert browser.post("/tablets/pair", data={"csrf_token": token(browser), "code": "1"}).status_code == 422
    first = browser.get("/tablets/pair/AAAA2222")
    for _ in range(60):
        last = browser.get("/tablets/pair/AAAA2222")

    assert (first.status_code, "gõ sai, đã dùng rồi" in first.text, last.status_code) == (409, True, 429)


@pytest.mark.parametrize(
    ("pin", "again", "words"), [("123456", "", "dễ đoán"), ("4829", "", "sáu chữ số"), ("482915", "482951", "không giống nhau")]
)
def test_a_pin_that_cannot_be_chosen(client: Browser, council: Council, pin: str, again: str, words: str) -> None:
    browser, made = client(""), offer(client, council)

    answer = choose(browser, made["address"], pin, again)

    assert (answer.status_code, words in answer.text, account(browser)) == (422, True, "")
    assert choose(browser, made["address"]).status_code == 303


def test_a_locked_tablet_leads_to_its_keypad_and_the_pin_leads_back(client: Browser, council: Council) -> None:
    browser = paired(client, council)
    lock(browser)

    answer = browser.get("/tablets", follow_redirects=True)

    assert (answer.request.path, "Máy của Ông Phan Thị Hoa" in answer.text) == ("/tablets/unlock", True)
    assert browser.get("/api/v1/tablets").get_json(force=True)["code"] in ("tablet_locked", "sign_in_first")
    opened = unlock(browser)
    assert (opened.status_code, opened.location) == (303, "/tablets")
    assert browser.get("/tablets").status_code == 200


def test_the_keypad_stands_though_this_process_has_not_heard_of_the_lock(client: Browser, council: Council) -> None:
    browser = paired(client, council)
    before = browser.get("/tablets/unlock")

    council.update(Tablet, row(council).id, locked_at=MORNING)  # as another process does it
    known = account(browser)
    pad = browser.get("/tablets/unlock")

    assert (before.status_code, known) == (302, str(council.actor("hoa").account_id))
    assert (pad.status_code, "data-pin-form" in pad.text) == (200, True)
    assert unlock(browser).location == "/tablets"


def test_a_copy_of_the_session_is_locked_too(client: Browser, council: Council) -> None:
    browser, copy = paired(client, council), client("")
    for name in ("session", "tablet"):
        cookie = browser.get_cookie(name)
        assert cookie
        copy.set_cookie(name, cookie.value)
    assert account(copy)

    lock(browser)

    assert account(copy) == ""


def test_five_wrong_pins_shut_it_until_the_desk_resets_it_and_each_stands_in_the_journal(
    client: Browser, council: Council, do: Do
) -> None:
    browser = paired(client, council)
    lock(browser)

    answers = [unlock(browser, "907351") for _ in range(5)]
    right = unlock(browser)

    assert [each.status_code for each in answers] == [401] * 5
    assert "Còn 4 lần thử" in answers[0].text
    assert (right.status_code, "sai mã PIN năm lần" in right.text) == (409, True)
    tries = council.all(select(SignIn).where(SignIn.way == "tablet").order_by(SignIn.id))
    assert [(each.username, each.succeeded) for each in tries] == [("hoa", True)] + [("hoa", False)] * 5
    do("minh", "tablets.reset", tablet_id=row(council).id)
    assert "Văn phòng đã đặt lại" in browser.get("/tablets/unlock").text
    assert choose(browser, offer(client, council)["address"], "640279").status_code == 303
    assert (account(browser) != "", len(council.all(select(Tablet.id)))) == (True, 1)


def test_the_fifth_try_may_still_be_the_right_one(client: Browser, council: Council) -> None:
    browser = paired(client, council)
    lock(browser)
    for _ in range(4):
        unlock(browser, "907351")

    assert unlock(browser).status_code == 303


@pytest.mark.parametrize("given", ["", "48291", "abcdef"])
def test_what_is_no_pin_costs_no_try(client: Browser, council: Council, given: str) -> None:
    browser = paired(client, council)
    lock(browser)

    assert unlock(browser, given).status_code == 409
    assert row(council).pin_tries == 0


def test_nobody_signs_in_with_a_password_on_somebody_s_tablet(client: Browser, council: Council) -> None:
    browser = paired(client, council)
    lock(browser)

    answers = [
        browser.get("/sign-in?next=/papers"),
        browser.post("/sign-in", data={"csrf_token": token(browser), "username": "tuan"}),
    ]

    answers.append(browser.get("/sign-in/openid"))

    assert [(each.status_code, each.location.split("?")[0]) for each in answers] == [(303, "/tablets/unlock")] * 3


def test_a_browser_that_is_nobody_s_tablet_has_no_keypad(client: Browser) -> None:
    browser = client("")

    assert browser.get("/tablets/unlock").location.startswith("/sign-in")
    assert unlock(browser).location.startswith("/sign-in")


def test_a_tablet_nobody_touches_locks_itself_but_not_in_a_sitting(
    client: Browser, council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = paired(client, council)
    council.meeting(state="in_session")
    later = time.time() + 16 * 60
    monkeypatch.setattr(time, "time", lambda: later)
    in_sitting = account(browser)
    council.update(Meeting, council.one(select(Meeting.id)), state="held")

    assert (in_sitting != "", account(browser)) == (True, "")
    assert browser.get("/tablets").location.startswith("/sign-in")
    assert unlock(browser).status_code == 303


def test_a_sign_of_life_puts_the_lock_off_and_tells_of_the_battery(
    client: Browser, council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = paired(client, council)
    start = time.time()
    for minutes in (10, 20):
        now = start + minutes * 60
        monkeypatch.setattr(time, "time", lambda now=now: now)
        answer = browser.post(
            "/tablets/alive", json={"touched": True, "battery": 33, "charging": True}, headers={"X-CSRFToken": token(browser)}
        )

    assert (answer.status_code, answer.json) == (200, {"sitting": False, "lock_seconds": 900})
    assert (row(council).battery, row(council).charging) == (33, True)
    other = client("hoa")
    assert other.post("/tablets/alive", json={}, headers={"X-CSRFToken": token(other)}).status_code == 404


def test_nobody_signs_out_of_a_paired_tablet_in_the_middle_of_a_sitting(client: Browser, council: Council) -> None:
    browser, plain = paired(client, council), client("hoa")
    council.meeting(state="in_session")

    answer = browser.post("/sign-out", data={"csrf_token": token(browser)})

    assert (answer.status_code, "không đăng xuất" in answer.text, account(browser) != "") == (409, True, True)
    assert "Clear-Site-Data" not in answer.headers
    assert plain.post("/sign-out", data={"csrf_token": token(plain)}).status_code == 303
    council.update(Meeting, council.one(select(Meeting.id)), state="held")
    assert browser.post("/sign-out", data={"csrf_token": token(browser)}).headers["Clear-Site-Data"]


def test_a_right_that_ends_in_a_sitting_ends_at_once_though_the_tablet_stays_open(client: Browser, council: Council) -> None:
    browser = paired(client, council)
    beside = Membership(
        person_id=council.person("hoa"), body_id=council.body("UBND"), role=Role.CLERK, starts_on=date(2026, 1, 1)
    )
    (clerk,) = council.write(beside)  # since the pairing
    council.meeting(state="in_session")
    before = browser.get("/api/v1/tablets/desk").status_code

    council.update(Membership, clerk, ends_on=date(2026, 1, 2))

    assert (before, browser.get("/api/v1/tablets/desk").status_code, account(browser) != "") == (200, 403, True)


def test_an_account_that_was_closed_opens_with_no_pin(client: Browser, council: Council) -> None:
    browser = paired(client, council)
    lock(browser)
    council.update(Account, council.actor("hoa").account_id, active=False)

    assert unlock(browser).status_code in (403, 409)
    assert account(browser) == ""


def test_a_lost_tablet_forgets_everything_and_says_when_it_has(client: Browser, council: Council, do: Do) -> None:
    browser = paired(client, council)
    do("minh", "tablets.lose", tablet_id=row(council).id)

    answer = browser.get("/tablets")
    told = browser.post("/tablets/cleared", headers={"X-CSRFToken": token(browser)})

    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "why=tablet_revoked" in answer.location
    assert (told.status_code, row(council).cleared_at is not None) == (200, True)
    assert unlock(browser).location.startswith("/sign-in")


def test_the_session_lasts_beyond_the_browser_s_own(client: Browser, council: Council) -> None:
    cookie = paired(client, council).get_cookie("session")

    assert cookie
    assert cookie.expires is not None


@pytest.mark.parametrize("who", ["hoa", "dung", "khach", "lan"])
def test_a_stranger_finds_no_desk_of_tablets(client: Browser, council: Council, api: Callable[[str], Program], who: str) -> None:
    assert client(who).get("/desk/tablets").status_code == 403
    assert api(who).get("/tablets/desk")[0] == 403


def test_the_desk_of_another_body_or_meeting_is_not_there(
    client: Browser, council: Council, api: Callable[[str], Program]
) -> None:
    party = council.meeting(body="Đảng ủy")

    assert api("van").get(f"/tablets/desk?body={council.body('Đảng ủy')}")[0] == 404
    assert api("van").get(f"/tablets/desk?meeting={party}")[0] == 404
    assert client("van").get(f"/desk/tablets?meeting={party}").status_code == 404


def test_the_desk_sees_whose_tablet_is_there_and_what_it_keeps(
    client: Browser, council: Council, do: Do, api: Callable[[str], Program]
) -> None:
    paired(client, council)
    meeting = council.meeting(items=1)
    tablet = row(council).id
    do("hoa", "tablets.tell", tablet_id=tablet, battery=12, charging=False)

    before = api("minh").get(f"/tablets/desk?meeting={meeting}")[1]
    do(
        "hoa",
        "tablets.report",
        tablet_id=tablet,
        kept={meeting: {"bytes": 9, "version": "v", "at": ""}},
        storage={"persistent": True},
    )
    after = api("minh").get(f"/tablets/desk?meeting={meeting}")[1]

    [seen] = next(each for each in before["people"] if each["person_id"] == council.person("hoa"))["tablets"]
    assert (seen["connected"], seen["papers"], seen["battery"], seen["battery_low"], seen["lock"]) == (True, "none", 12, True, "")
    [seen] = next(each for each in after["people"] if each["person_id"] == council.person("hoa"))["tablets"]
    assert (seen["papers"], seen["persistent"]) == ("complete", True)
    tuan = next(each for each in after["people"] if each["person_id"] == council.person("tuan"))
    assert (tuan["tablets"], tuan["may"]) == ([], True)


def test_the_desk_hears_only_what_is_new(client: Browser, council: Council) -> None:
    desk = client("minh")
    first = desk.get("/api/v1/tablets/desk")

    again = desk.get("/api/v1/tablets/desk", headers={"If-None-Match": first.headers["ETag"]})

    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")


def test_lost_tablets_stand_there_until_they_said_that_they_are_empty(
    client: Browser, council: Council, do: Do, api: Callable[[str], Program]
) -> None:
    paired(client, council)
    do("minh", "tablets.lose", tablet_id=row(council).id)

    [lost] = (
        api("minh").get("/tablets/desk")[1]["lost"] or api("minh").get(f"/tablets/desk?body={council.body('UBND')}")[1]["lost"]
    )

    assert (lost["owner"], lost["lost"], lost["cleared_at"]) == ("Ông Phan Thị Hoa", True, None)


def test_a_tablet_of_the_administrator_is_not_the_desk_s(client: Browser, council: Council) -> None:
    desk = client("minh")

    answer = desk.post("/desk/tablets/pairing", json={"person_id": council.person("admin")}, headers={"X-CSRFToken": token(desk)})

    assert answer.status_code == 404


def test_the_session_of_the_former_owner_ends_where_a_tablet_is_paired_anew(client: Browser, council: Council) -> None:
    browser = paired(client, council)

    choose(browser, offer(client, council, "tuan")["address"])

    assert account(browser) == str(council.actor("tuan").account_id)
    with browser.session_transaction() as held:
        assert held[browsers.HELD] == row(council).id
