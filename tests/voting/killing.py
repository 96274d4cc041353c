"""Takes ballots with the real writer on the real store in a process that is killed at a random moment, many times over.

What takes long to load is loaded once: each victim is forked from here. Run as `python -m tests.voting.killing ACTORS`, told one
round a line on standard input, answers one line a round: which ballots the victim had acknowledged when it died.
"""

import json
import os
import pickle
import random
import signal
import sys
import threading
import time
from collections import deque
from pathlib import Path
from typing import Any

from meeting import app as application
from meeting import config, database
from meeting.writer import Writer

AT_ONCE = 8  # voters of one victim who wait for an answer at the same time
LONGEST_SECONDS = 20.0  # a victim that neither ends nor is killed


def victim(told: dict[str, Any], actors: dict[str, Any], pipe: int) -> None:
    """Acts in random order from several threads; each acknowledgement goes into the pipe at once."""
    database.use(database.Database(config.settings().database_url))
    writer = Writer()
    writer.start()
    wishes = deque(told["wishes"])

    def work() -> None:
        while True:
            try:
                username, name, wanted, request_id = wishes.popleft()
            except IndexError:
                return
            heard = writer.submit(actors[username], name, wanted, request_id)
            os.write(pipe, f"{username} {name} {heard.status}\n".encode())

    threads = [threading.Thread(target=work) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    os.write(pipe, b"- ended 0\n")
    time.sleep(LONGEST_SECONDS)  # waits for its end: it is always killed, never stopped


def round_of(told: dict[str, Any], actors: dict[str, Any]) -> dict[str, Any]:
    """Forks a victim, lets so many acknowledgements come and a random moment pass, kills it -9."""
    chance = random.Random(told["seed"])
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(reading)
            victim(told, actors, writing)
        finally:
            os._exit(1)
    os.close(writing)
    heard, deadline = b"", time.monotonic() + LONGEST_SECONDS
    while heard.count(b"\n") < told["after"] and b"- ended" not in heard and time.monotonic() < deadline:
        heard += os.read(reading, 65536)
    time.sleep(chance.uniform(0, 0.003))
    os.kill(pid, signal.SIGKILL)
    while piece := os.read(reading, 65536):
        heard += piece
    os.close(reading)
    _, status = os.waitpid(pid, 0)
    lines = [line.split() for line in heard.decode().splitlines()]
    return {
        "killed": os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL,
        "ended": any(line[1] == "ended" for line in lines),
        "answers": [(who, name, int(code)) for who, name, code in lines if name != "ended"],
    }


def main(path: str) -> None:
    """Loads everything once, then one round a line."""
    actors = pickle.loads(Path(path).read_bytes())
    application.load_rooms()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(round_of(json.loads(line), actors)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
