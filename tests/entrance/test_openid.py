"""Signing in through a real provider: everybody's good days and every bad one."""

import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from meeting.entrance import openid
from meeting.entrance import openid_rules as rules
from meeting.entrance.models import OutsideIdentity
from meeting.entrance.openid_rules import Provider
from meeting.errors import Refused
from meeting.organization.models import Account, Person, SignIn
from tests.conftest import Council
from tests.entrance.provided import Provided, providing
from tests.entrance.test_service import enrols

Browser = Callable[[str], FlaskClient]
ORIGIN = "http://localhost"
HOA = {"sub": "id-of-hoa", "email": "hoa@example.org", "email_verified": True, "name": "Phan Thị Hoa"}


@pytest.fixture(scope="module")
def provider() -> Iterator[Provided]:
    with providing(ORIGIN) as running:
        yield running


@pytest.fixture(autouse=True)
def _here(provider: Provided, monkeypatch: pytest.MonkeyPatch, council: Council) -> None:
    for name, value in provider.settings.items():
        monkeypatch.setenv(name, value)
    openid.forget()
    provider.tell("person", **HOA)
    council.update(Person, council.person("hoa"), email="Hoa@Example.org")


def goes(browser: FlaskClient, provider: Provided, path: str = "/sign-in/openid?next=/components") -> str:
    """Off to the provider; returns what it sends the browser back with."""
    heard = browser.get(path)
    assert heard.status_code == 302, heard.text
    return provider.answer(heard.headers["Location"], ORIGIN)


def is_in(browser: FlaskClient) -> bool:
    return browser.get("/components").status_code == 200


def links(council: Council) -> list[str]:
    return council.all(select(OutsideIdentity.subject))


def test_who_is_found_by_the_verified_address_comes_in_and_is_linked(
    client: Browser, provider: Provided, council: Council
) -> None:
    browser = client("")
    assert "Đăng nhập bằng Cổng của tỉnh" in browser.get("/sign-in").text

    heard = browser.get(goes(browser, provider))

    assert (heard.status_code, heard.headers["Location"]) == (303, "/components")
    assert is_in(browser)
    assert links(council) == ["id-of-hoa"]
    assert council.all(select(SignIn.username)) == ["hoa"]
    assert council.all(select(SignIn.way)) == ["openid"]
    provider.tell("person", sub="id-of-hoa")  # the provider no longer tells the address: the link is enough
    other = client("")
    assert other.get(goes(other, provider)).status_code == 303


def test_what_is_asked_holds_a_challenge_and_leads_to_this_site_only(client: Browser, provider: Provided) -> None:
    heard = client("").get("/sign-in/openid?next=https://example.org/")
    asked = parse_qs(urlsplit(heard.headers["Location"]).query)

    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == [f"{ORIGIN}/sign-in/openid/back"]
    browser = client("")
    assert browser.get(goes(browser, provider, "/sign-in/openid?next=//example.org/x")).headers["Location"] == "/"


@pytest.mark.parametrize(
    ("claims", "sentence"),
    [
        ({"sub": "x", "email": "nobody@example.org", "email_verified": True}, "chưa có tài khoản"),
        ({"sub": "x", "email": "hoa@example.org", "email_verified": False}, "chưa xác minh"),
        ({"sub": "x"}, "chưa có tài khoản"),
        ({"sub": "x", "denies": True}, "không chấp nhận"),
    ],
)
def test_who_is_not_known_stays_outside_with_a_sentence(
    client: Browser, provider: Provided, council: Council, claims: dict[str, Any], sentence: str
) -> None:
    provider.tell("person", **claims)
    browser = client("")

    heard = browser.get(goes(browser, provider))

    assert heard.status_code == 409
    assert sentence in heard.text
    assert not is_in(browser)
    assert links(council) == []


def test_an_address_that_was_given_anew_does_not_open_the_account_of_before(client: Browser, provider: Provided) -> None:
    first = client("")
    first.get(goes(first, provider))
    provider.tell("person", **{**HOA, "sub": "somebody else with her address"})
    browser = client("")

    assert "chưa có tài khoản" in browser.get(goes(browser, provider)).text


