"""Results in words, in both languages at once: the live state is the same for all readers of an audience."""

import gettext
from functools import cache

from meeting.config import CHECKOUT
from meeting.voting.majority import Words, verdict_words
from meeting.voting.models import Question, Result
from meeting.voting.queries import verdict_of
from meeting.voting.rules import LABELS

LANGUAGES = ("vi", "en")


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("messages", str(CHECKOUT / "translations"), [language], fallback=True)


def say(words: Words, language: str) -> str:
    """One sentence with its facts, those that are words themselves included."""
    sentence, facts = words
    shown = {name: say(value, language) if isinstance(value, tuple) else value for name, value in facts.items()}
    return _catalogue(language).gettext(sentence) % shown


def label(choice: str, language: str = "vi") -> str:
    """An option as it stands on the ballot."""
    return _catalogue(language).gettext(LABELS[choice])


def sentences(question: Question, result: Result) -> dict[str, str]:
    """The verdict with base, need, rule and article, by language; Vietnamese is the one of the record."""
    said = verdict_words(verdict_of(result, question.rule), question.meeting.body.kind)
    return {language: " ".join(say(words, language) for words in said) for language in LANGUAGES}
