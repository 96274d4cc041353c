"""What may stand in a rule book, and which book holds when. Values in, value or refusal out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any, Protocol, TypeVar

from meeting.errors import N_, Malformed, Refused, declare
from meeting.rulebook import values as allowed
from meeting.rulebook.values import RULES, Values

MOST_DAYS = 120  # no rule of any body asks for notice this long
MOST_CHECK_DAYS = 30
MOST_NOTICE_DAYS = 90
SECONDS = (10, 7200)
WARNING_SECONDS = (0, 600)
MOST_TURNS = 20
MOST_MINUTES = 1440  # of a meeting
MOST_STAGES = 12
MOST_CLAUSE = 500
CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
FRACTION = re.compile(r"\d{1,3}/\d{1,3}|0|1")

declare(
    {
        "type_exists": N_("This body already has a kind of meeting with the name or code “%(name)s”."),
        "type_is_retired": N_("This kind of meeting is out of use. Bring it back first."),
        "type_in_use": N_("This kind of meeting is in use already."),
        "last_type": N_("A body needs at least one kind of meeting."),
        "book_used": N_(
            "The rule book in force from %(starts_on)s is followed by a meeting that was issued (%(meeting)s), so it stays as it "
            "is. Let the new rules begin on a later day."
        ),
        "book_begun": N_("This rule book has been in force since %(starts_on)s. Only one that has not begun can be withdrawn."),
        "first_book": N_("A kind of meeting needs a rule book: its only one cannot be withdrawn."),
        "book_unchanged": N_("Nothing is different from the rule book of %(starts_on)s."),
        "book_in_past": N_("New rules cannot begin before %(earliest)s: the past is not rewritten."),
        "rules_file_unreadable": N_("This is no file of rule books of this system."),
        "rules_file_kind": N_("The file holds no rules for a body of this kind."),
        "hours_order": N_("The office closes (%(closes_at)s) before it opens (%(opens_at)s)."),
        "rules_file_problems": N_("The file has %(count)s problems. Nothing was taken over."),
    }
)

TOO_FEW = N_("The number is too small.")
TOO_MANY = N_("The number is too large.")
NO_CHOICE = N_("This is not one of the possible choices.")


class Period(Protocol):
    """Something in force from a day to a day; None: without end."""

    @property
    def starts_on(self) -> date: ...
    @property
    def ends_on(self) -> date | None: ...


Book = TypeVar("Book", bound=Period)


def in_force(books: Sequence[Book], day: date) -> Book | None:
    """The book that holds on a day: the last that has begun. Before the first one, the first (the past has no better)."""
    ordered = sorted(books, key=lambda each: each.starts_on)
    begun = [each for each in ordered if each.starts_on <= day]
    return begun[-1] if begun else (ordered[0] if ordered else None)


@dataclass(frozen=True)
class Fault:
    """Where the periods of a kind of meeting do not join: `overlap` or `gap`, from the day after `after` to `before`."""

    kind: str
    after: date
    before: date


def faults(books: Sequence[Period]) -> list[Fault]:
    """Overlaps and gaps between books, in order. Each book should end the day before the next begins, the last never."""
    ordered = sorted(books, key=lambda each: each.starts_on)
    found = []
    for one, following in pairwise(ordered):
        if one.ends_on is None or one.ends_on >= following.starts_on:
            found.append(Fault("overlap", one.ends_on or following.starts_on, following.starts_on))
        elif one.ends_on + timedelta(days=1) < following.starts_on:
            found.append(Fault("gap", one.ends_on, following.starts_on))
    if ordered and ordered[-1].ends_on is not None:
        found.append(Fault("gap", ordered[-1].ends_on, date.max))
    return found


def ends_before(following: date | None) -> date | None:
    """The last day of a book when the next begins; None for the last book."""
    return following - timedelta(days=1) if following else None


def check_start(starts_on: date, today: date, latest_used: date | None) -> None:
    """New rules begin today or later, or on the day of no issued meeting. Refused as `book_in_past`.

    `latest_used`: the day of the last meeting issued under the book that would end. Rules for days that are over may be
    entered only where no issued meeting followed them (a body that records its rules late).
    """
    if latest_used and starts_on <= latest_used and starts_on < today:
        raise Refused("book_in_past", earliest=min(today, latest_used + timedelta(days=1)).isoformat())


def share(text: str) -> Fraction:
    """The exact share of a quorum: "2/3" is two thirds, never 0.667. ValueError for anything else."""
    if not FRACTION.fullmatch(text):
        raise ValueError(f"{text!r} is no fraction")
    try:
        return Fraction(text)
    except ZeroDivisionError:
        raise ValueError(f"{text!r} is no fraction") from None


def check_values(values: Values, body_kind: str) -> None:
    """Demands values that can be followed; `malformed` names every field that cannot."""
    wrong = dict(problems(values, body_kind))
    if wrong:
        raise Malformed(wrong)


def problems(values: Values, body_kind: str) -> list[tuple[str, str]]:
    """What is wrong in a rule book: (column, sentence), in the order of the columns' checks."""
    return [*_wrong_numbers(values), *_wrong_choices(values), *_wrong_votes(values, body_kind), *_wrong_stages(values)]


