"""Every answer, of whatever kind, carries the headers that keep a browser from being used against its owner."""

import io
from dataclasses import replace

import pytest
from limits import parse

from meeting import config
from meeting.web import security
from tests.documents.papers import paper

JSON = {"Authorization": "Bearer token-hoa", "Content-Type": "application/json"}

#: Who asks for what, and with which status it is answered.
ANSWERS = [
    ("", "get", "/sign-in", 200),
    ("", "get", "/", 302),
    ("", "get", "/static/no-such-file.css", 404),
    ("", "get", "/healthz", 200),
    ("", "get", "/metrics", 200),
    ("", "get", "/cong-khai", 200),
    ("", "get", "/cong-khai/nothing-here", 404),
    ("", "get", "/oparl/v1.1/system", 200),
    ("", "get", "/oparl/v1.1/meeting/99999", 404),
    ("", "get", "/akn/meeting/99999.xml", 404),
    ("", "get", "/xac-thuc/ABCD-EFGH", 404),
    ("", "get", "/feed/nobody-knows.ics", 404),
    ("", "get", "/api/v1/me", 401),
    ("", "get", "/api/v1/exchange/tasks", 401),
    ("", "get", "/manifest.webmanifest", 200),
    ("", "get", "/service-worker.js", 200),
    ("hoa", "get", "/", 200),
    ("hoa", "get", "/profile", 200),
    ("hoa", "get", "/api/docs", 200),
    ("hoa", "get", "/api/v1/me", 200),
    ("hoa", "get", "/api/v1/meetings?cursor=x", 422),
    ("hoa", "get", "/no/such/page", 404),
    ("hoa", "get", "/people", 403),
    ("hoa", "put", "/meetings", 400),  # without the token of a form nothing further is looked at
    ("hoa", "post", "/api/v1/acts/live.open", 400),
    ("admin", "get", "/people/export.xlsx", 200),
    ("admin", "get", "/health", 200),
]
#: What a browser may keep, for everybody may read it.
KEPT_BY_ALL = ("/static/", "/cong-khai", "/oparl/", "/akn/", "/xac-thuc", "/manifest", "/service-worker", "/offline")


def faults(answer, private=True):
    """What is missing in the headers of an answer."""
    headers, missing = answer.headers, []
    policy = {part.split()[0]: part.split()[1:] for part in headers.get("Content-Security-Policy", "").split(";") if part.strip()}
    if not policy or "'unsafe-inline'" in str(policy) or "'unsafe-eval'" in str(policy) or "*" in str(policy.values()):
        missing.append(f"policy {policy}")
    if policy.get("object-src", policy.get("default-src")) != ["'none'"]:
        missing.append("objects")
    if policy.get("frame-ancestors") not in (["'self'"], ["'none'"]):
        missing.append("frame-ancestors")
    if headers.get("X-Content-Type-Options") != "nosniff":
        missing.append("nosniff")
    if headers.get("X-Frame-Options") not in ("SAMEORIGIN", "DENY"):
        missing.append("frame")
    if headers.get("Referrer-Policy") not in ("same-origin", "no-referrer"):
        missing.append("referrer")
    if private and not {"no-store", "private"} & set(headers.get("Cache-Control", "").replace(",", " ").split()):
        missing.append(f"cache {headers.get('Cache-Control')}")
    for cookie in headers.getlist("Set-Cookie"):
        missing += [
            f"{part}: {cookie}"
            for part in ("HttpOnly", "SameSite=Lax")
            if part not in cookie and "Expires=Thu, 01 Jan 1970" not in cookie
        ]
    return missing


@pytest.mark.parametrize(("who", "method", "path", "status"), ANSWERS)
def test_every_answer_is_guarded(client, who, method, path, status):
    answer = getattr(client(who), method)(path)

    assert answer.status_code == status
    assert faults(answer, private=not path.startswith(KEPT_BY_ALL)) == []


def test_a_method_that_is_none_is_refused_in_words(client, council):
    answer = client("").delete("/api/v1/me", headers=JSON)

    assert (answer.status_code, answer.get_json(force=True)["code"], faults(answer)) == (405, "not_found", [])


