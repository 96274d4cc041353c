"""Who is told what in the life of a paper: the unit, its head, the office, the chair."""

from meeting.acts import Tx, on
from meeting.agenda.models import Meeting
from meeting.events import Event
from meeting.journal import Told
from meeting.materials.models import Submission
from meeting.notify import queries
from meeting.notify.facts import paper_facts, papers_address
from meeting.notify.reactions import handles
from meeting.notify.telling import tell
from meeting.notify.waiting import begins
from meeting.organization.models import Unit

LATE_KINDS = {
    "accepted": "late_accepted",
    "postponed": "late_postponed",
    "read_out": "late_read_out",
    "refused": "late_refused",
}


@handles(Event.PAPER_LAID_BEFORE_HEAD)
def tell_head(tx: Tx, entry: Told) -> None:
    """The head of the unit has a paper to approve."""
    meeting = tx.get(Meeting, entry.chain)
    _, heads = queries.officers_and_heads(tx.reading, meeting.body_id, entry.facts["unit_id"])
    _tell(tx, entry, heads, "paper_to_approve")


@handles(Event.PAPER_APPROVED_BY_HEAD, Event.PAPER_REJECTED_BY_HEAD)
def tell_sender(tx: Tx, entry: Told) -> None:
    """Who prepared the paper learns what the head said."""
    version = tx.get(Submission, entry.facts["submission_id"])
    kind = "paper_approved_by_head" if entry.event == Event.PAPER_APPROVED_BY_HEAD else "paper_rejected_by_head"
    _tell(tx, entry, [version.sent_by], kind)


@handles(Event.TIME_ASKED)
def tell_wish(tx: Tx, entry: Told) -> None:
    """The office has a wish for more time to decide on."""
    meeting = tx.get(Meeting, entry.chain)
    _tell(tx, entry, [meeting.secretary_id or meeting.created_by], "time_asked")


@handles(Event.TIME_GRANTED, Event.TIME_REFUSED)
def tell_time(tx: Tx, entry: Told) -> None:
    """The unit learns until when it has time."""
    meeting = tx.get(Meeting, entry.chain)
    people = queries.unit_people(tx.reading, meeting.body_id, entry.facts["unit_id"])
    _tell(tx, entry, people, "time_granted" if entry.event == Event.TIME_GRANTED else "time_refused")


@handles(Event.LATE_DECIDED)
def tell_decision(tx: Tx, entry: Told) -> None:
    """Unit and secretary learn what the chair decided on a late paper."""
    meeting = tx.get(Meeting, entry.chain)
    people = queries.unit_people(tx.reading, meeting.body_id, entry.facts["unit_id"])
    _tell(tx, entry, [*people, meeting.secretary_id], LATE_KINDS[entry.facts["decision"]])


def _tell(tx: Tx, entry: Told, people: "list[int | None] | list[int]", kind: str) -> None:
    meeting = tx.get(Meeting, entry.chain)
    facts = paper_facts(meeting, entry.facts, tx.get(Unit, entry.facts["unit_id"]).name)
    tell(tx, people, kind, papers_address(meeting), meeting.id, **facts)


@on(Event.DUE_CHANGED, Event.PAPER_RETURNED, Event.TIME_GRANTED)
def new_steps(tx: Tx, entry: Told) -> None:
    """A new due time is reminded of from now on: steps that lie before this moment are not sent."""
    begins(tx, "papers", entry.facts["requirement_id"])
