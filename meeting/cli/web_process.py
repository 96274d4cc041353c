"""The web process of `meeting run`: patched first of all, starts the worker beside it, announces the address once it serves."""

from meeting import asyncmode, readiness

asyncmode.patch_if_asked()

import gc  # noqa: E402 - nothing may be imported before the patch

gc.disable()  # until it serves: nothing of what is loaded is garbage, and to look for it takes a third of the time

import os  # noqa: E402 - nothing may be imported before the patch
import ssl  # noqa: E402
import subprocess  # noqa: E402
import sys  # noqa: E402
import threading  # noqa: E402
import time  # noqa: E402
import urllib.request  # noqa: E402

ANNOUNCED = "MEETING_ANNOUNCED"  # the lines to print when the address answers
WEB_ONLY = "MEETING_WEB_ONLY"  # set: the worker runs elsewhere
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
    from meeting.entrance.listening import shown  # noqa: PLC0415 - after the patch

    safe = bool(os.environ.get("MEETING_TLS_CERTIFICATE"))
    own = ssl._create_unverified_context() if safe else None  # noqa: S323 - it asks itself, under any name
    give_up_at = time.monotonic() + START_LIMIT_SECONDS
    while time.monotonic() < give_up_at:
        try:
            with urllib.request.urlopen(f"{shown(host, port, safe=safe)}/healthz", timeout=5, context=own):  # noqa: S310
                readiness.tell("READY=1")
                threading.Thread(target=readiness.keep_telling, daemon=True).start()
                break
        except OSError:
            time.sleep(0.1)
    sys.stdout.write(os.environ.get(ANNOUNCED, "") + "\n")
    sys.stdout.flush()
    if not os.environ.get(WEB_ONLY):
        keep_worker()


def main(host: str, port: int) -> None:
    """Serves until told to stop."""
    from meeting import server  # noqa: PLC0415 - after the patch

    announcing = threading.Thread(target=announce, args=(host, port), daemon=True)

    def started() -> None:
        gc.enable()
        announcing.start()

    try:
        server.serve(host, port, started=started)
    except server.CannotServe as running:
        from meeting.cli.words import give_up, say  # noqa: PLC0415 - after the patch

        give_up(say(str(running)))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
