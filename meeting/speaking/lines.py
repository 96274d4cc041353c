"""How a request for the floor and a running speech look on the wire. Moments, never something that ticks."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from meeting.live.queries import iso, person_brief
from meeting.speaking.models import Floor


def line(floor: Floor, for_whom: Mapping[int, str]) -> dict[str, Any]:
    """One request. `for_whom`: the member's name by the substitute's person id."""
    return {
        "id": floor.id,
        "person": person_brief(floor.person),
        "stands_for": for_whom.get(floor.person_id),
        "kind": floor.kind,
        "subject": floor.subject,
        "addressee": person_brief(floor.addressee),
        "item_id": floor.item_id,
        "answers_id": floor.answers_id,
        "asked_at": iso(floor.asked_at),
        "seconds": floor.limit_seconds,
        "skipped": floor.skipped,
        "entered_by": person_brief(floor.entered_by),
    }


def current(floor: Floor, for_whom: Mapping[int, str], warn_seconds: int, now: datetime) -> dict[str, Any]:
    """The running speech. `ends_at` is null while it is stopped; then `left_seconds` says what is left."""
    turn = floor.turn
    ends = turn.ends_at if turn else None
    return {
        **line(floor, for_whom),
        "started_at": iso(floor.started_at),
        "ends_at": iso(ends),
        "paused_at": iso(floor.paused_at),
        "paused_seconds": floor.paused_seconds,
        "left_seconds": turn.left(now) if turn and floor.paused_at else None,
        "warn_seconds": warn_seconds,
    }
