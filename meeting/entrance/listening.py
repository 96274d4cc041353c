"""Where the web process listens: IPv4 and IPv6, names with several addresses, and the plain port that leads to the safe one."""

import socket
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote

from meeting.entrance import tls

ANY = ("::", "0.0.0.0", "")  # noqa: S104 - every address of this machine, of both kinds
OPEN_WITHOUT = ("/safe-line", "/static/", "/healthz")  # what a device needs before it trusts the safe line
SAFE = "!$&'()*+,;=:@/?%-._~"  # of a query as it came

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def addresses(host: str, port: int) -> list[tuple[socket.AddressFamily, str]]:
    """Every address that a host means: several may be given with commas, and a name may have one of each kind."""
    found: dict[tuple[socket.AddressFamily, str], None] = {}
    for each in host.split(","):
        wanted = each.strip().strip("[]")
        if wanted == "::":
            found[(socket.AF_INET6, "::")] = None
            continue
        for family, _kind, _protocol, _name, place in socket.getaddrinfo(
            wanted or "::", port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        ):
            if family in (socket.AF_INET, socket.AF_INET6):
                found[(family, str(place[0]))] = None
    if (socket.AF_INET6, "::") in found:  # hears IPv4 too
        return [(socket.AF_INET6, "::")]
    return list(found)


def listeners(host: str, port: int, backlog: int) -> list[socket.socket]:
    """A listening socket for each address; `::` hears both kinds where the machine has both. Raises OSError."""
    made: list[socket.socket] = []
    try:
        for family, place in addresses(host, port):
            both = family == socket.AF_INET6 and place == "::" and socket.has_dualstack_ipv6()
            made.append(_door(place, port, family=family, backlog=backlog, dualstack_ipv6=both))
    except OSError as error:
        unknown = error.errno in (97, 99)  # no IPv6 here at all: a machine without it serves IPv4 alone
        for each in made:
            each.close()
        if unknown and host.strip("[]") == "::":
            return [_door("0.0.0.0", port, backlog=backlog)]  # noqa: S104 - as asked
        raise
    return made


def _door(place: str, port: int, **more: Any) -> socket.socket:
    """A listener whose lines, which take this from it, send each piece at once.

    eventlet hands a long answer to the system in two pieces. By itself the system keeps the second until the other side has
    acknowledged the first, some 40 ms: more than the whole answer takes otherwise.
    """
    made = socket.create_server((place, port), **more)
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return made


def shown(host: str, port: int, *, safe: bool) -> str:
    """The address of this server as people type it."""
    name = host.partition(",")[0].strip().strip("[]")
    name = "127.0.0.1" if name in ANY else f"[{name}]" if ":" in name else name
    default = 443 if safe else 80
    return f"http{'s' if safe else ''}://{name}{'' if port == default else f':{port}'}"


def leading_on(app: Wsgi, port: int) -> Wsgi:
    """The plain port: the page about the safe line is answered, so that a device can come to trust it; all else goes to https."""

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        path = str(environ.get("PATH_INFO", "/"))
        if path.startswith(OPEN_WITHOUT):
            return app(environ, start)
        host = tls.safe_host(str(environ.get("HTTP_HOST", "")), port)
        if not host:
            start("400 Bad Request", [("Content-Length", "0"), ("Connection", "close")])
            return [b""]
        query = environ.get("QUERY_STRING", "")
        address = f"https://{host}{quote(path.encode('latin-1'))}{'?' + quote(query, safe=SAFE) if query else ''}"
        headers = [("Location", address), ("Content-Length", "0"), ("Cache-Control", "no-store"), ("Connection", "close")]
        start("307 Temporary Redirect", headers)
        return [b""]

    return answer
