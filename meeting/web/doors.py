"""What every door needs: who is there, the request's read-only session, pages in the frame, refusals in words."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import current_app, g, has_request_context, redirect, render_template, request, url_for
from flask_babel import force_locale, gettext
from flask_login import UserMixin, current_user
from sqlalchemy import event
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from meeting import clock
from meeting.batch import Answer
from meeting.database import KNOWN, database
from meeting.errors import SENTENCES, Malformed, Missing, Refused, Unauthorized
from meeting.permissions import Actor
from meeting.web.sockets import socketio

View = TypeVar("View", bound=Callable[..., Any])
LANGUAGES = ("vi", "en")
TURN_SECONDS = 0.005  # so long a page may keep others waiting, by its statements


@dataclass
class ActorLoader:
    """How the organization room tells who somebody is. It sets these at start."""

    by_session: Callable[[str], Actor | None] = lambda _id: None  # the id kept in the session cookie
    by_token: Callable[[str], Actor | None] = lambda _token: None  # an API token
    session_id: Callable[[Actor], str] = lambda actor: str(actor.account_id)
    by_password: Callable[[str, str, str], Actor | None] = lambda _name, _password, _address: None  # keeps the sign-in journal
    by_demo: Callable[[str, str], Actor | None] = lambda _name, _address: None  # only while the system is a demo
    demo_accounts: Callable[[], list[dict[str, str]]] = list  # username, name, position; empty unless a demo
    is_demo: Callable[[], bool] = bool
    next_step: Callable[[Actor, str], Response | None] = lambda _who, _next: None  # what a right password still leaves to do
    other_ways: Callable[[str], list[dict[str, str]]] = lambda _next: []  # to sign in without a password: label, address
    way_out: Callable[[], tuple[str, dict[str, Any]]] = lambda: ("", {})  # where signing out goes on, and what it carries there


loader = ActorLoader()


@dataclass
class Visitors:
    """People without an account who come in by a personal link: one meeting, and only the doors named here."""

    by_key: Callable[[str], Actor | None] = lambda _key: None  # by what the session cookie holds behind the word
    endpoints: set[str] = field(default_factory=set)
    start: str = ""  # the endpoint of their page


visitors = Visitors()


@dataclass
class Devices:
    """A browser may have been shut out, though the account is well: its owner lost it. The tablets room sets these; the code
    of the refusal stands in `g.turned_away`."""

    mark: Callable[[], str] = str  # what the browser of this request is known by
    admits: Callable[[Actor, str], bool] = lambda _who, _mark: True
    connects: Callable[[], None] = lambda: None  # the browser of this request opens a socket
    rests: Callable[[Actor, str], bool] = lambda _who, _mark: False  # at a socket: nobody has touched it for too long


devices = Devices()
VISITOR = "visitor:"  # begins what a visitor's session cookie holds


class SignedIn(UserMixin):  # type: ignore[misc]
    """Flask-Login's view of an actor."""

    def __init__(self, who: Actor) -> None:
        self.actor = who

    def get_id(self) -> str:
        """What the session cookie holds: ends when the account's session version is raised."""
        return VISITOR + self.actor.username if self.actor.only_meeting is not None else loader.session_id(self.actor)


def load_signed_in(session_id: str) -> SignedIn | None:
    """Flask-Login's user loader."""
    if session_id.startswith(VISITOR):
        who = visitors.by_key(session_id.removeprefix(VISITOR))
    else:
        who = loader.by_session(session_id)
    return SignedIn(who) if who and devices.admits(who, devices.mark()) else None


def bearer_token() -> str | None:
    """The API token of this request, if it brings one."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else None


def actor_or_none() -> Actor | None:
    """Who is there: by API token, else by session cookie. A wrong token is nobody, even beside a good cookie."""
    if "actor" not in g:
        token = bearer_token()
        if token is not None:
            g.actor = loader.by_token(token)
        else:
            g.actor = current_user.actor if current_user.is_authenticated else None
    found: Actor | None = g.actor
    return found


def actor() -> Actor:
    """Who is there; refused with `sign_in_first` when nobody is."""
    found = actor_or_none()
    if found is None:
        raise Unauthorized(g.get("turned_away", "sign_in_first"))
    return found


def open_to_all(view: View) -> View:
    """Marks a view that needs nobody signed in. All others demand it."""
    view.open_to_all = True  # type: ignore[attr-defined]
    return view


def demand_sign_in() -> Response | None:
    """Before each request: closed unless the view is marked as open."""
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or getattr(view, "open_to_all", False) or request.endpoint == "static":
        return None
    found = actor_or_none()
    if found is not None:
        return None if found.only_meeting is None else _keep_to_doors()
    if wants_json():
        raise Unauthorized(g.get("turned_away", "sign_in_first"))
    return redirect(url_for("web.sign_in", next=request.full_path.rstrip("?"), why=g.get("turned_away")))


def _keep_to_doors() -> Response | None:
    """A visitor finds only the doors opened for visitors; from the start page and from their meeting they go on to their own."""
    if request.endpoint in visitors.endpoints:
        return None
    if request.path in ("/", f"/meetings/{actor().only_meeting}") and visitors.start:
        return redirect(url_for(visitors.start))
    raise Missing()


def wants_json() -> bool:
    """Whether a program asks (the API), not a person's browser."""
    return request.path.startswith("/api/") and not request.path.startswith("/api/docs")


