"""How the public page names and orders things. Pure.

The seed of this page: "Các nhiệm vụ trọng tâm và báo cáo kết quả hàng tháng đều được thông báo công khai trên Cổng thông tin
điện tử phường". Machine-readable data beside the page: NĐ 42/2022/NĐ-CP on information of state bodies online.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TypeVar

from meeting.organization.names import folded

IN_PAGE = 30  # tasks or documents on one page
IN_FEED = 100

Thing = TypeVar("Thing")


def slug_of(short_name: str) -> str:
    """A body's name in an address: "Đảng ủy" gives "dang-uy"."""
    return re.sub(r"[^a-z0-9]+", "-", folded(short_name)).strip("-")


@dataclass(frozen=True)
class Shown:
    """A task as the public reads it: words typed for it, the unit, the day, whether it is done. Nothing else is read at all."""

    id: int
    text: str
    result: str
    unit: str
    state: str  # done, done_late, overdue, in_progress
    due_on: date | None
    done_on: date | None
    month: date  # the first of the month it is due in, or was given in when it has no day
    released_on: date


def state_of(accepted: bool, due_on: date | None, done_on: date | None, today: date) -> str:
    """What the public is told: done, done late, overdue, in progress. A report that waits inside is in progress outside."""
    if accepted:
        return "done_late" if due_on and done_on and done_on > due_on else "done"
    return "overdue" if due_on and due_on < today else "in_progress"


def by_month(tasks: Iterable[Shown]) -> list[tuple[date, list[Shown]]]:
    """Months with their tasks, the newest month first, within a month by day."""
    ordered = sorted(tasks, key=lambda each: (-each.month.toordinal(), each.due_on or date.max, each.id))
    return [(month, list(found)) for month, found in groupby(ordered, key=lambda each: each.month)]


def part(things: Sequence[Thing], page: int, size: int = IN_PAGE) -> tuple[list[Thing], int]:
    """One page of a list and how many pages there are; a page that is none is the last."""
    pages = max(1, -(-len(things) // size))
    page = min(max(1, page), pages)
    return list(things[(page - 1) * size : page * size]), pages
