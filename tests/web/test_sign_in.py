"""Coming in and going out."""

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from meeting.web import doors
from tests.conftest import Council


@pytest.fixture
def demo(council: Council) -> Iterator[None]:
    """A system that is a demo, whatever the organization room says, with one real password."""
    before = vars(doors.loader).copy()
    doors.loader.is_demo = lambda: True
    doors.loader.demo_accounts = lambda: [{"username": "hoa", "name": "Phan Thị Hoa", "position": "Ủy viên UBND"}]
    doors.loader.by_demo = lambda username, _address: council.actor(username) if username == "hoa" else None
    doors.loader.by_password = lambda username, password, _address: (
        council.actor(username) if (username, password) == ("hoa", "mật khẩu đúng") else None
    )
    yield
    vars(doors.loader).clear()
    vars(doors.loader).update(before)


def token(page: str) -> str:
    """The CSRF token of a form."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found
    return found[1]


def come_in(browser: FlaskClient, **fields: str) -> tuple[int, str, str]:
    """Fill in the form: status, where it leads, the page."""
    csrf = token(browser.get("/sign-in").text)
    answer = browser.post("/sign-in", data={"csrf_token": csrf, **fields})
    return answer.status_code, answer.headers.get("Location", ""), answer.text


def test_the_right_password_leads_to_the_wanted_page(client: Callable[[str], FlaskClient], demo: None) -> None:
    browser = client("")

    assert come_in(browser, username="hoa", password="mật khẩu đúng", next="/components")[:2] == (303, "/components")
    assert browser.get("/components").status_code == 200


def test_a_wrong_password_keeps_the_user_name_and_says_what_to_do(client: Callable[[str], FlaskClient], demo: None) -> None:
    status, _, page = come_in(client(""), username="hoa", password="sai")

    assert status == 401
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in page
    assert 'value="hoa"' in page
    assert "sai" not in re.findall(r'value="([^"]*)"', page)


def test_the_form_is_friendly_to_password_managers(client: Callable[[str], FlaskClient], demo: None) -> None:
    page = client("").get("/sign-in").text

    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    assert "onpaste" not in page


def test_a_demo_lets_people_in_by_a_tap(client: Callable[[str], FlaskClient], demo: None) -> None:
    browser = client("")

    assert 'name="demo" value="hoa"' in browser.get("/sign-in").text
    assert come_in(browser, demo="hoa")[:2] == (303, "/")


def test_nobody_comes_in_by_a_tap_once_it_is_no_demo(client: Callable[[str], FlaskClient], demo: None) -> None:
    doors.loader.is_demo = bool
    doors.loader.by_demo = lambda _username, _address: None
    browser = client("")

    assert 'name="demo"' not in browser.get("/sign-in").text
    assert come_in(browser, demo="hoa")[0] == 401


def test_the_wanted_page_is_never_on_another_site(client: Callable[[str], FlaskClient], demo: None) -> None:
    for elsewhere in ("https://example.org/", "//example.org", "/\\example.org"):
        assert come_in(client(""), demo="hoa", next=elsewhere)[1] == "/"


def test_after_ten_tries_the_next_is_refused_with_a_sentence(client: Callable[[str], FlaskClient], demo: None) -> None:
    browser = client("")
    statuses = [come_in(browser, username="hoa", password="sai")[0] for _ in range(10)]

    status, _, page = come_in(browser, username="hoa", password="mật khẩu đúng")

    assert statuses == [401] * 10
    assert status == 429
    assert 'role="alert"' in page


def test_without_the_token_of_the_form_nothing_happens(client: Callable[[str], FlaskClient], demo: None) -> None:
    assert client("").post("/sign-in", data={"demo": "hoa"}).status_code == 400


def test_signing_out_ends_the_session(client: Callable[[str], FlaskClient], demo: None) -> None:
    browser = client("hoa")
    csrf = token(browser.get("/components").text)

    assert browser.post("/sign-out", data={"csrf_token": csrf}).status_code == 303
    assert browser.get("/components").status_code == 302


def test_a_stranger_is_sent_to_sign_in_and_comes_back(client: Callable[[str], FlaskClient]) -> None:
    answer = client("").get("/components?x=1")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in?next=/components?x%3D1")


def test_the_page_speaks_english_when_asked(client: Callable[[str], FlaskClient], demo: None) -> None:
    browser = client("")
    csrf = token(browser.get("/sign-in").text)

    browser.post("/language", data={"csrf_token": csrf, "code": "en", "next": "/sign-in"})

    page = browser.get("/sign-in").text
    assert '<html lang="en"' in page
    assert "Show the password" in page


def test_every_page_says_that_it_is_a_demo(client: Callable[[str], FlaskClient], demo: None, app: Flask) -> None:
    for path in ("/sign-in", "/components", "/nothing-here"):
        assert "demo-mark" in client("hoa" if path != "/sign-in" else "").get(path).text


def test_a_missing_page_says_so_in_words(client: Callable[[str], FlaskClient]) -> None:
    answer = client("hoa").get("/nothing-here")

    assert answer.status_code == 404
    assert "Không có trang này" in answer.text
