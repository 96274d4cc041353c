"""A round is sent: its register is frozen and its members are asked; they are reminded, and the deadline may move."""

from datetime import timedelta
from typing import Any

from meeting.acts import Tx, act
from meeting.errors import Refused
from meeting.events import Event
from meeting.permissions import Action
from meeting.rounds import queries, rules
from meeting.rounds.drafting import kept
from meeting.rounds.inputs import ExtendRoundInput, RoundInput
from meeting.rounds.models import RoundExtension, RoundMember


@act("rounds.send", Action.KEEP_ROUNDS)
def send(tx: Tx, wanted: RoundInput) -> dict[str, Any]:
    """Sends a round: whoever is asked is frozen on the register with their unit, and told. From now on nothing of it changes
    but the deadline, and papers that are added.

    Refused: `round_not_draft`, `round_due_past`, `round_nobody_asked`, `round_not_members`, `round_text_empty`. Recorded with
    the register.
    """
    row = kept(tx, wanted.round_id)
    members = queries.members_of(tx.reading, row.body_id)
    asked = rules.chosen([each.id for each in members], row.wanted)
    rules.check_sending(row.state, row.due_at, tx.now, asked=len(asked), says=bool(row.text.strip() or row.papers))
    people = [each for each in members if each.id in set(asked)]
    for position, person in enumerate(people, start=1):
        tx.add(RoundMember(round_id=row.id, person_id=person.id, position=position, unit_id=person.unit_id))
    row.state, row.sent_at, row.sent_by_id = "open", tx.now, tx.actor.person_id
    row.total = rules.base_of(row.body.kind, len(members), len(people))
    tx.reading.expire(row, ["members"])
    facts = {"people": [each.id for each in people], "total": row.total, "due_at": row.due_at.isoformat()}
    tx.record(Event.ROUND_SENT, row, round_id=row.id, title=row.title, **facts)
    return {"asked": len(people)}


@act("rounds.remind", Action.KEEP_ROUNDS)
def remind(tx: Tx, wanted: RoundInput) -> dict[str, Any]:
    """Reminds all who have not answered, now and by hand, but nobody twice within ten minutes; each reminder is noted beside the
    name.

    Refused: `round_not_open`, `round_nobody_silent`, `round_just_reminded`. Recorded with the people.
    """
    row = kept(tx, wanted.round_id)
    rules.check_open(row.state)
    silent = queries.silent_of(row)
    if not silent:
        raise Refused("round_nobody_silent")
    silent = [each for each in silent if rules.may_be_reminded(each.reminded_at, tx.now)]
    if not silent:
        raise Refused("round_just_reminded", minutes=rules.BETWEEN_REMINDERS // timedelta(minutes=1))
    for each in silent:
        each.reminded_at, each.reminders = tx.now, each.reminders + 1
    tx.record(Event.ROUND_REMINDED, row, round_id=row.id, people=[each.person_id for each in silent])
    return {"reminded": len(silent)}


@act("rounds.extend", Action.KEEP_ROUNDS)
def extend(tx: Tx, wanted: ExtendRoundInput) -> dict[str, Any]:
    """Moves the deadline to a later time, with the reason; the old one stays on file, all who are asked are told.

    Refused: `round_not_open`, `round_reason`, `round_due_past`, `round_due_not_later`. Recorded.
    """
    row = kept(tx, wanted.round_id)
    rules.check_extension(row.state, row.due_at, wanted.due_at, tx.now, wanted.reason)
    before = row.due_at
    tx.add(
        RoundExtension(
            round_id=row.id,
            old_due_at=before,
            new_due_at=wanted.due_at,
            reason=wanted.reason,
            at=tx.now,
            by_id=tx.actor.person_id,
        )
    )
    row.due_at = wanted.due_at
    moved = {"before": before.isoformat(), "due_at": row.due_at.isoformat(), "reason": wanted.reason}
    tx.record(Event.ROUND_EXTENDED, row, round_id=row.id, people=[each.person_id for each in row.members], **moved)
    return {"due_at": row.due_at.isoformat()}
