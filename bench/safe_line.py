"""`python -m bench.safe_line`: what TLS in the web process costs: handshakes a second, and two hundred tablets joining at once.

    python -m bench.safe_line [--tablets 200] [--rounds 3] [--seconds 4]

(a) full handshakes from one client, 16 at a time, and the processor time of each; (b) all tablets joining after a start,
over http and over https in turn, with the processor time and the longest stall of the loop. The processor time is what to compare
on a machine that does other things too.
"""

import argparse
import asyncio
import os
import ssl
import tempfile
import time
from pathlib import Path

from bench.chamber import Seated, seat
from bench.running import LATENESS, SYSTEM, Running
from bench.wire import storm
from meeting import config
from meeting.entrance import authority

AT_ONCE = 16
STARTED_SECONDS = 4.0


def certify(folder: Path) -> dict[str, str]:
    """An authority and a certificate for the loopback; the settings of a server that uses them."""
    config.use(config.Settings(data=folder, database_url=""))
    where, hosts = authority.files(), [authority.host_of("127.0.0.1")]
    authority.make_root("Bench", hosts)
    authority.make_server(hosts)
    os.environ["SSL_CERT_FILE"] = str(where.root)  # this process trusts it
    return {"MEETING_TLS_CERTIFICATE": str(where.server), "MEETING_TLS_KEY": str(where.server_key)}


async def handshakes(port: int, seconds: float) -> int:
    """So many full handshakes until the time is over."""
    done, ends = 0, time.perf_counter() + seconds

    async def one() -> None:
        nonlocal done
        while time.perf_counter() < ends:
            context = ssl.create_default_context()  # a new one: no session is taken up again
            _, writer = await asyncio.open_connection("127.0.0.1", port, ssl=context)
            writer.transport.abort()
            done += 1

    await asyncio.gather(*(one() for _ in range(AT_ONCE)))
    return done


async def joining(server: Running, seated: Seated, line: ssl.SSLContext | None) -> tuple[float, float, float]:
    """Milliseconds until all have the state, processor time, longest stall."""
    await asyncio.sleep(STARTED_SECONDS)
    worked, since = server.cpu_ms(), time.time()
    clients, ms, fallen = await storm(server.port, seated.members, {"meeting_id": seated.meeting_id}, line)
    worked = server.cpu_ms() - worked
    await asyncio.sleep(1)
    for client in clients:
        client.transport.abort()
    if fallen:
        print(f"    {fallen} lines fell and came again", flush=True)
    return ms, worked, server.stall_ms(since)


def main() -> None:
    """Measures and prints."""
    options = argparse.ArgumentParser(prog="bench.safe_line")
    options.add_argument("--tablets", type=int, default=200)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--seconds", type=float, default=4.0)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="meeting-bench-") as named:
        folder = Path(named)
        seated, tls = seat(folder, chosen.tablets), certify(folder)
        for number in range(chosen.rounds):
            for kind, more in (("http ", {}), ("https", tls)):
                late = folder / f"late-{kind.strip()}-{number}"
                with Running(SYSTEM, folder, health=True, **{LATENESS: str(late), **more}) as server:
                    line = ssl.create_default_context() if more else None
                    ms, worked, stall = asyncio.run(joining(server, seated, line))
                    each = worked / chosen.tablets
                    print(
                        f"(b) {kind}: {chosen.tablets} joined in {ms:.0f} ms; {each:.2f} ms of processor each; stall {stall:.0f}"
                    )
                    if more and number == chosen.rounds - 1:
                        before, began = server.cpu_ms(), time.time()
                        count = asyncio.run(handshakes(server.port, chosen.seconds))
                        cost = (server.cpu_ms() - before) / count
                        rate = count / chosen.seconds
                        stall = server.stall_ms(began)
                        print(f"(a) {rate:.0f} handshakes a second; {cost:.2f} ms of processor each; stall {stall:.0f} ms")


if __name__ == "__main__":
    main()
