"""Sentences of the evaluation in the reader's language: what was measured, what decided, how criteria and shades are called."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from meeting import clock
from meeting.errors import N_
from meeting.evaluation.classification import WHY, Line, half_up
from meeting.evaluation.criteria import BAND_NAMES, LEVEL_NAMES, NAMES, Criterion
from meeting.evaluation.evidence import Said
from meeting.evaluation.evidence_words import SENTENCES
from meeting.voting.wording import say as in_language

MOMENTS = frozenset({"at", "due_at", "sent_at", "opened_at", "closed_at"})
DAYS = frozenset({"on", "due_on"})
VERDICTS: Mapping[str, str] = {
    "": N_("Not graded"),
    "met": N_("Meets the requirements"),
    "not_met": N_("Does not meet the requirements"),
}


def sentence(said: Said, language: str = "vi") -> str:
    """What was found, or what decided, in words; times as they are here."""
    key, facts = said
    words = SENTENCES.get(key) or WHY[key]
    return in_language((words, {name: _shown(name, value, language) for name, value in facts.items()}), language)


def _shown(name: str, value: Any, language: str) -> Any:
    if name in MOMENTS:
        return f"{clock.local(datetime.fromisoformat(value)):%H:%M %d/%m/%Y}" if value else "–"
    if name in DAYS:
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    return tenths(value, language) if name == "points" else value


def tenths(value: int | None, language: str = "vi") -> str:
    """Points of tenths: 86,5; whole points without a decimal. A dash of nothing."""
    if value is None:
        return "–"
    whole, rest = divmod(value, 10)
    mark = "." if language == "en" else ","
    return f"{whole}{mark}{rest}" if rest else str(whole)


def called(code: str, label: str, language: str = "vi") -> str:
    """A criterion by the body's own name, else by its usual one."""
    return label or in_language((NAMES[code], {}), language)


def criterion_name(criterion: Criterion | Line, language: str = "vi") -> str:
    """The same for a line of a form or of a result."""
    return called(criterion.code, criterion.label, language)


def verdict_words(verdict: str, shade: str, language: str = "vi") -> str:
    """The verdict; a shade by its own name."""
    words = BAND_NAMES[shade] if shade in BAND_NAMES else VERDICTS[verdict]
    return in_language((words, {}), language)


def level(number: int, language: str = "vi") -> str:
    """One of the four levels of the survey."""
    return in_language((LEVEL_NAMES[number], {}), language)


def measured_tenths(line: Line) -> int | None:
    """What the system proposed where the chair gave other points."""
    return None if line.measured is None else half_up(10 * line.points * line.measured)
