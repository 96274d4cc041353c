"""An outcome in the language of whoever reads it on a page; the official papers themselves stay in Vietnamese."""

from dataclasses import dataclass
from typing import Any

from meeting.voting import sheets, wording
from meeting.voting.majority import percent, share
from meeting.voting.outcomes import Outcome
from meeting.voting.tab import WAY_WORDS, verdict_chip


@dataclass(frozen=True)
class Told:
    """How a vote was taken, its counts, its verdict in a sentence and in a word or two."""

    way: str
    tally: str
    verdict: str
    short: str


def told(outcome: Outcome, language: str) -> Told:
    """Vietnamese as the papers have it; another language as the page of the meeting has it."""
    if language == "vi":
        return Told(_begun(outcome.way), _begun(sheets.tally_words(outcome)), outcome.verdict, outcome.short)
    question, result = outcome.question, outcome.result
    way = wording.say((WAY_WORDS["paper" if question.on_paper else question.kind], {}), language)
    if result is None:
        return Told(way, question.reason if question.state == "cancelled" else "", "", "")
    chip = verdict_chip(question, result)
    short = wording.say((chip[0], {}), language) if chip else ""
    return Told(way, _tally(outcome, language), wording.sentences(question, result)[language], short)


def _tally(outcome: Outcome, language: str) -> str:
    assert outcome.result is not None
    result, form = outcome.result, outcome.question.form
    if form != "matter":
        return "; ".join(_line(outcome, place, line, language) for place, line in enumerate(outcome.lines(), start=1))
    counted = [(wording.label(mark, language), result.counts.get(mark, 0)) for mark in outcome.marks()]
    return "; ".join(f"{label} {number} ({percent(share(number, result.total), language)})" for label, number in counted)


def _line(outcome: Outcome, place: int, line: dict[str, Any], language: str) -> str:
    form = outcome.question.form
    numbers = ", ".join(f"{wording.label(mark, language, form)} {line['counts'].get(mark, 0)}" for mark in outcome.marks())
    came = str(line["label"][language])
    return f"{place}. {line['title']}: {numbers}{f' ({came})' if came else ''}"


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]
