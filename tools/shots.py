"""Make the README's picture: the delegate's screen in the demo council's running session.

    python tools/shots.py        (make shots)

Starts the demo in a temporary folder, lets its people open the meeting, check in, speak and comment over the API, and takes
static/pictures/chamber.png in Chromium at tablet size.
"""

import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "static" / "pictures" / "chamber.png"
READER = "hoa"
PRESENT = ("hung", "hoa", "tuan")


class Demo:
    """The demo council on a free port, and tokens of its people."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as asked:
            asked.bind(("127.0.0.1", 0))
            self.port = asked.getsockname()[1]
        self.folder = folder
        self.address = f"http://127.0.0.1:{self.port}"
        command = [sys.executable, "-m", "meeting.cli", "run", "--port", str(self.port), "--data", str(folder)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        self._wait()
        self.tokens = {name: self._tokens(name)[0] for name in PRESENT}
        self.members = self._tokens("--body", "UBND")

    def _wait(self) -> None:
        for _ in range(600):
            try:
                urllib.request.urlopen(self.address + "/healthz", timeout=2)
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
            else:
                return
        raise SystemExit("the demo did not start")

    def _tokens(self, *whose: str) -> list[str]:
        command = [sys.executable, "-m", "meeting.cli", "token", "create", *whose, "--data", str(self.folder)]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        return [line.split()[-1] for line in told.splitlines()]

    def get(self, who: str, path: str) -> Any:
        """A GET of the API."""
        request = urllib.request.Request(f"{self.address}/api/v1{path}", headers=self._headers(who))
        return json.load(urllib.request.urlopen(request, timeout=20))

    def act(self, who: str, name: str, **wanted: Any) -> Any:
        """An act of the API."""
        headers = {**self._headers(who), "Content-Type": "application/json"}
        body = json.dumps(wanted).encode()
        request = urllib.request.Request(f"{self.address}/api/v1/acts/{name}", body, headers)
        return json.load(urllib.request.urlopen(request, timeout=20))

    def _headers(self, who: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.tokens.get(who, who)}"}


def play(demo: Demo) -> int:
    """Brings the UBND's meeting to its second item, with a speaker, a queue and opinions; returns its id."""
    meetings = demo.get("hung", "/meetings?body=UBND&when=upcoming")["data"]
    meeting_id = next(each["id"] for each in meetings if each["state"] == "issued")
    demo.act("hung", "live.open", meeting_id=meeting_id)
    for name in demo.members[:-1]:
        demo.act(name, "live.check_in", meeting_id=meeting_id)
    items = [item["id"] for item in demo.get("hung", f"/meetings/{meeting_id}")["agenda"]["items"]]
    for item in items[:2]:
        demo.act("hung", "live.go_to_item", meeting_id=meeting_id, item_id=item)
    wishes = [("tuan", "Nguồn thu năm 2027"), ("hoa", "Danh mục ngõ cần thoát nước")]
    asked = [
        demo.act(who, "speaking.ask", meeting_id=meeting_id, item_id=items[1], kind="speech", subject=subject)["floor_id"]
        for who, subject in wishes
    ]
    demo.act("hung", "speaking.call", floor_id=asked[0])
    demo.act("hung", "speaking.start", floor_id=asked[0])
    said = [("tuan", "Đề nghị kèm danh mục ưu tiên vào phụ lục."), ("hoa", "Cần phương án dự phòng nếu chậm tiến độ.")]
    for who, text in said:
        demo.act(who, "discussion.post", meeting_id=meeting_id, item_id=items[1], text=text)
    return meeting_id


def main() -> None:
    """Plays the scene and takes the picture."""
    with tempfile.TemporaryDirectory(prefix="meeting-shots-") as folder, sync_playwright() as playwright:
        demo = Demo(Path(folder))
        try:
            meeting_id = play(demo)
            chromium = shutil.which("chromium")
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
            context = browser.new_context(
                viewport={"width": 1180, "height": 820},
                locale="vi-VN",
                timezone_id="Asia/Ho_Chi_Minh",
                extra_http_headers=demo._headers(READER),
            )
            page = context.new_page()
            page.goto(f"{demo.address}/meetings/{meeting_id}/room")
            page.wait_for_timeout(2500)
            PICTURE.parent.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=PICTURE)
            browser.close()
        finally:
            demo.process.terminate()
            demo.process.wait(15)


if __name__ == "__main__":
    main()
