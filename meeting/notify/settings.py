"""What bodies and people set: the matrix, quiet hours, short messages, steps of reminders."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints
from sqlalchemy import select

from meeting.acts import ActInput, Tx, act
from meeting.errors import Refused
from meeting.events import Event
from meeting.notify import wishes
from meeting.notify.matrix import CHANNELS, DEFAULTS, GROUPS, OBLIGATORY, OWN_GROUPS, in_order
from meeting.notify.models import BodyChannels, BodyChoice, PersonChannels, PersonChoice
from meeting.notify.short import MOST_PARTS
from meeting.organization.models import Body
from meeting.permissions import Action

Clock = Annotated[str, StringConstraints(pattern=r"^$|^([01]\d|2[0-3]):[0-5]\d$")]


def _apart(written: Any) -> Any:
    """Days as a form sends them, "3, 1, 0", as the numbers they are."""
    return written.replace(",", " ").split() if isinstance(written, str) else written


Days = Annotated[list[int], BeforeValidator(_apart), Field(max_length=6)]
DAYS = {"paper_days", "answer_days", "waiting_days", "task_days"}
OWN = "one's own wishes are nobody else's business"


class CellInput(ActInput):
    """One cell of a body's matrix: which channels carry a group to a role."""

    body_id: int
    group: str
    role: str
    channels: list[str]


@act("notify.set_cell", Action.SET_CHANNELS)
def set_cell(tx: Tx, wanted: CellInput) -> dict[str, Any]:
    """Sets which channels carry a group of messages to a role of the body; people may switch off some of them for themselves.

    Groups that bind people always keep the inbox (`inbox_obligatory`). Refused too: `channel_unknown`. Recorded: CHANNELS_SET,
    unless nothing changes.
    """
    body = tx.get(Body, wanted.body_id)
    tx.require(Action.SET_CHANNELS, body)
    key = (wanted.group, wanted.role)
    if key not in DEFAULTS or key[0] in OWN_GROUPS or not set(wanted.channels) <= set(CHANNELS):
        raise Refused("channel_unknown")
    if wanted.group in OBLIGATORY and "inbox" not in wanted.channels:
        raise Refused("inbox_obligatory")
    row = tx.scalar(
        select(BodyChoice).where(BodyChoice.body_id == body.id, BodyChoice.group == key[0], BodyChoice.role == key[1])
    )
    before = in_order(row.channels.split() if row else DEFAULTS[key])
    after = in_order(wanted.channels)
    if before == after:
        tx.nothing_to_record("the cell is the same")
        return {"channels": after}
    row = row or BodyChoice(body_id=body.id, group=key[0], role=key[1])
    row.channels = " ".join(after)
    tx.add(row)
    tx.record(Event.CHANNELS_SET, None, body_id=body.id, group=key[0], role=key[1], before=before, after=after)
    return {"channels": after}


class BodyInput(ActInput):
    """How a body tells people. Times are local, as "21:00"; days are working days, of tasks all days."""

    body_id: int
    quiet_starts: Clock
    quiet_ends: Clock
    quiet_days_off: bool = False
    sms_marks: bool = False
    sms_parts: int = Field(ge=1, le=MOST_PARTS)
    sms_daily: int = Field(ge=0, le=100_000)
    paper_days: Days
    head_after: int = Field(ge=1, le=80)
    head_unit: Literal["days", "hours"]
    answer_days: Days
    waiting_days: Days
    task_days: Days | None = None  # left out: as it is
    task_again_days: int | None = Field(None, ge=1, le=30)
    task_leader_days: int | None = Field(None, ge=1, le=60)
    task_result_days: int | None = Field(None, ge=1, le=30)


