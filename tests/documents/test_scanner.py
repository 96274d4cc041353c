"""The virus scanner, spoken to in clamd's own protocol over real sockets."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from meeting import config
from meeting.documents import scanner
from meeting.documents.models import File
from meeting.errors import Refused
from meeting.journal import Entry
from meeting.notify.models import Notification
from tests.documents.conftest import stored_bytes
from tests.documents.papers import paper

MARK = b"X5O!P%@AP[4-THIS-IS-NO-VIRUS-BUT-A-TEST"


class Clamd:
    """A scanner that knows one virus: it speaks PING and INSTREAM as clamd does."""

    def __init__(self, listening: socket.socket, most_bytes: int = 10_000_000) -> None:
        self.listening, self.most_bytes = listening, most_bytes
        self.heard: list[bytes] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self.listening.accept()
            except OSError:
                return
            with line:
                self._answer(line)

    def _answer(self, line: socket.socket) -> None:
        command = b""
        while not command.endswith(b"\0"):
            command += line.recv(1)
        if command == b"zPING\0":
            line.sendall(b"PONG\0")
            return
        assert command == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack("!I", self._exactly(line, 4))[0]:
            content += self._exactly(line, size)
            if len(content) > self.most_bytes:
                line.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                line.shutdown(socket.SHUT_WR)
                while line.recv(4096):
                    pass
                return
        self.heard.append(content)
        line.sendall(b"stream: Test-Signature FOUND\0" if MARK in content else b"stream: OK\0")

    @staticmethod
    def _exactly(line: socket.socket, size: int) -> bytes:
        content = b""
        while len(content) < size:
            content += line.recv(size - len(content))
        return content


@pytest.fixture(params=["unix", "tcp"])
def clamd(request: pytest.FixtureRequest, store: Path) -> Iterator[Clamd]:
    """A scanner that listens, and the setting that points to it."""
    if request.param == "unix":
        listening = socket.socket(socket.AF_UNIX)
        listening.bind(str(store / "clamd"))
        address = f"unix:{store / 'clamd'}"
    else:
        listening = socket.socket()
        listening.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{listening.getsockname()[1]}"
    listening.listen()
    config.use(replace(config.settings(), virus_scanner=address))
    yield Clamd(listening)
    listening.close()


Send = Callable[..., tuple[int, Any]]


def test_without_a_setting_nothing_is_scanned(store, send):
    assert not scanner.is_on()
    assert send("dung", paper(1))[0] == 200


def test_a_clean_file_comes_in_after_the_scanner_saw_all_of_it(council, clamd, send):
    content = paper(2)

    status, _answer = send("dung", content)

    assert (status, clamd.heard, scanner.answers()) == (200, [content], True)


def test_a_virus_is_refused_by_name_and_erased_and_who_sent_it_is_kept(council, clamd, send, store):
    status, answer = send("dung", paper(1) + MARK, "Giấy mời.pdf")

    assert (status, answer["code"], answer["facts"]) == (409, "virus_found", {"virus": "Test-Signature"})
    assert "Test-Signature" in answer["message"]
    assert stored_bytes(store) == []
    file = council.one(select(File))
    assert (file.uploaded_by, file.state, file.refusal) == (council.person("dung"), "refused", "virus_found")
    refused = council.all(select(Entry.facts).where(Entry.event == "documents.file_refused"))
    assert [each["code"] for each in refused] == ["virus_found"]


def test_a_scanner_that_is_away_lets_nothing_in_and_the_administrator_is_told_once(council, send, store, caplog):
    config.use(replace(config.settings(), virus_scanner=f"unix:{store / 'nobody'}"))

    status, answer = send("dung", paper(1))

    assert (status, answer["code"]) == (409, "scanner_away")
    assert stored_bytes(store) == []
    assert council.all(select(File)) == []
    assert "the virus scanner does not answer" in caplog.text
    assert send("dung", paper(1))[0] == 409
    assert [entry.event for entry in council.all(select(Entry))] == ["documents.scanner_away"]
    assert [(told.person_id, told.kind) for told in council.all(select(Notification))] == [
        (council.person("admin"), "scanner_away")
    ]
    assert not scanner.answers()


def test_a_file_larger_than_the_scanner_takes_is_refused(council, clamd, send, store):
    clamd.most_bytes = 100

    status, answer = send("dung", paper(1))

    assert (status, answer["code"]) == (409, "scanner_too_large")
    assert stored_bytes(store) == []


@pytest.mark.parametrize("answer", ["", "stream: ", "UNKNOWN COMMAND", "stream: Can't open file ERROR"])
def test_what_the_scanner_says_unclearly_is_no_permission(answer):
    with pytest.raises(Refused) as refused:
        scanner.meaning(answer)

    assert refused.value.code == "scanner_away"
