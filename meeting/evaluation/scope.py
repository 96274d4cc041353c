"""What one report is on: whose figures the reader may see, which of them were chosen, in which period.

The chair, the office and inspectors of a body read its figures and what is behind them; an administrator reads the figures of
all bodies, never what is behind them; a unit's people read what concerns their own unit.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.errors import Forbidden, Missing
from meeting.evaluation import ledger, report_rows
from meeting.evaluation.periods import Period, chosen
from meeting.organization.models import Body
from meeting.permissions import ALLOWED, INSTALLATION, Action, Actor, Role, allows

BODY_ORDER = ("party", "council", "committee")  # as the wards list them in their reports
EVIDENCE_ROLES = ALLOWED[Action.READ_REPORT] - {Role.ADMIN}


@dataclass(frozen=True)
class Asking:
    """What a request names: a body by its short name, a period by its key or two days."""

    body: str = ""
    period: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Scope:
    """Whose figures, and when."""

    actor: Actor
    bodies: tuple[Body, ...]  # that are counted
    readable: tuple[Body, ...]  # that could be chosen
    period: Period
    today: date
    asking: Asking
    proven: bool = True  # may see what is behind the figures
    unit_id: int | None = None  # a unit's own people: only what concerns the unit

    @property
    def names(self) -> list[str]:
        """The short names of the bodies that are counted."""
        return [body.short_name for body in self.bodies]

    @property
    def kept(self) -> dict[str, str]:
        """The filters as they stand in an address."""
        own = self.period.key == "own"
        days = {"from": self.period.since.isoformat(), "to": self.period.until.isoformat()} if own else {}
        period = {} if own or self.period.key == "year" else {"period": self.period.key}
        return {**({"body": self.asking.body} if self.asking.body else {}), **period, **days}

    def at(self, period: Period) -> "Scope":
        """The same in another period."""
        return replace(self, period=period)

    def link(self, of: str, figure: str, **more: str | int) -> str:
        """The address of what is behind a figure; none for those who may not see it. The days are written out, so that the same
        rows are counted tomorrow."""
        return f"/reports/evidence/{of}/{figure}?{urlencode({**self._days(), **more})}" if self.proven else ""

    def paper_link(self, unit_id: int, figure: str) -> str:
        """The address of the papers behind a figure of a unit."""
        return f"/reports/units/{unit_id}?{urlencode({'figure': figure, **self._days()})}" if self.proven else ""

    def _days(self) -> dict[str, str]:
        days = {"from": self.period.since.isoformat(), "to": self.period.until.isoformat()}
        return {**({"body": self.asking.body} if self.asking.body else {}), **days}


def reported_bodies(session: Session, actor: Actor) -> list[Body]:
    """The bodies whose figures the actor may read, in the order of the report: `forbidden` when there is none."""
    wanted = select(Body).where(Body.practice_of_id.is_(None))
    if not (actor.is_admin and allows(Action.READ_REPORT, [Role.ADMIN])):
        wanted = wanted.where(Body.id.in_(actor.bodies_as(*ALLOWED[Action.READ_REPORT])))
    bodies = _in_order(session.scalars(wanted).all())
    if not bodies and not allows(Action.READ_REPORT, INSTALLATION.hats_of(actor, session)):
        raise Forbidden()
    return bodies


def _in_order(bodies: Sequence[Body]) -> list[Body]:
    return sorted(bodies, key=lambda body: (BODY_ORDER.index(body.kind), body.short_name))


def evidence_bodies(session: Session, actor: Actor) -> list[Body]:
    """The bodies of which the actor may see what is behind the figures: `forbidden` when there is none."""
    ids = actor.bodies_as(*EVIDENCE_ROLES)
    if not ids:
        raise Forbidden()
    return _in_order(session.scalars(select(Body).where(Body.id.in_(ids))).all())


def of_reader(session: Session, actor: Actor, asking: Asking) -> Scope:
    """The figures of bodies: `forbidden` for who reads none, `not_found` for a body of others."""
    readable = reported_bodies(session, actor)
    proven = {body.id for body in readable} <= actor.bodies_as(*EVIDENCE_ROLES)
    return _scope(session, actor, readable, asking, proven=proven)


def of_evidence(session: Session, actor: Actor, asking: Asking) -> Scope:
    """What is behind the figures of bodies: not for an administrator without another role."""
    return _scope(session, actor, evidence_bodies(session, actor), asking)


def of_tasks(session: Session, actor: Actor, asking: Asking) -> Scope:
    """Figures of tasks: as `of_reader`; a unit's own people see those of their unit."""
    if actor.is_admin or actor.bodies_as(*EVIDENCE_ROLES):
        return of_reader(session, actor, asking)
    return of_unit(session, actor, asking)


def of_unit(session: Session, actor: Actor, asking: Asking) -> Scope:
    """What concerns one's own unit, of the bodies one works for: `forbidden` for others."""
    mine = ledger.reach(session, actor)
    bodies = session.scalars(select(Body).where(Body.id.in_(mine.own_unit))).all()
    if not bodies or mine.unit_id is None:
        raise Forbidden()
    return _scope(session, actor, _in_order(bodies), asking, unit_id=mine.unit_id)


def _scope(
    session: Session, actor: Actor, readable: Sequence[Body], asking: Asking, *, proven: bool = True, unit_id: int | None = None
) -> Scope:
    bodies = [body for body in readable if not asking.body or body.short_name == asking.body]
    if asking.body and not bodies:
        raise Missing()
    today = clock.today()
    period = chosen(asking.period, asking.since, asking.until, today, years(session, readable))
    return Scope(actor, tuple(bodies), tuple(readable), period, today, asking, proven, unit_id)


def years(session: Session, bodies: Sequence[Body]) -> list[int]:
    """The years in which there is something to report, newest first; always the current one."""
    first = report_rows.first_day(session, [body.id for body in bodies])
    this = clock.today().year
    return list(range(this, min(first.year if first else this, this) - 1, -1))
