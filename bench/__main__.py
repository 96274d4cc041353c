"""`make bench`: one live change to 200 screens, and 500 and 1,000 votes at once, beside a bare server in the same run.

    python -m bench [--sockets 200] [--rounds 5] [--ballots 500,1000] [--kinds open,secret] [--disks normal,slow]

The clients are raw websockets in this process; both servers are real ones in processes of their own, on free ports of the
loopback; the data folder is temporary. Times end with the last screen told, or (see `bursts`) with the last durable
acknowledgement. Rounds alternate between floor and system; medians are compared.
"""

import argparse
import asyncio
import statistics
import tempfile
from contextlib import ExitStack
from pathlib import Path

from bench import bursts
from bench.chamber import Seated, seat
from bench.running import FLOOR, SYSTEM, Running, timed
from bench.wire import Client, connect, emitted

LIMIT_SECONDS = 420


def main() -> None:
    """Reads the options, measures, prints."""
    options = argparse.ArgumentParser(prog="bench", description=__doc__.split("\n")[0] if __doc__ else "")
    options.add_argument("--sockets", type=int, default=200)
    bursts.options(options)
    chosen = options.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="meeting-bench-")))
        seated = seat(folder, chosen.sockets)
        floor = stack.enter_context(Running(FLOOR, folder, health=False))
        system = stack.enter_context(Running(SYSTEM, folder, health=True))
        run = changes(floor.port, system.port, seated, chosen.rounds)
        asyncio.run(asyncio.wait_for(run, LIMIT_SECONDS))
    bursts.run(chosen)


async def changes(floor_port: int, system_port: int, seated: Seated, rounds: int) -> None:
    """Connects both fleets and lets the rounds alternate."""
    (chair,) = await connect(system_port, [seated.chair])
    (whistle,) = await connect(floor_port, ["anybody"])
    floors = await connect(floor_port, ["anybody"] * len(seated.members))
    systems = await connect(system_port, seated.members)
    for client in floors + systems:
        heard = await client.call("live.join", {"meeting_id": seated.meeting_id})
        assert heard["ok"], heard
    times = await fan_out(rounds, whistle, floors, chair, systems, seated)
    report(f"one live change on {len(systems)} screens", times)


Times = list[tuple[float, float]]


async def fan_out(
    rounds: int, whistle: Client, floors: list[Client], chair: Client, systems: list[Client], seated: Seated
) -> Times:
    """From the act to the last screen that shows it."""
    times = []
    for number in range(rounds + 1):
        word = f"Giai lao {number}."  # plain letters: the wire escapes others
        pair = []
        for caller, fleet in ((whistle, floors), (chair, systems)):
            frame = emitted(1_000_000 + number, "live.tell", {"meeting_id": seated.meeting_id, "text": word})
            pair.append(
                await timed(fleet, lambda text, word=word: word in text, lambda caller=caller, frame=frame: caller.send(frame))
            )
        times.append((pair[0], pair[1]))
    return times[1:]


def report(what: str, times: Times) -> None:
    """One line: the floor, the system, how many times the floor."""
    floor, system = (statistics.median(each) for each in zip(*times, strict=True))
    ratio = statistics.median(ours / bare for bare, ours in times)
    worst = max(ours for _, ours in times)
    print(f"{what}: floor {floor:.0f} ms, system {system:.0f} ms (worst {worst:.0f}), {ratio:.1f} x the floor", flush=True)


if __name__ == "__main__":
    main()
