"""How long until a page that is turned stands on every tablet: `python -m bench.leading [--sockets 200] [--turns 40]`.

A real server, one leader, so many followers on real sockets. Measured from the leader's emit to each follower's news of the
page, first with a pause between the turns, then leafing fast (a turn every 90 ms, as the viewer sends them at most).
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy.orm import Session

from bench.chamber import Seated, seat
from bench.running import Running
from bench.wire import Client, connect, emitted
from meeting import clock, database
from meeting.agenda.models import Meeting
from meeting.cli import opening
from meeting.documents.models import File
from meeting.materials.models import Requirement, Submission
from meeting.organization.models import Unit

PAGES = 40
PAUSE_SECONDS = 0.5
LEAF_SECONDS = 0.09


def main() -> None:
    """Reads the options, measures, prints."""
    options = argparse.ArgumentParser(prog="bench.leading")
    options.add_argument("--sockets", type=int, default=200)
    options.add_argument("--turns", type=int, default=30)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as named:
        folder = Path(named)
        seated = seat(folder, chosen.sockets)
        document = paper(folder, seated)
        command = [sys.executable, "-m", "meeting.cli", "run", "--empty"]
        with Running(command, folder, health=True) as server:
            asyncio.run(measure(server.port, seated, document, chosen.turns))


def paper(folder: Path, seated: Seated) -> int:
    """A paper of forty pages on the item, handed out."""
    opening.use_folder(folder)
    opening.open_store()
    with Session(database.database().writing) as session:
        meeting, now = session.get_one(Meeting, seated.meeting_id), clock.now()
        meeting.current_item_id = seated.item_id
        unit = Unit(name="Văn phòng", short_name="VP")
        file = File(
            sha256="a" * 64, name="To trinh.pdf", media_type="application/pdf", size_bytes=1, uploaded_at=now,
            state="ready", page_count=PAGES, pages_done=PAGES, refusal_facts={},
        )  # fmt: skip
        session.add_all([unit, file])
        session.flush()
        row = Requirement(
            meeting_id=meeting.id, item_id=seated.item_id, unit_id=unit.id, what="Tờ trình", due_at=now,
            asked_by=meeting.chair_id or 1, asked_at=now,
        )  # fmt: skip
        session.add(row)
        session.flush()
        session.add(
            Submission(
                requirement_id=row.id,
                number=1,
                file_id=file.id,
                sent_by=meeting.chair_id or 1,
                received_at=now,
                late_minutes=0,
                state="accepted",
                published_at=now,
            )
        )
        session.commit()
        found = int(file.id)
    opening.close_store()
    return found


async def measure(port: int, seated: Seated, document: int, turns: int) -> None:
    """Connects everybody and turns pages, slowly and fast."""
    (leader,) = await connect(port, [seated.chair])
    followers = await connect(port, seated.members)
    for client in [leader, *followers]:
        heard = await client.call("live.join", {"meeting_id": seated.meeting_id})
        assert heard["ok"], heard
    where = {"meeting_id": seated.meeting_id, "document_id": document, "screen": "bench"}
    heard = await leader.call("live.show_page", {**where, "page": 1})
    assert heard["ok"], heard
    for name, gap in (("turning with a pause", PAUSE_SECONDS), ("leafing fast", LEAF_SECONDS)):
        told, last = await turned(leader, followers, where, turns, gap)
        print(f"{name}: {turns} turns, {len(followers)} followers, {len(told)} pages heard")
        print(f"  a follower hears it after {statistics.median(told):.0f} ms (median), {pick(told, 95):.0f} ms (95 of 100)")
        print(f"  the last of all after {statistics.median(last):.0f} ms (median), {max(last):.0f} ms (worst)")


async def turned(
    leader: Client, followers: list[Client], where: dict[str, object], turns: int, gap: float
) -> tuple[list[float], list[float]]:
    """Milliseconds from each turn to each follower, and to the last one. Pages overtaken by the next are not waited for."""
    began: dict[int, float] = {}
    times: dict[int, list[float]] = {}

    def heard(_client: Client, text: str) -> None:
        now = time.perf_counter()
        for page, start in began.items():
            if f'"page":{page},' in text.replace(" ", "") and "live.state" in text:
                times.setdefault(page, []).append((now - start) * 1000)

    for client in followers:
        client.heard = heard
    for turn in range(turns):
        page = 2 + turn % (PAGES - 1)
        began[page] = time.perf_counter()
        leader.send(emitted(100_000 + turn, "live.show_page", {**where, "page": page, "going_on": True}))
        await asyncio.sleep(gap)
    await asyncio.sleep(1)
    return [each for found in times.values() for each in found], [max(found) for found in times.values()]


def pick(times: list[float], share: int) -> float:
    """The time that so many of a hundred stay under."""
    return sorted(times)[min(len(times) - 1, len(times) * share // 100)]


if __name__ == "__main__":
    main()
