"""The pages of sessions: the list, one session with its sittings, the attendance of a session as a spreadsheet."""

from typing import Any

from flask import Blueprint, Response

from meeting.agenda.queries import given_name_first, members_of
from meeting.agenda.screens import state_of
from meeting.agenda.session_models import CouncilSession
from meeting.clock import today
from meeting.errors import Forbidden
from meeting.organization.queries import bodies as all_bodies
from meeting.permissions import ALLOWED, Action, allows
from meeting.sittings import export, queries, rules
from meeting.web.doors import actor, page, session

pages = Blueprint("sittings", __name__)
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.get("/sessions")
def sessions() -> str:
    """The sessions of one's councils, the newest first; the office puts the next one on file here."""
    keeps = actor().bodies_as(*ALLOWED[Action.KEEP_SESSIONS])
    councils = [body for body in all_bodies(session()) if body.kind == "council" and body.id in keeps]
    found = queries.sessions_of(session(), actor())
    if not found and not councils and not actor().bodies_as(*ALLOWED[Action.READ_SESSIONS]):
        raise Forbidden()
    counts = {each.id: len(queries.seen_by(session(), actor(), queries.sittings_of(session(), each.id))) for each in found}
    return page("sittings/sessions.html", found=found, counts=counts, councils=councils, kinds=rules.SESSION_NAMES, today=today())


@pages.get("/sessions/<int:session_id>")
def one(session_id: int) -> str:
    """Which sittings, when, by whom chaired, how far their minutes are, and who came?"""
    return page("sittings/session.html", **_shown(queries.session_of(session(), actor(), session_id)))


def _shown(found: CouncilSession) -> dict[str, Any]:
    sittings = queries.seen_by(session(), actor(), queries.sittings_of(session(), found.id))
    days = rules.days_of(queries.as_rules(sittings), {each.id: queries.day_of(each) for each in sittings})
    by_id = {each.id: each for each in sittings}
    hats = found.hats_of(actor(), session())
    presidium = queries.presidium_of(session(), found.id, sittings)
    members = sorted(members_of(session(), found.body_id, found.starts_on), key=lambda each: given_name_first(each.full_name))
    return {
        "found": found,
        "days": [(day, [by_id[each.id] for each in here]) for day, here in days.items()],
        "sittings": sittings,
        "held": [each for each in sittings if each.state in queries.HELD],
        "lines": queries.attendance(session(), sittings),
        "members": members,
        "presidium": [each for each in members if each.id in presidium],
        "may_keep": allows(Action.KEEP_SESSIONS, hats),
        "groups": queries.delegations(session(), found.body_id),
        "names": rules.SITTING_NAMES,
        "kinds": rules.SESSION_NAMES,
        "state_of": state_of,
        "sitting_choices": [(each.id, each.title) for each in sittings if each.sitting in rules.TOGETHER],
    }


@pages.get("/sessions/<int:session_id>/attendance.xlsx")
def sheet(session_id: int) -> Response:
    """Who came to which sitting, and to how many in all (NQ 104/2025 Điều 11): for all who read the session."""
    found = queries.session_of(session(), actor(), session_id)
    sittings = queries.seen_by(session(), actor(), queries.sittings_of(session(), found.id))
    made = export.as_xlsx(found, sittings, queries.attendance(session(), sittings))
    name = f'attachment; filename="diem-danh-ky-hop-{found.number}.xlsx"'
    return Response(made, mimetype=SHEET, headers={"Content-Disposition": name})