def _wrong_numbers(values: Values) -> list[tuple[str, str]]:
    limits = {
        "papers_due_days": (0, MOST_DAYS),
        "invite_days": (0, MOST_DAYS),
        "programme_days": (0, MOST_DAYS),
        "check_days": (0, MOST_CHECK_DAYS),
        "notice_days": (0, MOST_NOTICE_DAYS),
        "speech_seconds": SECONDS,
        "debate_seconds": SECONDS,
        "question_seconds": SECONDS,
        "explain_seconds": SECONDS,
        "answer_seconds": SECONDS,
        "warn_seconds": WARNING_SECONDS,
        "turns_per_item": (0, MOST_TURNS),
        "longest_minutes": (0, MOST_MINUTES),
    }
    found = []
    for column, (least, most) in limits.items():
        number = getattr(values, column)
        if number < least:
            found.append((column, TOO_FEW))
        elif number > most:
            found.append((column, TOO_MANY))
    return found


def _wrong_choices(values: Values) -> list[tuple[str, str]]:
    offered: Mapping[str, Sequence[str]] = {
        "papers_due_unit": allowed.UNITS,
        "invite_unit": allowed.UNITS,
        "programme_unit": allowed.UNITS,
        "notice_unit": allowed.UNITS,
        "approver": allowed.APPROVERS,
        "head_approval": allowed.HEAD_APPROVALS,
        "substitutes": allowed.SUBSTITUTES,
        "substitutable": allowed.SUBSTITUTABLE,
        "summons": allowed.SUMMONS,
        "voters": allowed.VOTERS,
        "majority": allowed.MAJORITIES,
        "tie": allowed.TIES,
        "signer": allowed.SIGNERS,
        "floor_order": allowed.FLOOR_ORDERS,
        "check_in": allowed.CHECK_INS,
        "remote": allowed.REMOTES,
        "elections": allowed.ELECTIONS,
        "minutes_signers": allowed.MINUTES_SIGNERS,
    }
    return [(column, NO_CHOICE) for column, words in offered.items() if getattr(values, column) not in words]


def _wrong_votes(values: Values, body_kind: str) -> list[tuple[str, str]]:
    found = []
    try:
        if not 0 <= share(values.quorum) <= 1:
            found.append(("quorum", N_("The share lies between 0 and 1.")))
    except ValueError:
        found.append(("quorum", N_("Write the share as a fraction, for example 2/3.")))
    chosen, lawful = values.choices.split(), allowed.LAWFUL_CHOICES[body_kind]
    if chosen != [each for each in allowed.CHOICES if each in chosen] or not {"for", "against"} <= set(chosen):
        found.append(("choices", N_("A vote offers “in favour” and “against” at least, in the order of the ballot.")))
    elif not set(chosen) <= set(lawful):
        found.append(("choices", N_("The law does not give this body that choice.")))
    if body_kind == "committee" and values.elections == "choose":
        found.append(("elections", N_("The law does not give this body that choice.")))
    if len(values.electronic_votes) > MOST_CLAUSE:
        found.append(("electronic_votes", N_("This is too long.")))
    if values.substitutes == "votes" and values.substitutable == "all":
        found.append(("substitutable", N_("A vote can pass over only where members are replaced.")))
    return found


def _wrong_stages(values: Values) -> list[tuple[str, str]]:
    if len(values.sequence) > MOST_STAGES:
        return [("sequence", TOO_MANY)]
    found, keys = [], set()
    for number, stage in enumerate(values.sequence):
        sentence = _wrong_stage(stage)
        if not sentence and stage["key"] in keys:
            sentence = N_("Two stages have the same key.")
        if sentence:
            found.append((f"sequence.{number}", sentence))
        else:
            keys.add(stage["key"])
    return found


def _wrong_stage(stage: Mapping[str, Any]) -> str:
    if set(stage) != {"key", "what", "days", "unit", "by"} or not CODE.fullmatch(str(stage["key"])):
        return N_("A stage has a key, what is owed, days, their unit and who owes it.")
    if not str(stage["what"]).strip() or len(str(stage["what"])) > 300:
        return N_("Say what is owed, in at most 300 characters.")
    if stage["unit"] not in allowed.UNITS or stage["by"] not in allowed.MAKERS:
        return NO_CHOICE
    if not isinstance(stage["days"], int) or not 0 <= stage["days"] <= MOST_DAYS:
        return TOO_MANY
    return ""


@dataclass(frozen=True)
class Change:
    """One rule that differs between two books: its columns before and after."""

    rule: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


def changes(one: Values, other: Values) -> list[Change]:
    """What changed from one book to the next, rule by rule in reading order."""
    before, after = one.plain(), other.plain()
    return [
        Change(rule, {each: before[each] for each in columns}, {each: after[each] for each in columns})
        for rule, columns in RULES.items()
        if any(before[each] != after[each] for each in columns)
    ]


def code_of(name: str, taken: Sequence[str]) -> str:
    """A stable code for a new kind of meeting, from its plain name: "hop_to_dan_pho", a number behind it when taken."""
    plain = re.sub(r"[^a-z0-9]+", "_", name).strip("_")[:30] or "kind"
    plain = plain if plain[0].isalpha() else f"kind_{plain}"
    tried, number = plain, 2
    while tried in taken:
        tried, number = f"{plain}_{number}", number + 1
    return tried


def hour(text: str) -> str:
    """An hour of the office as it is kept: "7:30" and "07:30" are 07:30. ValueError for anything else."""
    if not re.fullmatch(r"\d{1,2}:\d{2}", text):
        raise ValueError(f"{text!r} is no hour")
    return f"{time.fromisoformat(text.zfill(5)):%H:%M}"


def check_hours(opens_at: str, closes_at: str) -> None:
    """Demands that the office closes after it opens; refused as `hours_order`. Both as 07:30."""
    if closes_at <= opens_at:
        raise Refused("hours_order", opens_at=opens_at, closes_at=closes_at)
