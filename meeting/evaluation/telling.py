"""The values of a report in words: on a page in the reader's language, in an official file in Vietnamese."""

import gettext as catalogues
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from flask_babel import gettext

from meeting.config import CHECKOUT
from meeting.evaluation.numbers import Share, number
from meeting.evaluation.tables import Said, Value

Say = Callable[[str], str]


@cache
def _vietnamese() -> catalogues.NullTranslations:
    return catalogues.translation("messages", str(CHECKOUT / "translations"), ["vi"], fallback=True)


def in_vietnamese(sentence: str, **facts: Any) -> str:
    """A message id as official files say it, wherever they are made."""
    return _vietnamese().gettext(sentence) % facts if facts else _vietnamese().gettext(sentence)


def on_page(sentence: str, **facts: Any) -> str:
    """A message id in the reader's language."""
    said: str = gettext(sentence, **facts)
    return said


class Telling:
    """Writes values in one language."""

    def __init__(self, say: Callable[..., str], language: str) -> None:
        self.say, self.language = say, language

    def value(self, value: Value) -> str:
        """One value as text; nothing is a dash."""
        if value is None:
            return "–"
        if isinstance(value, Said):
            return self.say(value.id, **value.facts)
        if isinstance(value, Share):
            return value.text(self.language)
        if isinstance(value, date):
            return f"{value:%d/%m/%Y}"
        if isinstance(value, int | float):
            return number(value, self.language, 0 if isinstance(value, int) else 1)
        return value


def vietnamese() -> Telling:
    """For official files."""
    return Telling(in_vietnamese, "vi")
