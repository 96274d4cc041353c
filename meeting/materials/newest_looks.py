"""When somebody last looked at meetings."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.materials.newest import Looked
from meeting.materials.release_models import Look


def looked_of(session: Session, person_id: int, meeting_ids: Iterable[int]) -> dict[int, Looked]:
    """When somebody looked at each of these meetings; one query, an empty look for those never looked at."""
    wanted = list(meeting_ids)
    rows = session.scalars(select(Look).where(Look.person_id == person_id, Look.meeting_id.in_(wanted)))
    found = {row.meeting_id: Looked(row.looked_at, row.before_at) for row in rows}
    return {meeting_id: found.get(meeting_id, Looked()) for meeting_id in wanted}
