"""Who is told what of invitations: absences decided, substitutes named and answered, a changed programme handed out."""

from meeting.acts import Tx, on
from meeting.agenda.models import Meeting
from meeting.agenda.summary import concerning
from meeting.events import Event
from meeting.journal import Told
from meeting.notify import queries
from meeting.notify.facts import about, address
from meeting.notify.reactions import EXCUSED, EXCUSED_ROOMS, OFFICE, handles
from meeting.notify.telling import tell
from meeting.notify.waiting import begins
from meeting.organization.models import Person

EXCUSED_ROOMS["notify"] = "it is itself the telling"
EXCUSED[Event.INVITATION_DRAFTED] = OFFICE
EXCUSED[Event.INVITATION_EDITED] = OFFICE
EXCUSED[Event.INVITATION_SIGNED] = OFFICE
EXCUSED[Event.INVITATION_REOPENED] = OFFICE
EXCUSED[Event.INVITATION_SET] = "a PDF was made by the worker"
EXCUSED[Event.GUEST_ADDED] = "a guest is told by the invitation or gets the link"
EXCUSED[Event.GUEST_LINK_MADE] = "the link is handed over by who made it; it stands in no message of ours"
EXCUSED[Event.GUEST_LINK_REVOKED] = OFFICE
EXCUSED[Event.GUEST_LINK_USED] = "the list of links shows it"


@on(Event.PROGRAMME_SUBMITTED)
def programme_waits(tx: Tx, entry: Told) -> None:
    """From now on the programme waits for its approver."""
    begins(tx, "programme", entry.chain)


@handles(Event.PROGRAMME_HANDED_OUT)
def tell_programme(tx: Tx, entry: Told) -> None:
    """Everybody invited learns once a version what changed in the programme; a guest only of the own items."""
    meeting = tx.get(Meeting, entry.chain)
    number, people = entry.facts["number"], entry.facts["people"]
    limits = {each.person_id: each.item_ids for each in meeting.participants if each.item_ids}
    everybody = [each for each in people if each not in limits]
    for readers, only in [(everybody, None), *(([each], limits[each]) for each in people if each in limits)]:
        found = concerning(entry.facts["changes"], only)
        facts = {**about(meeting), "number": number, "summary": {"changes": found, "why": entry.facts["why"]}}
        if found:
            tell(tx, readers, "programme_changed", f"{address(meeting)}/changes?after={number}", meeting.id, **facts)


@handles(Event.INVITATION_ISSUED)
def tell_replaced(tx: Tx, entry: Told) -> None:
    """A paper that replaces one already sent goes to everybody invited; the first paper goes with the issue of the meeting."""
    meeting = tx.get(Meeting, entry.chain)
    if entry.facts["replaces_id"] is not None and meeting.state == "issued":
        facts = {**about(meeting), "symbol": entry.facts["symbol"]}
        tell(tx, queries.invited(tx.reading, meeting.id), "invitation_replaced", address(meeting), meeting.id, **facts)


@handles(Event.ABSENCE_DECIDED)
def tell_absent(tx: Tx, entry: Told) -> None:
    """Who reported an absence learns what the office decided."""
    meeting = tx.get(Meeting, entry.chain)
    kind = "absence_approved" if entry.facts["decision"] == "approved" else "absence_refused"
    facts = {**about(meeting), "reason": entry.facts["answer"]}
    tell(tx, [entry.facts["person_id"]], kind, address(meeting), meeting.id, **facts)


@handles(Event.SUBSTITUTE_NAMED)
def tell_named(tx: Tx, entry: Told) -> None:
    """The chair has a substitute to agree to; where no consent is asked the consent follows at once and tells."""
    meeting = tx.get(Meeting, entry.chain)
    if meeting.book.substitute_consent:
        facts = {**about(meeting), **_names(tx, entry), "reason": entry.facts["reason"]}
        tell(tx, [meeting.chair_id], "substitute_named", f"{address(meeting)}/invitations?show=waiting", meeting.id, **facts)


@handles(Event.SUBSTITUTE_CONSENTED)
def tell_seated(tx: Tx, entry: Told) -> None:
    """The substitute is invited; the member and the secretary learn that the seat is taken."""
    meeting = tx.get(Meeting, entry.chain)
    facts = {**about(meeting), **_names(tx, entry)}
    tell(tx, [entry.facts["substitute_id"]], "substitute_invited", address(meeting), meeting.id, **facts)
    tell(tx, [entry.facts["person_id"], meeting.secretary_id], "substitute_agreed", address(meeting), meeting.id, **facts)


@handles(Event.SUBSTITUTE_REFUSED, Event.SUBSTITUTE_WITHDRAWN)
def tell_unseated(tx: Tx, entry: Told) -> None:
    """The member learns of a refusal; after a withdrawal the substitute and the secretary too."""
    meeting = tx.get(Meeting, entry.chain)
    facts = {**about(meeting), **_names(tx, entry), "reason": entry.facts.get("reason") or ""}
    if entry.event == Event.SUBSTITUTE_REFUSED:
        tell(tx, [entry.facts["person_id"]], "substitute_refused", address(meeting), meeting.id, **facts)
    else:
        people = [entry.facts["person_id"], entry.facts["substitute_id"], meeting.secretary_id]
        tell(tx, people, "substitute_withdrawn", address(meeting), meeting.id, **facts)


def _names(tx: Tx, entry: Told) -> dict[str, str]:
    member, other = tx.get(Person, entry.facts["person_id"]), tx.get(Person, entry.facts["substitute_id"])
    return {"name": member.called, "substitute": other.called}
