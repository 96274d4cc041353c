"""The web process of `meeting run`: patched first of all, starts the worker beside it, announces the address once it serves."""

from meeting import asyncmode

asyncmode.patch_if_asked()

import os  # noqa: E402 - nothing may be imported before the patch
import subprocess  # noqa: E402
import sys  # noqa: E402
import threading  # noqa: E402
import time  # noqa: E402
import urllib.request  # noqa: E402

ANNOUNCED = "MEETING_ANNOUNCED"  # the lines to print when the address answers
WORKER_PAUSE_SECONDS = 1.0
START_LIMIT_SECONDS = 60.0


def keep_worker() -> None:
    """Starts the worker and starts it again when it ends; it ends by itself when this process is gone."""
    while True:
        environment = {**os.environ, "MEETING_PARENT": str(os.getpid())}
        worker = subprocess.Popen([sys.executable, "-m", "meeting.worker"], env=environment)
        while worker.poll() is None:
            time.sleep(WORKER_PAUSE_SECONDS)
        time.sleep(WORKER_PAUSE_SECONDS)


def announce(host: str, port: int) -> None:
    """Prints the promised lines as soon as the address answers, and then looks after the worker."""
    shown = "127.0.0.1" if host in ("0.0.0.0", "::", "") else host  # noqa: S104 - compared, not bound
    give_up_at = time.monotonic() + START_LIMIT_SECONDS
    while time.monotonic() < give_up_at:
        try:
            with urllib.request.urlopen(f"http://{shown}:{port}/healthz", timeout=5):
                break
        except OSError:
            time.sleep(0.1)
    sys.stdout.write(os.environ.get(ANNOUNCED, "") + "\n")
    sys.stdout.flush()
    keep_worker()


def main(host: str, port: int) -> None:
    """Serves until told to stop."""
    from meeting import server  # noqa: PLC0415 - after the patch

    announcing = threading.Thread(target=announce, args=(host, port), daemon=True)
    try:
        server.serve(host, port, started=announcing.start)
    except server.CannotServe as running:
        from meeting.cli.words import give_up, say  # noqa: PLC0415 - after the patch

        give_up(say(str(running)))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
