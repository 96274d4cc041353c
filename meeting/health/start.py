"""What the two administrators find on the start page: how the system is, what needs their hand, their people."""

import json
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda.panels import home_card
from meeting.database import setting
from meeting.errors import SENTENCES
from meeting.guides.queries import remarks_by_state
from meeting.health.beat import FOUND
from meeting.health.looking import Asked, look_at
from meeting.health.rules import NAMES
from meeting.organization import attention, sign_in_queries, wording
from meeting.permissions import INSTALLATION, Action, Actor, allows
from meeting.records.models import BackupRun
from meeting.records.screens import demand
from meeting.tablets.queries import out_of_hand

CHECKS_SHOWN, REFUSED_SHOWN, LACKING_SHOWN = 5, 6, 8
REFUSED_DAYS = 7
WORST_FIRST = {"bad": 0, "warn": 1, "ok": 2}


def condition(session: Session, actor: Actor) -> dict[str, Any]:
    """The worker's last look in one line, what is not in order in it, and a backup that failed since the newest one.

    Refused as `forbidden` to all but the administrator. The worker is asked anew: it is what does the looking.
    """
    demand(session, actor, Action.READ_HEALTH)
    kept = json.loads(setting(session, FOUND, "{}"))
    checks = {each["name"]: each for each in kept.get("checks", [])}
    checks |= {each.name: each.as_value() for each in look_at(Asked(outside=False), ("worker",))}
    amiss = [each for each in checks.values() if each["state"] != "ok" and each["name"] in NAMES]
    last = session.scalar(select(BackupRun).where(BackupRun.state.in_(("done", "failed"))).order_by(BackupRun.id.desc()).limit(1))
    return {
        "looked": bool(kept),
        "state": min((each["state"] for each in amiss), key=WORST_FIRST.__getitem__, default="ok" if kept else "unknown"),
        "amiss": sorted(amiss, key=lambda each: WORST_FIRST[each["state"]])[:CHECKS_SHOWN],
        "count": len(amiss),
        "failed": last if last is not None and last.state == "failed" else None,
        "sentences": SENTENCES,
        "names": NAMES,
    }


def waiting(session: Session, actor: Actor) -> dict[str, Any]:
    """Locked accounts, tablets that are lost or blocked, roles and rights that end soon, remarks without an answer."""
    demand(session, actor, Action.MANAGE_PEOPLE)
    found: dict[str, Any] = {
        "locked": attention.locked(session, actor),
        "tablets": out_of_hand(session, actor),
        "ending": attention.ending(session, actor),
        "remarks": remarks_by_state(session) if allows(Action.ANSWER_FEEDBACK, INSTALLATION.hats_of(actor, session)) else {},
    }
    counts = found["remarks"]
    found["unanswered"] = counts.get("new", 0) + counts.get("looking", 0)
    found["nothing"] = not (found["locked"] or found["tablets"] or found["ending"] or found["unanswered"])
    return found


def refused(session: Session, actor: Actor) -> dict[str, Any]:
    """The last attempts to come in that were refused in a week. Refused as `forbidden` to who reads no journal of sign-ins."""
    since = clock.today() - timedelta(days=REFUSED_DAYS)
    wanted = sign_in_queries.Wanted(outcome="refused", since=since)
    lines = sign_in_queries.sign_ins(session, actor, wanted, REFUSED_SHOWN)
    return {"lines": lines, "since": since, "ways": wording.WAY_LABELS}


def own_people(session: Session, actor: Actor) -> dict[str, Any] | None:
    """The people of a unit administrator's unit and what they lack; None for who administers all of them."""
    found = attention.of_unit(session, actor)
    if found is None:
        return None
    return {"found": found, "lacking": found.lacking[:LACKING_SHOWN], "more": max(0, len(found.lacking) - LACKING_SHOWN)}


def _for(action: Action, load: Any) -> Any:
    """A card that whoever lacks the right simply does not have."""

    def loaded(session: Session, actor: Actor) -> Any:
        return load(session, actor) if allows(action, INSTALLATION.hats_of(actor, session)) else None

    return loaded


home_card("condition", place="main", template="health/home_condition.html", load=_for(Action.READ_HEALTH, condition), order=1)
home_card("waiting", place="main", template="health/home_waiting.html", load=_for(Action.MANAGE_PEOPLE, waiting), order=2)
home_card("refused", place="side", template="health/home_refused.html", load=_for(Action.READ_SIGN_INS, refused), order=2)
home_card("own_people", place="main", template="health/home_people.html", load=_for(Action.READ_PEOPLE, own_people), order=3)
