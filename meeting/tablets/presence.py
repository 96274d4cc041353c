"""What upper rooms know of the tablets that are connected this moment: the live room sets it at start."""

from collections.abc import Callable

from meeting.documents.grants import grants
from meeting.tablets.queries import forget_shut_out


def _nobody() -> set[int]:
    return set()


def _nothing(_tablet_id: int) -> None:
    """No sockets are open."""


connected: Callable[[], set[int]] = _nobody
let_go: Callable[[int], None] = _nothing


def forget() -> None:
    """Whether a browser may act, and which files it may see, is asked anew."""
    forget_shut_out()
    grants.forget()  # no entry of the journal tells of a lock


def end_sessions(tablet_id: int) -> Callable[[], None]:
    """What is done once a tablet's end or lock is durable: its sessions are looked up anew, its sockets here close at once."""

    def ended() -> None:
        forget()
        let_go(tablet_id)

    return ended
