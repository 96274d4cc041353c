"""The doors of open data. Nobody signs in, no cookie is read or set, any site may read along (CORS)."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, g, request
from flask import session as flask_session
from flask_babel import force_locale, gettext

from meeting import config
from meeting.documents import serving, store
from meeting.errors import N_, Missing, Refused
from meeting.opendata import akoma, queries, rules, sittings
from meeting.publicpage import queries as public
from meeting.publicpage.views import KEPT_SECONDS, READS_PER_ADDRESS
from meeting.web import doors, security
from meeting.web.doors import open_to_all, session

pages = Blueprint("opendata", __name__)

NOT_THERE = N_("There is no such object here.")
NO_SENSE = N_("The parameter “%(name)s” makes no sense. Moments are written as 2026-11-23T08:00:00+07:00.")


def _host() -> str:
    return config.settings().public_url or request.host_url.rstrip("/")


def _source() -> str:
    address = config.settings().source_address
    return _host() + address if address.startswith("/") else address


def _language() -> str:
    return "en" if request.args.get("lang") == "en" else "vi"


def _answer(told: Any, status: int = 200) -> Response:
    body = json.dumps(told, ensure_ascii=False).encode()
    answer = Response(body, status=status, content_type="application/json; charset=utf-8")
    if status == 200:
        answer.set_etag(hashlib.sha256(body).hexdigest()[:32])
        answer.make_conditional(request)
    return answer


def _guarded(make: Callable[[], Response]) -> Response:
    """One answer to anybody: counted by address, kept by caches for a while, errors as the standard writes them."""
    g.actor = None
    security.limit(READS_PER_ADDRESS, "public", request.remote_addr or "")
    with force_locale(_language()):
        try:
            made = make()
        except Missing:
            made = _answer(rules.error(gettext(NOT_THERE)), 404)
        except ValueError as problem:
            made = _answer(rules.error(gettext(NO_SENSE, name=str(problem))), 400)
    made.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}" if made.status_code in (200, 304) else "no-store"
    return made


@pages.get(f"{rules.HOME}/system")
@open_to_all
def system() -> Response:
    """The entrance: who answers here, and where the bodies are."""

    def made() -> Response:
        created, modified = queries.span(session())
        told = {
            "id": f"{_host()}{rules.HOME}/system",
            "type": rules.SCHEMA + "System",
            "oparlVersion": rules.SCHEMA,
            "name": gettext("Open data of the council"),
            "body": f"{_host()}{rules.HOME}/body",
            "website": f"{_host()}/cong-khai",
            "product": _source(),
            "created": rules.moment(created) if created else None,
            "modified": rules.moment(modified) if modified else None,
        }
        return _answer(rules.without_empty(told))

    return _guarded(made)


@pages.get(f"{rules.HOME}/body")
@open_to_all
def bodies() -> Response:
    """The list of bodies: the one place that this system serves, once something is public."""
    return _guarded(lambda: _list("body", f"{rules.HOME}/body"))


@pages.get(f"{rules.HOME}/body/1/<name>")
@open_to_all
def of_body(name: str) -> Response:
    """A list of a body, by the property that leads to it."""

    def made() -> Response:
        if name not in rules.LISTS:
            raise Missing()
        return _list(rules.LISTS[name], f"{rules.HOME}/body/1/{name}")

    return _guarded(made)


@pages.get(f"{rules.HOME}/organization/<key>/meeting")
@open_to_all
def of_organization(key: str) -> Response:
    """The meetings of one organization."""

    def made() -> Response:
        queries.one(session(), "organization", key)
        return _list("meeting", f"{rules.HOME}/organization/{key}/meeting", queries.meetings_of(session(), key))

    return _guarded(made)


def _list(kind: str, address: str, keys: list[str] | None = None) -> Response:
    wanted = rules.read_wanted(request.args)
    found, total = queries.page_of(session(), kind, wanted, keys)
    find = queries.finder(session(), found)
    data = [rules.written(each, _host(), find, internal=wanted.internal) for each in found]
    return _answer(rules.listed(data, total, wanted, _host() + address, request.args))


@pages.get(f"{rules.HOME}/<kind>/<key>")
@open_to_all
def one(kind: str, key: str) -> Response:
    """One object at its own address; what is public no longer answers with its tombstone."""

    def made() -> Response:
        found = queries.one(session(), kind, key)
        return _answer(rules.written(found, _host(), queries.finder(session(), [found])))

    return _guarded(made)


@pages.get(f"{rules.HOME}/file/n<int:paper_id>/download")
@open_to_all
def download(paper_id: int) -> Response:
    """A published document as a file to keep; 410 once it was public and is no longer."""

    def made() -> Response:
        known = queries.one(session(), "file", f"n{paper_id}")
        if known.deleted:
            return _answer(rules.error(gettext(NOT_THERE)), 410)
        file, symbol = public.file_of(session(), paper_id)
        try:
            answer = serving.whole_file(store.file_path(file.sha256), "application/pdf", file.sha256[:32])
        except FileNotFoundError:
            raise Missing() from None
        answer.headers.set("Content-Disposition", "attachment", filename=f"{symbol.replace('/', '-')}.pdf")
        return answer

    return _guarded(made)


@pages.get("/akn/meeting/<int:meeting_id>.xml")
@open_to_all
def minutes(meeting_id: int) -> Response:
    """The signed minutes of a public sitting with its votes, as Akoma Ntoso 3.0."""

    def made() -> Response:
        meeting = queries.shown_meeting(session(), meeting_id)
        body = akoma.document(sittings.record_of(session(), meeting, _host()))
        answer = Response(body, content_type="application/akn+xml; charset=utf-8")
        answer.set_etag(hashlib.sha256(body).hexdigest()[:32])
        if request.args.get("download"):
            answer.headers.set("Content-Disposition", "attachment", filename=f"bien-ban-{meeting_id}.xml")
        answer.make_conditional(request)
        return answer

    return _guarded(made)


@pages.errorhandler(Refused)
def refused(error: Refused) -> Response:
    """Too many questions from one address."""
    g.actor = None
    with force_locale(_language()):
        return _answer(rules.error(doors.refused_body(error)["message"]), error.status)


def let_others_read(answer: Response) -> Response:
    """After everything else: any site may read this, and what looks for a cookie makes no difference."""
    if request.blueprint == pages.name:
        flask_session.accessed = False
        answer.headers["Access-Control-Allow-Origin"] = "*"
        answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer
