"""The page of keys, and the door at which one is opened and added."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, request
from limits import parse
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from meeting import clock, config
from meeting.errors import Missing, Refused
from meeting.permissions import Actor
from meeting.signing import keeping, queries, running
from meeting.signing.keeping import Opened
from meeting.signing.rules import MOST_FILE_BYTES
from meeting.web import security
from meeting.web.api import as_json, form, resource
from meeting.web.doors import actor, page, session
from meeting.web.sockets import socketio
from meeting.writer import perform

pages = Blueprint("signing", __name__)
SECRET_LETTERS = 500
TRIES_PER_ACCOUNT = parse("60 per 5 minutes")  # of all tries, so that many at once do not get past the count of wrong ones


@pages.get("/signing/keys")
def keys() -> str:
    """One's own certificates, and those of the bodies whose keys one keeps."""
    bodies = queries.kept_bodies(session(), actor())
    now = clock.now()
    held = [queries.key_json(key, now) for key in queries.body_keys(session(), [body.id for body in bodies])]
    return page(
        "signing/keys.html",
        own=[queries.key_json(key, now) for key in queries.own_keys(session(), actor())],
        bodies=[(body, [key for key in held if key["body_id"] == body.id]) for body in bodies],
        modules=config.settings().pkcs11_modules,
        may_keep=bool(actor().person_id),
    )


@resource("/signing/keys", "Certificates for signing: the reader's own and those of the bodies whose keys they keep")
def signing_keys(session: Session, actor: Actor) -> dict[str, Any]:
    """What each certificate says of itself; never a secret or a file."""
    now = clock.now()
    bodies = [body.id for body in queries.kept_bodies(session, actor)]
    found = [*queries.own_keys(session, actor), *queries.body_keys(session, bodies)]
    return {"data": [queries.key_json(key, now) for key in found]}


@form(
    "/signing/keys",
    {
        "file": "a PKCS#12 file",
        "module": "or a driver",
        "token": "its token",
        "label": "of the key on it",
        "secret": "passphrase or PIN",
        "name": "how it is called",
        "body_id": "for a body's key",
    },
)
def add() -> Response:
    """Opens a key with its secret and keeps it: a PKCS#12 file (multipart, `file`), or `module`, `token` and `label` on a token.

    `secret` is the passphrase or PIN: it opens the key this once and is forgotten. `body_id` for a body's key.
    """
    who = actor()
    given = sent()
    body_id = whole(given, "body_id")
    if body_id is not None and body_id not in [body.id for body in queries.kept_bodies(session(), who)]:
        raise Missing()
    sent_file = request.files.get("file")
    with secret_guarded(who):
        opened = _from_file(sent_file, secret_of(given)) if sent_file else _on_token(given, secret_of(given))
    try:
        wanted = {"ticket": keeping.ticket_for(who.account_id, opened), "name": str(given.get("name", "")), "body_id": body_id}
        added = perform(who, "signing.add_key", wanted)
    except Refused:
        keeping.drop_file(opened.file)
        raise
    return as_json({"ok": True, **added, **{name: opened.facts[name] for name in ("subject", "issuer", "valid_until")}})


def _from_file(sent_file: FileStorage, secret: str) -> Opened:
    name = keeping.keep_file(sent_file.stream.read(MOST_FILE_BYTES + 1))
    try:
        facts = _facts({"kind": "pkcs12", "path": str(keeping.file_of(name))}, secret)
    except Refused:
        keeping.drop_file(name)
        raise
    return Opened("pkcs12", name, "", "", "", facts)


def _on_token(given: dict[str, Any], secret: str) -> Opened:
    module, token, label = (str(given.get(name, "")).strip()[:200] for name in ("module", "token", "label"))
    if not module:
        raise Refused("no_file")
    if module not in config.settings().pkcs11_modules:
        raise Refused("module_not_allowed")
    facts = _facts({"kind": "pkcs11", "module": module, "token": token, "label": label}, secret)
    return Opened("pkcs11", "", module, token, label, facts)


def _facts(key: dict[str, Any], secret: str) -> dict[str, Any]:
    with running.workbench() as target:
        return running.work("open_key", target, {"key": key, "secret": secret}, socketio.sleep)


# ---- what every door does at which a secret is typed ---------------------------------------------------------


@contextmanager
def secret_guarded(who: Actor) -> Iterator[None]:
    """Around what opens a key: wrong secrets are counted as at the sign-in, since they might be guessed here; right ones are not,
    since a văn thư seals many documents in a row."""
    security.limit(TRIES_PER_ACCOUNT, "signing", str(who.account_id))
    security.check(security.SIGN_IN_PER_ACCOUNT, "signing", str(who.account_id))
    try:
        yield
    except Refused as refused:
        if refused.code == "key_secret_wrong":
            security.note_failure(security.SIGN_IN_PER_ACCOUNT, "signing", str(who.account_id))
        raise


def sent() -> dict[str, Any]:
    """What came with the request, as JSON or as a form."""
    found = request.get_json(silent=True) if request.is_json else request.form.to_dict()
    return found if isinstance(found, dict) else {}


def secret_of(given: dict[str, Any]) -> str:
    """The passphrase or PIN of this request."""
    return str(given.get("secret", ""))[:SECRET_LETTERS]


def whole(given: dict[str, Any], name: str) -> int | None:
    """A row's number among what came."""
    said = str(given.get(name, "") or "")
    return int(said) if said.isdecimal() and len(said) < 16 else None


def shown_module(path: str) -> str:
    """A driver as people know it: the name of its file."""
    return Path(path).name
