"""One part fails in a meeting: nothing that was acknowledged is lost, and the screens are right again by themselves."""

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from typing import Any

import pytest
from sqlalchemy import select

from meeting import database
from meeting.discussion.models import Opinion
from tests.conftest import Council
from tests.grown.house import House
from tests.serving import Server, Tablet
from tests.voting.test_races import is_whole
from tests.waiting import until

pytestmark = pytest.mark.server

TABLETS = 20


def say(figure: str) -> None:
    """What was measured, for who runs this with -s."""
    sys.stdout.write(f"\n{figure}\n")


class Seat(Tablet):
    """A tablet that comes again by itself, as the product's own does: it connects through nginx and joins, again and again."""

    def stay(self, meeting_id: int) -> "Seat":
        """Joins, and joins again whenever its line fell."""
        self.meeting_id, self.down_at, self.back = meeting_id, 0.0, 0.0
        self.connect()
        assert self.join(meeting_id)["ok"]
        return self

    def connect(self) -> "Seat":
        """Connects, and hears when the line falls."""
        super().connect()
        self.io.on("disconnect", self._fell, namespace="/live")
        return self

    def _fell(self, *_reason: Any) -> None:
        self.down_at, self.back = self.down_at or time.monotonic(), 0.0

    def come_back(self) -> None:
        """What a page does when the line fell: every fifth of a second, until it is in."""
        while self.down_at and not self.back:
            with suppress(Exception):  # whatever the client says of a server that is gone
                self.close()
            try:
                self.connect()
                assert self.join(self.meeting_id)["ok"]
            except Exception:
                time.sleep(0.2)
            else:
                self.back = time.monotonic() - self.down_at

    def shows(self, count: int) -> bool:
        """Whether so many opinions stand on the screen, its line come back where it fell."""
        self.come_back()
        return len(self.sections["discussion"]["comments"]) == count


@pytest.fixture
def running(house: House, council: Council) -> int:
    """A meeting in session."""
    found = council.meeting(state="in_session")
    for who in ("hung", "hoa", "tuan"):
        assert house.front.act(who, "live.check_in", meeting_id=found)[0] == 200
    return found


def says(server: Server, meeting_id: int, text: str, seconds: float = 20.0) -> tuple[dict[str, Any], float]:
    """An act that is asked again with its number until it is done, as a tablet does; the answer, and how long it took."""
    began = time.monotonic()
    wanted = {"meeting_id": meeting_id, "text": text, "request_id": text}
    while True:
        try:
            status, body = server.act("hoa", "discussion.post", **wanted)
        except (OSError, ValueError):  # no answer, or nginx's own page
            status, body = 0, {}
        if status == 200:
            return body, time.monotonic() - began
        assert status in (0, 500, 502, 503, 504), (status, body)
        assert status != 500, body
        assert body.get("code") in (None, "not_saved", "busy", "stopping"), body
        assert time.monotonic() - began < seconds, (status, body)
        time.sleep(0.05)


def test_a_killed_web_process_loses_nothing_and_its_tablets_are_back(house: House, running: int, council: Council) -> None:
    victim, other = house.web
    with ExitStack() as stack:
        seats = [
            Seat(house.front.address, f"token-{('hoa', 'tuan', 'hung', 'minh')[n % 4]}").stay(running) for n in range(TABLETS)
        ]
        for each in seats:
            stack.callback(each.close)
        told = {
            f"truoc-{n}": victim.act("hoa", "discussion.post", meeting_id=running, text=f"truoc-{n}", request_id=f"truoc-{n}")
            for n in range(10)
        }
        assert {status for status, _ in told.values()} == {200}
        with ThreadPoolExecutor(4) as pool:
            heard = [pool.submit(says, house.front, running, f"luc-do-{n}") for n in range(12)]
            victim.kill()
            fell = time.monotonic()
            until(lambda: time.monotonic() - fell > 0.3 or any(each.down_at for each in seats), "no line fell")
            with ThreadPoolExecutor(TABLETS) as chairs:
                list(chairs.map(Seat.come_back, seats))
            during = [each.result() for each in heard]
        say(f"the longest act in it took {max(seconds for _, seconds in during):.2f} s")

        for number, (_, first) in told.items():
            again = other.act("hoa", "discussion.post", meeting_id=running, text=number, request_id=number)
            assert again == (200, first)
        texts = set(council.all(select(Opinion.text).where(Opinion.meeting_id == running)))
        assert texts == {*told, *(f"luc-do-{n}" for n in range(12))}
        assert len(council.all(select(Opinion.id).where(Opinion.meeting_id == running))) == len(texts)
        victim.start()
        for each in seats:
            until(lambda each=each: each.shows(len(texts)), "a screen stayed behind")  # type: ignore[misc]
        fallen = [each.back for each in seats if each.down_at]
        say(f"{len(fallen)} lines fell, the last was back after {max(fallen, default=0.0):.2f} s")
        assert fallen, "all tablets were at the other process"
    assert is_whole()


def test_redis_goes_and_comes_back_and_nobody_notices(house: House, running: int) -> None:
    with ExitStack() as stack:
        screens = [Tablet(web.address, "token-tuan").connect() for web in house.web]
        for each in screens:
            stack.callback(each.close)
            assert each.join(running)["ok"]

        def reaches(text: str) -> float:
            began = time.monotonic()
            says(house.web[0], running, text)
            screens[1].until(lambda each: any(line["text"] == text for line in each.sections["discussion"]["comments"]))
            return time.monotonic() - began

        took = [reaches("co")]
        house.redis.kill()
        took.append(reaches("khong co"))
        house.redis.start()
        took.append(reaches("lai co"))
        say(
            "from one process to a screen at the other, with Redis, without, and back: "
            + ", ".join(f"{each:.2f} s" for each in took)
        )
        assert house.front.get("hoa", f"/meetings/{running}")[0] == 200
        assert all(web.process is not None and web.process.poll() is None for web in house.web)


def test_postgresql_goes_and_comes_back_and_no_process_dies(house: House, running: int, council: Council) -> None:
    screen = Tablet(house.web[1].address, "token-tuan").connect()
    try:
        assert screen.join(running)["ok"]
        says(house.web[0], running, "truoc")
        database.use(None)
        house.store.stop()
        refused = [web.act("hoa", "discussion.post", meeting_id=running, text="trong luc") for web in house.web]
        spoken = screen.call("discussion.post", meeting_id=running, text="trong luc")
        pages = [web.get("hoa", f"/meetings/{running}") for web in house.web]
        house.store.start()
        began = time.monotonic()
        _, took = says(house.web[0], running, "sau do")
        says(house.web[1], running, "sau do nua")
        say(f"the first act after PostgreSQL came back took {took:.2f} s")

        assert {status for status, _ in refused} == {503}
        assert {body["code"] for _, body in refused} <= {"not_saved", "busy"}
        assert spoken["code"] in ("not_saved", "busy")
        assert {status for status, _ in pages} == {503}
        assert all(web.process is not None and web.process.poll() is None for web in house.web)
        assert house.worker is not None
        assert house.worker.poll() is None
        screen.until(lambda each: len(each.sections["discussion"]["comments"]) == 3)
        assert time.monotonic() > began
        house.open()
        assert council.all(select(Opinion.text).where(Opinion.meeting_id == running)) == ["truoc", "sau do", "sau do nua"]
        assert is_whole()
    finally:
        screen.close()
