"""The application can be installed, and says so when the line is down."""

import json
import re
from collections.abc import Callable

from flask.testing import FlaskClient

Browser = Callable[[str], FlaskClient]


def kept(browser: FlaskClient) -> list[str]:
    """What the service worker keeps."""
    script = browser.get("/service-worker.js").text
    found = re.search(r"^const SHELL = (.*);$", script, re.MULTILINE)
    assert found
    return list(json.loads(found[1]))


def status(browser: FlaskClient, path: str) -> int:
    """Fetch and let go."""
    with browser.get(path) as answer:
        return answer.status_code


def test_everything_the_service_worker_keeps_is_there_for_everybody(client: Browser) -> None:
    browser = client("")

    assert [path for path in kept(browser) if status(browser, path) != 200] == []


def test_the_service_worker_keeps_only_the_shell(client: Browser) -> None:
    paths = kept(client(""))

    assert paths[0] == "/offline"
    assert all(path.startswith("/static/") for path in paths[1:])
    assert {"/static/css/tokens.css", "/static/js/web/shell.js"} <= set(paths)


def test_the_service_worker_is_never_served_stale(client: Browser) -> None:
    assert client("").get("/service-worker.js").headers["Cache-Control"] == "no-cache"


def test_the_manifest_names_the_application_in_vietnamese(client: Browser) -> None:
    answer = client("").get("/manifest.webmanifest")

    manifest = json.loads(answer.text)
    assert answer.mimetype == "application/manifest+json"
    assert (manifest["name"], manifest["start_url"], manifest["display"]) == ("Họp không giấy", "/", "standalone")


def test_the_offline_page_carries_nobody_s_name(client: Browser) -> None:
    page = client("").get("/offline").text

    assert 'data-account=""' in page
    assert "Mất kết nối với máy chủ" in page


def test_inline_script_is_forbidden_but_for_the_import_map(client: Browser) -> None:
    answer = client("").get("/sign-in")

    policy = answer.headers["Content-Security-Policy"]
    nonce = re.search(r"'nonce-([^']+)'", policy)
    assert nonce
    assert "'unsafe-inline'" not in policy
    assert re.findall(r'<script type="importmap" nonce="([^"]+)">', answer.text) == [nonce[1]]


def test_the_sprite_is_kept_for_good_under_an_address_of_its_own(client: Browser) -> None:
    browser = client("")
    found = re.search(r'data-icons="([^"]+)"', browser.get("/sign-in").text)
    assert found

    with browser.get(found[1]) as sprite, browser.get("/static/js/web/shell.js") as script:
        assert "immutable" in sprite.headers["Cache-Control"]
        assert script.headers["Cache-Control"] == "public, max-age=60"
