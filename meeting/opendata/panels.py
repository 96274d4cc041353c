"""On the page of a sitting: whether the public may read it, and the button for whoever decides that."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.agenda.panels import panel
from meeting.errors import N_, Refused
from meeting.opendata import queries, rules
from meeting.permissions import Action, Actor


def shown(session: Session, _actor: Actor, meeting: Meeting) -> dict[str, Any] | None:
    """The card; none where a sitting cannot be shown at all."""
    row = queries.sitting_of(session, meeting.id)
    open_now = row is not None and row.hidden_at is None and not meeting.closed
    if not open_now:
        try:
            rules.check_shown(
                meeting.body.kind,
                meeting.state,
                meeting.sitting,
                closed=meeting.closed,
                practice=bool(meeting.body.practice_of_id),
            )
        except Refused:
            return None
    address = {"page": f"{rules.HOME}/meeting/{meeting.id}", "minutes": f"/akn/meeting/{meeting.id}.xml"}
    return {"meeting_id": meeting.id, "shown_at": row.shown_at if row and open_now else None, **address}


panel(
    "opendata",
    place="side",
    label=N_("Open data"),
    template="opendata/shown.html",
    load=shown,
    action=Action.SHOW_SITTING,
    order=80,
)
