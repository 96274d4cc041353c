"""Pages of questioning: the questions of a meeting, the register of promises, one promise, the register as a file."""

from typing import Any

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext

from meeting.agenda.queries import bodies_of
from meeting.clock import today
from meeting.permissions import Action, allows
from meeting.questioning import export, register, screens
from meeting.questioning.models import Inquiry
from meeting.web.api import asked, asked_number
from meeting.web.doors import actor, page, session

pages = Blueprint("questioning", __name__)


@pages.get("/meetings/<int:meeting_id>/questions")
def of_meeting(meeting_id: int) -> str:
    """The groups and questions of a meeting."""
    return page("questioning/questions.html", **screens.questions_page(session(), actor(), meeting_id))


def _wanted() -> register.Wanted:
    return register.Wanted(asked("body"), asked("state"), asked_number("meeting"), asked_number("person"), asked("q"))


def _address(**changes: Any) -> str:
    kept = {name: request.args[name] for name in ("body", "state", "meeting", "person", "q", "view") if request.args.get(name)}
    return url_for("questioning.promises", **{name: value for name, value in (kept | changes).items() if value})


@pages.get("/promises")
def promises() -> str:
    """The register: what was promised, and what is answered in writing."""
    wanted = _wanted()
    found = register.promises(session(), actor(), wanted)
    views = [("", "Promises"), ("written", "Answers in writing")]
    tabs = [(gettext(label), _address(view=key), asked("view") == key) for key, label in views]
    written = register.written(session(), actor()) if asked("view") == "written" else []
    return page(
        "questioning/register.html",
        found=found,
        wanted=wanted,
        view=asked("view"),
        views=tabs,
        written=written,
        keeps={each.floor_id for each in written if _keeps(each)},
        filters=screens.FILTERS,
        names=screens.STANDING_NAMES,
        tones=screens.STANDING_TONES,
        bodies=bodies_of(session(), actor()),
        address=_address,
        today=today(),
    )


def _keeps(inquiry: Inquiry) -> bool:
    return allows(Action.KEEP_PROMISES, inquiry.hats_of(actor(), session()))


@pages.get("/promises.xlsx")
def download() -> Response:
    """The promises asked for as a table."""
    content = export.as_xlsx(register.promises(session(), actor(), _wanted()).rows, today())
    return Response(content, mimetype=export.XLSX, headers={"Content-Disposition": 'attachment; filename="loi-hua.xlsx"'})


@pages.get("/promises/<int:promise_id>")
def promise(promise_id: int) -> str:
    """One promise with its way so far."""
    return page("questioning/promise.html", **screens.promise_page(session(), actor(), promise_id))
