"""The administrator's pages, one's own, and the first administrator's: they show, they refuse strangers."""

import io
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from meeting.organization import identity
from meeting.organization.models import Account, Body
from meeting.permissions import SYSTEM
from meeting.writer import perform

Council = Any
Client = Callable[[str], FlaskClient]
PAGES = ["/people", "/people/new", "/people/1", "/people/import", "/units", "/units/1", "/bodies", "/sign-ins"]


def token_in(text: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', text)
    assert found
    return found.group(1)


@pytest.mark.parametrize("path", PAGES)
def test_the_administrator_sees_each_page(client: Client, path: str) -> None:
    assert client("admin").get(path).status_code == 200


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("username", ["lan", "minh", "khach"])
def test_others_do_not(client: Client, path: str, username: str) -> None:
    assert client(username).get(path).status_code == 403


def test_people_are_found_without_marks(client: Client) -> None:
    text = client("admin").get("/people?q=do manh").get_data(as_text=True)

    assert "Đỗ Mạnh Hùng" in text
    assert "Lê Anh Tuấn" not in text


@pytest.mark.parametrize("username", ["lan", "khach", "admin"])
def test_everybody_sees_their_own_account(client: Client, username: str) -> None:
    assert client(username).get("/profile").status_code == 200


def test_a_list_is_checked_before_it_is_imported(client: Client) -> None:
    browser = client("admin")
    token = token_in(browser.get("/people/import").get_data(as_text=True))
    wrong = "Họ tên,Đơn vị\nBùi Xuân,Phòng Lạ\nHoa,\n".encode()

    heard = browser.post("/people/import", data={"csrf_token": token, "file": (io.BytesIO(wrong), "ds.csv")})

    text = heard.get_data(as_text=True)
    assert heard.status_code == 200
    assert "Phòng Lạ" in text
    assert 'data-act="organization.import_people"' not in text
    right = "Họ tên,Đơn vị\nBùi Xuân,kinh_te\n".encode()
    heard = browser.post("/people/import", data={"csrf_token": token, "file": (io.BytesIO(right), "ds.csv")})
    assert 'data-act="organization.import_people"' in heard.get_data(as_text=True)


def test_a_file_that_is_no_table_ends_in_a_sentence(client: Client) -> None:
    browser = client("admin")
    token = token_in(browser.get("/people/import").get_data(as_text=True))

    heard = browser.post("/people/import", data={"csrf_token": token, "file": (io.BytesIO(b"%PDF-1.7\0"), "ds.pdf")})

    assert heard.status_code == 200
    assert 'role="alert"' in heard.get_data(as_text=True)


def test_a_new_password_is_shown_once_and_opens_the_door(client: Client, council: Council) -> None:
    browser = client("admin")
    token = token_in(browser.get("/people").get_data(as_text=True))

    text = browser.post(f"/people/{council.person('hoa')}/password", data={"csrf_token": token}).get_data(as_text=True)

    found = re.search(r">([a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4})<", text)
    assert found
    assert identity.by_password("hoa", found.group(1), "") is not None


def test_a_new_token_is_shown_once(client: Client) -> None:
    browser = client("hoa")
    token = token_in(browser.get("/profile").get_data(as_text=True))

    text = browser.post("/profile/tokens", data={"csrf_token": token, "name": "Lịch"}).get_data(as_text=True)

    found = re.search(r"<code[^>]*>([^<]+)</code>", text)
    assert found
    made = identity.by_token(found.group(1))
    assert made is not None
    assert made.username == "hoa"


def test_the_first_administrator_comes_in_by_the_address_once(client: Client, council: Council) -> None:
    council.update(Account, council.one(select(Account.id).where(Account.username == "admin")), is_admin=False)
    token, sha256 = identity.new_token()
    perform(SYSTEM, "organization.offer_first_administrator", {"sha256": sha256})
    browser = client("")
    form = {
        "csrf_token": token_in(browser.get(f"/first/{token}").get_data(as_text=True)),
        "full_name": "Lý Thái",
        "username": "thai",
        "password": "con trâu xanh gặm cỏ",
    }

    weak = browser.post(f"/first/{token}", data={**form, "password": "ngắn"})
    done = browser.post(f"/first/{token}", data=form)

    assert weak.status_code == 200
    assert 'role="alert"' in weak.get_data(as_text=True)
    assert (done.status_code, done.headers["Location"]) == (302, "/people")
    assert browser.get("/people").status_code == 200
    assert client("").get(f"/first/{token}").status_code == 409


def test_another_address_is_refused(client: Client) -> None:
    assert client("").get("/first/whatever").status_code == 409


def test_programs_read_who_they_are_and_the_lists(api: Callable[[str], Any], council: Council) -> None:
    status, me = api("lan").get("/me")

    assert (status, me["username"]) == (200, "lan")
    assert {"body": "HĐND", "role": "chair"} in me["roles"]
    assert [body["body"] for body in api("dung").get("/bodies")[1]["data"]] == ["HĐND", "UBND"]
    assert api("admin").get("/people?q=hoa")[1]["data"][0]["username"] == "hoa"
    assert api("hoa").get("/people")[0] == 403
    assert api("hoa").get("/sign-ins")[0] == 403
    assert len(api("hoa").get("/units")[1]["data"]) == 3


@pytest.mark.parametrize("path", ["/rules", "/desk/tablets"])
def test_a_system_without_a_body_says_what_comes_first(client: Client, council: Council, path: str) -> None:
    for body in council.all(select(Body.id)):
        council.update(Body, body, retired_on=date(2026, 1, 1))

    answer = client("admin").get(path)

    assert answer.status_code == 200
    assert "Chưa có cơ quan nào" in answer.get_data(as_text=True)
    assert 'href="/bodies"' in answer.get_data(as_text=True)
    assert client("hoa").get(path).status_code in {403, 404}, "others are told as ever"
