"""The shapes of what other programs read of notifications."""

from typing_extensions import TypedDict


class NotificationLine(TypedDict):
    """A notification in the reader's language."""

    id: int
    kind: str
    group: str
    title: str
    text: str
    url: str
    meeting_id: int | None
    created_at: str
    seen_at: str | None


class Notifications(TypedDict):
    """A part of one's own, and how many of all were not seen."""

    data: list[NotificationLine]
    next: str | None
    unseen: int


class Unseen(TypedDict):
    """What the bell asks."""

    unseen: int
    newest: int
