"""What the command line says, in the operator's language: Vietnamese unless MEETING_LANGUAGE=en."""

import gettext
import os
from collections.abc import Callable
from typing import Any, NoReturn

import click

from meeting.config import CHECKOUT
from meeting.errors import SENTENCES, Refused

CATALOGUE = CHECKOUT / "translations" / "vi" / "LC_MESSAGES" / "messages.mo"


def translator() -> Callable[[str], str]:
    """The function that puts a sentence into the operator's language."""
    if os.environ.get("MEETING_LANGUAGE", "vi") == "en" or not CATALOGUE.exists():
        return str
    with CATALOGUE.open("rb") as file:
        return gettext.GNUTranslations(file).gettext


def say(sentence: str, /, **facts: Any) -> str:
    """A sentence with its slots filled."""
    return translator()(sentence) % facts if facts else translator()(sentence)


def remark(sentence: str, /, **facts: Any) -> None:
    """Tells the operator something that is not the command's answer."""
    click.echo(say(sentence, **facts), err=True)


def refusal(code: str, facts: dict[str, Any]) -> str:
    """The sentence of a refusal."""
    return say(SENTENCES[code]) % {key: _plain(value) for key, value in facts.items()}


def _plain(value: Any) -> Any:
    return ", ".join(map(str, value)) if isinstance(value, list) else value


def give_up(sentence: str) -> NoReturn:
    """Ends the command as failed, with a sentence on standard error."""
    click.echo(sentence, err=True)
    raise SystemExit(1)


class Commands(click.Group):
    """A group whose commands end in a sentence when a rule refuses."""

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command; a refusal becomes its sentence and exit status 1."""
        try:
            return super().invoke(ctx)
        except Refused as refused:
            give_up(refusal(refused.code, refused.facts))
