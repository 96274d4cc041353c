"""Pages of this room: all invitations, one meeting's desk, the paper, naming a substitute, a guest's own door and page."""

import flask
from flask import Blueprint, Response, redirect, request, url_for
from flask_login import login_user
from limits import parse
from werkzeug.wrappers import Response as AnyResponse

from meeting.agenda.queries import meeting_of
from meeting.errors import Forbidden
from meeting.invitations import export, guests, keys, queries, screens
from meeting.invitations.models import GuestLink
from meeting.organization.identity import new_token
from meeting.permissions import SYSTEM, Action, allows
from meeting.web import doors, security
from meeting.web.api import asked
from meeting.web.doors import actor, page, session
from meeting.writer import perform

pages = Blueprint("invitations", __name__)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LINKS_PER_ADDRESS = parse("30 per minute")


@pages.get("/invitations")
def overview() -> str:
    """To which meetings are invitations out, and how do the answers stand?"""
    return page("invitations/overview.html", standings=queries.standings(session(), actor()))


@pages.get("/meetings/<int:meeting_id>/invitations")
def desk(meeting_id: int) -> str:
    """Who was sent the invitation, saw it, comes, does not come, sends somebody?"""
    return page("invitations/desk.html", **screens.desk_page(session(), actor(), meeting_id, asked("show")))


@pages.get("/meetings/<int:meeting_id>/invitations/absentees.xlsx")
def absentees(meeting_id: int) -> Response:
    """Who is absent and why, as a spreadsheet."""
    content = export.absentees(screens.desk_of(session(), actor(), meeting_id))
    headers = {"Content-Disposition": f'attachment; filename="bao-vang-{meeting_id}.xlsx"'}
    return Response(content, mimetype=XLSX, headers=headers)


@pages.get("/meetings/<int:meeting_id>/invitations/paper")
def paper_of(meeting_id: int) -> AnyResponse | str:
    """The paper of a meeting: goes to the newest; without one, the first step."""
    meeting, hats = meeting_of(session(), actor(), meeting_id)
    found = queries.papers_of(session(), actor(), meeting)
    if found:
        return redirect(url_for("invitations.paper", invitation_id=found[0].id))
    if not allows(Action.SEE_REPLIES, hats):
        raise Forbidden()
    return page("invitations/no_paper.html", meeting=meeting, may_draft=allows(Action.PREPARE_MEETING, hats))


@pages.get("/invitations/<int:invitation_id>")
def paper(invitation_id: int) -> str:
    """One paper: its words at the left, the page as it will be printed at the right."""
    return page("invitations/paper.html", **screens.paper_page(session(), actor(), invitation_id))


@pages.get("/invitations/<int:invitation_id>/sheet")
def sheet(invitation_id: int) -> str:
    """The printed page alone, fetched again while somebody writes."""
    return page("invitations/_preview.html", **screens.paper_page(session(), actor(), invitation_id))


@pages.get("/meetings/<int:meeting_id>/substitute")
def substitute(meeting_id: int) -> str:
    """Who comes in my place?"""
    meeting, _ = meeting_of(session(), actor(), meeting_id)
    screens.check_may_name(session(), actor(), meeting)
    found = screens.candidates_page(session(), actor(), meeting, asked("q"))
    mine = queries.participant(session(), meeting.id, actor().person_id)
    return page("invitations/substitute.html", meeting=meeting, found=found, q=asked("q"), mine=mine)


@pages.post("/meetings/<int:meeting_id>/guest-links/<int:person_id>")
def new_link(meeting_id: int, person_id: int) -> str:
    """A personal link for a guest, shown this once."""
    token, sha256 = new_token()
    wanted = {"meeting_id": meeting_id, "person_id": person_id, "sha256": sha256}
    made = perform(actor(), "invitations.make_link", wanted)
    address = url_for("invitations.by_link", token=token, _external=True)
    meeting, _ = meeting_of(session(), actor(), meeting_id)
    link = session().get_one(GuestLink, made["link_id"])
    return page("invitations/link.html", meeting=meeting, link=link, address=address)


# a guest's door


@pages.route("/g/<token>", methods=["GET", "POST"])
@doors.open_to_all
def by_link(token: str) -> AnyResponse | tuple[str, int] | str:
    """The personal link of a guest: comes in and goes on to the page of the meeting, where the address holds no token."""
    address = request.remote_addr or ""
    security.limit(LINKS_PER_ADDRESS, "guest-link", address)
    link = keys.link_of(session(), token)
    if link is None:
        return page("invitations/link_ended.html"), 404
    if request.method == "HEAD":
        return ""
    signed_in = doors.actor_or_none()
    if request.method == "GET" and signed_in is not None and signed_in.only_meeting is None:
        return page("invitations/link_other.html", link=link, token=token)
    perform(SYSTEM, "invitations.open_link", {"link_id": link.id, "address": address})
    flask.session.clear()
    login_user(doors.SignedIn(keys.actor_of(link)))
    return redirect(url_for("invitations.guest"), 303)


@pages.get("/guest")
def guest() -> str | AnyResponse:
    """A guest's own page: the meeting, the answer, the papers for guests, opinions."""
    if actor().only_meeting is None:
        return redirect("/")
    return page("invitations/guest.html", **guests.guest_page(session(), actor()))
