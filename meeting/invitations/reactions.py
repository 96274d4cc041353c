"""What changes elsewhere mean for substitutes, absences and links: in the same transaction."""

from sqlalchemy import select

from meeting.acts import Tx, on
from meeting.agenda.models import Meeting, Participant
from meeting.events import Event
from meeting.invitations import queries
from meeting.invitations.models import GuestLink, Substitution
from meeting.invitations.substitutes import check_not_here, give_back
from meeting.journal import Told

OPEN = ("asked", "consented")


@on(Event.INVITATION_ANSWERED)
def answered(tx: Tx, told: Told) -> None:
    """A reported absence waits for its decision; who says that they come takes the name of their substitute back."""
    declined = told.facts["reply"] == "declined"
    invited = queries.participant(tx.reading, told.chain, told.facts["person_id"])
    if invited is not None:
        _ask(invited, "asked" if declined else "")
    if not declined:
        row = queries.open_substitution(tx.reading, told.chain, told.facts["person_id"])
        if row is not None:
            check_not_here(tx, row)
            give_back(tx, row)


@on(Event.MEETING_POSTPONED, Event.MEETING_CANCELLED)
def let_go(tx: Tx, told: Told) -> None:
    """Another time is another question: substitutes are named anew."""
    for row in _standing(tx, told.chain):
        give_back(tx, row)


@on(Event.PARTICIPANTS_SET)
def keep_seats(tx: Tx, told: Told) -> None:
    """Whoever is taken off the list, no seat is left with two voices or with none."""
    gone = set(told.facts["removed"])
    meeting = tx.get(Meeting, told.chain)
    for row in _standing(tx, meeting.id):
        if row.person_id in gone or (row.state == "consented" and row.substitute_id in gone):
            give_back(tx, row)
        elif row.state == "consented":
            _one_voice(tx, row)
    for link in tx.scalars(select(GuestLink).where(GuestLink.meeting_id == meeting.id, GuestLink.revoked_at.is_(None))):
        if link.person_id in gone:
            link.revoked_at, link.revoked_by_id = tx.now, tx.actor.person_id or None


@on(Event.MEETING_EDITED)
def another_time(tx: Tx, told: Told) -> None:
    """A new time of an issued meeting asks everybody anew: about absences and substitutes too."""
    if told.facts["issued"] and "starts_at" in told.facts["after"]:
        let_go(tx, told)
        _forget_absences(tx, told)


@on(Event.MEETING_ISSUED)
def ask_anew(tx: Tx, told: Told) -> None:
    """Issued again, everybody is asked anew: decisions on absences from the former time say nothing any more."""
    if told.facts["again"]:
        _forget_absences(tx, told)


def _forget_absences(tx: Tx, told: Told) -> None:
    for each in tx.scalars(select(Participant).where(Participant.meeting_id == told.chain, Participant.absence != "")):
        _ask(each, "")


def _ask(invited: Participant, absence: str) -> None:
    invited.absence, invited.absence_answer = absence, ""
    invited.absence_decided_at = invited.absence_decided_by_id = None


def _standing(tx: Tx, meeting_id: int) -> list[Substitution]:
    return list(tx.scalars(select(Substitution).where(Substitution.meeting_id == meeting_id, Substitution.state.in_(OPEN))))


def _one_voice(tx: Tx, row: Substitution) -> None:
    """The list was changed by hand: the vote stays where the substitution put it."""
    wanted = select(Participant).where(
        Participant.meeting_id == row.meeting_id, Participant.person_id.in_((row.person_id, row.substitute_id))
    )
    for each in tx.scalars(wanted):
        if each.person_id == row.substitute_id:
            each.voting, each.stands_for_id = row.votes, row.person_id
        elif row.votes:
            each.voting = False
