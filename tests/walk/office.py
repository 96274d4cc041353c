"""The people of a walk through the API, by user name, as other programs would act for them."""

import time
from typing import Any

import pymupdf
import requests

from tests.serving import Server


class Office:
    """The people of the walk, by user name, as other programs would act for them."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.people = {row["username"]: row["id"] for row in self.get("admin", "/people")["data"] if row.get("username")}
        self.units = {row["short_name"]: row["id"] for row in self.get("admin", "/units")["data"]}

    def get(self, who: str, path: str) -> Any:
        status, body = self.server.get(who, path)
        assert status == 200, (path, body)
        return body

    def do(self, who: str, act: str, /, **wanted: Any) -> dict[str, Any]:
        status, body = self.server.act(who, act, **wanted)
        assert status == 200, (act, body)
        return body

    def refused(self, who: str, act: str, /, **wanted: Any) -> str:
        status, body = self.server.act(who, act, **wanted)
        assert status != 200, (act, body)
        assert body["message"], body
        assert "%(" not in body["message"]
        return str(body["code"])

    def upload(self, who: str, content: bytes, name: str) -> requests.Response:
        return requests.post(
            self.server.address + "/api/v1/files",
            files={"file": (name, content, "application/pdf")},
            data={"no_state_secret": "true"},
            headers={"Authorization": f"Bearer token-{who}"},
            timeout=30,
        )

    def until(self, who: str, path: str, condition: Any, seconds: float = 30) -> Any:
        deadline = time.monotonic() + seconds
        while True:
            body = self.get(who, path)
            if condition(body):
                return body
            assert time.monotonic() < deadline, body
            time.sleep(0.1)


def paper(*pages: str) -> bytes:
    """A PDF with real Vietnamese text on its pages."""
    document = pymupdf.open()
    for text in pages:
        page = document.new_page()
        page.insert_htmlbox(pymupdf.Rect(60, 60, 540, 780), f"<p>{text}</p>")
    return document.tobytes()
