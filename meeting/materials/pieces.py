"""What comes along when a meeting is made like another one: the papers asked of units, due by the rules that hold then."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.acts import Tx
from meeting.agenda.models import Meeting
from meeting.agenda.panels import comes_along
from meeting.errors import N_
from meeting.events import Event
from meeting.materials.due import due_by_rule, facts_of
from meeting.materials.models import Requirement
from meeting.organization.models import Unit

KEPT = ("what", "form", "unit_id", "document_type_id", "stage", "audience", "takeable")


@comes_along("papers", N_("Papers owed by the units"), order=20)
class Papers:
    """The requests of a meeting, without due times and without what became of them."""

    @staticmethod
    def take(session: Session, meeting: Meeting, places: Mapping[int, int]) -> list[dict[str, Any]]:
        """Each request with the place of its item; those of items that stay behind stay behind too."""
        asked = select(Requirement).where(Requirement.meeting_id == meeting.id, Requirement.state != "waived")
        rows = session.scalars(asked.order_by(Requirement.id)).unique()
        return [
            {**{name: getattr(row, name) for name in KEPT}, "place": places.get(row.item_id) if row.item_id else None}
            for row in rows
            if row.item_id is None or row.item_id in places
        ]

    @staticmethod
    def give(tx: Tx, meeting: Meeting, items: Sequence[int], taken: Any) -> None:
        """Asks the units again, each paper due by its rule. Units that were retired are left out. Journal: PAPERS_REQUESTED."""
        working = set(tx.scalars(select(Unit.id).where(Unit.retired_on.is_(None))))
        for each in taken:
            if each["unit_id"] in working:
                _ask(tx, meeting, items[each["place"]] if each["place"] is not None else None, each)


def _ask(tx: Tx, meeting: Meeting, item_id: int | None, kept: Mapping[str, Any]) -> None:
    due_at = due_by_rule(tx.reading, meeting, kept["stage"])
    row = Requirement(
        **{name: kept[name] for name in KEPT if name in kept},  # templates kept before a column came lack it
        meeting_id=meeting.id,
        item_id=item_id,
        due_at=due_at,
        asked_due_at=due_at,
        asked_by=tx.actor.person_id or meeting.created_by,
        asked_at=tx.now,
    )
    tx.add(row)
    tx.record(Event.PAPERS_REQUESTED, row, **facts_of(row), item_id=item_id, due_reason="")
