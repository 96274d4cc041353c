"""Acts on keys for signing: add one's own or a body's, put it away. Their secrets never come here."""

from datetime import datetime
from typing import Any

from pydantic import Field
from sqlalchemy import select

from meeting.acts import ActInput, Tx, act
from meeting.errors import Refused
from meeting.events import Event
from meeting.organization.models import Body
from meeting.permissions import INSTALLATION, Action
from meeting.signing import keeping
from meeting.signing.models import SigningKey


class AddKeyInput(ActInput):
    """A key that was opened at the door a moment ago, and whose it is: the actor's own, or a body's."""

    ticket: str = Field(max_length=100)
    name: str = Field("", max_length=100)
    body_id: int | None = None


class RetireKeyInput(ActInput):
    """Which key is put away."""

    key_id: int


@act("signing.add_key", Action.KEEP_OWN_KEYS)
def add_key(tx: Tx, wanted: AddKeyInput) -> dict[str, Any]:
    """Keeps a certificate for signing: one's own, or with `body_id` that of a body, by its văn thư or Chánh Văn phòng.

    The door (`POST /api/v1/signing/keys`) opens the key with its passphrase or PIN first; neither is kept. Refused:
    `upload_unknown` without such a ticket, `key_known`. Recorded with subject, issuer and fingerprint.
    """
    body = tx.get(Body, wanted.body_id) if wanted.body_id is not None else None
    if body is not None:
        tx.require(Action.KEEP_BODY_KEYS, body)
    else:
        tx.require(Action.KEEP_OWN_KEYS, INSTALLATION)
        if not tx.actor.person_id:
            raise Refused("upload_unknown")
    opened = keeping.ticketed(tx.actor.account_id, wanted.ticket)
    facts = opened.facts
    owner = (SigningKey.body_id == body.id) if body else (SigningKey.person_id == tx.actor.person_id)
    known = select(SigningKey.id).where(owner, SigningKey.fingerprint == facts["fingerprint"], SigningKey.retired_at.is_(None))
    if tx.execute(known).first() is not None:
        raise Refused("key_known")
    key = tx.add(
        SigningKey(
            person_id=None if body else tx.actor.person_id,
            body_id=body.id if body else None,
            name=wanted.name.strip() or facts["subject"],
            kind=opened.kind,
            file=opened.file,
            module=opened.module,
            token=opened.token,
            label=opened.label,
            subject=facts["subject"],
            issuer=facts["issuer"],
            serial=facts["serial"],
            fingerprint=facts["fingerprint"],
            valid_from=datetime.fromisoformat(facts["valid_from"]),
            valid_until=datetime.fromisoformat(facts["valid_until"]),
            added_at=tx.now,
            added_by_id=tx.actor.person_id,
        )
    )
    tx.flush()
    told = {name: facts[name] for name in ("subject", "issuer", "fingerprint")}
    tx.record(Event.KEY_ADDED, body, key_id=key.id, kind=opened.kind, own=body is None, **told)
    return {"key_id": key.id}


@act("signing.retire_key", Action.KEEP_OWN_KEYS)
def retire_key(tx: Tx, wanted: RetireKeyInput) -> dict[str, Any]:
    """Puts a key away: nothing is signed with it any more, and its file is removed. What it signed stays valid.

    One's own, or a body's by its văn thư or Chánh Văn phòng; Missing for everybody else. Twice is harmless.
    """
    key = tx.get(SigningKey, wanted.key_id)
    tx.require(Action.KEEP_BODY_KEYS if key.body_id is not None else Action.KEEP_OWN_KEYS, key)
    if key.retired_at is not None:
        tx.nothing_to_record("it was put away before")
        return {}
    key.retired_at = tx.now
    tx.record(Event.KEY_RETIRED, key.body, key_id=key.id, own=key.body_id is None, fingerprint=key.fingerprint)
    file = key.file
    tx.after_commit(lambda: keeping.drop_file(file))
    return {}
