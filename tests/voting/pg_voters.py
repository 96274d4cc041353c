"""One of two processes on one PostgreSQL: takes ballots with the writer of its own, beside the other. See test_postgresql.py.

Run as `python -m tests.voting.pg_voters`, told a plan (a file) a line on standard input; answers one JSON line a plan.
"""

import json
import pickle
import sys
import threading
from collections import deque
from pathlib import Path
from typing import Any

from meeting import app as application
from meeting import config, database
from meeting.writer import Writer

AT_ONCE = 6


def carried_out(writer: Writer, plan: dict[str, Any]) -> list[list[Any]]:
    """Everything in the plan, from several threads; every answer."""
    wishes, heard, lock = deque(plan["wishes"]), [], threading.Lock()

    def work() -> None:
        while True:
            with lock:
                if not wishes:
                    return
                name, act, wanted, request_id = wishes.popleft()
            answer = writer.submit(plan["actors"][name], act, wanted, request_id)
            with lock:
                heard.append([name, act, wanted["question_id"], answer.status, answer.body.get("code", "")])

    threads = [threading.Thread(target=work) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return heard


def main() -> None:
    """One plan after another, until there are no more."""
    application.load_rooms()
    database.use(database.Database(config.settings().database_url))
    writer = Writer()
    writer.start()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        plan = pickle.loads(Path(line.strip()).read_bytes())
        sys.stdout.write(json.dumps(carried_out(writer, plan)) + "\n")
        sys.stdout.flush()
    writer.stop()


if __name__ == "__main__":
    main()
