"""Who comes in: sessions, tokens, passwords, demo taps. These are the answers to `web`'s questions about the actor."""

import secrets
import time
from collections.abc import Sequence
from hashlib import sha256

from meeting.asyncmode import run_blocking
from meeting.database import database, reading, setting
from meeting.errors import Refused
from meeting.organization import passwords, queries
from meeting.organization.models import Account
from meeting.permissions import SYSTEM, Actor
from meeting.writer import perform

TOKEN_BYTES = 32  # 256 random bits
TOKEN_CACHE_SECONDS = 10.0

_tokens: dict[tuple[str, str], tuple[float, Actor | None]] = {}
_forgotten = 0  # how often all of them were forgotten: what was read before is not remembered after


def new_token() -> tuple[str, str]:
    """A fresh token and its SHA-256, of which only the second is kept."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    return token, hashed(token)


def hashed(token: str) -> str:
    """What is kept of a token."""
    return sha256(token.encode()).hexdigest()


def session_id(actor: Actor) -> str:
    """What the session cookie holds: account and the version of its sessions."""
    with reading() as session:
        account = session.get(Account, actor.account_id)
        return f"{actor.account_id}.{account.session_version if account else 0}"


def by_session(held: str) -> Actor | None:
    """Whose session it is; nobody's when the account's sessions were ended meanwhile."""
    number, _, version = held.partition(".")
    if not number.isdigit() or not version.isdigit():
        return None
    with reading() as session:
        account = session.get(Account, int(number))
        if account is None or account.session_version != int(version):
            return None
        return queries.actor_of(session, account)


def by_token(token: str) -> Actor | None:
    """Whose token it is. Looked up at most once in ten seconds: a look-up costs more than the whole act."""
    key = (database().url, hashed(token))
    kept = _tokens.get(key)
    if kept is not None and _holds(kept, time.monotonic(), database().rights_mark()):
        return kept[1]
    before = _forgotten
    with reading() as session:
        actor = queries.actor_of(session, queries.account_of_token(session, key[1]))
    if len(_tokens) > 10_000:
        _tokens.clear()
    if actor is not None and before == _forgotten:
        _tokens[key] = (time.monotonic() + TOKEN_CACHE_SECONDS, actor)
    return actor


def _holds(kept: tuple[float, Actor | None], now: float, mark: int | None) -> bool:
    """Whether what was found of a token still stands: a moment old at most, and no right was changed since (PostgreSQL)."""
    return now < kept[0] and (kept[1] is None or kept[1].as_of is None or kept[1].as_of == mark)


def by_tokens(tokens: Sequence[str]) -> list[Actor | None]:
    """Whose tokens these are: three queries for all that are not known from a moment ago."""
    store, now, mark = database().url, time.monotonic(), database().rights_mark()
    keys = {token: (store, hashed(token)) for token in tokens}
    fresh = {keys[each] for each in keys if keys[each] not in _tokens or not _holds(_tokens[keys[each]], now, mark)}
    if len(fresh) == 1:
        return [by_token(token) for token in tokens]
    before = _forgotten
    with reading() as session:
        found = queries.actors_of_tokens(session, [key[1] for key in fresh]) if fresh else {}
    if len(_tokens) > 10_000:
        _tokens.clear()
    for digest, actor in found.items() if before == _forgotten else ():
        _tokens[(store, digest)] = (now + TOKEN_CACHE_SECONDS, actor)
    return [
        found.get(key[1]) if key in fresh else _tokens[key][1] if key in _tokens else by_token(token)
        for token in tokens
        for key in [keys[token]]
    ]


def forget_tokens() -> None:
    """Looks every token up again at its next use."""
    global _forgotten
    _forgotten += 1
    _tokens.clear()


def by_password(username: str, password: str, address: str) -> Actor | None:
    """Who signs in with user name and password; every attempt stands in the sign-in journal.

    An unknown name takes as long as a wrong password. Refused as `account_locked` only to who knows the password.
    """
    with reading() as session:
        account = queries.account_named(session, username)
        kept = account.password_hash if account else ""
        actor = queries.actor_of(session, account)
    right = run_blocking(passwords.fits, kept or passwords.NOBODYS, password) and bool(kept)
    note(username, account, address, succeeded=right and actor is not None)
    if right and actor is None:
        raise Refused("account_locked")
    return actor if right else None


def note(username: str, account: Account | None, address: str, *, succeeded: bool, way: str = "password") -> None:
    """Writes one attempt to come in into the sign-in journal, whichever way it was."""
    line = {
        "username": username.strip().lower(),
        "account_id": account.id if account else None,
        "address": address,
        "succeeded": succeeded,
        "way": way,
    }
    perform(SYSTEM, "organization.note_sign_in", line)


def is_demo() -> bool:
    """Whether this installation is the demo council."""
    with reading() as session:
        return setting(session, "demo") == "1"


def by_demo(username: str, address: str) -> Actor | None:
    """Who a demo tap signs in: only while the system is a demo, and only the accounts that it offers."""
    if not is_demo() or username not in {account["username"] for account in demo_accounts()}:
        return None
    with reading() as session:
        account = queries.account_named(session, username)
        actor = queries.actor_of(session, account)
    note(username, account, address, succeeded=actor is not None, way="demo")
    return actor


def demo_accounts() -> list[dict[str, str]]:
    """The accounts that the sign-in page of a demo offers, in its order; none unless this is a demo."""
    with reading() as session:
        if setting(session, "demo") != "1":
            return []
        named = setting(session, "demo_accounts").split()
        found = {name: queries.account_named(session, name) for name in named}
        return [
            {"username": name, "name": account.person.called, "position": account.person.position}
            for name, account in found.items()
            if account is not None
        ]
