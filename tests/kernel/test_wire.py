"""Messages leave at once and in order; what a slow tablet does not take waits, and one that takes nothing is let go."""

import json
import socket
from typing import Any

import pytest
from engineio import packet

from meeting.web import wire


class Later:
    """A server whose background tasks run when the test says so."""

    def __init__(self) -> None:
        self.tasks: list[tuple[Any, tuple[Any, ...]]] = []

    @property
    def server(self) -> "Later":
        return self

    def start_background_task(self, task: Any, *arguments: Any) -> None:
        self.tasks.append((task, arguments))

    def sleep(self, _seconds: float) -> None:
        """No time passes."""

    def run(self) -> None:
        while self.tasks:
            task, arguments = self.tasks.pop(0)
            task(*arguments)


class Websocket:
    closed = False

    def close(self) -> None:
        self.closed = True


def message(text: str) -> packet.Packet:
    return packet.Packet(packet.MESSAGE, text)


@pytest.mark.parametrize("size", [1, 125, 126, 65_535, 65_536])
def test_a_frame_says_its_length(size: int) -> None:
    frame = wire.framed(message("x" * (size - 1)))  # and the type of the packet before it

    head = {True: 2, False: 4}[size < 126] if size < 65_536 else 10
    assert frame[0] == wire.TEXT
    assert len(frame) == head + size
    assert frame[head:] == b"4" + b"x" * (size - 1)


def test_a_message_is_framed_once() -> None:
    told = message("một")

    assert wire.framed(told) is wire.framed(told)


def test_what_a_slow_tablet_does_not_take_waits_in_order() -> None:
    near, far = socket.socketpair()
    near.setblocking(False)
    owner = Later()
    line = wire.Line(owner, Websocket(), _Patient(near, far), near)
    sent = [message(f"{number:06d}" * 2000) for number in range(200)]

    for each in sent:
        line.put(each)
    assert not line.empty()
    owner.run()

    far.setblocking(False)
    received = bytes(_Patient.taken)
    try:
        while more := far.recv(1 << 20):
            received += more
    except BlockingIOError:
        pass
    assert received == b"".join(wire.framed(each) for each in sent)
    assert line.empty()
    near.close()
    far.close()


class _Patient:
    """The green side of a socket: waits until the other end has taken it."""

    taken = bytearray()

    def __init__(self, near: socket.socket, far: socket.socket) -> None:
        self.near, self.far = near, far
        _Patient.taken.clear()

    def sendall(self, data: bytes) -> None:
        while data:
            try:
                data = data[self.near.send(data) :]
            except BlockingIOError:
                _Patient.taken.extend(self.far.recv(1 << 20))


def test_a_tablet_that_takes_nothing_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "MOST_WAITING_BYTES", 10_000)
    near, far = socket.socketpair()
    near.setblocking(False)
    owner, ws = Later(), Websocket()
    line = wire.Line(owner, ws, near, near)

    for _ in range(200):
        line.put(message("x" * 9_000))
    owner.run()

    assert ws.closed
    line.put(message("too late"))
    assert owner.tasks == []
    near.close()
    far.close()


def test_what_is_json_already_goes_as_it_stands() -> None:
    text = wire.Json.dumps(["live.state", wire.Encoded('{"a":1}'), {"chữ": "Đ"}])

    assert text == '["live.state",{"a":1},{"chữ":"Đ"}]'
    assert json.loads(text) == ["live.state", {"a": 1}, {"chữ": "Đ"}]


@pytest.mark.parametrize("offset", [0, 1, 2, 3])
def test_a_masked_frame_is_read_right(offset: int) -> None:
    mask, data = (1, 2, 3, 200), bytes(range(256)) * 3

    assert wire._unmasked(data, mask, offset=offset) == bytes(
        each ^ mask[(offset + place) % 4] for place, each in enumerate(data)
    )
    assert wire._unmasked(b"", mask) == b""
