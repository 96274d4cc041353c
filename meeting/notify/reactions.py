"""Who is told what: every event of the journal is handled here or excused with a reason. A test holds the list complete."""

from collections.abc import Callable

from meeting.acts import Tx, on
from meeting.agenda.models import Meeting
from meeting.events import Event
from meeting.journal import Told
from meeting.notify import queries
from meeting.notify.facts import about, address, paper_facts, papers_address
from meeting.notify.telling import tell
from meeting.organization.models import Person, Unit

Reaction = Callable[[Tx, Told], None]
HANDLED: dict[Event, Reaction] = {}
TOLD_CHANGES = {"starts_at", "ends_at", "place"}  # changes of an issued meeting that everybody has to know


def handles(*events: Event) -> Callable[[Reaction], Reaction]:
    """Registers the reaction to events, here and with the acts."""

    def register(function: Reaction) -> Reaction:
        for event in events:
            HANDLED[event] = function
        return on(*events)(function)

    return register


# invitations and changes of meetings


@handles(Event.MEETING_ISSUED)
def invite(tx: Tx, entry: Told) -> None:
    """Everybody on the list gets the invitation."""
    meeting = tx.get(Meeting, entry.chain)
    tell(tx, entry.facts["people"], "meeting_issued", address(meeting), meeting.id, **about(meeting))


@handles(Event.PARTICIPANTS_SET)
def invite_added(tx: Tx, entry: Told) -> None:
    """Who is added after the issue gets the invitation too; who is taken off learns that it no longer holds."""
    if entry.facts["issued"]:
        meeting = tx.get(Meeting, entry.chain)
        tell(tx, entry.facts["added"], "meeting_issued", address(meeting), meeting.id, **about(meeting))
        tell(tx, entry.facts["removed"], "invitation_withdrawn", "/calendar", meeting.id, **about(meeting))


@handles(Event.MEETING_EDITED)
def tell_change(tx: Tx, entry: Told) -> None:
    """A new time or place of an issued meeting is told at once (NĐ 315/2025 Điều 23.3d)."""
    if entry.facts["issued"] and TOLD_CHANGES & set(entry.facts["after"]):
        meeting = tx.get(Meeting, entry.chain)
        people = queries.invited(tx.reading, meeting.id)
        facts = {**about(meeting), "was_at": entry.facts["before"].get("starts_at", "")}
        tell(tx, people, "meeting_changed", address(meeting), meeting.id, **facts)


@handles(Event.MEETING_POSTPONED)
def tell_postponed(tx: Tx, entry: Told) -> None:
    """All who were invited learn of the delay."""
    meeting = tx.get(Meeting, entry.chain)
    facts = {**about(meeting), "reason": entry.facts["reason"], "was_at": entry.facts["before"]}
    tell(tx, entry.facts["people"], "meeting_postponed", address(meeting), meeting.id, **facts)


@handles(Event.MEETING_ADJOURNED)
def tell_adjourned(tx: Tx, entry: Told) -> None:
    """All who take part learn when the meeting goes on, and why it was broken off; also those who were not there."""
    meeting = tx.get(Meeting, entry.chain)
    facts = {**about(meeting), "reason": entry.facts["reason"], "resumes_at": entry.facts["resumes_at"]}
    tell(tx, entry.facts["people"], "meeting_adjourned", address(meeting), meeting.id, **facts)


@handles(Event.MEETING_CANCELLED)
def tell_cancelled(tx: Tx, entry: Told) -> None:
    """All who were invited learn that it does not take place."""
    meeting = tx.get(Meeting, entry.chain)
    facts = {**about(meeting), "reason": entry.facts["reason"]}
    tell(tx, entry.facts["people"], "meeting_cancelled", address(meeting), meeting.id, **facts)


@handles(Event.INVITATION_ANSWERED)
def tell_absence(tx: Tx, entry: Told) -> None:
    """The secretary learns of absences; who comes is only counted."""
    if entry.facts["reply"] == "declined":
        meeting = tx.get(Meeting, entry.chain)
        name = tx.get(Person, entry.facts["person_id"]).called
        facts = {**about(meeting), "name": name, "reason": entry.facts["reason"]}
        tell(tx, [meeting.secretary_id], "invitation_declined", f"{address(meeting)}?tab=people", meeting.id, **facts)


