"""The pages of connected systems: a key, a secret and an address are shown once; the log of calls, with filters and a file."""

import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select

from meeting.exchange.models import ApiCall, BodyFeed, Client, ClientKey, Webhook
from meeting.exchange.rules import key_digest
from meeting.exchange.screens import bars
from tests.exchange.conftest import NOW, Office

Browser = Callable[[str], FlaskClient]


def send(browser: FlaskClient, path: str, form: str, **said: Any) -> Any:
    found = re.search(r'name="csrf_token" value="([^"]+)"', browser.get(form).text)
    assert found
    return browser.post(path, data={"csrf_token": found[1], **said})


def test_a_new_system_gets_a_key_that_is_shown_once(office: Office, client: Browser) -> None:
    browser = client("admin")
    said = {"name": "Cổng thông tin", "contact": "Văn phòng", "valid_until": "31/12/2026", "per_minute": "60", "addresses": ""}

    made = send(browser, "/clients", "/clients/new", **said)

    key = re.search(r"hkg_[\w-]{43}", made.text)
    assert key
    row = office.council.one(select(Client).where(Client.name == "Cổng thông tin"))
    assert (row.valid_until.isoformat(), row.per_minute) == ("2026-12-31", 60)
    assert key_digest(key[0]) in office.council.all(select(ClientKey.sha256))
    page = browser.get(f"/clients/{row.id}").text
    assert key[0] not in page
    assert key[0][-4:] in page
    again = send(browser, "/clients", "/clients/new", **said)
    assert again.status_code == 409
    assert "Đã có hệ thống kết nối mang tên này." in again.text


def test_a_renewed_key_a_secret_and_a_calendar_are_shown_once(office: Office, client: Browser) -> None:
    browser, form = client("admin"), f"/clients/{office.client_id}"
    key = re.search(r"hkg_[\w-]{43}", send(browser, f"{form}/keys", form, overlap_days="0").text)
    assert key
    office.key = key[0]
    assert office.get("/").status_code == 200
    hook = {"url": "https://eoffice.example.vn/hook", "events": ["task.done", "notice.issued"]}
    secret = re.search(r'id="once">([\w-]{43})<', send(browser, f"{form}/webhooks", form, **hook).text)
    assert secret
    assert office.council.one(select(Webhook.events)) == ["notice.issued", "task.done"]
    refused = send(browser, f"{form}/webhooks", form, url="http://10.0.0.1/", events=["task.done"])
    assert refused.status_code == 409
    assert "https://" in refused.text
    renewed = send(browser, f"{form}/webhooks/1/secret", form)
    assert secret[1] not in renewed.text
    for address in ("keys", "webhooks", "webhooks/1/secret"):  # loaded anew: on to the page of the system
        again = browser.get(f"{form}/{address}")
        assert (again.status_code, again.headers["Location"]) == (302, form)
        assert client("hoa").get(f"{form}/{address}").status_code == 403
    assert browser.get("/clients/99/webhooks").status_code == 404
    feed = {"name": "Cổng", "body_id": str(office.council.body("HĐND")), "kind": "public"}
    address = re.search(r"/calendar/body/[\w-]{43}\.ics", send(browser, "/clients/feeds", "/clients", **feed).text)
    assert address
    assert browser.get(address[0]).status_code == 200
    assert send(browser, f"/clients/feeds/{office.council.one(select(BodyFeed.id))}", "/clients").status_code == 200
    assert browser.get(address[0]).status_code == 404


def test_calls_are_found_by_day_outcome_path_and_address(office: Office, client: Browser) -> None:
    of = {"client_id": office.client_id, "ms": 4}
    office.council.write(
        ApiCall(at=NOW, address="203.0.113.7", path="/api/v1/exchange/tasks", status=200, **of),
        ApiCall(at=NOW - timedelta(days=2), address="198.51.100.1", path="/api/v1/exchange/notices", status=403, **of),
    )
    browser, path = client("admin"), f"/clients/{office.client_id}/calls"

    def shown(query: str) -> tuple[bool, bool]:
        page = browser.get(f"{path}?{query}").text
        return "exchange/tasks" in page, "exchange/notices" in page

    assert shown("") == (True, True)
    assert (
        shown("outcome=refused") == shown("until=2026-11-23") == shown("read=notices") == shown("address=198.") == (False, True)
    )
    file = browser.get(f"{path}/export.xlsx?outcome=good")
    rows = list(load_workbook(io.BytesIO(file.data)).active.iter_rows(values_only=True))
    assert [row[2] for row in rows if row[2]][-1] == "/api/v1/exchange/tasks"
    assert "2 lượt gọi trong 14 ngày" in browser.get(f"/clients/{office.client_id}").text


@pytest.mark.parametrize("username", ["minh", "hoa", "lan"])
def test_the_pages_are_the_administrators(office: Office, client: Browser, username: str) -> None:
    one = f"/clients/{office.client_id}"
    for path in ("/clients", "/clients/new", one, f"{one}/calls", f"{one}/calls/export.csv"):
        assert client(username).get(path).status_code == 403
    assert client("admin").get("/clients/99").status_code == 404


def test_an_empty_list_says_what_it_is_for(client: Browser) -> None:
    page = client("admin").get("/clients").text
    assert "Chưa có hệ thống nào kết nối" in page


def test_a_chart_of_nothing_has_no_height() -> None:
    day = NOW.date()
    assert bars([(day, 0, 0)])["bars"][0]["h"] == 0
    assert [bar["h"] for bar in bars([(day, 5, 1), (day, 10, 0)])["bars"]] == [30.0, 60.0]