class PageSession(Session):
    """The session of a page: between its statements others go on, so that no act waits until the pages before it are made."""


_gave_way_at = 0.0


def _give_way(_statement: Any) -> None:
    global _gave_way_at
    if time.monotonic() - _gave_way_at > TURN_SECONDS:
        socketio.sleep(0)
        _gave_way_at = time.monotonic()


event.listen(PageSession, "do_orm_execute", _give_way)


def session() -> Session:
    """The request's read-only session: one picture of the store for the whole page."""
    if "session" not in g:
        g.session = PageSession(database().reader, expire_on_commit=False, info={KNOWN: {}})
    found: Session = g.session
    return found


def close_session(_error: BaseException | None = None) -> None:
    """After each request."""
    opened = g.pop("session", None)
    if opened is not None:
        opened.close()


def page(template: str, **context: Any) -> str:
    """A page inside the frame. What the frame itself needs is added by the context processors of `web`."""
    return render_template(template, **context)


def language() -> str:
    """The reader's language: the account's, else the cookie's, else Vietnamese."""
    if not has_request_context():
        return "vi"
    found = actor_or_none()
    chosen = found.language if found else request.cookies.get("language", "vi")
    return chosen if chosen in LANGUAGES else "vi"


_ISO_MOMENT = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d")
_ISO_DATE = re.compile(r"^\d{4}-\d\d-\d\d$")


def _shown(value: Any) -> Any:
    """A fact as people read it: moments and dates in Vietnamese form, lists with commas."""
    if isinstance(value, str) and _ISO_MOMENT.match(value):
        return clock.local(datetime.fromisoformat(value)).strftime("%d/%m/%Y %H:%M")
    if isinstance(value, str) and _ISO_DATE.match(value):
        return "/".join(reversed(value.split("-")))
    if isinstance(value, list):
        return ", ".join(str(_shown(each)) for each in value)
    if isinstance(value, str) and value in SENTENCES:
        return gettext(SENTENCES[value])
    return value


class _Facts(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"


def say(code: str, facts: dict[str, Any]) -> str:
    """The sentence of a refusal in the reader's language."""
    sentence: str = gettext(SENTENCES.get(code, SENTENCES["bug"]))
    return sentence % _Facts({key: _shown(value) for key, value in facts.items()})


def refusal_body(code: str, facts: dict[str, Any]) -> dict[str, Any]:
    """The body of a refusal on every wire: `ok`, `code`, `message`, `facts`."""
    shown = dict(facts)
    if "fields" in shown:
        shown["fields"] = {name: gettext(sentence) for name, sentence in shown["fields"].items()}
    if "objections" in shown:  # why a meeting cannot close: each in its own words
        shown["objections"] = [{**each, "message": say(each["code"], each)} for each in shown["objections"]]
    return {"ok": False, "code": code, "message": say(code, facts), "facts": shown}


def wire(answer: Answer, spoken: str | None = None) -> dict[str, Any]:
    """An act's answer as the client gets it."""
    if answer.ok:
        return {"ok": True, **answer.body}
    with force_locale(spoken or language()):
        return refusal_body(answer.body["code"], answer.body["facts"])


def refused_body(refused: Refused) -> dict[str, Any]:
    """The body of a refusal raised in a door."""
    facts = refused.facts if not isinstance(refused, Malformed) else {"fields": refused.facts["fields"]}
    return refusal_body(refused.code, facts)


def safe_next(address: str | None) -> str:
    """An address of this site to go on to, else the start page: never another site."""
    parts = urlsplit(address or "")
    local = not parts.scheme and not parts.netloc and parts.path.startswith("/") and not parts.path.startswith("//")
    return address if address and local and "\\" not in address else "/"
