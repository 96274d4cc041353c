"""Reads of the administrator: the systems, what they asked, what they were told, calendars. Refused to everybody else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, selectinload

from meeting import clock
from meeting.errors import Missing
from meeting.exchange.models import ApiCall, BodyFeed, Client, ClientKey, Webhook, WebhookDelivery
from meeting.exchange.rules import still_valid
from meeting.organization import queries as organization
from meeting.organization.models import Body
from meeting.permissions import Action, Actor

PAGE = 100
MOST_EXPORTED = 50_000
CHART_DAYS = 14
OUTCOMES = ("good", "refused")


@dataclass(frozen=True)
class Listed:
    """A system in the list."""

    client: Client
    standing: str  # on, off, expired
    calls: int  # of the last seven days
    last_at: datetime | None
    failing: bool  # one of its addresses does not take what it is told


@dataclass(frozen=True)
class Wanted:
    """Which calls are asked for; empty means any. Local days, both included."""

    since: date | None = None
    until: date | None = None
    outcome: str = ""  # good, refused
    read: str = ""  # part of the path
    address: str = ""  # beginning


def standing_of(client: Client) -> str:
    """Whether a system may ask now: on, off, expired."""
    if not client.on:
        return "off"
    return "on" if still_valid(client.valid_until, clock.today()) else "expired"


def clients(session: Session, actor: Actor) -> list[Listed]:
    """All systems by name, with how much they asked of late."""
    organization.demand(session, actor, Action.KEEP_CLIENTS)
    week = clock.now() - timedelta(days=7)
    counts = select(ApiCall.client_id, func.count()).where(ApiCall.at >= week).group_by(ApiCall.client_id)
    newest = select(ApiCall.client_id, func.max(ApiCall.at)).group_by(ApiCall.client_id)
    lately = {row[0]: row[1] for row in session.execute(counts)}
    last = {row[0]: row[1] for row in session.execute(newest)}
    wanted = select(Client).options(selectinload(Client.keys), selectinload(Client.rights), selectinload(Client.webhooks))
    return [
        Listed(each, standing_of(each), lately.get(each.id, 0), last.get(each.id), any(map(_fails, each.webhooks)))
        for each in session.scalars(wanted.order_by(Client.name))
    ]


def _fails(row: Webhook) -> bool:
    return row.ended_at is None and (row.failing_since is not None or row.switched_off_at is not None)


def client_of(session: Session, actor: Actor, client_id: int) -> Client:
    """One system; Missing when there is none."""
    organization.demand(session, actor, Action.KEEP_CLIENTS)
    found = session.get(Client, client_id)
    if found is None:
        raise Missing()
    return found


def keys_of(client: Client) -> list[ClientKey]:
    """The keys that are valid now, the newest first."""
    now = clock.now()
    return [each for each in reversed(client.keys) if each.ends_at is None or each.ends_at > now]


def shared_bodies(session: Session) -> list[Body]:
    """The bodies whose things can be given to other systems: none for practice, none that was retired."""
    wanted = select(Body).where(Body.retired_on.is_(None), Body.practice_of_id.is_(None))
    return list(session.scalars(wanted.order_by(Body.rank, Body.id)))


def calls(session: Session, actor: Actor, client_id: int, wanted: Wanted, size: int = PAGE, start: int = 0) -> list[ApiCall]:
    """The calls asked for, the newest first."""
    found = _calls(session, actor, client_id, wanted).order_by(ApiCall.at.desc(), ApiCall.id.desc())
    return list(session.scalars(found.limit(size).offset(start)))


def count_calls(session: Session, actor: Actor, client_id: int, wanted: Wanted) -> int:
    """How many calls are asked for."""
    return session.scalar(_calls(session, actor, client_id, wanted).with_only_columns(func.count(ApiCall.id))) or 0


def _calls(session: Session, actor: Actor, client_id: int, wanted: Wanted) -> Select[ApiCall]:
    found = select(ApiCall).where(ApiCall.client_id == client_of(session, actor, client_id).id)
    if wanted.since:
        found = found.where(ApiCall.at >= clock.at_local(wanted.since))
    if wanted.until:
        found = found.where(ApiCall.at < clock.at_local(wanted.until + timedelta(days=1)))
    if wanted.outcome in OUTCOMES:
        found = found.where(ApiCall.status < 400 if wanted.outcome == "good" else ApiCall.status >= 400)
    if wanted.read:
        found = found.where(ApiCall.path.contains(wanted.read, autoescape=True))
    if wanted.address:
        found = found.where(ApiCall.address.startswith(wanted.address, autoescape=True))
    return found


def calls_by_day(session: Session, client_id: int, days: int = CHART_DAYS) -> list[tuple[date, int, int]]:
    """(day, all calls, refused ones) of the last days, the oldest first. One count a day, each by the index."""
    today = clock.today()
    found = []
    for back in range(days - 1, -1, -1):
        day = today - timedelta(days=back)
        here = ApiCall.at >= clock.at_local(day), ApiCall.at < clock.at_local(day + timedelta(days=1))
        of_day = select(func.count()).select_from(ApiCall).where(ApiCall.client_id == client_id, *here)
        found.append((day, session.scalar(of_day) or 0, session.scalar(of_day.where(ApiCall.status >= 400)) or 0))
    return found


def webhooks_of(client: Client) -> list[Webhook]:
    """The addresses that stand."""
    return [each for each in client.webhooks if each.ended_at is None]


def deliveries(session: Session, actor: Actor, client_id: int, size: int = 50, start: int = 0) -> Sequence[WebhookDelivery]:
    """What a system was told, the newest first."""
    client = client_of(session, actor, client_id)
    mine = select(Webhook.id).where(Webhook.client_id == client.id)
    wanted = select(WebhookDelivery).where(WebhookDelivery.webhook_id.in_(mine)).order_by(WebhookDelivery.id.desc())
    return list(session.scalars(wanted.limit(size).offset(start)).unique())


def feeds(session: Session, actor: Actor) -> list[BodyFeed]:
    """The calendar addresses that stand, by body."""
    organization.demand(session, actor, Action.KEEP_CLIENTS)
    wanted = select(BodyFeed).where(BodyFeed.ended_at.is_(None))
    return list(session.scalars(wanted.order_by(BodyFeed.body_id, BodyFeed.id)).unique())
