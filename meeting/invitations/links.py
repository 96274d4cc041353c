"""Acts on guests without an account: put on the list, a personal link, its end, and each opening of it."""

from typing import Any

from meeting.acts import Tx, act
from meeting.agenda.inputs import Invitee, ParticipantsInput
from meeting.agenda.models import Meeting
from meeting.errors import Missing, Refused
from meeting.events import Event
from meeting.invitations import queries, rules
from meeting.invitations.inputs import GuestInput, LinkInput, OpenInput, RevokeInput
from meeting.invitations.models import GuestLink
from meeting.organization.models import Person
from meeting.permissions import Action

LINKABLE = frozenset({"issued", "in_session", "paused"})


@act("invitations.add_guest", Action.PREPARE_MEETING)
def add_guest(tx: Tx, wanted: GuestInput) -> dict[str, Any]:
    """Puts a guest who is not on file on the list of a meeting: name, office, official contacts, nothing more; no account.

    Refused like `agenda.set_participants`. Records who was put on file.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.PREPARE_MEETING, meeting)
    person = tx.add(
        Person(
            full_name=wanted.full_name,
            honorific=wanted.honorific,
            position=wanted.position,
            email=wanted.email,
            phone=wanted.phone,
        )
    )
    tx.record(Event.GUEST_ADDED, meeting, person_id=person.id, name=person.called)
    invitee = Invitee(person_id=person.id, voting=False, item_ids=wanted.item_ids)
    tx.call("agenda.set_participants", ParticipantsInput(meeting_id=meeting.id, add=[invitee]))
    return {"person_id": person.id}


@act("invitations.make_link", Action.PREPARE_MEETING)
def make_link(tx: Tx, wanted: LinkInput) -> dict[str, Any]:
    """Makes the personal link of a guest who has no account; an earlier link of theirs to this meeting ends.

    Only the SHA-256 of the token comes here; the token (256 random bits) is made at the door and shown once. Refused as
    `not_invited`, `link_for_guests`, `link_for_account`, `link_not_issued`, `link_over`, `link_past`, `link_too_long`.
    Recorded without the hash.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.PREPARE_MEETING, meeting)
    _check_guest(tx, meeting, wanted.person_id)
    expires_at = wanted.expires_at or rules.default_expiry(meeting.starts_at, meeting.ends_at)
    rules.check_expiry(expires_at, tx.now, meeting.ends_at or meeting.starts_at)
    before = queries.links_of(tx.reading, meeting.id).get(wanted.person_id)
    if before is not None and before.revoked_at is None:
        before.revoked_at, before.revoked_by_id = tx.now, tx.actor.person_id
    link = tx.add(
        GuestLink(
            meeting_id=meeting.id,
            person_id=wanted.person_id,
            sha256=wanted.sha256,
            made_at=tx.now,
            made_by_id=tx.actor.person_id,
            expires_at=expires_at,
        )
    )
    ends = expires_at.isoformat()
    tx.record(Event.GUEST_LINK_MADE, meeting, link_id=link.id, person_id=link.person_id, expires_at=ends)
    return {"link_id": link.id, "expires_at": ends}


def _check_guest(tx: Tx, meeting: Meeting, person_id: int) -> None:
    invited = queries.participant(tx.reading, meeting.id, person_id)
    if invited is None:
        raise Refused("not_invited")
    if invited.voting or meeting.chair_id == person_id:
        raise Refused("link_for_guests")
    if queries.with_accounts(tx.reading, [person_id]):
        raise Refused("link_for_account", name=invited.person.called)
    if meeting.is_private:
        raise Refused("link_not_issued")
    if meeting.state not in LINKABLE:
        raise Refused("link_over")


@act("invitations.revoke_link", Action.PREPARE_MEETING)
def revoke_link(tx: Tx, wanted: RevokeInput) -> dict[str, Any]:
    """Ends a link at once, also for a page that is open somewhere. Twice is harmless. Recorded."""
    link = tx.get(GuestLink, wanted.link_id)
    tx.require(Action.PREPARE_MEETING, link)
    if link.revoked_at is not None:
        tx.nothing_to_record("the link was ended before")
        return {}
    link.revoked_at, link.revoked_by_id = tx.now, tx.actor.person_id
    tx.record(Event.GUEST_LINK_REVOKED, link, link_id=link.id, person_id=link.person_id)
    return {}


@act("invitations.open_link", Action.OPEN_BY_LINK)
def open_link(tx: Tx, wanted: OpenInput) -> dict[str, Any]:
    """The door notes that a link was opened: when, and from which address. Missing once it has ended."""
    tx.require(Action.OPEN_BY_LINK)
    link = tx.get(GuestLink, wanted.link_id)
    if not rules.link_open(expires_at=link.expires_at, revoked_at=link.revoked_at, now=tx.now):
        raise Missing("link_ended")
    link.used_at, link.uses = tx.now, link.uses + 1
    tx.record(Event.GUEST_LINK_USED, link, link_id=link.id, person_id=link.person_id, address=wanted.address)
    return {"uses": link.uses}
