"""Acts on one's own screens: their language, the size of text, easy mode. They concern nobody else and are not recorded."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from meeting.acts import ActInput, Tx, act
from meeting.organization import identity
from meeting.organization.models import Account
from meeting.permissions import Action


class SetLanguage(ActInput):
    """The language of one's screens."""

    language: Literal["vi", "en"]


@act("organization.set_language", Action.KEEP_OWN_ACCOUNT)
def set_language(tx: Tx, wanted: SetLanguage) -> dict[str, Any]:
    """Chooses the language of one's own screens. Not recorded: it concerns nobody else."""
    tx.require(Action.KEEP_OWN_ACCOUNT)
    tx.nothing_to_record("a wish about one's own screen")
    tx.get(Account, tx.actor.account_id).language = wanted.language
    tx.after_commit(identity.forget_tokens)
    return {}


def _number(said: object) -> object:
    """Forms send figures as text."""
    return int(said) if isinstance(said, str) and said.isdecimal() else said


class SetTextSize(ActInput):
    """The size of text in percent."""

    text_size: Annotated[Literal[100, 115, 130], BeforeValidator(_number)]


@act("organization.set_text_size", Action.KEEP_OWN_ACCOUNT)
def set_text_size(tx: Tx, wanted: SetTextSize) -> dict[str, Any]:
    """Chooses the size of text on one's own screens, in percent. Not recorded."""
    tx.require(Action.KEEP_OWN_ACCOUNT)
    tx.nothing_to_record("a wish about one's own screen")
    tx.get(Account, tx.actor.account_id).text_size = wanted.text_size
    tx.after_commit(identity.forget_tokens)
    return {}


class SetEasy(ActInput):
    """Whether the chamber shows three large buttons."""

    easy: bool


@act("organization.set_easy", Action.KEEP_OWN_ACCOUNT)
def set_easy(tx: Tx, wanted: SetEasy) -> dict[str, Any]:
    """Chooses easy mode in the chamber: three large buttons, large type, following the chair. Not recorded."""
    tx.require(Action.KEEP_OWN_ACCOUNT)
    tx.nothing_to_record("a wish about one's own screen")
    tx.get(Account, tx.actor.account_id).easy = wanted.easy
    tx.after_commit(identity.forget_tokens)
    return {}
