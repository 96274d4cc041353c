"""The votes of a meeting on its page: what is prepared in its order, what runs, what came out, and the papers of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import get_locale
from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.agenda.queries import limited_items
from meeting.errors import N_
from meeting.organization.models import Person
from meeting.permissions import Action, Actor, allows
from meeting.voting import queries, wording
from meeting.voting.forms import PICKED
from meeting.voting.models import OpenBallot, Question, Result
from meeting.voting.service import PREPARING

FORM_WORDS = {
    "matter": N_("One matter"),
    "paper": N_("Several matters on one paper"),
    "alternatives": N_("Choice of alternatives"),
    "election": N_("Election to office"),
    "relief": N_("Release or resignation"),
    "dismissal": N_("Dismissal"),
    "survey": N_("Confidence survey"),
    "confidence": N_("Vote of confidence"),
    "choose": N_("Choose up to N people"),
}
WAY_WORDS = {
    "open": N_("Open vote"),
    "secret": N_("Secret, on the tablets"),
    "hand": N_("Show of hands"),
    "paper": N_("Paper ballots"),
}
WAY_ICONS = {"open": "users", "secret": "lock", "hand": "hand-stop", "paper": "mailbox"}
STATE_WORDS = {
    "draft": N_("Prepared"),
    "ready": N_("Register frozen"),
    "open": N_("Voting now"),
    "paused": N_("The vote is paused"),
    "closed": N_("The vote is closed"),
    "published": N_("Result of the vote"),
    "cancelled": N_("This vote was called off"),
}
WAITING = ("draft", "ready")
REPEATED = ("published", "cancelled")


@dataclass(frozen=True)
class Row:
    """One line of the paper with what came out for it."""

    title: str
    office: str
    counts: Sequence[tuple[str, int]] = ()  # the word for the mark, and how many
    outcome: str = ""
    passed: bool | None = None
    names: Sequence[tuple[str, Sequence[str]]] = ()


@dataclass(frozen=True)
class Card:
    """One question as its reader may see it."""

    question: Question
    form: str
    way: str
    icon: str
    state: str
    result: Result | None = None
    sentence: str = ""
    rows: Sequence[Row] = ()
    counts: Sequence[tuple[str, int]] = ()
    names: Sequence[tuple[str, Sequence[str]]] = ()
    papers: Sequence[tuple[str, str, str]] = ()  # label, icon, address
    spoken: Sequence[str] = ()  # whose ballots the secretary entered
    again_of: Question | None = None
    repeats: bool = False
    verdict: tuple[str, str, str] | None = None
    outcomes: bool = False


def votes(session: Session, actor: Actor, meeting: Meeting) -> dict[str, Any] | None:
    """The questions of a meeting as the reader may see them: members those that were opened, the desk all; a guest invited to
    some items those of these items."""
    hats = meeting.hats_of(actor, session)
    desk = allows(Action.SEE_DESK, hats)
    prepares = allows(Action.PREPARE_VOTE, hats) and meeting.state in PREPARING
    shown = {item.id for item in limited_items(meeting, actor, hats)}
    asked = [each for each in queries.questions_of(session, meeting.id) if each.item_id in shown]
    found = [each for each in asked if desk or each.opened_at is not None]
    if not (found or prepares):
        return None
    lines = queries.lines_of(session, found)
    reader = _Reader(session, desk, prepares, allows(Action.TAKE_EVIDENCE, hats), {each.id: each for each in asked}, lines)
    cards = [reader.card(each) for each in found]
    return {
        "waiting": [each for each in cards if each.question.state in WAITING],
        "running": [each for each in cards if each.question.state in ("open", "paused", "closed")],
        "over": [each for each in cards if each.question.state in REPEATED],
        "prepares": prepares,
        "papers": any(each.result for each in cards),
    }


@dataclass(frozen=True)
class _Reader:
    """What is the same for all questions of one reading."""

    session: Session
    desk: bool
    prepares: bool
    evidence: bool
    known: Mapping[int, Question]
    lines: Mapping[int, Sequence[Any]]

    def card(self, question: Question) -> Card:
        """One question."""
        shown = question.state == "published" or (self.desk and question.state == "closed")
        result = self.session.get(Result, question.id) if shown else None
        language = reading_language()
        way = "paper" if question.on_paper else question.kind
        names = question.kind == "open" and question.state == "published"
        return Card(
            question,
            FORM_WORDS[question.form],
            WAY_WORDS[way],
            WAY_ICONS[way],
            STATE_WORDS[question.state],
            result,
            wording.sentences(question, result)[language] if result else "",
            self._rows(question, result, names=names),
            [(wording.label(key, language), result.counts.get(key, 0)) for key in question.options]
            if result and question.form == "matter"
            else [],
            _named(queries.names_by_choice(self.session, question), question.options, "matter", language) if names else [],
            self._papers(question),
            _spoken(self.session, question) if names and result and result.spoken else [],
            self.known.get(question.again_of_id or 0),
            self.prepares and question.state in REPEATED and question.form != "survey",
            verdict_chip(question, result),
            bool(result) and question.form != "survey",
        )

    def _rows(self, question: Question, result: Result | None, *, names: bool) -> list[Row]:
        """The lines of the paper, in their order."""
        language = reading_language()
        found = {line["line_id"]: line for line in (result.lines or [])} if result else {}
        voters = queries.names_by_line(self.session, question) if names and question.form != "matter" else {}
        rows: list[Row] = []
        for line in self.lines.get(question.id, ()):
            came = found.get(line.id)
            rows.append(
                Row(
                    line.title,
                    " · ".join(each for each in (line.office, line.detail) if each),
                    _figures(question, came, language),
                    wording.outcome_label(came["outcome"], language) if came and question.form != "survey" else "",
                    bool(came["passed"] or came["elected"]) if came else None,
                    _named(voters.get(line.id, {}), (*question.options, "none"), question.form, language),
                )
            )
        return rows

    def _papers(self, question: Question) -> list[tuple[str, str, str]]:
        """What can be taken along: the result sheet for readers of the result, official papers for the desk."""
        at = f"/questions/{question.id}"
        found: list[tuple[str, str, str]] = []
        if question.state == "published" or (self.desk and question.state == "closed"):
            found.append((N_("Result sheet"), "file-type-pdf", f"{at}/result.pdf"))
            if self.desk:
                found.append((N_("Result sheet (XLSX)"), "file-spreadsheet", f"{at}/result.xlsx"))
        if self.desk and question.on_paper and question.state != "cancelled":
            found.append((N_("Ballot papers"), "printer", f"{at}/ballots.pdf"))
            if question.state in ("closed", "published"):
                found.append((N_("Counting minutes"), "file-text", f"{at}/counting-minutes.pdf"))
                found.append((N_("Sealing minutes"), "file-text", f"{at}/sealing-minutes.pdf"))
        if self.evidence and question.state == "published":
            found.append((N_("Evidence pack"), "shield-check", f"{at}/evidence.zip"))
        return found


def reading_language() -> str:
    """Of whoever reads this page."""
    return str(get_locale() or "vi")[:2]


def _spoken(session: Session, question: Question) -> list[str]:
    """Whose ballots were said aloud and entered by the secretary."""
    entered = select(OpenBallot.person_id).where(OpenBallot.question_id == question.id, OpenBallot.spoken)
    return sorted(each.called for each in session.scalars(select(Person).where(Person.id.in_(entered))))


VALID, INVALID = N_("Valid"), N_("Invalid")


def _figures(question: Question, line: Mapping[str, Any] | None, language: str) -> list[tuple[str, int]]:
    """The marks of a line in the order of the paper; of paper ballots also how many were valid for it."""
    if line is None:
        return []
    keys = ("for",) if question.form in PICKED else question.options
    found = [(wording.label(key, language, question.form), int(line["counts"].get(key, 0))) for key in keys]
    if question.on_paper:
        found += [
            (wording.say((VALID, {}), language), int(line["valid"])),
            (wording.say((INVALID, {}), language), int(line["invalid"])),
        ]
    return found


def verdict_chip(question: Question, result: Result | None) -> tuple[str, str, str] | None:
    """The chip at the head of a question: words, tone, icon. A survey has none, it decides nothing."""
    if result is None or question.form == "survey":
        return None
    if question.form in ("election", "choose"):
        return (N_("All elected"), "agree", "check") if result.passed else (N_("Not all elected"), "oppose", "x")
    came = [bool(line["passed"] or line["elected"]) for line in result.lines or []]
    if not result.passed and any(came) and question.form in ("paper", "relief", "dismissal"):
        return (N_("Passed in part"), "warn", "minus")
    return (N_("Passed"), "agree", "check") if result.passed else (N_("Not passed"), "oppose", "x")


def _named(names: Mapping[str, Sequence[str]], order: Sequence[str], form: str, language: str) -> list[tuple[str, Sequence[str]]]:
    return [(wording.label(key, language, form), names[key]) for key in dict.fromkeys(order) if names.get(key)]


__all__ = ["WAY_WORDS", "Card", "Row", "reading_language", "verdict_chip", "votes"]