@handles(Event.PROGRAMME_SUBMITTED)
def tell_chair(tx: Tx, entry: Told) -> None:
    """The chair has a programme to approve."""
    meeting = tx.get(Meeting, entry.chain)
    tell(tx, [meeting.chair_id], "programme_submitted", address(meeting), meeting.id, **about(meeting))


@handles(Event.PROGRAMME_APPROVED, Event.PROGRAMME_REJECTED)
def tell_secretary(tx: Tx, entry: Told) -> None:
    """The secretary learns what the chair said."""
    meeting = tx.get(Meeting, entry.chain)
    kind = "programme_approved" if entry.event == Event.PROGRAMME_APPROVED else "programme_rejected"
    facts = {**about(meeting), "reason": entry.facts.get("reason", "")}
    tell(tx, [meeting.secretary_id, meeting.created_by], kind, address(meeting), meeting.id, **facts)


# papers


PAPER_KINDS = {
    Event.PAPERS_REQUESTED: "papers_requested",
    Event.DUE_CHANGED: "papers_due_changed",
    Event.PAPER_ACCEPTED: "paper_accepted",
    Event.PAPER_RETURNED: "paper_returned",
    Event.UNIT_REMINDED: "papers_reminded",
    Event.REQUIREMENT_WAIVED: "papers_waived",
}


@handles(*PAPER_KINDS)
def tell_unit_of_papers(tx: Tx, entry: Told) -> None:
    """The people of the unit that prepares a paper learn what was asked, changed, accepted or returned."""
    meeting = tx.get(Meeting, entry.chain)
    people = queries.unit_people(tx.reading, meeting.body_id, entry.facts["unit_id"])
    facts = paper_facts(meeting, entry.facts)
    tell(tx, people, PAPER_KINDS[entry.event], papers_address(meeting), meeting.id, **facts)


@handles(Event.PAPER_SUBMITTED)
def tell_office_of_paper(tx: Tx, entry: Told) -> None:
    """The secretary has a paper to look through; one that came late goes to the chair too."""
    meeting = tx.get(Meeting, entry.chain)
    facts = paper_facts(meeting, entry.facts, tx.get(Unit, entry.facts["unit_id"]).name)
    tell(tx, [meeting.secretary_id], "paper_submitted", papers_address(meeting), meeting.id, **facts)
    if entry.facts.get("late_minutes"):
        tell(tx, [meeting.chair_id], "paper_late", papers_address(meeting), meeting.id, **facts)


