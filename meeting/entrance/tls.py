"""The safe line itself: TLS 1.2 and later in the web process, for eventlet and for gevent.

Each connection shakes hands in a green thread of its own and within a limit of time, so that a client that connects and says
nothing keeps nobody waiting. The certificate is read again when its file changes or SIGHUP comes; open lines stay as they are.
"""

import logging
import socket
import ssl
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

log = logging.getLogger("meeting.entrance.tls")

HANDSHAKE_SECONDS = 10.0
LOOKED_EVERY_SECONDS = 5.0
HANDSHAKE_RECORD = 0x16  # the first byte of every TLS connection
MOST_HEAD_BYTES = 8192
REDIRECT = (
    "HTTP/1.1 307 Temporary Redirect\r\nLocation: https://{host}{path}\r\n"
    "Content-Length: 0\r\nConnection: close\r\nCache-Control: no-store\r\n\r\n"
)


class Certificate:
    """The certificate in use; a renewed one takes its place for the connections that come after."""

    def __init__(self, chain: Path, key: Path) -> None:
        self._chain, self._key = chain, key
        self._seen = self._mark()
        self.context = self._read()

    def _read(self) -> ssl.SSLContext:
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        made.minimum_version = ssl.TLSVersion.TLSv1_2
        made.set_ciphers("ECDHE+AESGCM:ECDHE+CHACHA20")
        made.set_alpn_protocols(["http/1.1"])
        made.options |= ssl.OP_NO_COMPRESSION | ssl.OP_NO_RENEGOTIATION | ssl.OP_CIPHER_SERVER_PREFERENCE
        made.load_cert_chain(self._chain, self._key)
        return made

    def _mark(self) -> tuple[int, ...]:
        return tuple(path.stat().st_mtime_ns for path in (self._chain, self._key))

    def renew(self) -> bool:
        """Takes the files as they are now; files that do not fit are told in the log, and the old certificate goes on."""
        try:
            self._seen = self._mark()
            self.context = self._read()
        except (OSError, ssl.SSLError) as error:
            log.warning("the new certificate cannot be used; the old one goes on", extra={"why": str(error)})
            return False
        log.info("the certificate was read again")
        return True

    def watch(self, pause: Callable[[float], None] = time.sleep) -> None:
        """Looks after the files for as long as the process lives."""
        while True:
            pause(LOOKED_EVERY_SECONDS)
            try:
                changed = self._mark() != self._seen
            except OSError:
                continue  # being replaced at this moment
            if changed:
                self.renew()


def shake_hands(line: Any, certificate: Certificate) -> Any:
    """The safe line over a fresh connection; None where there is none: silence, plain http (which is sent to https), nonsense."""
    line.settimeout(HANDSHAKE_SECONDS)
    try:
        first = line.recv(1, socket.MSG_PEEK)
        if not first:
            return None
        if first[0] != HANDSHAKE_RECORD:
            _redirect(line)
            return None
        safe = certificate.context.wrap_socket(line, server_side=True, do_handshake_on_connect=False)
        safe.settimeout(HANDSHAKE_SECONDS)
        safe.do_handshake()
    except (OSError, ValueError) as error:  # ssl.SSLError and time-outs are among them
        log.debug("no handshake", extra={"why": str(error)})
        return None
    safe.settimeout(None)
    return safe


def _redirect(line: Any) -> None:
    """Somebody speaks plain http to the safe port: told once where the safe address is, if they said which host they mean."""
    head = b""
    while b"\r\n\r\n" not in head and len(head) < MOST_HEAD_BYTES:
        more = line.recv(2048)
        if not more:
            return
        head += more
    answer = redirect(head.split(b"\r\n\r\n")[0].decode("latin-1"), line.getsockname()[1])
    if answer:
        line.sendall(answer)


def redirect(head: str, port: int) -> bytes:
    """The answer to a plain request: the same address with https; nothing when the request names no host."""
    lines = head.split("\r\n")
    words = lines[0].split(" ")
    hosts = [each.partition(":")[2].strip() for each in lines[1:] if each.lower().startswith("host:")]
    if len(words) != 3 or not words[2].startswith("HTTP/") or not words[1].startswith("/") or len(hosts) != 1:
        return b""
    host = safe_host(hosts[0], port)
    return REDIRECT.format(host=host, path=words[1]).encode("latin-1") if host else b""


def safe_host(said: str, port: int) -> str:
    """A `Host` header with the safe port; empty when it is none."""
    name, colon, number = said.rpartition(":")
    bare = name if colon and number.isdigit() else said
    allowed = all(letter.isascii() and (letter.isalnum() or letter in "-._[]:") for letter in bare)
    return (bare if port == 443 else f"{bare}:{port}") if bare and allowed else ""


def green_protocol(base: Any, certificate: Certificate) -> Any:
    """eventlet: its protocol of one connection, behind a handshake."""

    class Safe(base):  # type: ignore[misc]
        def __init__(self, conn_state: list[Any], server: Any) -> None:
            safe = shake_hands(conn_state[1], certificate)
            if safe is None:
                return
            conn_state[1] = safe
            super().__init__(conn_state, server)

        def finish(self) -> None:
            try:
                super().finish()
            except ssl.SSLError:  # a device that went away without a word, as tablets do: nothing to report
                self.connection.close()

    return Safe


def green_server(base: Any, certificate: Certificate) -> Any:
    """gevent: its server, whose connections begin with a handshake."""

    class Safe(base):  # type: ignore[misc]
        def __init__(self, *words: Any, **options: Any) -> None:
            super().__init__(*words, **options)
            self.handler_class: Any = _quiet(self.handler_class)

        def wrap_socket_and_handle(self, client_socket: Any, address: Any) -> Any:
            safe = shake_hands(client_socket, certificate)
            if safe is None:
                client_socket.close()
                return None
            try:
                return self.handle(safe, address)
            finally:
                safe.close()

    return Safe


def _quiet(handler: Any) -> Any:
    """gevent's handler of one connection, to which a device that went away without a word is nothing to report."""
    gone = (ssl.SSL_ERROR_EOF, ssl.SSL_ERROR_ZERO_RETURN)
    return type(handler.__name__, (handler,), {"ignored_socket_errors": handler.ignored_socket_errors + gone})
