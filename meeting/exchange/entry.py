"""Who asks: a system with its key. No session, no cookie, no person; each call asks the store whether the key still holds."""

from flask import g, request
from limits import parse
from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.errors import Forbidden, Refused, Unauthorized
from meeting.exchange.models import Client, ClientKey
from meeting.exchange.rules import PREFIX, Caller, allows_address, key_digest, rights_of, still_valid
from meeting.web import doors, security

WRONG_KEYS_PER_ADDRESS = parse("30 per minute")


def sent_key() -> str:
    """The key of this request: `Authorization: Bearer …` or `X-API-Key`; empty when there is none."""
    return doors.bearer_token() or request.headers.get("X-API-Key", "").strip()


def caller(session: Session) -> Caller:
    """The system that asks. From here on its call is logged, also when it is refused.

    Refused: `client_key_missing`, `client_key_unknown`, `client_key_ended` (401), `client_off`, `client_expired`,
    `client_address` (403), `too_many` (429).
    """
    here, key = request.remote_addr or "", sent_key()
    if not key:
        raise Unauthorized("client_key_missing")
    security.check(WRONG_KEYS_PER_ADDRESS, "client-key", here)
    held = _held(session, key)
    if held is None:
        security.note_failure(WRONG_KEYS_PER_ADDRESS, "client-key", here)
        raise Unauthorized("client_key_unknown")
    client = held.client
    g.exchange_client = client.id
    if held.ends_at is not None and held.ends_at <= clock.now():
        raise Unauthorized("client_key_ended")
    check(client)
    if not allows_address(client.addresses, here):
        raise Forbidden("client_address", address=here)
    security.limit(parse(f"{client.per_minute} per minute"), "client", str(client.id))
    return caller_of(client)


def _held(session: Session, key: str) -> ClientKey | None:
    if not key.startswith(PREFIX) or not key.isascii() or len(key) > 100:
        return None
    return session.scalar(select(ClientKey).where(ClientKey.sha256 == key_digest(key)))


def check(client: Client) -> None:
    """Whether a system may read anything at all. Refused: `client_off`, `client_expired`."""
    if not client.on:
        raise Forbidden("client_off")
    if not still_valid(client.valid_until, clock.today()):
        assert client.valid_until is not None
        raise Forbidden("client_expired", until=client.valid_until.isoformat())


def caller_of(client: Client) -> Caller:
    """A system with its rights of this moment."""
    return Caller(client.id, client.name, rights_of((each.kind, each.body_id) for each in client.rights))


def told_off(refused: Refused) -> dict[str, str]:
    """More headers of a refusal: what to send, or when to come again."""
    if refused.status == 401:
        return {"WWW-Authenticate": 'Bearer realm="exchange"'}
    return {"Retry-After": "60"} if refused.status == 429 else {}
