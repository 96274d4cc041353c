"""Meetings whose rules of invitation a test chooses."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from meeting.agenda.models import Meeting, Participant
from meeting.rulebook.models import RuleBook
from tests.conftest import Council

Rule = Callable[..., None]


@pytest.fixture
def rule(council: Council) -> Rule:
    """Changes the rule book of a body's regular meeting: `rule("UBND", substitutes="speaks")`."""

    def set_rule(body: str = "UBND", **values: Any) -> None:
        book = council.one(select(RuleBook.id).where(RuleBook.type_id == council.type(body)))
        council.update(RuleBook, book, **values)

    return set_rule


@pytest.fixture
def seat(council: Council) -> Callable[[int, str], Participant | None]:
    """How somebody stands on the list of a meeting now."""

    def read(meeting: int, username: str) -> Participant | None:
        wanted = select(Participant).where(Participant.meeting_id == meeting, Participant.person_id == council.person(username))
        found: Participant | None = council.one(wanted)
        return found

    return read


def state_of(council: Council, meeting: int) -> str:
    """The state of a meeting now."""
    return str(council.one(select(Meeting.state).where(Meeting.id == meeting)))
