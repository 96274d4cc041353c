"""Pages and papers of written rounds."""

from typing import Any

from flask import Blueprint, Response, request, url_for

from meeting.asyncmode import run_blocking
from meeting.documents.typeset import Sheet, typeset
from meeting.errors import Missing, Refused
from meeting.organization.models import Person
from meeting.permissions import Action, allows
from meeting.rounds import queries, screens, sheets, tables
from meeting.web.api import asked, asked_number
from meeting.web.doors import actor, page, session

pages = Blueprint("rounds", __name__)


def _address(**changes: Any) -> str:
    kept = {name: request.args[name] for name in ("body", "state") if request.args.get(name)}
    return url_for("rounds.all_rounds", **{name: value for name, value in (kept | changes).items() if value})


@pages.get("/rounds")
def all_rounds() -> str:
    """The written rounds one may read."""
    return page("rounds/list.html", address=_address, **screens.list_page(session(), actor(), asked("state"), asked("body")))


@pages.get("/rounds/new")
def new() -> str:
    """A new draft."""
    return page("rounds/form.html", **screens.form_page(session(), actor(), asked("body")))


@pages.get("/rounds/<int:round_id>")
def one(round_id: int) -> str:
    """One round: what is asked, one's own answer, how far it is, what came out."""
    return page("rounds/round.html", **screens.round_page(session(), actor(), round_id))


@pages.get("/rounds/<int:round_id>/edit")
def edit(round_id: int) -> str:
    """The form of a draft."""
    return page("rounds/form.html", **screens.edit_page(session(), actor(), round_id))


@pages.get("/rounds/<int:round_id>/slip.pdf")
def slip(round_id: int) -> Response:
    """The slip to sign by hand: one's own; the desk prints anybody's, or an empty one."""
    row, hats = queries.round_of(session(), actor(), round_id)
    keeps = allows(Action.KEEP_ROUNDS, hats)
    wanted = asked_number("person") if keeps else actor().person_id
    person = session().get(Person, wanted) if wanted else None
    if wanted and (person is None or wanted not in {each.person_id for each in row.members}):
        raise Missing()
    return _pdf(sheets.slip(row, person), f"phieu-lay-y-kien-{round_id}.pdf")


@pages.get("/rounds/<int:round_id>/synthesis.pdf")
def synthesis(round_id: int) -> Response:
    """The synthesis of a closed round: by name for the desk, the chair and the officer in charge."""
    row, hats = queries.round_of(session(), actor(), round_id)
    if row.result is None:
        raise Refused("round_not_closed")
    words = sheets.synthesis(row, named=queries.names(hats))
    return _pdf(words, f"phieu-tong-hop-y-kien-{round_id}.pdf")


@pages.get("/rounds/<int:round_id>.xlsx")
def workbook(round_id: int) -> Response:
    """The same as a workbook."""
    row, hats = queries.round_of(session(), actor(), round_id)
    if row.result is None:
        raise Refused("round_not_closed")
    content = tables.workbook(row, named=queries.names(hats))
    return _file(content, tables.XLSX, f"tong-hop-y-kien-{round_id}.xlsx", "attachment")


def _pdf(words: Sheet, name: str) -> Response:
    return _file(run_blocking(typeset, "paper", words), "application/pdf", name, "inline")


def _file(content: bytes, kind: str, name: str, how: str) -> Response:
    headers = {"Content-Disposition": f'{how}; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, mimetype=kind, headers=headers)
