"""What is done for shelves at night."""

from meeting.jobs import every
from meeting.permissions import SYSTEM
from meeting.writer import perform


@every(6 * 3600)
def sweep() -> None:
    """Removes what was thrown away long ago, a few at a time."""
    while perform(SYSTEM, "shelf.sweep", {})["removed"]:
        continue