def test_a_locked_account_stays_locked(client: Browser, provider: Provided, council: Council, do: Any) -> None:
    do("admin", "organization.lock_account", person_id=council.person("hoa"))
    browser = client("")

    assert "đang bị khóa" in browser.get(goes(browser, provider)).text
    assert not is_in(browser)


def test_an_answer_to_another_question_opens_nothing(client: Browser, provider: Provided) -> None:
    mine, other = client(""), client("")
    answer = goes(mine, provider)
    assert other.get(answer).status_code == 409  # a browser that asked nothing
    goes(other, provider)
    assert other.get(answer).status_code == 409  # the state is not its own
    goes(other, provider)
    assert other.get("/sign-in/openid/back?code=1&state=%C3%A9").status_code == 409  # nor any that ever was
    wrong = re.sub(r"code=[^&]+", "code=made-up", goes(mine, provider))
    assert "không chấp nhận" in mine.get(wrong).text
    assert not is_in(mine)
    assert not is_in(other)


def test_an_answer_counts_once(client: Browser, provider: Provided) -> None:
    browser = client("")
    answer = goes(browser, provider)
    assert browser.get(answer).status_code == 303

    assert browser.get(answer).status_code == 409


def test_a_wrong_nonce_opens_nothing(client: Browser, provider: Provided) -> None:
    browser = client("")
    parts = urlsplit(browser.get("/sign-in/openid").headers["Location"])
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    address = parts._replace(query=urlencode({**asked, "nonce": "of somebody else"})).geturl()

    heard = browser.get(provider.answer(address, ORIGIN))

    assert "Không xác minh được" in heard.text
    assert not is_in(browser)


def test_an_answer_in_the_name_of_another_issuer_opens_nothing(client: Browser, provider: Provided) -> None:
    browser = client("")
    answer = re.sub(r"iss=[^&]+", "iss=https%3A%2F%2Fevil.example", goes(browser, provider))

    assert "iss=https%3A%2F%2Fevil" in answer
    assert "Không xác minh được" in browser.get(answer).text


def real_token(provider: Provided) -> tuple[Provider, str, str]:
    """An ID token as the provider signs it, and its nonce."""
    found = Provider.from_env()
    assert found is not None
    nonce, verifier = rules.new_word(), rules.new_word()
    back = f"{ORIGIN}/sign-in/openid/back"
    answer = provider.answer(openid.address_to_ask(found, back, "s", nonce, verifier), ORIGIN)
    code = parse_qs(urlsplit(answer).query)["code"][0]
    return found, openid.exchanged(found, code, back, nonce, verifier).hint, nonce


def test_a_real_token_holds_only_here_and_now(provider: Provided) -> None:
    found, token, nonce = real_token(provider)
    claims = openid.verified(found, token)
    assert rules.check_claims(claims, found, nonce, time.time()) == "id-of-hoa"
    other = Provider(found.issuer, "other", name="ID")
    for where, word, seconds, code in (
        (other, nonce, 0, "identity_answer_wrong"),
        (found, "m", 0, "identity_answer_wrong"),
        (found, nonce, 7200, "identity_clock"),
        (found, nonce, -7200, "identity_clock"),
    ):
        with pytest.raises(Refused) as refused:
            rules.check_claims(claims, where, word, time.time() + seconds)
        assert refused.value.code == code
    head, body, sign = token.split(".")
    changed = f"{head}.{body}.{'A' if sign[0] != 'A' else 'B'}{sign[1:]}"
    for forged in (changed, f"{head}.{body}.", "eyJhbGciOiJub25lIn0." + body + ".", "", "no token"):
        with pytest.raises(Refused) as refused:
            openid.verified(found, forged)
        assert refused.value.code == "identity_answer_wrong"


def test_new_keys_of_the_provider_are_fetched_when_they_are_needed(client: Browser, provider: Provided) -> None:
    browser = client("")
    assert browser.get(goes(browser, provider)).status_code == 303
    provider.tell("keys")

    again = client("")

    assert again.get(goes(again, provider)).status_code == 303
    assert is_in(again)


