"""Acts on identities at a provider. Linking is the door's: only it has seen the provider say who somebody is."""

from typing import Any

from pydantic import Field
from sqlalchemy import delete

from meeting.acts import ActInput, Tx, act
from meeting.entrance import queries
from meeting.entrance.models import OutsideIdentity
from meeting.errors import Missing, Refused
from meeting.events import Event
from meeting.organization.models import Account
from meeting.permissions import Action


class Link(ActInput):
    """Who an account is at a provider that has just said so."""

    account_id: int
    issuer: str = Field(min_length=1, max_length=300)
    subject: str = Field(min_length=1, max_length=300)
    called: str = Field(default="", max_length=300)


@act("entrance.link_identity", Action.ADMIT)
def link_identity(tx: Tx, wanted: Link) -> dict[str, Any]:
    """Links an identity to an account, for good. The same again changes nothing. Only the door does this.

    Refused: `identity_taken` when it belongs to another account. Recorded: IDENTITY_LINKED, without the subject.
    """
    tx.require(Action.ADMIT)
    account = tx.get(Account, wanted.account_id)
    found = queries.linked(tx.reading, wanted.issuer, wanted.subject)
    if found is not None and found.account_id != account.id:
        raise Refused("identity_taken")
    if found is not None:
        tx.nothing_to_record("linked before")
        return {"identity_id": found.id}
    row = tx.add(
        OutsideIdentity(
            account_id=account.id, issuer=wanted.issuer, subject=wanted.subject, called=wanted.called, linked_at=tx.now
        )
    )
    tx.record(Event.IDENTITY_LINKED, None, account_id=account.id, issuer=wanted.issuer)
    return {"identity_id": row.id}


class Unlink(ActInput):
    """Which identity."""

    identity_id: int


@act("entrance.unlink_identity", Action.KEEP_OWN_ACCOUNT)
def unlink_identity(tx: Tx, wanted: Unlink) -> dict[str, Any]:
    """Takes an identity off one's own account; administrators anybody's. Sessions that came in by it end with all others.

    Somebody else's is `not_found`. Recorded: IDENTITY_UNLINKED.
    """
    tx.require(Action.KEEP_OWN_ACCOUNT)
    row = tx.get(OutsideIdentity, wanted.identity_id)
    if row.account_id != tx.actor.account_id and not tx.may(Action.MANAGE_PEOPLE):
        raise Missing()
    tx.get(Account, row.account_id).session_version += 1
    tx.execute(delete(OutsideIdentity).where(OutsideIdentity.id == row.id))
    tx.record(Event.IDENTITY_UNLINKED, None, account_id=row.account_id, issuer=row.issuer)
    return {}
