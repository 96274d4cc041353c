"""What `make audit` makes of the two programs it asks: a weakness fails, and data out of reach are told as what they are."""

import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tools.audit import Heard, ask_npm, of_npm, of_pip, told

WEAK = {"name": "flask", "version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1", "2.0"], "aliases": []}]}
SOUND = {"name": "click", "version": "8.0", "vulns": []}
UNKNOWN = {"name": "viparse", "skip_reason": "Dependency not found on PyPI and could not be audited: viparse (1.0)"}
DEEP = {"severity": "high", "via": ["preact", {"title": "x", "url": "y"}]}
SKIPPED = "SKIPPED, its data could not be reached. Nothing was checked."
ADVISORY = {"id": 1, "url": "https://example.org/1", "title": "x", "severity": "high", "vulnerable_versions": "<99", "cwe": []}


def listed(*dependencies: dict[str, Any]) -> str:
    return json.dumps({"dependencies": dependencies, "fixes": []})


@pytest.mark.parametrize(
    ("said", "beside", "line", "failed"),
    [
        (listed(SOUND), "No known vulnerabilities found", "no known weakness.", False),
        (listed(SOUND, WEAK), "Found 1 known", "FAILED, known weaknesses:\n  flask 1.0: PYSEC-1, mended in 1.1, 2.0", True),
        (listed(SOUND, UNKNOWN), "", "no known weakness.\n  Not checked, for its data does not hold them: viparse", False),
        (listed(UNKNOWN, UNKNOWN), "", SKIPPED, False),
        ("", "Traceback\n  x\nrequests.exceptions.ConnectionError: HTTPSConnectionPool(...)", SKIPPED, False),
        ("", "ERROR:x:Could not connect to PyPI's vulnerability feed\nERROR:x:Tip: your network may be blocking", SKIPPED, False),
        ("", "Traceback\n  x\npip_audit._service.interface.ServiceError", SKIPPED, False),
        ("", "ERROR: No matching distribution found for pip-audit", SKIPPED, False),
        ("", "ERROR:x:invalid requirements input: requirements.txt", "FAILED, it could not run: ERROR:x:invalid", True),
        ("[]", "", "FAILED, it could not run: it said nothing", True),
    ],
)
def test_what_pip_audit_says_is_read(said: str, beside: str, line: str, failed: bool) -> None:
    heard = of_pip(said, beside)

    assert told("pip-audit", heard).startswith(f"pip-audit: {line}")
    assert heard.failed == failed


@pytest.mark.parametrize(
    ("said", "beside", "line", "failed"),
    [
        ({"auditReportVersion": 2, "vulnerabilities": {}}, "", "no known weakness.", False),
        ({"vulnerabilities": {"htm": DEEP}}, "", "FAILED, known weaknesses:\n  htm: high, through preact; x y", True),
        ({"message": "405 Method Not Allowed", "statusCode": 405, "error": {"summary": ""}}, "", SKIPPED, False),
        ({"message": "request to http://x failed, reason: getaddrinfo ENOTFOUND"}, "", SKIPPED, False),
        ({"error": {"code": "ENOLOCK", "summary": "This command requires an existing lockfile."}}, "", "FAILED, it could", True),
        ({}, "npm error broken", "FAILED, it could not run: npm error broken", True),
    ],
)
def test_what_npm_audit_says_is_read(said: dict[str, Any], beside: str, line: str, failed: bool) -> None:
    heard = of_npm(json.dumps(said), beside)

    assert told("npm audit", heard).startswith(f"npm audit: {line}")
    assert heard.failed == failed


class Registry(BaseHTTPRequestHandler):
    """Answers what npm audit asks: which of these packages have a weakness."""

    weak: tuple[str, ...] = ()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        found = json.dumps({name: [{**ADVISORY, "name": name}] for name in self.weak}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(found)))
        self.end_headers()
        self.wfile.write(found)

    def do_GET(self) -> None:
        self.send_error(404)

    def log_message(self, *_said: Any) -> None:
        pass


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[ThreadingHTTPServer]:
    monkeypatch.setattr(Registry, "weak", ())
    server = ThreadingHTTPServer(("127.0.0.1", 0), Registry)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def asked(port: int) -> Heard:
    return ask_npm("--registry", f"http://127.0.0.1:{port}", "--fetch-retries", "0", "--no-update-notifier")


def test_the_real_npm_is_understood_with_and_without_a_weakness(registry: ThreadingHTTPServer, monkeypatch: Any) -> None:
    assert asked(registry.server_port) == Heard()

    monkeypatch.setattr(Registry, "weak", ("htm",))

    assert asked(registry.server_port) == Heard(["htm: high, x https://example.org/1"])


def test_the_real_npm_is_understood_where_nobody_answers() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and not listening

        assert asked(taken.getsockname()[1]) == Heard(reached=False)
