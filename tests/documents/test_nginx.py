"""A real nginx by the example of deploy/nginx.conf before a real server: it sends the bytes, the server decides who gets them."""

import pytest
import requests

from bench import front
from meeting import config
from meeting.documents import store as files
from tests.documents.conftest import file_of
from tests.documents.papers import paper
from tests.serving import Server
from tests.waiting import PATIENCE, until

pytestmark = pytest.mark.skipif(front.nginx() is None, reason="nginx is not installed")


@pytest.fixture
def site(store, council, sent, tmp_path):
    """A paper of Dũng's behind nginx: (address, file, SHA-256)."""
    file_id = sent("dung", paper(1))
    digest = file_of(council, file_id).sha256
    server = Server(config.settings().data, environment={"MEETING_BEHIND_NGINX": "1"})
    try:
        server.start("--empty")
        with front.Front(tmp_path / "nginx", server.port, config.settings().storage) as before:
            yield f"http://127.0.0.1:{before.port}", file_id, digest
    finally:
        if server.process is not None:
            server.kill()
            server.process.wait()


def as_(username):
    """The headers of somebody's program."""
    return {"Authorization": f"Bearer token-{username}"}


def test_nginx_sends_what_the_server_allows_and_nothing_else(site):
    address, file_id, digest = site
    page = f"{address}/documents/{file_id}/pages/1?w=1200&v={digest[:12]}"
    path = files.image_path(digest, 1, 1200)
    inner = f"{address}/_store/{path.relative_to(config.settings().storage).as_posix()}"

    first, again = (requests.get(page, headers=as_("dung"), timeout=PATIENCE) for _ in range(2))
    kept = requests.get(page, headers={**as_("dung"), "If-None-Match": first.headers["ETag"]}, timeout=PATIENCE)
    stranger = requests.get(page, headers=as_("hoa"), timeout=PATIENCE)
    nobody = requests.get(page, allow_redirects=False, timeout=PATIENCE)
    direct = requests.get(inner, headers=as_("dung"), timeout=PATIENCE)
    asked_for = requests.get(page, headers={**as_("hoa"), "X-Accel-Redirect": "/_store/session.key"}, timeout=PATIENCE)
    ways = ("/_store/session.key", "/static/../_store/meeting.db")
    secret = [requests.get(f"{address}{way}", headers=as_("dung"), timeout=PATIENCE) for way in ways]

    assert (first.status_code, again.status_code, kept.status_code) == (200, 200, 304)
    assert first.content == again.content == path.read_bytes()
    assert (first.headers["Content-Type"], first.headers["Cache-Control"]) == ("image/png", "private, max-age=86400, immutable")
    assert "X-Accel-Redirect" not in first.headers
    assert (stranger.status_code, nobody.status_code, direct.status_code, asked_for.status_code) == (404, 302, 404, 404)
    assert [each.status_code for each in secret] == [404, 404]


def test_nginx_sends_originals_and_static_files_and_lets_the_rest_through(site):
    address, file_id, digest = site

    original = requests.get(f"{address}/documents/{file_id}/original", headers=as_("dung"), timeout=PATIENCE)
    foreign = requests.get(f"{address}/documents/{file_id}/original", headers=as_("hoa"), timeout=PATIENCE)
    script = requests.get(f"{address}/static/js/web/forms.js?v=1", timeout=PATIENCE)
    health = requests.get(f"{address}/healthz", timeout=PATIENCE)
    socket = requests.get(f"{address}/socket.io/?EIO=4&transport=polling", timeout=PATIENCE)

    assert (original.status_code, original.content) == (200, files.file_path(digest).read_bytes())
    assert original.headers["Content-Disposition"].startswith("attachment")
    assert foreign.status_code == 404
    assert (script.status_code, script.headers["Cache-Control"]) == (200, "public, max-age=31536000, immutable")
    assert script.headers["Content-Type"].startswith("text/javascript")
    assert (health.json()["ok"], socket.status_code) == (True, 200)


def test_what_is_looked_for_stands_in_no_log(site, tmp_path):
    address, _, _ = site

    assert requests.get(f"{address}/api/v1/search?q=viec-rieng", headers=as_("dung"), timeout=PATIENCE).status_code == 200

    logged = tmp_path / "nginx" / "access.log"
    until(lambda: "/api/v1/search" in logged.read_text(), "the request was not logged")
    assert "viec-rieng" not in logged.read_text() + (config.settings().data / "server.log").read_text()
