"""Raw websocket clients: Socket.IO spoken by hand over asyncio, so that the measuring costs little beside the measured."""

import asyncio
import base64
import json
import os
import struct
import time
from collections.abc import Callable
from ssl import SSLContext
from typing import Any

CONNECT_AT_ONCE = 40
NAMESPACE = "/live"
TOLD = f"42{NAMESPACE},".encode()
AGAIN_SECONDS = 0.5
STORM_LIMIT_SECONDS = 90.0
TEXT, PONG, PING_FRAME, CLOSE_FRAME = 0x81, 0x8A, 0x9, 0x8


def framed(text: str) -> bytes:
    """A text frame as a client must send it: masked (with zeros, so that nothing has to be computed in the burst)."""
    body = text.encode()
    size = len(body)
    if size < 126:
        head = struct.pack("!BB", TEXT, 0x80 | size)
    elif size < 65536:
        head = struct.pack("!BBH", TEXT, 0x80 | 126, size)
    else:
        head = struct.pack("!BBQ", TEXT, 0x80 | 127, size)
    return head + b"\0\0\0\0" + body


def emitted(number: int, name: str, message: dict[str, Any]) -> bytes:
    """An event that asks for an acknowledgement, ready to be sent."""
    return framed(f"42{NAMESPACE},{number}{json.dumps([name, message], ensure_ascii=False)}")


class Client(asyncio.Protocol):
    """One tablet on the wire. `heard(client, text)` gets each Socket.IO message of the namespace; without it what the server
    tells is counted and not even copied, so that two thousand tablets cost little beside the server they measure.
    """

    def __init__(self, token: str) -> None:
        self.token = token
        self.heard: Callable[[Client, str], None] | None = None
        self.lost: Callable[[Exception], None] = lambda _problem: None
        self.acks: dict[int, asyncio.Future[Any]] = {}
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.transport: Any = None
        self.told = 0  # messages that nobody here looked at
        self.told_bytes = 0
        self.is_lost = False
        self._upgraded = False
        self._buffer = bytearray()
        self._number = 0

    def connection_made(self, transport: Any) -> None:
        """Asks for a websocket at once, without the polling before it."""
        self.transport = transport
        key = base64.b64encode(os.urandom(16)).decode()
        lines = [
            "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
            "Host: 127.0.0.1",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {key}",
            "Sec-WebSocket-Version: 13",
        ]
        transport.write(("\r\n".join(lines) + "\r\n\r\n").encode())

    def data_received(self, received: bytes) -> None:
        """Takes whole frames off the stream."""
        self._buffer += received
        if not self._upgraded:
            end = self._buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            if b" 101 " not in self._buffer[:end]:
                self._fail(RuntimeError("no websocket: " + bytes(self._buffer[:80]).decode("latin-1")))
                return
            del self._buffer[: end + 4]
            self._upgraded = True
        while (frame := self._frame()) is not None:
            self._take(*frame)

    def connection_lost(self, exc: Exception | None) -> None:
        """The server went away: whoever waits hears of it."""
        self.is_lost = True
        problem = exc or ConnectionError("the server closed a socket")
        self._fail(problem)
        self.lost(problem)

    def send(self, frame: bytes) -> None:
        """Sends a frame made before."""
        self.transport.write(frame)

    async def call(self, name: str, message: dict[str, Any]) -> Any:
        """Emits an event and waits for its acknowledgement."""
        self._number += 1
        waiting = asyncio.get_running_loop().create_future()
        self.acks[self._number] = waiting
        self.send(emitted(self._number, name, message))
        return await asyncio.wait_for(waiting, 30)

    def _fail(self, problem: Exception) -> None:
        for waiting in [self.ready, *self.acks.values()]:
            if not waiting.done():
                waiting.set_exception(problem)

    def _frame(self) -> tuple[int, bytes] | None:
        """The next whole frame. What is told to somebody who does not look is passed over."""
        while (found := self._next()) is not None:
            kind, start, end = found
            if self.heard is None and self._buffer.startswith(TOLD, start):
                self.told, self.told_bytes = self.told + 1, self.told_bytes + end - start
                del self._buffer[:end]
                continue
            with memoryview(self._buffer) as view:
                body = bytes(view[start:end])
            del self._buffer[:end]
            return kind, body
        return None

    def _next(self) -> tuple[int, int, int] | None:
        """Kind of the next frame, and where its body begins and ends."""
        buffer = self._buffer
        if len(buffer) < 2:
            return None
        size, start = buffer[1] & 0x7F, 2
        if size == 126:
            if len(buffer) < 4:
                return None
            size, start = struct.unpack_from("!H", buffer, 2)[0], 4
        elif size == 127:
            if len(buffer) < 10:
                return None
            size, start = struct.unpack_from("!Q", buffer, 2)[0], 10
        if len(buffer) < start + size:
            return None
        return buffer[0] & 0x0F, start, start + size

    def _take(self, kind: int, body: bytes) -> None:
        if kind == CLOSE_FRAME:
            return
        if kind == PING_FRAME:
            self.transport.write(struct.pack("!BB", PONG, 0x80) + b"\0\0\0\0")
            return
        text = body.decode()
        if text.startswith("0"):
            self.send(framed(f"40{NAMESPACE}," + json.dumps({"token": self.token})))
        elif text == "2":
            self.send(framed("3"))
        elif text.startswith(f"40{NAMESPACE}"):
            self.ready.set_result(None)
        elif text.startswith(f"44{NAMESPACE}"):
            self._fail(RuntimeError("turned away: " + text))
        else:
            self._answer(text)
            if self.heard is not None:
                self.heard(self, text)

    def _answer(self, text: str) -> None:
        prefix = f"43{NAMESPACE},"
        if not self.acks or not text.startswith(prefix):
            return
        number, _, body = text[len(prefix) :].partition("[")
        waiting = self.acks.pop(int(number), None)
        if waiting is not None and not waiting.done():
            waiting.set_result(json.loads("[" + body)[0])


