"""Tablets that fetch: raw HTTP connections kept open, in this process."""

import asyncio
import gc
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

CONNECT_AT_ONCE = 100
LIMIT_SECONDS = 60.0


class Tablet(asyncio.Protocol):
    """One connection; `fetch` ends when the last byte of the answer is there. Bodies are counted, not kept."""

    def __init__(self, cookie: str) -> None:
        self._head = (
            "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: image/png,image/*\r\nCookie: "
            + cookie
            + "\r\nConnection: keep-alive\r\n\r\n"
        )
        self._transport: Any = None
        self._waiting: asyncio.Future[float] | None = None
        self._buffer = b""
        self._left = -1  # bytes of the body still to come; -1: the head is not whole yet
        self.size_bytes = 0

    def connection_made(self, transport: Any) -> None:
        """The line stands."""
        self._transport = transport

    def fetch(self, address: str) -> "asyncio.Future[float]":
        """Asks; gives the moment at which the answer was whole. Anything but 200 ends the run."""
        self._waiting = asyncio.get_running_loop().create_future()
        self._buffer, self._left = b"", -1
        self._transport.write((self._head % address).encode())
        return self._waiting

    def data_received(self, received: bytes) -> None:
        """Counts the body."""
        if self._left < 0:
            self._buffer += received
            end = self._buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            head, received = self._buffer[:end].lower(), self._buffer[end + 4 :]
            if b" 200 " not in head[:16] or b"content-length: " not in head:
                self._fail(RuntimeError("the answer was: " + head[:200].decode("latin-1")))
                return
            self.size_bytes = self._left = int(head.split(b"content-length: ")[1].split(b"\r\n")[0])
        self._left -= len(received)
        if self._left == 0 and self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(time.perf_counter())

    def connection_lost(self, exc: Exception | None) -> None:
        """The server went away."""
        self._fail(exc or ConnectionError("the server closed a connection"))

    def _fail(self, problem: Exception) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(problem)

    def close(self) -> None:
        """Ends the line."""
        self._transport.close()


async def fleet(port: int, cookies: Sequence[str]) -> list[Tablet]:
    """Tablets connected, each with its own session."""
    gate = asyncio.Semaphore(CONNECT_AT_ONCE)

    async def one(cookie: str) -> Tablet:
        async with gate:
            _, tablet = await asyncio.get_running_loop().create_connection(lambda: Tablet(cookie), "127.0.0.1", port)
            return tablet

    return list(await asyncio.gather(*(one(cookie) for cookie in cookies)))


@dataclass(frozen=True)
class Burst:
    """All at once, in milliseconds: the middle one and the last one."""

    middle: float
    last: float


async def at_once(tablets: Sequence[Tablet], address: str) -> Burst:
    """Everybody turns to the same page in the same moment."""
    gc.disable()
    began = time.perf_counter()
    ended = await asyncio.wait_for(asyncio.gather(*(tablet.fetch(address) for tablet in tablets)), LIMIT_SECONDS)
    gc.enable()
    spent = sorted((each - began) * 1000 for each in ended)
    return Burst(spent[len(spent) // 2], spent[-1])


async def per_second(tablets: Sequence[Tablet], addresses: Sequence[str], seconds: float) -> float:
    """How many answers a second come when each tablet asks again as soon as it has one."""
    ends = time.perf_counter() + seconds
    counted = 0

    async def turn(tablet: Tablet, first: int) -> None:
        nonlocal counted
        number = first
        while time.perf_counter() < ends:
            await tablet.fetch(addresses[number % len(addresses)])
            counted += 1
            number += 1

    began = time.perf_counter()
    await asyncio.wait_for(asyncio.gather(*(turn(tablet, place) for place, tablet in enumerate(tablets))), LIMIT_SECONDS)
    return counted / (time.perf_counter() - began)
