"""Coming in with two steps, in a browser without scripts: the door, the profile, remembered devices, sessions that end."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from meeting import clock
from meeting.entrance.models import SecondStep
from meeting.organization.models import Account, SignIn
from meeting.organization.passwords import hashed
from tests.conftest import Council
from tests.entrance.test_service import CODES, enrols, now_code, secret_of

Browser = Callable[[str], FlaskClient]
NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
PASSWORD = "phiên họp không giấy tờ"
HASH = hashed(PASSWORD)


def token(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found
    return found[1]


def sends(browser: FlaskClient, path: str, **fields: str) -> Any:
    return browser.post(path, data={"csrf_token": token(browser.get(path).text), **fields})


def with_password(council: Council, *usernames: str) -> None:
    for username in usernames:
        council.update(Account, council.actor(username).account_id, password_hash=HASH)


def knocks(browser: FlaskClient, username: str, **fields: str) -> Any:
    return sends(browser, "/sign-in", username=username, password=PASSWORD, **fields)


def is_in(browser: FlaskClient) -> bool:
    return browser.get("/components").status_code == 200


@pytest.fixture
def minh(council: Council, do: Any, at: Any) -> str:
    """Minh with a password and a second step; returns the secret. It is a minute later."""
    at(NOON)
    with_password(council, "minh")
    secret = enrols(council, do, "minh")
    at(NOON + timedelta(minutes=1))
    return secret


def test_the_password_alone_opens_nothing_and_the_code_opens_the_wanted_page(client: Browser, minh: str) -> None:
    browser = client("")
    knocked = knocks(browser, "minh", next="/components")

    assert (knocked.status_code, knocked.headers["Location"]) == (303, "/sign-in/second")
    assert not is_in(browser)
    page = browser.get("/sign-in/second").text
    assert all(each in page for each in ('inputmode="numeric"', 'autocomplete="one-time-code"', "Tạ Quang Minh"))
    wrong = sends(browser, "/sign-in/second", code="000000")
    assert wrong.status_code == 409
    assert 'role="alert"' in wrong.text
    assert not is_in(browser)
    opened = sends(browser, "/sign-in/second", code=now_code(minh))
    assert (opened.status_code, opened.headers["Location"]) == (303, "/components")
    assert is_in(browser)


def test_a_wrong_code_stands_in_the_sign_in_journal_and_five_make_a_pause(client: Browser, council: Council, minh: str) -> None:
    browser = client("")
    knocks(browser, "minh")
    statuses = [sends(browser, "/sign-in/second", code="000000").status_code for _ in range(5)]

    paused = sends(browser, "/sign-in/second", code=now_code(minh))

    assert statuses == [409] * 5
    assert paused.status_code == 429
    assert "15 phút" in paused.text
    assert council.all(select(SignIn.succeeded).order_by(SignIn.id)) == [True] + [False] * 5


def test_a_recovery_code_opens_the_door_once(client: Browser, minh: str) -> None:
    for status in (303, 409):
        browser = client("")
        knocks(browser, "minh")
        assert sends(browser, "/sign-in/second", code=CODES[0]).status_code == status


def test_a_device_that_is_remembered_is_not_asked_until_the_step_or_the_password_changes(
    client: Browser, council: Council, do: Any, at: Any, minh: str
) -> None:
    browser = client("")
    knocks(browser, "minh")
    heard = sends(browser, "/sign-in/second", code=now_code(minh), remember="1")
    cookie = next(each for each in heard.headers.getlist("Set-Cookie") if each.startswith("known_device="))
    assert "HttpOnly" in cookie
    assert "Max-Age=2592000" in cookie
    browser.post("/sign-out", data={"csrf_token": token(browser.get("/components").text)})
    assert not is_in(browser)
    assert knocks(browser, "minh").headers["Location"] == "/"
    assert is_in(browser)
    do("admin", "organization.reset_password", person_id=council.person("minh"), password_hash=HASH)
    assert not is_in(browser)
    assert knocks(browser, "minh").headers["Location"] == "/sign-in/second"


def test_another_telephone_makes_remembered_devices_strangers(
    client: Browser, council: Council, do: Any, at: Any, minh: str
) -> None:
    browser = client("")
    knocks(browser, "minh")
    sends(browser, "/sign-in/second", code=now_code(minh), remember="1")
    do("minh", "entrance.begin_second_step")
    new = now_code(secret_of(council, "minh"))
    do("minh", "entrance.confirm_second_step", code=new, recovery=["1" * 64], before=CODES[0])
    browser.post("/sign-out", data={"csrf_token": token(browser.get("/components").text)})

    assert knocks(browser, "minh").headers["Location"] == "/sign-in/second"


def test_a_remembered_device_of_one_account_is_none_for_another(
    client: Browser, council: Council, do: Any, minh: str, at: Any
) -> None:
    browser = client("")
    knocks(browser, "minh")
    sends(browser, "/sign-in/second", code=now_code(minh), remember="1")
    browser.post("/sign-out", data={"csrf_token": token(browser.get("/components").text)})
    with_password(council, "van")
    enrols(council, do, "van")

    assert knocks(browser, "van").headers["Location"] == "/sign-in/second"


def test_between_the_steps_there_are_ten_minutes(client: Browser, minh: str, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = client("")
    knocks(browser, "minh")
    with browser.session_transaction() as cookie:
        cookie["halfway"] = {**cookie["halfway"], "since": cookie["halfway"]["since"] - 601}

    answer = browser.get("/sign-in/second")

    assert answer.headers["Location"] == "/sign-in?why=second_step_expired"
    assert browser.get("/sign-in/enrol").headers["Location"] == "/sign-in?why=second_step_expired"
    assert "quá lâu" in browser.get("/sign-in?why=second_step_expired").text


def test_a_session_halfway_ends_with_the_password(client: Browser, council: Council, do: Any, minh: str) -> None:
    browser = client("")
    knocks(browser, "minh")
    do("admin", "organization.reset_password", person_id=council.person("minh"), password_hash=HASH)

    assert browser.get("/sign-in/second").status_code == 302


def test_where_it_is_demanded_a_role_sets_it_up_before_anything_else(
    client: Browser, council: Council, at: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(NOON)
    monkeypatch.setenv("MEETING_SECOND_STEP", "required")
    with_password(council, "lan", "hoa")
    plain, browser = client(""), client("")
    assert knocks(plain, "hoa").headers["Location"] == "/"

    assert knocks(browser, "lan").headers["Location"] == "/sign-in/enrol"
    assert not is_in(browser)
    page = browser.get("/sign-in/enrol").text
    secret = secret_of(council, "lan")
    assert " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)) in page
    assert 'src="data:image/svg+xml' in page
    assert sends(browser, "/sign-in/enrol", code="000000").status_code == 409
    assert not is_in(browser)
    done = sends(browser, "/sign-in/enrol", code=now_code(secret))
    assert done.status_code == 200
    assert len(re.findall(r"<li><code>[a-z0-9-]{14}</code>", done.text)) == 10
    assert is_in(browser)
    assert council.one(select(SecondStep.confirmed_at)) == NOON


def test_a_secret_that_somebody_saw_who_knew_the_password_is_offered_to_nobody_else(
    client: Browser, council: Council, at: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(NOON)
    monkeypatch.setenv("MEETING_SECOND_STEP", "required")
    with_password(council, "lan")
    seen = []
    for _ in range(2):
        knocks(client(""), "lan")
        seen.append(secret_of(council, "lan"))

    assert seen[0] != seen[1]


def test_the_profile_sets_it_up_renews_codes_and_switches_it_off(client: Browser, council: Council, do: Any, at: Any) -> None:
    at(NOON)
    browser = client("hoa")
    path = "/profile/second-step"
    assert "entrance.begin_second_step" in browser.get(path).text
    do("hoa", "entrance.begin_second_step")
    secret = secret_of(council, "hoa")

    def post(what: str, code: str) -> Any:
        return browser.post(f"{path}/{what}", data={"csrf_token": token(browser.get(path).text), "code": code})

    assert post("confirm", "000000").status_code == 409
    first = post("confirm", now_code(secret)).text
    assert len(set(re.findall(r"<li><code>([a-z0-9-]{14})</code>", first))) == 10
    assert "<code>" not in browser.get(path).text
    at(NOON + timedelta(minutes=1))
    again = post("codes", now_code(secret)).text
    assert not set(re.findall(r"<li><code>([a-z0-9-]{14})</code>", first)) & set(re.findall(r"<code>([a-z0-9-]{14})", again))
    at(NOON + timedelta(minutes=2))
    assert post("off", now_code(secret)).status_code == 200
    assert council.all(select(SecondStep)) == []


def test_api_tokens_are_not_asked(api: Any, minh: str) -> None:
    assert api("minh").get("/openapi.json")[0] == 200


def test_a_reset_ends_the_sessions(client: Browser, council: Council, do: Any, minh: str) -> None:
    browser = client("minh")
    assert is_in(browser)

    do("admin", "entrance.reset_second_step", person_id=council.person("minh"))

    assert not is_in(browser)


def test_the_administrator_finds_the_button_on_the_page_of_the_person(client: Browser, council: Council, minh: str) -> None:
    page = client("admin").get(f"/people/{council.person('minh')}").text

    assert "entrance.reset_second_step" in page
    assert "entrance.reset_second_step" not in client("admin").get(f"/people/{council.person('van')}").text


def test_a_tap_in_the_demo_asks_for_nothing(
    client: Browser, council: Council, minh: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from meeting.web import doors

    monkeypatch.setattr(doors.loader, "by_demo", lambda username, _address: council.actor(username))

    assert sends(client(""), "/sign-in", demo="minh").headers["Location"] == "/"
    assert clock.now() == NOON + timedelta(minutes=1)
