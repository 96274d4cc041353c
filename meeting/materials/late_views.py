"""The chair's page of late papers."""

from meeting import clock
from meeting.materials import late_queries
from meeting.materials.lateness import DECISIONS, PRESETS
from meeting.materials.rules import CLOSED_MEETINGS
from meeting.materials.views import pages
from meeting.materials.wording import chairs_reason
from meeting.permissions import Action, allows
from meeting.web.doors import actor, page, session


@pages.get("/meetings/<int:meeting_id>/papers/late")
def late(meeting_id: int) -> str:
    """Papers that are late or missing: what becomes of each, in one tap with a reason."""
    meeting, rows = late_queries.late_papers(session(), actor(), meeting_id)
    may_decide = allows(Action.DECIDE_LATE, meeting.hats_of(actor(), session())) and meeting.state not in CLOSED_MEETINGS
    return page(
        "materials/late.html",
        meeting=meeting,
        rows=rows,
        now=clock.now(),
        decisions=DECISIONS,
        presets=PRESETS,
        chairs_reason=chairs_reason,
        may_decide=may_decide,
    )
