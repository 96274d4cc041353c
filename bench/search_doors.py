"""Asks a running server as a browser does: one connection kept open, a token, times in milliseconds."""

import http.client
import json
import time
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import quote

from bench.running import Running

TOKEN = "bench-hoa"
PATIENCE_SECONDS = 20.0


class Door:
    """One open connection to a server."""

    def __init__(self, port: int, token: str = TOKEN) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def get(self, address: str) -> tuple[float, bytes]:
        """Milliseconds until the whole answer is here, and the answer."""
        began = time.perf_counter()
        self._line.request("GET", address, headers=self._headers)
        answer = self._line.getresponse()
        body = answer.read()
        took = (time.perf_counter() - began) * 1000
        if answer.status != 200:
            raise SystemExit(f"{address}: {answer.status} {body[:300]!r}")
        return took, body

    def act(self, name: str, **wanted: Any) -> dict[str, Any]:
        """Does an act."""
        self._line.request("POST", f"/api/v1/acts/{name}", json.dumps(wanted), self._headers)
        answer = self._line.getresponse()
        told: dict[str, Any] = json.loads(answer.read())
        if answer.status != 200:
            raise SystemExit(f"{name}: {told}")
        return told


def times(door: Door, addresses: Sequence[str], floor: Door | None = None) -> tuple[list[float], list[float]]:
    """Milliseconds of each address; where there is a floor, those of an answer of the same size from it, in turn."""
    ours, bare = [], []
    for address in addresses:
        took, body = door.get(address)
        ours.append(took)
        if floor is not None:
            bare.append(floor.get(f"/json/{len(body)}")[0])
    return ours, bare


def until_found(system: Running, meeting_id: int, word: str) -> float:
    """Seconds from the moment in which a notice with this word is issued until a member finds it."""
    desk, chair, reader = Door(system.port, "bench-minh"), Door(system.port, "bench-hung"), Door(system.port)
    line = {"text": f"Giao các đơn vị triển khai mô hình {word} trong quý tới."}
    notice = desk.act("conclusions.draft", meeting_id=meeting_id, another=True, lines=[line])["notice_id"]
    chair.act("conclusions.approve", notice_id=notice)
    chair.act("conclusions.sign", notice_id=notice)
    time.sleep(2)  # what was fed of the draft is behind us
    began = time.perf_counter()
    desk.act("conclusions.issue", notice_id=notice)
    return waited(lambda: json.loads(reader.get("/api/v1/search?q=" + quote(word))[1])["total"] > 0, began)


def waited(there: Callable[[], bool], began: float) -> float:
    """Seconds until something is so."""
    while not there():
        if time.perf_counter() - began > PATIENCE_SECONDS:
            return float("inf")
        time.sleep(0.02)
    return time.perf_counter() - began
