"""Who is told what of remarks: whoever left one learns of the answer. The administrator sees new ones counted in the frame."""

from meeting.acts import Tx
from meeting.events import Event
from meeting.guides.models import Remark
from meeting.journal import Told
from meeting.notify.reactions import EXCUSED, EXCUSED_ROOMS, OFFICE, handles
from meeting.notify.telling import tell

EXCUSED_ROOMS["guides"] = OFFICE
EXCUSED_ROOMS["practice"] = "those who practise find it on their start page"
EXCUSED[Event.FEEDBACK_GIVEN] = "the administrator's list counts it"


@handles(Event.FEEDBACK_ANSWERED)
def tell_answered(tx: Tx, entry: Told) -> None:
    """Only of an answer: that somebody looks at a remark stands beside it."""
    if entry.facts["state"] == "answered":
        row = tx.get(Remark, entry.facts["remark_id"])
        tell(tx, [row.person_id], "feedback_answered", "/feedback", given_at=row.given_at.isoformat())
