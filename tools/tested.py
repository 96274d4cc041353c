"""Run the tests; those few that failed beside the others are run once more by themselves, and named.

    python tools/tested.py [what pytest takes]

Three processes share two cores with browsers and servers: a test may fail for want of time alone. More than `FEW` failures are
never looked at twice, and what fails by itself too has failed.
"""

import json
import subprocess
import sys
from pathlib import Path

FEW = 3
SOME_FAILED = 1  # pytest's exit code; any other tells of a fault in the run itself
KEPT = Path(".pytest_cache/v/cache/lastfailed")


def main(options: list[str]) -> int:
    """Pytest's exit code, after the second look."""
    KEPT.unlink(missing_ok=True)
    code = subprocess.run([sys.executable, "-m", "pytest", *options]).returncode
    failed = sorted(json.loads(KEPT.read_text())) if code == SOME_FAILED and KEPT.exists() else []
    if not 0 < len(failed) <= FEW:
        return code
    print("\nFailed beside others, and run once more by themselves:", *failed, "", sep="\n  ", flush=True)
    code = subprocess.run([sys.executable, "-m", "pytest", *failed]).returncode
    print("\nUnsteady: passed by themselves" if code == 0 else "\nFailed by themselves too, or some of them", flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
