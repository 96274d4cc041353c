"""Reads of keys: one's own, and those of the bodies one keeps keys for."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.errors import Missing, Refused
from meeting.organization.models import Body
from meeting.permissions import ALLOWED, Action, Actor
from meeting.signing import keeping
from meeting.signing.models import SigningKey
from meeting.signing.practice import MARK
from meeting.signing.rules import ends_soon


def own_keys(session: Session, actor: Actor) -> list[SigningKey]:
    """The actor's keys that are in use, the newest first."""
    wanted = select(SigningKey).where(SigningKey.person_id == actor.person_id, SigningKey.retired_at.is_(None))
    return list(session.scalars(wanted.order_by(SigningKey.id.desc()))) if actor.person_id else []


def kept_bodies(session: Session, actor: Actor) -> list[Body]:
    """The bodies whose keys the actor keeps."""
    ids = actor.bodies_as(*ALLOWED[Action.KEEP_BODY_KEYS])
    return list(session.scalars(select(Body).where(Body.id.in_(ids)).order_by(Body.id))) if ids else []


def body_keys(session: Session, body_ids: Sequence[int]) -> list[SigningKey]:
    """The keys in use of some bodies."""
    wanted = select(SigningKey).where(SigningKey.body_id.in_(body_ids), SigningKey.retired_at.is_(None))
    return list(session.scalars(wanted.order_by(SigningKey.id.desc())))


def usable(session: Session, actor: Actor, key_id: int, body_id: int | None) -> SigningKey:
    """A key for signing now: the actor's own, or one of this body. Missing for others'; refused `key_retired`."""
    key = session.get(SigningKey, key_id)
    mine = key is not None and (
        (key.body_id == body_id) if body_id is not None else (key.person_id == actor.person_id and bool(actor.person_id))
    )
    if key is None or not mine:
        raise Missing()
    if key.retired_at is not None:
        raise Refused("key_retired")
    return key


def as_wanted(key: SigningKey) -> dict[str, Any]:
    """A key as the signing process is told of it: where it is, not how it is opened."""
    if key.kind == "pkcs12":
        return {"kind": "pkcs12", "path": str(keeping.file_of(key.file))}
    return {"kind": "pkcs11", "module": key.module, "token": key.token, "label": key.label}


def key_json(key: SigningKey, now: datetime) -> dict[str, Any]:
    """A key as screens and programs see it."""
    return {
        "id": key.id,
        "name": key.name,
        "body_id": key.body_id,
        "kind": key.kind,
        "subject": key.subject,
        "issuer": key.issuer,
        "fingerprint": key.fingerprint,
        "valid_from": key.valid_from.isoformat() if key.valid_from else None,
        "valid_until": key.valid_until.isoformat() if key.valid_until else None,
        "expired": key.valid_until is not None and key.valid_until < now,
        "ends_soon": key.valid_until is not None and ends_soon(key.valid_until, now),
        "practice": MARK in key.subject or MARK in key.issuer,
    }
