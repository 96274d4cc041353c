"""The page of a guest who came in by a personal link, put together from what other rooms registered for the meeting's page."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.agenda.panels import panels_at
from meeting.agenda.queries import limited_items, meeting_of
from meeting.agenda.screens import programme_parts
from meeting.errors import Missing
from meeting.invitations import queries
from meeting.permissions import Actor, actions_of

#: The tabs of the meeting's page that a guest's page shows, in their order.
PANELS = ("papers", "opinions")


def guest_page(session: Session, actor: Actor) -> dict[str, Any]:
    """When, where, what; the answer; the papers and opinions a guest may see, and nothing of anything else."""
    if actor.only_meeting is None:
        raise Missing()
    meeting, hats = meeting_of(session, actor, actor.only_meeting)
    can = set(actions_of(hats))
    drawn = []
    for panel in panels_at("tab"):
        content = panel.load(session, actor, meeting) if panel.key in PANELS and panel.action in can else None
        if content is not None:
            drawn.append({"key": panel.key, "label": panel.label, "template": panel.template, "content": content})
    items = limited_items(meeting, actor, hats)
    paper = next((each for each in queries.papers_of(session, actor, meeting) if each.state == "issued"), None)
    return {
        "meeting": meeting,
        "mine": queries.participant(session, meeting.id, actor.person_id),
        "parts": programme_parts(meeting, items),
        "drawn": sorted(drawn, key=lambda each: PANELS.index(each["key"])),
        "document": queries.document_of(session, paper),
        "paper": paper,
        "can": {action.value for action in can},
    }
