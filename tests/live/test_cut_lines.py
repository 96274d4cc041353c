"""Ten tablets act at random while lines fall, and five chairs click at once: in the end there is one truth on all screens."""

import os
import random
import shutil
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from meeting import database
from meeting.permissions import Role
from tests.conftest import Council
from tests.live.cutting import Returning
from tests.serving import Server, Tablet, serving

pytestmark = pytest.mark.server

SECONDS = float(os.environ.get("MEETING_CUT_SECONDS", "12"))  # 60 for the long run
SEED = int(os.environ.get("MEETING_CUT_SEED", "7"))
CAST = ("hung", "minh", "van", "hoa", "tuan")


@pytest.fixture(params=["eventlet", "gevent"])
def running(
    request: pytest.FixtureRequest, council: Council, store: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Server, int, list[int]]]:
    """A server in each async mode, with a UBND meeting in session and everybody here."""
    found = council.meeting(state="in_session")
    items = council.items(found)
    database.database().empty_log()
    database.use(None)
    folder = tmp_path_factory.mktemp("served")
    (folder / "storage").mkdir()
    shutil.copy(store / "storage" / "meeting.db", folder / "storage" / "meeting.db")
    with serving(folder, "--empty", MEETING_ASYNC=request.param) as server:
        for who in ("hung", "hoa", "tuan"):
            assert server.act(who, "live.check_in", meeting_id=found)[0] == 200
        yield server, found, items


def tries(chance: random.Random, meeting_id: int, items: list[int]) -> tuple[str, dict[str, Any]]:
    """What somebody does next."""
    where, floor = {"meeting_id": meeting_id}, {"floor_id": chance.randint(1, 12)}
    wanted: tuple[str, dict[str, Any]] = chance.choice(
        [
            ("live.check_in", where),
            ("live.leave", where),
            ("live.tell", {**where, "text": f"Thông báo {chance.randint(1, 999)}"}),
            ("live.go_to_item", {**where, "item_id": chance.choice(items)}),
            ("live.pause", where),
            ("live.resume", where),
            ("live.resume", where),
            ("discussion.post", {**where, "text": f"Ý kiến {chance.randint(1, 999)}"}),
            ("speaking.ask", {**where, "kind": "speech", "subject": "Thoát nước"}),
            ("speaking.call", floor),
            ("speaking.start", floor),
            ("speaking.stop", floor),
            ("speaking.withdraw", floor),
        ]
    )
    return wanted


def truth_for(server: Server, who: str, meeting_id: int, **more: str) -> dict[str, Any]:
    """What a tablet that joins now is told."""
    fresh = Tablet(server.address, f"token-{who}").connect()
    try:
        return fresh.join(meeting_id, **more)
    finally:
        fresh.close()


def all_are_right(server: Server, meeting_id: int, tablets: list[Returning], seconds: float = 60.0) -> None:
    """Every screen ends with what a fresh reading says."""
    deadline = time.monotonic() + seconds
    while True:
        truths = {each.username: truth_for(server, each.username, meeting_id) for each in tablets}
        wrong = [each for each in tablets if not each.shows(truths[each.username])]
        if not wrong:
            return
        if time.monotonic() > deadline:
            each, truth = wrong[0], truths[wrong[0].username]
            assert each.tablet.me == truth["me"]
            assert {name: each.tablet.sections.get(name) for name in truth["state"]} == truth["state"]
        time.sleep(0.2)


def test_ten_tablets_with_falling_lines_end_with_one_truth(running: tuple[Server, int, list[int]]) -> None:
    server, found, items = running
    with ExitStack() as stack:
        tablets = [Returning(server, CAST[place % len(CAST)], found) for place in range(10)]
        for each in tablets:
            stack.callback(each.close)
        ends = time.monotonic() + SECONDS
        taken: Counter[str] = Counter()

        def live(place: int) -> None:
            chance, tablet = random.Random(SEED * 100 + place), tablets[place]
            while time.monotonic() < ends:
                name, wanted = tries(chance, found, items)
                heard = tablet.act(name, wanted)
                taken["unheard" if heard is None else "done" if heard["ok"] else "refused"] += 1
                if heard is None or chance.random() < 0.08:
                    taken["cut"] += 1
                    tablet.cut()
                time.sleep(chance.random() * 0.1)

        threads = [threading.Thread(target=live, args=(place,)) for place in range(10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert taken["done"] > 0
        assert taken["cut"] > 0
        all_are_right(server, found, tablets)


def at_once(calls: list[Callable[[], dict[str, Any]]]) -> list[dict[str, Any]]:
    """Runs all of them in the same moment; their answers."""
    gate, answers = threading.Barrier(len(calls)), []

    def one(call: Callable[[], dict[str, Any]]) -> None:
        gate.wait()
        answers.append(call())

    threads = [threading.Thread(target=one, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_five_chairs_click_at_once_and_one_thing_happens(running: tuple[Server, int, list[int]]) -> None:
    server, found, items = running
    chairs = [Tablet(server.address, "token-hung").connect() for _ in range(5)]
    for each in chairs:
        each.join(found)
    hoa = Tablet(server.address, "token-hoa").connect()

    def click(name: str, **wanted: Any) -> list[dict[str, Any]]:
        return at_once([lambda each=each: each.call(name, **wanted) for each in chairs])  # type: ignore[misc]

    def entries(event: str) -> int:
        return sum(line["event"] == event for line in server.get("minh", f"/meetings/{found}/journal")[1]["data"])

    asked = hoa.call("speaking.ask", meeting_id=found, kind="speech", subject="Thoát nước")
    steps: list[tuple[str, str, dict[str, Any]]] = [
        ("live.go_to_item", "live.item_started", {"meeting_id": found, "item_id": items[0]}),
        ("speaking.call", "speaking.speaker_called", {"floor_id": asked["floor_id"]}),
        ("speaking.start", "speaking.speech_started", {"floor_id": asked["floor_id"]}),
        ("speaking.stop", "speaking.speech_stopped", {"floor_id": asked["floor_id"]}),
        ("live.close", "live.meeting_closed", {"meeting_id": found}),
    ]
    for name, event, wanted in steps:
        before = entries(event)
        heard = click(name, **wanted)
        assert len(heard) == 5
        assert any(answer["ok"] for answer in heard), (name, heard)
        assert all(answer["ok"] or answer["code"] for answer in heard)
        assert entries(event) == before + 1, (name, heard)
    for each in (*chairs, hoa):
        each.close()


def test_after_a_kill_every_tablet_is_right_again(running: tuple[Server, int, list[int]]) -> None:
    server, found, items = running
    with ExitStack() as stack:
        tablets = [Returning(server, who, found) for who in CAST]
        for each in tablets:
            stack.callback(each.close)
        assert tablets[0].act("live.go_to_item", {"meeting_id": found, "item_id": items[1]}) == {"ok": True}

        server.kill()
        server.start("--empty")
        assert server.act("hoa", "discussion.post", meeting_id=found, text="Sau khi khởi động lại")[0] == 200
        for each in tablets:
            each.cut()

        all_are_right(server, found, tablets)
        assert tablets[0].tablet.sections["agenda"]["current_id"] == items[1]
        assert Role.CHAIR in tablets[0].tablet.me["hats"]
