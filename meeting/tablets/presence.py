"""What upper rooms know of the tablets that are connected this moment: the live room sets it at start."""

from collections.abc import Callable

from meeting.documents.grants import grants
from meeting.tablets.queries import forget_shut_out


def _nobody() -> set[int]:
    return set()


def _nothing(_tablet_id: int) -> None:
    """No sockets are open."""


def _untold(_tablet_id: int, _when: float) -> None:
    """There are no other processes."""


connected: Callable[[], set[int]] = _nobody
let_go: Callable[[int], None] = _nothing
tell_touch: Callable[[int, float], None] = _untold
_touches: dict[int, float] = {}  # by paired tablet: when somebody touched it last, in seconds


def touched(tablet_id: int, when: float) -> None:
    """Somebody touched a paired tablet; the other web processes, at which its sockets may be, hear of it."""
    if note_touch(tablet_id, when):
        tell_touch(tablet_id, when)


def note_touch(tablet_id: int, when: float) -> bool:
    """Whether this is later than what was known."""
    later = when > _touches.get(tablet_id, 0)
    if later:
        _touches[tablet_id] = when
    return later


def last_touch(tablet_id: int) -> float | None:
    """When somebody touched a paired tablet last, as far as this process knows."""
    return _touches.get(tablet_id)


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
