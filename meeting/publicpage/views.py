"""The doors of the public page. Nobody signs in, no cookie is read or set, the language stands in the address."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, current_app, g, request, url_for
from flask import session as flask_session
from flask_babel import force_locale
from limits import parse

from meeting.clock import today
from meeting.documents import serving, store
from meeting.errors import Missing, Refused
from meeting.publicpage import feeds, queries, rules
from meeting.web import doors, security
from meeting.web.doors import open_to_all, session

pages = Blueprint("publicpage", __name__)

READS_PER_ADDRESS = parse("240 per minute")
KEPT_SECONDS = 300  # by browsers and by caches between


def _language() -> str:
    """vi, or en when the address asks for it: never by a cookie, so that one answer fits everybody."""
    return "en" if request.args.get("lang") == "en" else "vi"


def _page_number() -> int:
    raw = request.args.get("page", "1")
    return int(raw) if raw.isdecimal() and len(raw) < 7 else 1


def _guarded(make: Callable[[], Response]) -> Response:
    """One answer to anybody: counted by address, kept by caches, 304 when it is known."""
    g.actor = None
    security.limit(READS_PER_ADDRESS, "public", request.remote_addr or "")
    with force_locale(_language()):
        try:
            made = make()
        except Missing as missing:
            made = _answer(_drawn("publicpage/missing.html", refusal=doors.refused_body(missing)), status=404)
    made.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}" if made.status_code in (200, 304) else "no-store"
    return made


def _drawn(template: str, **context: Any) -> str:
    """A page without the frame of people: no account, no session, no token in it."""
    shared = {"lang": _language(), "here": _here, "request": request}
    return current_app.jinja_env.get_template(template).render(**shared, **context)


def _here(**changes: Any) -> str:
    """This page with some of its address changed; the language goes along."""
    kept = {**request.args.to_dict(), **changes}
    values = {name: value for name, value in kept.items() if value and not (name == "lang" and value == "vi")}
    return url_for(request.endpoint or "publicpage.bodies", **{**(request.view_args or {}), **values})


def _answer(content: str | bytes, kind: str = "text/html", status: int = 200) -> Response:
    body = content.encode("utf-8") if isinstance(content, str) else content
    answer = Response(body, status=status, content_type=f"{kind}; charset=utf-8")
    if status == 200:
        answer.set_etag(hashlib.sha256(body).hexdigest()[:32])
        answer.make_conditional(request)
    return answer


@pages.get("/cong-khai")
@open_to_all
def bodies() -> Response:
    """The bodies that show something."""
    return _guarded(lambda: _answer(_drawn("publicpage/bodies.html", bodies=queries.bodies(session()))))


@pages.get("/cong-khai/<slug>")
@open_to_all
def body(slug: str) -> Response:
    """Key tasks of a body by month, with state and result, and its newest documents."""

    def made() -> Response:
        found = queries.body_of(session(), slug)
        ordered = [each for _, month in rules.by_month(queries.tasks(session(), found.id, today())) for each in month]
        shown, pages_count = rules.part(ordered, _page_number())
        published = queries.papers(session(), found.id)
        return _answer(
            _drawn(
                "publicpage/body.html",
                body=found,
                months=rules.by_month(shown),
                total=len(ordered),
                page=min(_page_number(), pages_count),
                pages=pages_count,
                papers=published[:5],
                papers_total=len(published),
                states=feeds.STATES,
            )
        )

    return _guarded(made)


@pages.get("/cong-khai/<slug>/van-ban")
@open_to_all
def papers(slug: str) -> Response:
    """The published documents of a body, page by page."""

    def made() -> Response:
        found = queries.body_of(session(), slug)
        published = queries.papers(session(), found.id)
        shown, pages_count = rules.part(published, _page_number())
        number = min(_page_number(), pages_count)
        drawn = _drawn("publicpage/papers.html", body=found, papers=shown, total=len(published), page=number, pages=pages_count)
        return _answer(drawn)

    return _guarded(made)


@pages.get("/cong-khai/<slug>.<any(json, atom):form>")
@open_to_all
def feed(slug: str, form: str) -> Response:
    """The same for programs."""

    def made() -> Response:
        found = queries.body_of(session(), slug)
        home = url_for("publicpage.body", slug=slug, _external=True)
        shown = sorted(queries.tasks(session(), found.id, today()), key=lambda each: (each.released_on, each.id), reverse=True)
        content = (found, home, shown, queries.papers(session(), found.id), request.host_url.rstrip("/"))
        if form == "atom":
            return _answer(feeds.atom_feed(*content), "application/atom+xml")
        return _answer(json.dumps(feeds.json_feed(*content), ensure_ascii=False), "application/feed+json")

    return _guarded(made)


@pages.get("/cong-khai/van-ban/<int:paper_id>.pdf")
@open_to_all
def paper(paper_id: int) -> Response:
    """The PDF of a published document; not found before, and not after it was taken off the page."""

    def made() -> Response:
        file, symbol = queries.file_of(session(), paper_id)
        try:
            answer = serving.whole_file(store.file_path(file.sha256), "application/pdf", file.sha256[:32])
        except FileNotFoundError:
            raise Missing() from None
        answer.headers["Vary"] = "Accept-Encoding"
        name = symbol.replace("/", "-")
        plain = name.encode("ascii", "ignore").decode() or "van-ban"
        answer.headers["Content-Disposition"] = f'inline; filename="{plain}.pdf"'
        return answer

    return _guarded(made)


@pages.errorhandler(Refused)
def refused(error: Refused) -> Response:
    """A refusal outside the frame: too many questions from one address."""
    g.actor = None
    with force_locale(_language()):
        made = _answer(_drawn("publicpage/missing.html", refusal=doors.refused_body(error)), status=error.status)
    made.headers["Cache-Control"] = "no-store"
    return made


def leave_no_trace(answer: Response) -> Response:
    """After everything else: what looks for a cookie at every request makes no difference here, so caches may keep the answer."""
    if request.blueprint == pages.name:
        flask_session.accessed = False
    return answer