async def connect(port: int, tokens: list[str]) -> list[Client]:
    """A fleet of tablets, connected and let into the namespace."""
    gate = asyncio.Semaphore(CONNECT_AT_ONCE)

    async def one(token: str) -> Client:
        async with gate:
            loop = asyncio.get_running_loop()
            _, client = await loop.create_connection(lambda: Client(token), "127.0.0.1", port)
            await asyncio.wait_for(client.ready, 30)
            return client

    return list(await asyncio.gather(*(one(token) for token in tokens)))


async def storm(
    port: int, tokens: list[str], join: dict[str, Any], line: SSLContext | None = None
) -> tuple[list[Client], float, int]:
    """Everybody connects and joins in the same moment. Milliseconds until the last has the state, and how many lines the
    server let fall meanwhile: those come again, as tablets do. With a `line` over TLS.
    """
    fallen = 0

    async def one(token: str) -> Client:
        nonlocal fallen
        while True:
            try:
                return await _come_in(port, token, join, line)
            except OSError:
                fallen += 1
                await asyncio.sleep(AGAIN_SECONDS)

    began = time.perf_counter()
    clients = list(await asyncio.wait_for(asyncio.gather(*(one(token) for token in tokens)), STORM_LIMIT_SECONDS))
    return clients, (time.perf_counter() - began) * 1000, fallen


async def _come_in(port: int, token: str, join: dict[str, Any], line: SSLContext | None) -> Client:
    loop = asyncio.get_running_loop()
    _, client = await loop.create_connection(lambda: Client(token), "127.0.0.1", port, ssl=line)
    await client.ready
    done: asyncio.Future[str] = loop.create_future()

    def heard(_client: Client, text: str) -> None:
        if text.startswith(f"43{NAMESPACE},1[") and not done.done():
            done.set_result(text)

    client.heard = heard
    client.lost = lambda problem: None if done.done() else done.set_exception(problem)
    client.send(emitted(1, "live.join", join))
    answer = await done
    assert '"ok":true' in answer.replace(" ", ""), answer[:300]
    client.heard = None
    return client
