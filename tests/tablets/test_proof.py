"""Who leads confirms a pairing on the device itself; a copied session stays locked after the next opening; rest at sockets."""

import time
from collections.abc import Callable
from typing import Any

import pyotp
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from meeting import clock
from meeting.agenda.models import Meeting
from meeting.entrance import sealing
from meeting.entrance.models import SecondStep
from meeting.organization import passwords
from meeting.organization.models import Account, SignIn
from meeting.tables import Setting
from meeting.tablets import browsers, pins, presence, queries
from meeting.tablets.models import Tablet
from meeting.web.sockets import NAMESPACE, socketio
from tests.conftest import Council
from tests.tablets.test_entry import PIN, _forget, account, lock, offer, paired, row, unlock
from tests.tablets.test_views import token

__all__ = ["_forget"]

Browser = Callable[[str], FlaskClient]
SECRET = "bầu cử ngày mai trời đẹp"


def choose(browser: FlaskClient, address: str, proof: str) -> Any:
    return browser.post(address, data={"csrf_token": token(browser), "pin": PIN, "again": PIN, "proof": proof})


def give_password(council: Council, username: str) -> None:
    council.update(Account, council.actor(username).account_id, password_hash=passwords.hashed(SECRET))


@pytest.mark.parametrize("owner", ["hung", "minh", "van"])
def test_who_leads_types_the_password_before_a_tablet_is_theirs(client: Browser, council: Council, owner: str) -> None:
    give_password(council, owner)
    made, browser = offer(client, council, owner), client("")

    page = browser.get(made["address"])
    refused = [choose(browser, made["address"], proof) for proof in ("", "sai rồi")]

    assert 'autocomplete="current-password"' in page.text
    assert [answer.status_code for answer in refused] == [409, 409]
    assert "Mật khẩu chưa đúng" in refused[1].text
    assert (account(browser), council.all(select(Tablet.id))) == ("", [])
    assert len(council.all(select(SignIn.id).where(SignIn.succeeded.is_(False), SignIn.way == "tablet"))) == 2
    assert choose(browser, made["address"], SECRET).status_code == 303
    assert account(browser) == str(council.actor(owner).account_id)


def test_five_passwords_are_all_that_may_be_tried(client: Browser, council: Council) -> None:
    give_password(council, "hung")
    made, browser = offer(client, council, "hung"), client("")

    answers = [choose(browser, made["address"], "sai rồi").status_code for _ in range(5)]

    assert answers == [409] * 5
    assert choose(browser, made["address"], SECRET).status_code == 429


def test_where_there_is_a_second_step_its_code_counts_and_no_password(client: Browser, council: Council) -> None:
    give_password(council, "hung")
    secret = pyotp.random_base32()
    step = SecondStep(account_id=council.actor("hung").account_id, sealed=sealing.seal(secret), confirmed_at=clock.now())
    council.write(step)
    made, browser = offer(client, council, "hung"), client("")

    page = browser.get(made["address"])

    assert 'autocomplete="one-time-code"' in page.text
    assert choose(browser, made["address"], SECRET).status_code == 409
    assert choose(browser, made["address"], pyotp.TOTP(secret).now()).status_code == 303
    assert account(browser)


def test_who_leads_and_has_neither_is_told_what_to_do(client: Browser, council: Council) -> None:
    made, browser = offer(client, council, "hung"), client("")

    answer = browser.get(made["address"])

    assert (answer.status_code, "chưa có" in answer.text) == (409, True)
    assert choose(browser, made["address"], "").status_code == 409
    assert council.all(select(Tablet.id)) == []


def test_the_deputy_to_whom_a_meeting_was_handed_leads_too(client: Browser, council: Council) -> None:
    meeting = council.meeting()
    council.update(Meeting, meeting, presider_id=council.person("tuan"))
    made, browser = offer(client, council, "tuan"), client("")

    assert choose(browser, made["address"], "").status_code == 409


def test_a_demo_asks_nobody_for_it(client: Browser, council: Council) -> None:
    with_demo = Setting(name="demo", value="1")
    with_demo.id = 0  # type: ignore[attr-defined]
    council.write(with_demo)
    browser = client("")

    assert choose(browser, offer(client, council, "hung")["address"], "").status_code == 303


def test_a_copy_of_the_session_stays_locked_when_the_pin_opens_the_original(client: Browser, council: Council) -> None:
    browser, copy = paired(client, council), client("")
    for name in ("session", "tablet"):
        cookie = browser.get_cookie(name)
        assert cookie
        copy.set_cookie(name, cookie.value)
    before = row(council).pin_hash
    assert account(copy)
    lock(browser)

    assert unlock(browser).status_code == 303

    assert account(browser)
    assert account(copy) == ""
    assert row(council).pin_hash != before
    assert PIN not in row(council).pin_hash


def test_a_session_from_before_openings_were_told_apart_is_opened_by_the_pin(client: Browser, council: Council) -> None:
    browser = paired(client, council)
    with browser.session_transaction() as held:
        held.pop(browsers.OPENING)

    assert account(browser) == ""
    assert unlock(browser).status_code == 303
    assert account(browser)


@pytest.fixture
def rested(client: Browser, council: Council, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """A paired tablet with a page open, which nobody touches from now on."""
    monkeypatch.setattr(presence, "_touches", {})
    return paired(client, council)


def said(browser: FlaskClient, app: Any, meeting: int) -> Callable[[], dict[str, Any]]:
    line = socketio.test_client(app, namespace=NAMESPACE, flask_test_client=browser)
    assert line.is_connected(NAMESPACE)
    return lambda: dict(line.emit("live.join", {"meeting_id": meeting}, namespace=NAMESPACE, callback=True) or {})


def test_a_tablet_that_rested_too_long_is_locked_at_its_socket_too(
    rested: FlaskClient, council: Council, app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = council.meeting()
    join = said(rested, app, meeting)
    assert join()["ok"]

    much_later = time.time() + pins.LOCK_MINUTES * 60 + 5
    monkeypatch.setattr(browsers.time, "time", lambda: much_later)
    refused = join()
    assert (refused["ok"], refused["code"]) == (False, "tablet_locked")

    presence.note_touch(row(council).id, much_later)
    assert join()["ok"]


def test_in_a_sitting_no_rest_locks_a_socket(
    rested: FlaskClient, council: Council, app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    join = said(rested, app, council.meeting(state="in_session"))
    much_later = time.time() + 24 * 3600
    monkeypatch.setattr(browsers.time, "time", lambda: much_later)

    assert join()["ok"]


@pytest.mark.parametrize(
    ("mark", "found"), [("#12.ab34", (12, "ab34")), ("#12", (12, "")), ("f" * 64, (None, "")), ("", (None, ""))]
)
def test_what_a_mark_names(mark: str, found: tuple[int | None, str]) -> None:
    assert queries.tablet_of(mark) == found