#: Nobody is told of these, and why not.
LIVE = "everybody concerned sits before a live screen"
UPLOAD = "the upload form shows what became of a file"
OFFICE = "the person who did it sees it, nobody else has to act"
EXCUSED: dict[Event, str] = {
    Event.NOTICE_LAID_OUT: OFFICE,
    Event.NOTICE_LOCKED: OFFICE,
    Event.NOTICE_BROUGHT_BACK: OFFICE,
    Event.MINUTES_CORRECTING: OFFICE,
    Event.MINUTES_SIGNED_FIRST: "whoever presided finds them among what waits on the home page",
    Event.KEY_ADDED: OFFICE,
    Event.KEY_RETIRED: OFFICE,
    Event.TASK_RELEASED: "whoever may release sees it on the task; the public page needs no telling",
    Event.TASK_UNRELEASED: OFFICE,
    Event.EVALUATION_FORM_KEPT: OFFICE,
    Event.CRITERION_SCORED: OFFICE,
    Event.SURVEY_ANSWERED: "who answered is nobody's business",
    Event.SURVEY_CLOSED: "what came out stands in the evaluation of the meeting",
    Event.PROCEDURE_KEPT: OFFICE,
    Event.TYPES_INSTALLED: OFFICE,
    Event.TYPE_ADDED: OFFICE,
    Event.TYPE_RENAMED: OFFICE,
    Event.TYPE_RETIRED: OFFICE,
    Event.TYPE_BROUGHT_BACK: OFFICE,
    Event.RULES_CHANGED: "the rule book shows every version with what changed; due times given to units do not move",
    Event.RULES_WITHDRAWN: OFFICE,
    Event.RULES_IMPORTED: OFFICE,
    Event.WAYS_SET: OFFICE,
    Event.CALENDAR_DAY_SET: "the calendar shows it, with the due times that would now differ",
    Event.CALENDAR_DAY_CLEARED: "see CALENDAR_DAY_SET",
    Event.CALENDAR_IMPORTED: "see CALENDAR_DAY_SET",
    Event.SEATING_PLAN_TAKEN: "one's own seat stands on the page of the meeting",
    Event.SEATS_ASSIGNED: "see SEATING_PLAN_TAKEN",
    Event.SEATS_ARRANGED: "see SEATING_PLAN_TAKEN",
    Event.SEATS_CLEARED: "see SEATING_PLAN_TAKEN",
    Event.MEETING_CREATED: "a draft is nobody's business but the secretariat's",
    Event.ITEM_ADDED: "the programme is read when the meeting is opened; papers bring their own notifications",
    Event.ITEM_EDITED: "see ITEM_ADDED",
    Event.ITEM_MOVED: "see ITEM_ADDED",
    Event.ITEM_SET_ASIDE: "see ITEM_ADDED",
    Event.ITEM_RESTORED: "see ITEM_ADDED",
    Event.ITEM_LINKED: "the page of the matter shows it; nobody has to act",
    Event.ITEM_UNLINKED: "see ITEM_LINKED",
    Event.MEETING_ARCHIVED: "the office files it itself",
    Event.SERIES_PLANNED: "its meetings are drafts; each is told when it is issued",
    Event.TEMPLATE_SAVED: "a tool of the office",
    Event.TEMPLATE_EDITED: "a tool of the office",
    Event.ITEM_REMOVED: "see ITEM_ADDED",
    Event.PREPARATION_BEGUN: "the board shows it; nobody has to act",
    Event.CHECK_BEGUN: "the page of the paper shows it; nobody has to act",
    Event.TABLET_REVOKED: "its owner did it; the device hears of it at its next contact",
    Event.FEED_OPENED: OFFICE,
    Event.FEED_REVOKED: OFFICE,
    Event.WEEK_ENTRY_ADDED: "the programme of the week marks what changed after it was published",
    Event.WEEK_ENTRY_EDITED: "see WEEK_ENTRY_ADDED",
    Event.WEEK_ENTRY_REMOVED: "see WEEK_ENTRY_ADDED",
    Event.WEEK_PUBLISHED: "the programme of the week is read when it is opened",
    Event.WEEK_SET: "a PDF was made by the worker",
    Event.MINUTES_DRAFTED: "the secretary made it by closing the meeting",
    Event.MINUTES_EDITED: OFFICE,
    Event.MINUTES_PART_WRITTEN: OFFICE,
    Event.MINUTES_SIGNED: "the minutes stand on the page of the meeting",
    Event.DOCUMENT_SET: "a PDF was made by the worker",
    Event.FILE_RECEIVED: UPLOAD,
    Event.FILE_REFUSED: UPLOAD,
    Event.FILE_READY: UPLOAD,
    Event.COPY_ASKED: "whoever asks for a copy waits for it on the page",
    Event.NOTE_SHARED: "it shows on the page for those who read the paper",
    Event.NOTE_TAKEN_BACK: "see NOTE_SHARED",
    Event.OPINION_POSTED: "opinions are read on the page of the item",
    Event.OPINION_WITHDRAWN: "see OPINION_POSTED",
    Event.OPINION_HIDDEN: "its author reads why where it was written",
    Event.OPINION_SHOWN: "see OPINION_HIDDEN",
    Event.OPINION_AGREED: "see OPINION_POSTED",
    Event.OPINION_DISAGREED: "see OPINION_POSTED",
    Event.MEETING_GRADED: "grades are read in the evaluation, they are not spread",
    Event.PAPER_GRADED: "see MEETING_GRADED",
    Event.STATEMENT_GRADED: "see MEETING_GRADED",
    Event.EVALUATION_CLOSED: "see MEETING_GRADED",
    Event.REGISTER_IMPORTED: OFFICE,
}
EXCUSED_ROOMS = {
    "sittings": "each sitting is told when its invitation is issued",
    "catalogues": OFFICE,
    "organization": OFFICE,
    "live": LIVE,
    "runsheet": OFFICE,
    "rollcall": LIVE,
    "speaking": LIVE,
    "voting": LIVE,
    "records": OFFICE,
    "opendata": OFFICE,
}


def excuse_of(event: Event) -> str:
    """Why nobody is told of an event; empty when there is no excuse."""
    of_room = "" if event in HANDLED else EXCUSED_ROOMS.get(event.value.partition(".")[0], "")
    return EXCUSED.get(event, "") or of_room
