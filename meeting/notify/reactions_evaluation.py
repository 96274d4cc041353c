"""Who is told of evaluations: members who took part, that they may say how the meeting was."""

from meeting.acts import Tx
from meeting.agenda.models import Meeting
from meeting.evaluation.models import SurveyBox
from meeting.evaluation.survey import asked_people
from meeting.events import Event
from meeting.journal import Told
from meeting.notify.facts import about, address
from meeting.notify.reactions import handles
from meeting.notify.telling import tell


@handles(Event.MEETING_CLOSED)
def ask_members(tx: Tx, entry: Told) -> None:
    """The survey began in the same transaction; nobody is reminded of it again."""
    box = tx.find(SurveyBox, entry.chain)
    if box is None:
        return
    meeting = tx.get(Meeting, entry.chain)
    facts = {**about(meeting), "closes_at": box.closes_at.isoformat()}
    people = sorted(asked_people(tx.reading, meeting))
    tell(tx, people, "survey_open", f"{address(meeting)}/survey", meeting.id, **facts)
