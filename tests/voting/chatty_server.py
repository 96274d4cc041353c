"""The web process with everything logged that anybody could switch on: what it says then must not say a choice."""

from meeting import asyncmode

asyncmode.patch_if_asked()

import logging  # noqa: E402 - nothing may be imported before the patch
import sys  # noqa: E402

from meeting import logs  # noqa: E402
from meeting.cli import web_process  # noqa: E402


def set_up(level: int = logging.DEBUG, quiet: object = logs.set_up) -> None:
    """As the product sets it up, but at DEBUG, what the database is asked and answers included."""
    quiet(level)  # type: ignore[operator]
    logging.getLogger("sqlalchemy.engine").setLevel(level)


logs.set_up = set_up

if __name__ == "__main__":
    web_process.main(sys.argv[1], int(sys.argv[2]))
