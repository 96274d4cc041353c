"""The pages of the organization: its chart, units, bodies, the end of a term."""

from typing import Any

from flask import request
from flask_babel import gettext

from meeting import clock
from meeting.errors import Missing
from meeting.organization import chart as charts
from meeting.organization import queries, terms, wording
from meeting.organization.duties import OF_BODY, OF_UNIT, duties
from meeting.organization.listed_roles import read_day
from meeting.organization.models import Body
from meeting.organization.views import lists, organization
from meeting.permissions import Action, Role
from meeting.web.doors import actor, page, session


@organization.get("/organization")
def chart() -> str:
    """The tree: bodies, the units that serve them, units below units, people."""
    retired = request.args.get("retired") == "1"
    found = charts.chart(session(), actor(), retired=retired)
    return page("organization/chart.html", branches=found, retired=retired, kind_labels=wording.KIND_LABELS, **lists())


@organization.get("/units")
def units() -> str:
    """The units and how many people each has."""
    queries.demand(session(), actor(), Action.READ_PEOPLE)
    everybody = [row for row in queries.people(session(), actor()) if row.person.retired_on is None]
    offered = lists()
    counts = {unit.id: sum(row.person.unit_id == unit.id for row in everybody) for unit in offered["units"]}
    return page("organization/units.html", counts=counts, **offered)


@organization.get("/units/<int:unit_id>")
def unit(unit_id: int) -> str:
    """A unit: its names, its place, its end."""
    queries.demand(session(), actor(), Action.MANAGE_PEOPLE)
    found = queries.unit_of(session(), unit_id)
    places = [(each.id, each.name) for each in charts.places_for(session(), found)]
    left = duties(OF_UNIT, session(), unit_id)
    return page("organization/unit.html", unit=found, places=places, open_duties=left, **lists())


@organization.get("/bodies")
def bodies() -> str:
    """The bodies that meet, and who sits in them."""
    queries.demand(session(), actor(), Action.MANAGE_PEOPLE)
    every = queries.every_body(session())
    seats = {body.id: queries.members(session(), body.id, Role.MEMBER) for body in every}
    kinds = [(kind, gettext(label)) for kind, label in wording.KIND_LABELS.items()]
    retired = [body for body in every if body.retired_on is not None]
    labels = wording.KIND_LABELS
    return page("organization/bodies.html", seats=seats, kind_choices=kinds, kind_labels=labels, ended=retired, **lists())


@organization.get("/bodies/<int:body_id>")
def body(body_id: int) -> str:
    """A body: what is on file, its term, its end."""
    found = _body(body_id)
    left = duties(OF_BODY, session(), body_id)
    return page("organization/body.html", body=found, open_duties=left, kind_labels=wording.KIND_LABELS)


@organization.get("/bodies/<int:body_id>/term")
def term(body_id: int) -> str:
    """The end of a body's term: who loses what on a day, and who goes on."""
    found = _body(body_id)
    last_day = read_day(request.args.get("last_day", "")) or clock.today()
    asked = [role for role in request.args.getlist("roles[]") if role in set(Role)]
    roles = asked or [role.value for role in terms.ELECTED]
    held = terms.by_person(terms.held_on(session(), body_id, last_day, roles))
    return page(
        "organization/term.html",
        body=found,
        last_day=last_day,
        chosen_roles=roles,
        losing=terms.losing(session(), actor(), body_id, last_day, roles),
        held=held,
        **lists(),
    )


def _body(body_id: int) -> Body:
    queries.demand(session(), actor(), Action.MANAGE_PEOPLE)
    found: Any = session().get(Body, body_id)
    if found is None:
        raise Missing()
    return found  # type: ignore[no-any-return]
