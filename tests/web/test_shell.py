"""The application can be installed, and says so when the line is down."""

import json
import re
from collections.abc import Callable
from pathlib import Path

from flask.testing import FlaskClient

from meeting import config
from meeting.web import shell

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


IMPORT = re.compile(r"""(?:from|import)\s*\(?\s*["'](\.{1,2}/[^"']+\.js)["']""")
#: What opens without a line: the viewer, kept meetings, and what stands on every page.
WITHOUT_A_LINE = ("js/reading/viewer.js", "js/tablets/shelf.js", "js/tablets/offline.js", "js/web/shell.js")


def reached(script: Path, found: set[Path]) -> set[Path]:
    """A script and all that it imports."""
    if script not in found:
        found.add(script)
        for name in IMPORT.findall(script.read_text(encoding="utf-8")):
            reached((script.parent / name).resolve(), found)
    return found


def test_every_script_that_a_page_without_a_line_needs_is_kept(client: Browser) -> None:
    static = config.CHECKOUT / "static"
    needed: set[Path] = set()
    for name in WITHOUT_A_LINE:
        reached(static / name, needed)

    addresses = {f"/static/{path.relative_to(static).as_posix()}" for path in needed}

    assert len(addresses) > 40
    assert addresses - set(kept(client(""))) == set()


def test_every_sheet_and_script_of_the_pages_without_a_line_is_kept(client: Browser) -> None:
    browser, held = client("hoa"), set(kept(client("")))
    for path in ("/kept", "/documents/shell"):
        page = browser.get(path).text

        named = set(re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js))', page)) | set(
            re.findall(r'"(/static/[^"]+\.js)"', page)
        )

        assert len(named) > 10
        assert named - held == set()


def test_the_service_worker_changes_with_every_script_it_keeps(tmp_path: Path) -> None:
    (tmp_path / "one.js").write_text("1")
    before = shell.version([tmp_path / "one.js"])
    (tmp_path / "one.js").write_text("12")

    assert shell.version([tmp_path / "one.js"]) != before
