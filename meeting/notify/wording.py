"""Notifications in words: the sentence of the kind in the reader's language, its facts as people read them."""

from datetime import date, datetime
from functools import lru_cache
from gettext import NullTranslations
from typing import Any

from babel.support import Translations

from meeting import clock, config
from meeting.agenda.summary import summary
from meeting.errors import N_, SENTENCES
from meeting.notify.kinds import KINDS
from meeting.notify.models import Notification
from meeting.notify.rules import NO_DATE
from meeting.notify.salutation import DEAR, called, you

CLOSED_TITLE = N_("A closed meeting")
CLOSED_TEXT = N_("There is news about a closed meeting. Open the application to read it.")


@lru_cache(maxsize=4)
def _catalogue(language: str) -> NullTranslations:
    return Translations.load(str(config.CHECKOUT / "translations"), [language])


def said(message_id: str, language: str) -> str:
    """A sentence in a language. Works in the worker too, where there is no request."""
    return message_id if language == "en" else str(_catalogue(language).gettext(message_id))


def title_of(kind: str, facts: dict[str, Any], language: str) -> str:
    """The heading of a notification."""
    return _filled(KINDS[kind].title, facts, language)


def text_of(kind: str, facts: dict[str, Any], language: str) -> str:
    """The sentence below it."""
    return _filled(KINDS[kind].text, facts, language)


def form_of(told: Notification) -> str:
    """How the body that tells addresses people."""
    return str(told.facts.get("form", ""))


def greeting(told: Notification, language: str) -> str:
    """Dear …: the first line of a mail."""
    return said(DEAR, language) % {"called": called(told.person.full_name, told.person.honorific, form_of(told))}


def closed(told: Notification) -> bool:
    """Whether the meeting is closed, so that nothing of it may stand where others look (a lock screen, a telephone)."""
    return bool(told.facts.get("closed"))


def outside_words(told: Notification, language: str) -> tuple[str, str]:
    """Heading and sentence for a telephone or a lock screen: of a closed meeting only that there is news."""
    if closed(told):
        return said(CLOSED_TITLE, language), said(CLOSED_TEXT, language)
    return title_of(told.kind, told.facts, language), text_of(told.kind, told.facts, language)


class _Facts(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def _filled(sentence: str, facts: dict[str, Any], language: str) -> str:
    shown = _Facts({name: _shown(name, value, language) for name, value in facts.items()})
    shown["you"] = you(str(facts.get("honorific", "")), str(facts.get("form", "")), language)
    return said(sentence, language) % shown


def _shown(name: str, value: Any, language: str) -> str:
    """Moments as 08:00, 10/12/2026; days as 10/12/2026; a reason without its own full stop.

    A reason may be the code of a refusal (the worker refused a file): then its sentence is said.
    """
    if value is None or value == "":
        return said(NO_DATE, language) if name.startswith("due") else ""
    if name == "summary" and isinstance(value, dict):
        return summary(value["changes"], value["why"], lambda sentence: said(sentence, language))
    if name.endswith("_at"):
        return f"{clock.local(datetime.fromisoformat(value)):%H:%M, %d/%m/%Y}"
    if name.endswith("_on"):
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    if name == "reason":
        return said(SENTENCES.get(value, value), language).rstrip(".")
    return str(value)
