"""One HTTP request to a foreign address, guarded: nobody may lead this server into its own network by an address they type.

Only https, unless the name stands on the installation's own list. The name is looked up once and the connection goes to the
address found, so that it cannot mean another one a moment later. No redirect is followed; answer and time are limited.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit

from meeting.errors import Refused

CONNECT_SECONDS = 5.0
WHOLE_SECONDS = 10.0
MOST_ANSWER = 500  # bytes of the answer that are read
PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True)
class Answer:
    """What came back. Without a status: why nothing did."""

    status: int
    text: str


def check_url(url: str, allowed: Collection[str]) -> SplitResult:
    """The parts of an address that may be told. Refused: `webhook_address_bad`, `webhook_address_inside`."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise Refused("webhook_address_bad") from None
    inside = host in allowed
    ordinary = port is None or port == 443 or port >= 1024 or inside
    plain = any(ord(letter) <= 32 or ord(letter) == 127 for letter in url) or parts.username is not None or parts.fragment
    if not host or plain or not ordinary or parts.scheme not in (("https", "http") if inside else ("https",)):
        raise Refused("webhook_address_bad")
    if not inside and (host == "localhost" or (_is_address(host) and not _outside(host))):
        raise Refused("webhook_address_inside")
    return parts


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _outside(address: str) -> bool:
    """Whether an address is one of the open network; what is wrapped into IPv6 counts as what it wraps."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        wrapped = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if wrapped is not None:
            return wrapped.is_global and not wrapped.is_multicast
        if found in ipaddress.ip_network("64:ff9b::/96"):
            return _outside(str(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)))
    return found.is_global and not found.is_multicast


def resolved(host: str, port: int, allowed: Collection[str]) -> str:
    """The address that a name stands for now. Refused: `webhook_address_unknown`; `webhook_address_inside` when one of the
    addresses found lies in this network and the name is not on the list."""
    try:
        found = [str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise Refused("webhook_address_unknown") from None
    if host not in allowed and not all(_outside(each) for each in found):
        raise Refused("webhook_address_inside")
    return found[0]


def post(url: str, body: bytes, headers: Mapping[str, str], allowed: Collection[str]) -> Answer:
    """Sends once. Never raises for what the other side does: an answer without a status says why there was none."""
    try:
        parts = check_url(url, allowed)
        port = parts.port or PORTS[parts.scheme]
        address = resolved(parts.hostname or "", port, allowed)
    except Refused as refused:
        return Answer(0, refused.code)
    line = _Line(parts, port, address)
    ending = threading.Timer(WHOLE_SECONDS, line.cut)
    ending.daemon = True
    ending.start()
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        line.connection.request("POST", target, body, dict(headers))
        heard = line.connection.getresponse()
        text = heard.read(MOST_ANSWER).decode("utf-8", "replace")
        return Answer(heard.status, _printed(text))
    except (OSError, http.client.HTTPException, ValueError) as problem:
        return Answer(0, "timeout" if line.was_cut or isinstance(problem, TimeoutError) else type(problem).__name__)
    finally:
        ending.cancel()
        line.close()


def _printed(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


class _Line:
    """A connection to an address that is already known, with the name for the certificate and the Host header."""

    def __init__(self, parts: SplitResult, port: int, address: str) -> None:
        self.was_cut = False
        host = parts.hostname or ""
        kind: Any = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        more = {"context": ssl.create_default_context()} if parts.scheme == "https" else {}
        self.connection = kind(host, port, timeout=CONNECT_SECONDS, **more)
        self.connection._create_connection = lambda _asked, timeout, source: socket.create_connection(
            (address, port), timeout, source
        )

    def cut(self) -> None:
        """The whole took too long: whoever sends one letter a second holds nobody up."""
        self.was_cut = True
        held = self.connection.sock
        if held is not None:
            with suppress(OSError):
                held.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Ends the connection."""
        with suppress(OSError):
            self.connection.close()
