"""What may be put to the vote in a meeting: lawful forms and ways with their reasons, rules, items, people. For the dialog."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda import queries as agenda
from meeting.agenda.models import Meeting
from meeting.errors import N_, Forbidden, Missing
from meeting.permissions import Action, Actor, allows
from meeting.rulebook.models import RuleBook
from meeting.voting import lawful, rules, wording
from meeting.voting.majority import Words, at_least_as_strict, rule_words

MOST_PEOPLE = 1500
RULES_OFFERED = (
    "more_than_half",
    "at_least_half",
    "two_thirds",
    "three_quarters",
    "more_than_half_of_present",
    "two_thirds_of_present",
    "more_than_half_of_valid",
)

PAPER_ONLY = N_(
    "Taken on paper: the rules of this kind of meeting name no clause that lets votes on people be electronic. The counting "
    "committee hands out sealed ballots and enters the figures."
)
MAY_BE_ELECTRONIC = N_("May be taken on the tablets: %(clause)s")
RELIEF = N_("Release and resignation are voted on openly, without a counting committee (Resolution 104/2025, Article 16).")

Book = RuleBook


def offered(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """All that the dialog of preparing asks for, for whoever may prepare questions of this meeting."""
    meeting = session.get(Meeting, meeting_id)
    hats = meeting.hats_of(actor, session) if meeting else frozenset()
    if meeting is None or not hats:
        raise Missing()
    if not allows(Action.PREPARE_VOTE, hats):
        raise Forbidden()
    kind, book = meeting.body.kind, meeting.book
    return {
        "items": [{"id": each.id, "label": each.label, "title": each.title} for each in meeting.items if not each.outside],
        "current_id": meeting.current_item_id,
        "rule": book.majority,
        "rules": [{"key": rule, "said": _rule_said(rule, kind)} for rule in _rules(book.majority)],
        "forms": [form_offered(kind, form, book) for form in lawful.forms_of(kind, book)],
        "people": _people(session, meeting),
        "seconds": 0,
    }


def _rules(usual: str) -> tuple[str, ...]:
    stricter = tuple(each for each in RULES_OFFERED if at_least_as_strict(each, usual))
    return stricter if usual in stricter else (usual, *stricter)


def _rule_said(rule: str, body_kind: str) -> dict[str, str]:
    return {lang: " ".join(wording.say(each, lang) for each in rule_words(rule, body_kind)) for lang in wording.LANGUAGES}


def form_offered(body_kind: str, form: str, book: Book) -> dict[str, Any]:
    """One form: the ways of voting on it, the usual one first, why no other, what may be marked on its lines."""
    ways = [_way(*each) for each in lawful.ways(body_kind, form, book, mandate=True)]
    fixed, optional = _marks(body_kind, form, book.voters)
    return {
        "form": form,
        "ways": ways,
        "usual_way": ways[0],
        "why": _why(form, book),
        "fixed": list(fixed),
        "optional": list(optional),
        "usual": [each for each in book.choices.split() if each in optional],
        "seats": form in ("election", "choose"),
        "rule": "",
    }


def _way(kind: str, on_paper: bool) -> str:
    return "paper" if on_paper else kind


def _marks(body_kind: str, form: str, voters: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The marks that stand on it always, and those that may be added."""
    if form in ("matter", "paper"):
        besides = tuple(each for each in rules.lawful_of(body_kind, voters) if each not in ("for", "against"))
        return ("for", "against"), besides if form == "matter" else tuple(each for each in besides if each != "other")
    if form == "alternatives":
        return ("for",), ("abstain",) if "abstain" in rules.LAWFUL[body_kind] else ()
    return lawful.marks(body_kind, form, "open", "", None), ()


def _why(form: str, book: Book) -> dict[str, str] | None:
    said: Words | None = None
    if form in lawful.SECRET_FORMS:
        clause = book.electronic_votes.strip()
        said = (MAY_BE_ELECTRONIC, {"clause": clause}) if clause else (PAPER_ONLY, {})
    elif form == "relief":
        said = (RELIEF, {})
    return {lang: wording.say(said, lang) for lang in wording.LANGUAGES} if said else None


def _people(session: Session, meeting: Meeting) -> list[dict[str, Any]]:
    """Who may be put on a paper: the members of the body first, then everybody on file."""
    members = {each.id for each in agenda.members_of(session, meeting.body_id, clock.today())}
    people = agenda.people_on_file(session)[:MOST_PEOPLE]
    found: list[Mapping[str, Any]] = [
        {"id": each.id, "name": each.called, "position": each.position or "", "member": each.id in members} for each in people
    ]
    return [dict(each) for each in sorted(found, key=lambda each: not each["member"])]


__all__ = ["form_offered", "offered"]