@act("notify.set_body", Action.SET_CHANNELS)
def set_body(tx: Tx, wanted: BodyInput) -> dict[str, Any]:
    """Sets a body's quiet hours, its short messages and its steps of reminders. Steps already sent are not sent again.

    Refused as `quiet_hours_wrong` (one time without the other), `steps_wrong`. Recorded: CHANNELS_SET with what changed.
    """
    body = tx.get(Body, wanted.body_id)
    tx.require(Action.SET_CHANNELS, body)
    if not wanted.quiet_starts or not wanted.quiet_ends:
        raise Refused("quiet_hours_wrong")
    after = wanted.model_dump(exclude={"body_id", "meeting_id"}, exclude_none=True)
    for name in DAYS & set(after):
        after[name] = _kept(after[name], counted_back=name != "waiting_days")
    row = tx.find(BodyChannels, body.id) or wishes.default_settings(body.id)
    before = {name: getattr(row, name) for name in after}
    changed = sorted(name for name in after if before[name] != after[name])
    if not changed:
        tx.nothing_to_record("nothing changes")
        return {"changed": []}
    for name in changed:
        setattr(row, name, after[name])
    tx.add(row)
    facts = {"before": {name: before[name] for name in changed}, "after": {name: after[name] for name in changed}}
    tx.record(Event.CHANNELS_SET, None, body_id=body.id, **facts)
    return {"changed": changed}


def _kept(days: list[int], counted_back: bool) -> str:
    """Days in the order in which they come."""
    if len(set(days)) != len(days) or not all(0 <= each <= 30 for each in days):
        raise Refused("steps_wrong")
    return " ".join(str(each) for each in sorted(days, reverse=counted_back))


class OwnCellInput(ActInput):
    """The channels one wants for a group, of those that are open."""

    group: str
    channels: list[str]


@act("notify.set_own_cell", Action.READ_NOTICES)
def set_own_cell(tx: Tx, wanted: OwnCellInput) -> dict[str, Any]:
    """Chooses for oneself which channels carry a group, within what one's bodies open (`channel_not_allowed` beyond it).

    Groups that bind people always come into the inbox (`inbox_obligatory`). Refused too: `channel_unknown`. What a body opens
    later is on until it is switched off. No journal entry.
    """
    tx.require(Action.READ_NOTICES)
    tx.nothing_to_record(OWN)
    if wanted.group not in GROUPS or not set(wanted.channels) <= set(CHANNELS):
        raise Refused("channel_unknown")
    if wanted.group in OBLIGATORY and "inbox" not in wanted.channels:
        raise Refused("inbox_obligatory")
    allowed = wishes.open_to(tx.reading, tx.actor, wanted.group)
    if not set(wanted.channels) <= allowed:
        raise Refused("channel_not_allowed")
    mine = select(PersonChoice).where(PersonChoice.person_id == tx.actor.person_id, PersonChoice.group == wanted.group)
    row = tx.scalar(mine) or PersonChoice(person_id=tx.actor.person_id, group=wanted.group)
    row.switched_off = " ".join(in_order(allowed - set(wanted.channels)))
    tx.add(row)
    return {"channels": in_order(wanted.channels)}


class OwnQuietInput(ActInput):
    """One's own quiet hours; both empty: only those of the bodies."""

    quiet_starts: Clock = ""
    quiet_ends: Clock = ""


@act("notify.set_own_quiet", Action.READ_NOTICES)
def set_own_quiet(tx: Tx, wanted: OwnQuietInput) -> dict[str, Any]:
    """Sets one's own quiet hours for mail, SMS and push, on top of the bodies'. No journal entry.

    Refused as `quiet_hours_wrong`.
    """
    tx.require(Action.READ_NOTICES)
    tx.nothing_to_record(OWN)
    if bool(wanted.quiet_starts) != bool(wanted.quiet_ends) or (wanted.quiet_starts and wanted.quiet_starts == wanted.quiet_ends):
        raise Refused("quiet_hours_wrong")
    row = tx.find(PersonChannels, tx.actor.person_id) or PersonChannels(person_id=tx.actor.person_id)
    row.quiet_starts, row.quiet_ends = wanted.quiet_starts, wanted.quiet_ends
    tx.add(row)
    return {"quiet_starts": row.quiet_starts, "quiet_ends": row.quiet_ends}
