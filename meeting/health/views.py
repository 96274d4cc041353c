"""The administrator's page on the health of the system."""

import json
from datetime import datetime
from typing import Any

from flask import Blueprint
from sqlalchemy.orm import Session

from meeting import clock
from meeting.database import setting
from meeting.health.beat import FOUND
from meeting.health.looking import Asked, look_at
from meeting.health.rules import NAMES, worst
from meeting.permissions import Action, Actor
from meeting.records.screens import demand
from meeting.web.api import resource
from meeting.web.doors import actor, page, session

pages = Blueprint("health", __name__)
NOW = ("worker", "disk", "queue", "backups")  # cheap, and asked anew each time the page opens


def found(reader: Session, who: Actor) -> dict[str, Any]:
    """What the worker's last look found, with the quickest checks done now. Only the administrator."""
    demand(reader, who, Action.READ_HEALTH)
    kept = json.loads(setting(reader, FOUND, "{}"))
    checks = {each["name"]: each for each in kept.get("checks", [])}
    fresh = look_at(Asked(outside=False), NOW)
    checks |= {each.name: each.as_value() for each in fresh}
    shown = [checks[name] for name in NAMES if name in checks]
    order = {"bad": 0, "warn": 1, "ok": 2}
    return {
        "checks": sorted(shown, key=lambda each: order[each["state"]]),
        "state": min((each["state"] for each in shown), key=lambda state: order[state], default=worst(fresh)),
        "at": datetime.fromisoformat(kept["at"]) if kept else None,
        "now": clock.now(),
    }


@pages.get("/health")
def health() -> str:
    """Is the system well, and what is to be done?"""
    return page("health/health.html", names=NAMES, **found(session(), actor()))


@resource("/health", "What the doctor found: each check with its state, figures and advice; for the administrator")
def health_checks(reader: Session, who: Actor) -> dict[str, Any]:
    """The same for programs."""
    seen = found(reader, who)
    return {"state": seen["state"], "checks": seen["checks"], "at": seen["at"].isoformat() if seen["at"] else None}
