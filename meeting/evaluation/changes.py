"""How the evaluation of a meeting came about: every grade, change and closing from the journal, without those of persons."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.errors import N_
from meeting.evaluation import forms
from meeting.evaluation.criteria import NAMES
from meeting.evaluation.rules import CRITERIA
from meeting.evaluation.wording import VERDICTS, called, tenths, verdict_words
from meeting.events import Event
from meeting.journal import Entry
from meeting.organization.models import Person, Unit
from meeting.voting.wording import say

TOLD = (
    Event.MEETING_GRADED,
    Event.PAPER_GRADED,
    Event.STATEMENT_GRADED,
    Event.CRITERION_SCORED,
    Event.EVALUATION_CLOSED,
    Event.SURVEY_CLOSED,
)
WORDS = {
    Event.MEETING_GRADED: N_("Meeting: %(verdict)s"),
    Event.PAPER_GRADED: N_("Papers of %(unit)s: %(verdict)s"),
    Event.STATEMENT_GRADED: N_("Statements, %(criterion)s: %(verdict)s"),
    Event.CRITERION_SCORED: N_("%(criterion)s: %(points)s points"),
    Event.EVALUATION_CLOSED: N_("Evaluation finished"),
    Event.SURVEY_CLOSED: N_("Survey ended: %(answered)s of %(asked)s answered"),
}
TAKEN_BACK = N_("%(criterion)s: the chair's points taken back")
BY_TIME = N_("Evaluation closed by time")


@dataclass(frozen=True)
class Change:
    """One step: when, by whom (empty: the system), what, why; `late` after the closing."""

    at: datetime
    by: str
    what: str
    why: str
    late: bool


def changes_of(session: Session, meeting: Meeting, language: str) -> list[Change]:
    """Everything that was judged of a meeting, in order. Grades of single statements are left out: they are the chair's own."""
    wanted = select(Entry).where(Entry.chain == meeting.id, Entry.event.in_([str(each) for each in TOLD])).order_by(Entry.seq)
    entries = [each for each in session.scalars(wanted) if not each.facts.get("floor_id")]
    people = select(Person).where(Person.id.in_({each.actor_id for each in entries}))
    names = {person.id: person.called for person in session.scalars(people)}
    units = {unit.id: unit.name for unit in session.scalars(select(Unit))} if entries else {}
    labels = {each.code: called(each.code, each.label, language) for each in forms.form_for(session, meeting).criteria}
    return [
        Change(
            each.at,
            names.get(each.actor_id, ""),
            _what(each, units, labels, language),
            "; ".join(
                dict.fromkeys(
                    text for text in (each.facts.get(name) for name in ("reason", "override_reason", "why", "note")) if text
                )
            ),
            bool(each.facts.get("late")),
        )
        for each in entries
    ]


def _what(entry: Entry, units: dict[int, str], labels: dict[str, str], language: str) -> str:
    facts: dict[str, Any] = dict(entry.facts)
    event = Event(entry.event)
    words = WORDS[event]
    if event == Event.EVALUATION_CLOSED and facts.get("by_time"):
        words = BY_TIME
    if event == Event.CRITERION_SCORED:
        words = words if facts["points_tenths"] is not None else TAKEN_BACK
        facts["points"] = tenths(facts["points_tenths"], language)
        facts["criterion"] = labels.get(facts["criterion"]) or say((NAMES.get(facts["criterion"], ""), {}), language)
    elif event == Event.STATEMENT_GRADED:
        facts["criterion"] = say((CRITERIA.get(facts["criterion"], ""), {}), language)
    if "unit_id" in facts:
        facts["unit"] = units.get(facts["unit_id"], "")
    if facts.get("verdict") in VERDICTS:
        facts["verdict"] = verdict_words(facts["verdict"], facts.get("shade", ""), language)
    return say((words, facts), language)
