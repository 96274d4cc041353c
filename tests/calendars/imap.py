"""A small real IMAP server: one mailbox in memory, the few commands a reader of mail needs (RFC 3501)."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Mailbox:
    """The mails of one account, and which of them were seen."""

    mails: list[bytes] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    user: str = "lich"
    password: str = "bi mat"
    port: int = 0
    logins: int = 0

    @property
    def url(self) -> str:
        """The address with the password quoted."""
        return f"imap://lich:bi%20mat@127.0.0.1:{self.port}/INBOX"

    def unseen(self) -> list[int]:
        return [number for number in range(1, len(self.mails) + 1) if number not in self.seen]


class Talk(socketserver.StreamRequestHandler):
    """One connection."""

    server: "Server"

    def handle(self) -> None:
        self._say("* OK ready")
        for line in self.rfile:
            tag, _, rest = line.decode("utf-8", "replace").strip().partition(" ")
            verb, _, arguments = rest.partition(" ")
            if not self._answer(tag, verb.upper(), arguments):
                return

    def _say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def _answer(self, tag: str, verb: str, arguments: str) -> bool:
        box = self.server.mailbox
        if verb == "CAPABILITY":
            self._say("* CAPABILITY IMAP4rev1")
        elif verb == "LOGIN":
            if box.password not in arguments:
                self._say(f"{tag} NO wrong password")
                return True
            box.logins += 1
        elif verb == "SELECT":
            self._say(f"* {len(box.mails)} EXISTS")
        elif verb == "UID":
            self._uid(arguments)
        elif verb == "LOGOUT":
            self._say("* BYE")
        self._say(f"{tag} OK done")
        return verb != "LOGOUT"

    def _uid(self, arguments: str) -> None:
        box = self.server.mailbox
        verb, _, rest = arguments.partition(" ")
        if verb == "SEARCH":
            self._say("* SEARCH " + " ".join(str(each) for each in box.unseen()))
            return
        number = int(rest.split()[0])
        if verb == "FETCH":
            raw = box.mails[number - 1]
            self.wfile.write(f"* {number} FETCH (UID {number} BODY[]<0> {{{len(raw)}}}\r\n".encode() + raw + b")\r\n")
        elif verb == "STORE" and r"\Seen" in rest:
            box.seen.add(number)


class Server(socketserver.ThreadingTCPServer):
    """The server on a free port."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, mailbox: Mailbox) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.mailbox = mailbox
        mailbox.port = self.server_address[1]


@contextmanager
def mail_server(mailbox: Mailbox) -> Iterator[Mailbox]:
    """Serves a mailbox for the time of a test."""
    with Server(mailbox) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield mailbox
        server.shutdown()
        thread.join(5)
