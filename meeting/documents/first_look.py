"""A first look at a file while its sender waits, so that a damaged or locked PDF is refused at once.

The PDF library runs in a process of its own here too. A look that takes too long says nothing: the worker will.
"""

import json
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from meeting.documents.jobs import start

LOOK_SECONDS = 8.0
STEP_SECONDS = 0.03


def look(path: Path, breathe: Callable[[float], None] = time.sleep) -> dict[str, Any] | None:
    """The refusal found, as `{"refusal", "facts"}`, or None. `breathe(seconds)` lets the other tablets be served."""
    process = start(path, None)
    assert process.stdout is not None
    try:
        ends = time.monotonic() + LOOK_SECONDS
        while process.poll() is None:
            if time.monotonic() > ends:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                return None
            breathe(STEP_SECONDS)
        said = [json.loads(line) for line in process.stdout.read().splitlines()]
    finally:
        process.stdout.close()
    if not said:
        return {"refusal": "broken", "facts": {}}
    return next((each for each in said if "refusal" in each), None)