def test_without_the_right_secret_the_provider_says_no(
    client: Browser, provider: Provided, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEETING_OIDC_CLIENT_SECRET", "another")
    browser = client("")

    assert "không chấp nhận" in browser.get(goes(browser, provider)).text


def test_a_provider_that_is_silent_or_gone_is_told_in_words(
    client: Browser, provider: Provided, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(openid, "TIMEOUT_SECONDS", 0.3)
    provider.tell("silent", silent=True)
    try:
        assert "không trả lời" in client("").get("/sign-in/openid").text
    finally:
        provider.tell("silent", silent=False)
    monkeypatch.setenv("MEETING_OIDC_ISSUER", "http://127.0.0.1:9")
    assert "không trả lời" in client("").get("/sign-in/openid").text


def test_a_provider_that_calls_itself_otherwise_is_not_trusted(
    client: Browser, provider: Provided, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEETING_OIDC_ISSUER", provider.issuer + "/")

    assert "Không xác minh được" in client("").get("/sign-in/openid").text


def test_without_a_provider_there_is_no_button(client: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MEETING_OIDC_ISSUER")

    assert "/sign-in/openid" not in client("").get("/sign-in").text
    assert client("").get("/sign-in/openid").status_code == 409


def test_ones_own_account_is_linked_from_the_profile(client: Browser, provider: Provided, council: Council) -> None:
    provider.tell("person", sub="id-of-tuan", email="private@example.org", email_verified=False)
    browser = client("tuan")

    assert browser.get(goes(browser, provider, "/profile/openid/link")).headers["Location"] == "/profile/identities"

    assert "private@example.org" in browser.get("/profile/identities").text
    taken = client("hoa")
    heard = taken.get(goes(taken, provider, "/profile/openid/link"))
    assert "tài khoản khác" in heard.text
    other = client("")
    other.get(goes(other, provider))
    assert is_in(other)
    assert council.all(select(OutsideIdentity.account_id)) == [council.actor("tuan").account_id]


def test_another_site_cannot_begin_a_link(client: Browser) -> None:
    heard = client("tuan").get("/profile/openid/link", headers={"Sec-Fetch-Site": "cross-site"})

    assert heard.status_code == 403


def test_the_second_step_is_asked_after_the_provider_too(
    client: Browser, provider: Provided, council: Council, do: Any, at: Any
) -> None:
    at(datetime(2026, 11, 23, 5, 0, tzinfo=UTC))
    enrols(council, do, "hoa")
    browser = client("")

    assert browser.get(goes(browser, provider)).headers["Location"] == "/sign-in/second"
    assert not is_in(browser)


def test_an_unknown_person_gets_an_account_only_where_that_is_wanted(
    client: Browser, provider: Provided, council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEETING_OIDC_CREATE", "1")
    provider.tell("person", sub="n", email="moi.nv@example.org", email_verified=True, name="Ngô Văn Mới")
    browser = client("")

    assert browser.get(goes(browser, provider)).status_code == 303

    made = council.one(select(Account).where(Account.username == "moi.nv"))
    assert (made.person.full_name, made.is_admin, made.password_hash) == ("Ngô Văn Mới", False, "")
    assert council.actor("moi.nv").roles == frozenset()


def test_a_code_of_the_agency_may_be_the_user_name(
    client: Browser, provider: Provided, council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEETING_OIDC_CLAIM", "preferred_username")
    provider.tell("person", sub="t", preferred_username="TUAN")
    browser = client("")

    assert browser.get(goes(browser, provider)).status_code == 303
    assert council.all(select(SignIn.username)) == ["tuan"]


def test_the_session_ends_like_any_other_and_signing_out_goes_on_to_the_provider(
    client: Browser, provider: Provided, council: Council, do: Any
) -> None:
    import requests

    browser = client("")
    browser.get(goes(browser, provider))
    token = re.findall(r'name="csrf_token" value="([^"]+)"', browser.get("/components").text)[0]
    out = browser.post("/sign-out", data={"csrf_token": token})
    assert out.headers["Location"] == "/sign-in/openid/leave"
    assert not is_in(browser)
    page = browser.get("/sign-in/openid/leave").text
    address = re.findall(r'href="(http://127[^"]+)"', page)[0].replace("&amp;", "&")
    assert "id_token_hint=" in address
    assert requests.get(address, timeout=10).status_code == 200
    assert browser.get("/sign-in/openid/leave").status_code == 302
    again = client("")
    again.get(goes(again, provider))
    do("admin", "organization.lock_account", person_id=council.person("hoa"))
    assert not is_in(again)
