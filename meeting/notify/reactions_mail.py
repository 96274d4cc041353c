"""Who is told what of answers by mail: one that did not count, a substitute proposed, an invitation taken back."""

from meeting.acts import Tx
from meeting.agenda.models import Meeting
from meeting.calendars.models import MailedReply
from meeting.events import Event
from meeting.journal import Told
from meeting.notify.facts import about, address
from meeting.notify.reactions import handles
from meeting.notify.telling import tell
from meeting.organization.models import Person


@handles(Event.REPLY_MAILED)
def tell_mailed(tx: Tx, entry: Told) -> None:
    """The person learns that the mailed answer did not count; the secretary of a proposal nobody on file could be found for."""
    meeting = tx.get(Meeting, entry.chain)
    reply = tx.get(MailedReply, entry.facts["reply_id"])
    if reply.outcome in ("stale", "refused"):
        tell(tx, [reply.person_id], "mailed_not_counted", address(meeting), meeting.id, **about(meeting))
    elif reply.outcome == "proposed" and reply.delegate_id is None:
        facts = {**about(meeting), "name": tx.get(Person, reply.person_id).called, "substitute": reply.delegate}
        tell(tx, [meeting.secretary_id], "mailed_proposal", f"{address(meeting)}/mailed", meeting.id, **facts)
