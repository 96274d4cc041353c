"""What the pages of this room show, put together from queries and rules."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext
from sqlalchemy.orm import Session

from meeting import clock
from meeting.errors import N_, Missing
from meeting.organization.models import Body
from meeting.permissions import INSTALLATION, Action, Actor, allows
from meeting.rulebook import queries, rules, uses, vote_words, wording
from meeting.rulebook.calendar import holiday_names, vietnamese_calendar
from meeting.rulebook.days import FIRST_YEAR, KINDS, LABELS, LAST_YEAR, Day, year_grid
from meeting.rulebook.defaults import BY_KIND
from meeting.rulebook.models import MeetingType, RuleBook
from meeting.rulebook.schedule import Due
from meeting.rulebook.values import CHOICES, LAWFUL_CHOICES, MAJORITIES, RULES, Values, values_of

SAMPLE_AHEAD = timedelta(days=28)
MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"),
    N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One rule of a book as a screen says it."""

    rule: str
    label: str
    words: str
    article: str
    note: str
    verified: bool
    stages: tuple[str, ...] = ()


@dataclass(frozen=True)
class DueLine:
    """One line of a due table in words."""

    key: str
    label: str
    at: datetime
    words: str
    article: str
    verified: bool
    is_after: bool
    passed: bool


@dataclass(frozen=True)
class Row:
    """A kind of meeting in the list of a body."""

    kind: MeetingType
    book: RuleBook
    figures: dict[str, str]
    unverified: int
    coming: RuleBook | None


def lines_of(book: RuleBook) -> list[tuple[str, list[Line]]]:
    """The rules of a book in their groups."""
    values = values_of(book)
    return [(group, [_line(rule, book, values) for rule in each]) for group, each in wording.GROUPS]


def _line(rule: str, book: RuleBook, values: Values) -> Line:
    source = book.sources.get(rule) or {}
    stages = tuple(wording.stage(each) for each in values.sequence) if rule == "sequence" else ()
    return Line(
        rule,
        wording.RULE_LABELS[rule],
        wording.said(rule, values),
        source.get("article", ""),
        source.get("note", ""),
        bool(source.get("verified")),
        stages,
    )


def unverified(book: RuleBook) -> int:
    """How many rules of a book nobody has held against a text."""
    return sum(not (book.sources.get(rule) or {}).get("verified") for rule in RULES)


def due_lines(session: Session, book: RuleBook, starts_at: datetime, ends_at: datetime | None = None) -> list[DueLine]:
    """The due table of a meeting in words, the earliest first."""
    return said_lines(queries.due_table(session, book, starts_at, ends_at), book.sources)


def said_lines(table: list[Due], sources: dict[str, Any]) -> list[DueLine]:
    """A due table in words, each line with its source."""
    return [_due_line(each, sources.get(each.rule) or {}) for each in table]


def _due_line(each: Due, source: dict[str, Any]) -> DueLine:
    label = each.what or gettext(wording.DUE_LABELS[each.key])
    words = wording.before(each.days, each.unit)
    if each.key == "check":
        words = gettext("%(time)s after the papers came", time=wording.counted(each.days, "working"))
    elif each.is_after:
        words = gettext("%(time)s after the meeting", time=wording.counted(each.days, each.unit))
    article = source.get("article", "")
    return DueLine(
        each.key, label, each.due_at, words, article, bool(source.get("verified")), each.is_after, each.due_at < clock.now()
    )


# pages


def overview(session: Session, actor: Actor, body_id: int | None) -> dict[str, Any]:
    """The kinds of meetings of one body with their main figures."""
    bodies = queries.readable_bodies(session, actor)
    if not bodies or (body_id and body_id not in {each.id for each in bodies}):
        raise Missing()
    body = next((each for each in bodies if each.id == body_id), bodies[0])
    rows = [_row(each) for each in queries.kinds_of(session, body.id)]
    present = {row.kind.code for row in rows}
    return {
        "bodies": bodies,
        "body": body,
        "rows": [row for row in rows if not row.kind.retired_on],
        "retired": [row for row in rows if row.kind.retired_on],
        "manages": queries.may_manage(actor, body),
        "lacking": [each.name for each in BY_KIND[body.kind] if each.code not in present] if actor.is_admin else [],
        "labels": wording.BRIEF_LABELS,
    }


def _row(kind: MeetingType) -> Row:
    book = _in_force(kind, clock.today())
    coming = next((each for each in kind.books if each.starts_on > clock.today()), None)
    figures = {rule: wording.brief(rule, values_of(book)) for rule in wording.BRIEF_LABELS}
    return Row(kind, book, figures, unverified(book), coming)


def _in_force(kind: MeetingType, day: date) -> RuleBook:
    found = rules.in_force(kind.books, day)
    if found is None:
        raise Missing()
    return found


