"""A small act to test the writer with."""

from meeting.acts import ActInput, Tx, act
from meeting.errors import Refused
from meeting.events import Event
from meeting.permissions import Action


class Wanted(ActInput):
    word: str = ""


@act("kernel.say", Action.KEEP_OWN_ACCOUNT)
def say(tx: Tx, wanted: Wanted) -> dict[str, str]:
    """Says a word."""
    tx.require(Action.KEEP_OWN_ACCOUNT)
    tx.record(Event.ACCOUNT_CHANGED, None, word=wanted.word)
    if wanted.word == "refuse":
        raise Refused("forbidden")
    if wanted.word == "break":
        raise ZeroDivisionError
    return {"said": wanted.word}
