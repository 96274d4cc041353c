"""What the list of meetings shows, and how an address narrows it."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.agenda import queries
from meeting.agenda.planning_screens import read_day
from meeting.agenda.rules import STATE_NAMES
from meeting.errors import N_
from meeting.permissions import Actor


def asked_for(given: Any, actor: Actor) -> queries.Wanted:
    """The filters out of an address. `whose`: the own meetings, those the own unit attends, or those it prepares papers for."""
    whose, unit = given.get("whose", ""), actor.unit_id
    return queries.Wanted(
        body=given.get("body", ""),
        unit=str(unit) if whose == "prepares" and unit else "",
        person=actor.person_id if whose == "mine" else None,
        when=given.get("when", "upcoming"),
        state=given.get("state", ""),
        text=given.get("q", ""),
        since=read_day(given.get("since", "")),
        until=read_day(given.get("until", "")),
        attending_unit=unit if whose == "attends" else None,
    )


def list_choices(session: Session, actor: Actor, given: Any, wanted: queries.Wanted) -> dict[str, Any]:
    """What the list can be narrowed by, and by what it is."""
    whose = {"": N_("All meetings"), "mine": N_("I take part")}
    if actor.unit_id:
        whose |= {"attends": N_("My unit attends"), "prepares": N_("My unit prepares papers")}
    kept = {name: given[name] for name in ("body", "q", "state", "whose", "since", "until") if given.get(name)}
    return {
        "when": wanted.when,
        "wanted": wanted,
        "kept": kept,
        "bodies": queries.bodies_of(session, actor),
        "states": STATE_NAMES,
        "whose": whose,
    }