def test_a_real_static_file_and_a_paper_are_guarded(client, council, api):
    browser = client("dung")
    sent = client("").post(
        "/api/v1/files", data={"file": (io.BytesIO(paper(1)), "tờ trình.pdf")}, headers={"Authorization": "Bearer token-dung"}
    )
    found = browser.get(f"/documents/{sent.get_json()['file_id']}/original")

    assert (found.status_code, faults(found)) == (200, [])
    assert found.headers["Content-Disposition"].startswith("attachment")
    assert faults(client("").get("/static/css/base.css"), private=False) == []


def test_cookies_travel_on_the_safe_line_only_where_there_is_one(app, client, council, monkeypatch):
    for key in ("SESSION_COOKIE_SECURE", "REMEMBER_COOKIE_SECURE"):
        monkeypatch.setitem(app.config, key, True)
    config.use(replace(config.settings(), secure_cookies=True, hsts_seconds=3600))

    answers = [
        client("").get("/sign-in", base_url="https://hop.example.gov.vn"),
        client("").post("/sign-in", base_url="https://hop.example.gov.vn", data={"username": "hoa", "password": "x"}),
    ]

    cookies = [cookie for answer in answers for cookie in answer.headers.getlist("Set-Cookie")]
    assert cookies
    assert [cookie for cookie in cookies if "Secure" not in cookie] == []
    assert [answer.headers["Strict-Transport-Security"] for answer in answers] == ["max-age=3600"] * 2
    assert [fault for answer in answers for fault in faults(answer)] == []


def test_the_language_is_kept_like_every_cookie(client, council):
    browser = client("")
    shown = browser.get("/sign-in").get_data(as_text=True)
    token = shown.split('name="csrf_token" value="')[1].split('"')[0]

    answer = browser.post("/language", data={"csrf_token": token, "code": "en"})

    assert any(cookie.startswith("language=en") for cookie in answer.headers.getlist("Set-Cookie"))
    assert faults(answer) == []


def test_a_body_over_the_limit_is_refused_in_words(app, client, council, monkeypatch):
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 1000)
    sent = {"file": (io.BytesIO(b"%PDF-1.7" + b"x" * 5000), "a.pdf")}

    answer = client("").post("/api/v1/files", data=sent, headers={"Authorization": "Bearer token-dung"})

    assert answer.status_code in (409, 413)
    assert answer.get_json(force=True)["message"].endswith(".")
    assert faults(answer) == []


def test_an_act_over_the_limit_is_refused_in_words(client, council):
    answer = client("").post("/api/v1/acts/discussion.post", data='{"text": "' + "x" * 2_200_000 + '"}', headers=JSON)

    assert (answer.status_code, answer.get_json(force=True)["code"]) == (422, "malformed")
    assert faults(answer) == []


@pytest.mark.parametrize(
    ("rate", "method", "path"),
    [("ACTS_PER_ACCOUNT", "post", "/api/v1/acts/live.open"), ("READS_PER_ACCOUNT", "get", "/api/v1/me")],
)
def test_too_many_requests_are_refused_in_words(client, council, monkeypatch, rate, method, path):
    few = parse("2 per minute")
    monkeypatch.setattr(security, rate, few)
    monkeypatch.setattr(security, "COUNTED_HERE", security.COUNTED_HERE | {few})
    browser = client("")

    answers = [getattr(browser, method)(path, headers=JSON, json={} if method == "post" else None) for _ in range(3)]

    assert [answer.status_code == 429 for answer in answers] == [False, False, True]
    assert answers[2].get_json(force=True)["code"] == "too_many"
    assert answers[2].get_json(force=True)["message"]
    assert faults(answers[2]) == []


@pytest.mark.parametrize("host", ["evil.example.org", 'x"><script>', "a b", "evil.example.org:99999", ""])
def test_a_wrong_host_leads_nobody_away(client, council, host):
    for path in ("/", "/sign-in", "/meetings"):
        answer = client("").get(path, headers={"Host": host})
        assert answer.status_code < 500
        assert faults(answer) == []
        assert host not in answer.headers.get("Location", "").replace("localhost", "") or not host
        assert b"<script>alert" not in answer.get_data()
        assert b'"><script>"' not in answer.get_data()
