"""What this room adds to the live state: for the desk, which texts of the minutes changed last, and by whose hand."""

from typing import Any

from sqlalchemy import select

from meeting.conclusions.models import MinutesPart
from meeting.live.queries import iso, person_brief
from meeting.live.state import View, section
from meeting.organization.models import Person


@section("minutes")
def minutes(view: View) -> dict[str, Any] | None:
    """By item id ("0": the meeting as a whole) the version, when and who; the words are read by those who write. Desk only."""
    if view.audience != "desk":
        return None
    wanted = (
        select(MinutesPart.item_id, MinutesPart.version, MinutesPart.edited_at, Person)
        .outerjoin(Person, Person.id == MinutesPart.edited_by_id)
        .where(MinutesPart.meeting_id == view.meeting.id)
        .order_by(MinutesPart.id)
    )
    parts = {
        str(item_id or 0): {"version": version, "at": iso(at), "by": person_brief(person)}
        for item_id, version, at, person in view.session.execute(wanted)
    }
    return {"parts": parts}
