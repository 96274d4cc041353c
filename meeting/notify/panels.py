"""What this room puts on the page of a meeting: the mails that went out, for those who prepare it."""

from typing import Any

from sqlalchemy.orm import Session

from meeting import config
from meeting.agenda.models import Meeting
from meeting.agenda.panels import panel
from meeting.errors import N_
from meeting.notify import queries
from meeting.permissions import Action, Actor


def load(session: Session, _actor: Actor, meeting: Meeting) -> dict[str, Any] | None:
    """The mails of a meeting with what became of each."""
    mails = queries.deliveries_of(session, meeting.id)
    states = [each.state for each in mails]
    counts = {state: states.count(state) for state in ("sent", "waiting", "failed", "no_address")}
    return {"mails": mails, "counts": counts, "mail_on": bool(config.settings().smtp_url)}


def register() -> None:
    """Puts the panel in its place."""
    panel(
        "mails",
        place="tab",
        label=N_("Mails"),
        template="notify/mails.html",
        load=load,
        count=lambda session, _actor, meeting: queries.count_failed(session, meeting.id) or None,
        action=Action.PREPARE_MEETING,
        order=90,
    )
