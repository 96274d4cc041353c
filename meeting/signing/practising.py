"""Giving the people and bodies of a demo keys for practice, so that the whole way of a document can be tried."""

from datetime import datetime, timedelta
from typing import NamedTuple

from asn1crypto import x509
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.database import reading
from meeting.organization.models import Account, Body, Membership
from meeting.organization.queries import actor_of
from meeting.permissions import Actor, Role
from meeting.signing import keeping, practice
from meeting.signing.certificates import facts
from meeting.signing.keeping import Opened
from meeting.signing.models import SigningKey
from meeting.writer import perform

SIGNERS = (Role.CHAIR, Role.CHIEF, Role.SECRETARY)


class Owner(NamedTuple):
    """Whose key it is, and by whose hand it is added."""

    actor: Actor
    name: str
    body_id: int | None
    body_name: str


def give(secret: str = practice.PASSPHRASE) -> list[Owner]:
    """Gives everybody who signs somewhere and each body a practice key in force from the day before; answers who got one.

    Who has one in use keeps it.
    """
    now = clock.now()
    with reading() as session:
        owners = [owner for owner in _owners(session) if not _has_one(session, owner)]
    authority = practice.authority(now) if owners else None
    for owner in owners:
        assert authority is not None
        begins, ends = now - timedelta(days=1), now + timedelta(days=365 * practice.YEARS)
        _add(owner, practice.pkcs12_file(authority, owner.name, owner.body_name, secret, begins, ends), secret)
    return owners


def _owners(session: Session) -> list[Owner]:
    """Everybody who signs somewhere, and each body by the hand of its văn thư or Chánh Văn phòng; nobody for a practice."""
    wanted = (
        select(Account, Membership, Body)
        .join(Membership, Membership.person_id == Account.person_id)
        .join(Body, Body.id == Membership.body_id)
        .where(Account.active, Membership.ends_on.is_(None), Membership.practice.is_(False))
        .order_by(Account.id, Body.id)
    )
    found: list[Owner] = []
    seen: set[tuple[str, int]] = set()
    for account, membership, body in session.execute(wanted):
        actor = actor_of(session, account)
        if actor is None:
            continue
        if membership.role in SIGNERS and ("person", account.person_id) not in seen:
            seen.add(("person", account.person_id))
            found.append(Owner(actor, account.person.full_name, None, body.name))
        if membership.role in (Role.CLERK, Role.CHIEF) and ("body", body.id) not in seen:
            seen.add(("body", body.id))
            found.append(Owner(actor, body.name.upper(), body.id, body.name))
    return found


def _has_one(session: Session, owner: Owner) -> bool:
    if owner.body_id is not None:
        whose = SigningKey.body_id == owner.body_id
    else:
        whose = SigningKey.person_id == owner.actor.person_id
    now: datetime = clock.now()
    held = select(SigningKey.id).where(whose, SigningKey.retired_at.is_(None), SigningKey.valid_until > now)
    return session.scalar(held.where(SigningKey.subject.contains(practice.MARK)).limit(1)) is not None


def _add(owner: Owner, content: bytes, secret: str) -> None:
    _, certificate, _ = pkcs12.load_key_and_certificates(content, secret.encode())
    assert certificate is not None
    told = facts(x509.Certificate.load(certificate.public_bytes(Encoding.DER)))
    opened = Opened("pkcs12", keeping.keep_file(content), "", "", "", told)
    ticket = keeping.ticket_for(owner.actor.account_id, opened)
    try:
        perform(owner.actor, "signing.add_key", {"ticket": ticket, "body_id": owner.body_id})
    except BaseException:
        keeping.drop_file(opened.file)
        raise
