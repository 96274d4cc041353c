"""Saving searches and hearing of what is new: what the tests of alerts share."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from meeting.notify.models import Notification
from meeting.notify.wording import text_of, title_of
from meeting.search.kept import alerts
from tests.conftest import Council

Do = Callable[..., dict[str, Any]]
Write = Callable[..., int]
Feed = Callable[..., None]
Save = Callable[..., int]
LINE = "Xử lý dứt điểm các điểm tái lấn chiếm vỉa hè."


@pytest.fixture
def held(council: Council) -> int:
    """A held meeting of the UBND."""
    return council.meeting(state="held")


@pytest.fixture
def save(do: Do) -> Save:
    """Saves a search of somebody; its first round, which learns what there is already, is done."""

    def saved(who: str = "hoa", typed: str = "vỉa hè", **question: str) -> int:
        saved_id = int(do(who, "search.save", typed=typed, question=question)["saved_id"])
        assert alerts.look() == 0
        return saved_id

    return saved


def told(council: Council, who: str = "hoa") -> list[Notification]:
    found = select(Notification).where(Notification.person_id == council.person(who), Notification.kind.startswith("search"))
    return council.all(found.order_by(Notification.id))


def sentence(row: Notification, language: str = "vi") -> tuple[str, str]:
    return title_of(row.kind, row.facts, language), text_of(row.kind, row.facts, language)
