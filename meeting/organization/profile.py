"""Acts on one's own account: contacts, and signing out everywhere."""

from typing import Any

from meeting.acts import ActInput, Tx, act
from meeting.events import Event
from meeting.organization import rules
from meeting.organization.fields import Honorific, Words
from meeting.organization.models import Person
from meeting.organization.roles import end_sessions
from meeting.permissions import Action


class EditProfile(ActInput):
    """How one is addressed, and where one is reached officially."""

    honorific: Honorific
    email: Words = ""
    phone: Words = ""


@act("organization.edit_profile", Action.KEEP_OWN_ACCOUNT)
def edit_profile(tx: Tx, wanted: EditProfile) -> dict[str, Any]:
    """Corrects one's own form of address and official contacts; name, position and unit are the administrator's.

    The same again is harmless. Refused: `email_form`, `phone_form`. Recorded: PERSON_EDITED.
    """
    tx.require(Action.KEEP_OWN_ACCOUNT)
    rules.check_contacts(wanted.email, wanted.phone)
    person = tx.get(Person, tx.actor.person_id)
    values = wanted.model_dump(exclude={"meeting_id"})
    changed = [name for name, value in values.items() if getattr(person, name) != value]
    if not changed:
        tx.nothing_to_record("it is so already")
        return {}
    for name in changed:
        setattr(person, name, values[name])
    tx.record(Event.PERSON_EDITED, None, person_id=person.id, fields=sorted(changed))
    return {}


class EndSessions(ActInput):
    """Nothing to say: all of them."""


@act("organization.end_sessions", Action.KEEP_OWN_ACCOUNT)
def end_own_sessions(tx: Tx, _wanted: EndSessions) -> dict[str, Any]:
    """Signs oneself out everywhere, on this browser too. Tokens of other programs stay; they are revoked one by one.

    Recorded: SESSIONS_ENDED.
    """
    tx.require(Action.KEEP_OWN_ACCOUNT)
    end_sessions(tx, tx.actor.person_id)
    tx.record(Event.SESSIONS_ENDED, None, person_id=tx.actor.person_id)
    return {}
