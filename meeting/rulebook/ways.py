"""The act that sets the ways of a body's office: its hours, by which due days end, and how it addresses people."""

from typing import Any

from meeting.acts import Tx, act
from meeting.errors import N_, Malformed
from meeting.events import Event
from meeting.organization.models import Body
from meeting.permissions import Action
from meeting.rulebook import rules
from meeting.rulebook.inputs import WaysInput


@act("rulebook.set_ways", Action.MANAGE_RULES)
def set_ways(tx: Tx, wanted: WaysInput) -> dict[str, Any]:
    """Sets office hours and the form of address (Ông/Bà or Đồng chí) of a body. Due days end when the office closes.

    Due times already given to units stay. Refused as `malformed` for what is no hour, `hours_order` when it closes before it
    opens. Records before and after; setting the same again changes nothing.
    """
    body = tx.get(Body, wanted.body_id)
    tx.require(Action.MANAGE_RULES, body)
    before = {"opens_at": body.opens_at, "closes_at": body.closes_at, "address_form": body.address_form}
    after = {**before, **_given(wanted)}
    rules.check_hours(after["opens_at"], after["closes_at"])
    if after == before:
        tx.nothing_to_record("nothing is different")
        return after
    for name, value in after.items():
        setattr(body, name, value)
    tx.record(Event.WAYS_SET, body, body_id=body.id, before=before, after=after)
    return after


def _given(wanted: WaysInput) -> dict[str, str]:
    given: dict[str, str] = {"address_form": wanted.address_form} if wanted.address_form else {}
    wrong = {}
    for name in ("opens_at", "closes_at"):
        text = getattr(wanted, name)
        if text is None:
            continue
        try:
            given[name] = rules.hour(text)
        except ValueError:
            wrong[name] = N_("Write the hour as 07:30.")
    if wrong:
        raise Malformed(wrong)
    return given
