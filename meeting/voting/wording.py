"""Results in words, in both languages at once: the live state is the same for all readers of an audience."""

import gettext
from fractions import Fraction
from functools import cache
from typing import Any

from sqlalchemy.orm import object_session

from meeting.config import CHECKOUT
from meeting.organization.models import Person
from meeting.voting import saying
from meeting.voting.majority import WHO_WORDS, Words, percent, rule_words
from meeting.voting.models import Question, Result
from meeting.voting.rules import CONFIDENCE_LABELS, LABELS
from meeting.voting.saying_lines import LABELS as OUTCOME_LABELS

LANGUAGES = ("vi", "en")


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("messages", str(CHECKOUT / "translations"), [language], fallback=True)


def say(words: Words, language: str) -> str:
    """One sentence with its facts, those that are words or shares themselves included."""
    sentence, facts = words
    return _catalogue(language).gettext(sentence) % {name: _shown(value, language) for name, value in facts.items()}


def _shown(value: Any, language: str) -> Any:
    if isinstance(value, tuple):
        return say(value, language)
    return percent(value, language) if isinstance(value, Fraction) else value


def label(choice: str, language: str = "vi", form: str = "matter") -> str:
    """An option or a mark as it stands on the ballot."""
    words = CONFIDENCE_LABELS if form == "confidence" else LABELS
    return _catalogue(language).gettext(words[choice])


def outcome_label(code: str, language: str = "vi") -> str:
    """What came of a line, in a word or two."""
    return _catalogue(language).gettext(OUTCOME_LABELS[code])


def voters(question: Question) -> dict[str, str]:
    """What those are called who vote: delegates in a council, members in its standing board and elsewhere."""
    who = WHO_WORDS[saying.counted_as(question.meeting.body.kind, question.tie)]
    return {language: say((who, {}), language) for language in LANGUAGES}


def rule(question: Question, language: str) -> str:
    """How many are needed, of what: as it stands on the ballot."""
    words = rule_words(question.rule, saying.counted_as(question.meeting.body.kind, question.tie))
    return " ".join(say(each, language) for each in words)


def sentences(question: Question, result: Result) -> dict[str, str]:
    """The verdict with base, need, rule and article, by language; Vietnamese is the one of the record."""
    said = saying.whole(said_of(question, result))
    return {language: " ".join(say(words, language) for words in said) for language in LANGUAGES}


def line_sentences(question: Question, result: Result) -> dict[int, dict[str, str]]:
    """The verdict on each line, by line id and language."""
    found = saying.lines(said_of(question, result))
    return {
        line: {language: " ".join(say(words, language) for words in said) for language in LANGUAGES}
        for line, said in found.items()
    }


def record(question: Question, result: Result, language: str = "vi") -> str:
    """Everything in one text, as minutes have it: first what came of each line, then the verdict."""
    lines = [said[language] for said in line_sentences(question, result).values()]
    return " ".join([*lines, sentences(question, result)[language]])


def decided(question: Question, result: Result, language: str = "vi") -> str:
    """Of a paper with several lines: who or what came through, in one sentence; nothing where nothing did, or is decided."""
    said = saying.decided(said_of(question, result))
    return f"{question.title}; {_lowered(say(said, language))}" if said else ""


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def lines(question: Question, result: Result) -> list[dict[str, Any]]:
    """What came of each line, as it was frozen at the close, with a tie settled since, its label and its sentences."""
    said = said_of(question, result)
    spoken = line_sentences(question, result)
    return [
        {
            **line,
            "label": {language: outcome_label(str(line["outcome"]), language) for language in LANGUAGES},
            "sentences": spoken[int(line["line_id"])],
        }
        for line in saying.settled_lines(said)
    ]


def said_of(question: Question, result: Result) -> saying.Said:
    """What the sentences are made of."""
    return saying.Said(
        body_kind=question.meeting.body.kind,
        rule=question.rule,
        base=result.base,
        base_count=result.base_count,
        needed=result.needed,
        votes=int(result.counts.get("for", 0)),
        passed=result.passed,
        tie=result.tie,
        tie_rule=question.tie,
        form=question.form,
        secret=question.kind == "secret" or question.on_paper,
        lines=tuple(result.lines or ()),
        seats=question.seats,
        office=question.office,
        round=question.round,
        total=result.total,
        here=result.here,
        quorum_need=result.quorum_need,
        quorum_met=result.quorum_met,
        spoken=result.spoken,
        settled=_settled(result),
        basis=question.basis if question.kind == "secret" else "",
        figures=(result.issued, result.returned, result.invalid) if question.on_paper else None,
        offices={line.id: line.office for line in question.lines if line.office} if result.lines else {},
    )


def _settled(result: Result) -> tuple[str, str, str] | None:
    if not result.settled_side:
        return None
    session = object_session(result)
    by = session.get(Person, result.settled_by_id) if session is not None and result.settled_by_id else None
    return result.settled_side, by.called if by else "", result.settled_text