def kind_page(session: Session, actor: Actor, type_id: int, book_id: int | None) -> dict[str, Any]:
    """A kind of meeting: one of its books in words, an example, and all versions with what changed."""
    kind = queries.kind_of(session, actor, type_id)
    chosen = next((each for each in kind.books if each.id == book_id), None) or _in_force(kind, clock.today())
    used = {use.book_id for use in uses.uses_of(session, [each.id for each in kind.books])}
    starts_at = sample_start(chosen)
    return {
        "meeting_type": kind,
        "book": chosen,
        "now": _in_force(kind, clock.today()),
        "groups": lines_of(chosen),
        "unverified": unverified(chosen),
        "history": history(kind),
        "used": used,
        "manages": queries.may_manage(actor, kind.body),
        "sample_at": starts_at,
        "due_lines": due_lines(session, chosen, starts_at),
        "today": clock.today(),
    }


def sample_start(book: RuleBook) -> datetime:
    """The beginning of an example: four weeks ahead (or after the book begins), at 8, on a working day."""
    day = max(clock.today(), book.starts_on) + SAMPLE_AHEAD
    while not vietnamese_calendar(day.year).works(day):
        day += timedelta(days=1)
    return clock.at_local(day, 8)


@dataclass(frozen=True)
class Version:
    """A book in the history, with what changed from the one before it."""

    book: RuleBook
    changes: list[dict[str, str]]
    first: bool


def history(kind: MeetingType) -> list[Version]:
    """All versions, the newest first."""
    ordered = sorted(kind.books, key=lambda each: each.starts_on)
    versions = []
    for number, book in enumerate(ordered):
        previous = ordered[number - 1] if number else None
        versions.append(Version(book, changed_words(values_of(previous), values_of(book)) if previous else [], previous is None))
    return versions[::-1]


def changed_words(before: Values, after: Values) -> list[dict[str, str]]:
    """What changed between two books, rule by rule in words."""
    return [
        {
            "rule": each.rule,
            "label": wording.RULE_LABELS[each.rule],
            "before": wording.said(each.rule, before),
            "after": wording.said(each.rule, after),
        }
        for each in rules.changes(before, after)
    ]


def edit_page(session: Session, actor: Actor, type_id: int, starts_on: date | None) -> dict[str, Any]:
    """The form of new rules from a day on, filled with those of that day."""
    kind = queries.kind_of(session, actor, type_id)
    if not queries.may_manage(actor, kind.body):
        raise Missing()
    day = starts_on or clock.today()
    book = _in_force(kind, day)
    return {
        "meeting_type": kind,
        "book": book,
        "values": values_of(book),
        "starts_on": day,
        "groups": lines_of(book),
        "sample_at": sample_start(book),
        "words": wording,
        **_options(kind.body),
    }


def _options(body: Body) -> dict[str, Any]:
    def said(words: dict[str, str]) -> list[tuple[str, str]]:
        return [(key, gettext(label)) for key, label in words.items()]

    lawful = LAWFUL_CHOICES[body.kind]
    return {
        "unit_options": [("working", gettext("working days")), ("calendar", gettext("calendar days"))],
        "majority_options": [(rule, wording.majority(rule)) for rule in MAJORITIES],
        "choice_options": [(key, gettext(wording.CHOICE_WORDS[key])) for key in CHOICES if key in lawful],
        "election_options": [
            (key, label) for key, label in said(vote_words.ELECTION_WORDS) if key != "choose" or body.kind != "committee"
        ],
        "said": said,
    }


# the calendar


def calendar_page(session: Session, actor: Actor, year: int | None, language: str) -> dict[str, Any]:
    """The twelve months of a year, what was set, and the due times given that would now differ."""
    wanted = year or clock.today().year
    if not FIRST_YEAR <= wanted <= LAST_YEAR:
        raise Missing()
    own = queries.own_days(session, wanted)
    months = year_grid(wanted, vietnamese_calendar(wanted), holiday_names(wanted, language), own)
    days = [day for month in months for week in month.weeks for day in week if day]
    return {
        "year": wanted,
        "first_year": FIRST_YEAR,
        "last_year": LAST_YEAR,
        "months": [(gettext(name), month, _named(month.number, days)) for name, month in zip(MONTHS, months, strict=True)],
        "labels": LABELS,
        "counts": {kind: sum(day.kind == kind for day in days) for kind in KINDS},
        "own": [day for day in days if day.own],
        "manages": manages_calendar(session, actor),
        "differing": uses.differing(session, actor),
        "today": clock.today(),
    }


def _named(month: int, days: list[Day]) -> list[Day]:
    return [day for day in days if day.day.month == month and day.kind not in ("work", "weekend")]


def manages_calendar(session: Session, actor: Actor) -> bool:
    """Whether this person may change the calendar."""
    return allows(Action.MANAGE_CALENDAR, INSTALLATION.hats_of(actor, session))
