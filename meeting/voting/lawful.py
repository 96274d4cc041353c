"""Which ballot papers a body may vote on, and how. Pure: values in, the usual way or a refusal out.

Sources: NĐ 315/2025/NĐ-CP, Điều 25.3e (UBND votes only for or against, on matters); NQ 104/2025/UBTVQH15, Điều 16.1e and 16.3b
(HĐND: elections and bãi nhiệm by secret ballot; cho thôi, từ chức and miễn nhiệm openly and without a counting committee) and
its annex (forms 1, 2, 3.5.1, 3.5.2). Whether a secret vote on people may be electronic only the body's own Nội quy can say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from meeting.errors import N_, Refused, declare
from meeting.voting import rules
from meeting.voting.forms import FORMS, ON_PEOPLE, SURVEY
from meeting.voting.majority import at_least_as_strict

SECRET_FORMS = ("election", "choose", "dismissal", "survey", "confidence")  # votes on people whose names must stay apart
MOST_LINES = 60
MOST_ALTERNATIVES = 20
MOST_SECONDS = 7200

Way = tuple[str, bool]  # the kind, and whether it is counted on paper
OPEN: Way = ("open", False)
SECRET: Way = ("secret", False)
HANDS: Way = ("hand", False)
PAPER: Way = ("hand", True)
WAYS = (OPEN, SECRET, HANDS, PAPER)

_BODY_FORMS: Mapping[str, tuple[str, ...]] = {
    "council": ("matter", "paper", "alternatives", "election", "choose", "dismissal", "relief", "survey", "confidence"),
    "committee": ("matter", "paper", "alternatives"),
    "party": ("matter", "paper", "alternatives", "election", "choose", "dismissal", "relief", "survey", "confidence"),
}

declare(
    {
        "form_not_lawful": N_("This body does not vote in this form. Choose one of those that its rules give."),
        "choose_not_allowed": N_(
            "The rule book of this kind of meeting has every person voted on by themselves. To choose as many as there are "
            "seats, set it in the rules of meetings first."
        ),
        "must_be_secret": N_("Votes of this kind on people are secret. Take them on paper, or as a secret ballot where allowed."),
        "must_be_open": N_(
            "Relief of a post is voted on openly: choose an open vote or a show of hands. Only where a deputy gives up the "
            "mandate itself may the council vote in secret; then name no office."
        ),
        "rule_too_weak": N_("The rules of this kind of meeting ask for more than this. Choose the usual rule or a stricter one."),
        "electronic_not_allowed": N_(
            "A secret vote on people goes on paper here, counted by the counting committee. To take it on the tablets, name the "
            "clause of the body's rules of procedure under “Elections and votes of confidence” in the rules of meetings."
        ),
        "paper_by_hand": N_("Paper ballots are counted by hand: prepare the vote as one with figures entered."),
        "no_limit_by_hand": N_("A vote counted by hand has no time limit: it is closed once the figures are in."),
        "lines_count": N_("This ballot paper takes %(least)s to %(most)s lines, and %(lines)s are on it."),
        "two_alternatives": N_(
            "This body only votes for or against, so two alternatives can be set against each other. For more, use a ballot "
            "paper on which each is voted for or against."
        ),
        "lines_not_here": N_("A single matter has no lines. Choose a ballot paper with several questions, or alternatives."),
        "ballot_line_empty": N_("Line %(line)s says nothing yet. Write what is voted on, or remove it."),
        "line_twice": N_("“%(title)s” stands on the paper twice. Keep one of the two."),
        "seats_count": N_("%(seats)s are to be elected, but %(lines)s stand on the paper. Set a number between 1 and that."),
        "seats_not_here": N_("Only an election has a number of seats."),
    }
)


class Book(Protocol):
    """What a rule book says of votes on people."""

    @property
    def elections(self) -> str: ...
    @property
    def electronic_votes(self) -> str: ...


def forms_of(body_kind: str, book: Book) -> tuple[str, ...]:
    """The forms a body may vote in, in the order of a choice."""
    return tuple(form for form in FORMS if _form_refused(body_kind, form, book) is None)


def _form_refused(body_kind: str, form: str, book: Book) -> str | None:
    if form not in _BODY_FORMS[body_kind]:
        return "form_not_lawful"
    return "choose_not_allowed" if form == "choose" and book.elections != "choose" else None


def ways(body_kind: str, form: str, book: Book, *, mandate: bool = False) -> tuple[Way, ...]:
    """How a form may be voted on, the usual way first; none where the body does not vote in it.

    `mandate`: a deputy is relieved of the mandate itself, not of an office; then the HĐND decides how it votes
    [NQ 104/2025/UBTVQH15 Đ16.4b].
    """
    if _form_refused(body_kind, form, book) is not None:
        return ()
    secret = (PAPER, SECRET) if book.electronic_votes.strip() else (PAPER,)
    if form in SECRET_FORMS:
        return secret
    if form == "relief":
        return (OPEN, HANDS, *secret) if mandate and body_kind == "council" else (OPEN, HANDS)
    return WAYS


def usual(body_kind: str, form: str, book: Book) -> Way:
    """The way that is taken when none is named: votes on people on paper, everything else openly."""
    return (ways(body_kind, form, book) or (OPEN,))[0]


def way(body_kind: str, form: str, book: Book, kind: str | None, on_paper: bool | None, *, mandate: bool = False) -> Way:
    """The way that was asked for, completed and lawful. Refused as `check` refuses it."""
    first = usual(body_kind, form, book)
    if kind is None:
        found = first if on_paper is None or on_paper == first[1] else (PAPER if on_paper else _without_paper(first))
    else:
        paper = kind == "hand" and first == PAPER if on_paper is None else on_paper
        found = (kind, paper)
    check(body_kind, form, found[0], found[1], book, mandate=mandate)
    return found


def _without_paper(first: Way) -> Way:
    return SECRET if first == PAPER else first


def check(body_kind: str, form: str, kind: str, on_paper: bool, book: Book, *, mandate: bool = False) -> None:
    """Whether this body may vote in this form in this way.

    Refused as `form_not_lawful`, `choose_not_allowed`, `paper_by_hand`, `must_be_secret`, `electronic_not_allowed` (no clause
    named in the rule book), `must_be_open`.
    """
    code = _form_refused(body_kind, form, book)
    if code is not None:
        raise Refused(code, forms=list(forms_of(body_kind, book)))
    if on_paper and kind != "hand":
        raise Refused("paper_by_hand")
    if (kind, on_paper) in ways(body_kind, form, book, mandate=mandate):
        return
    if form in SECRET_FORMS or (mandate and kind == "secret" and body_kind == "council" and form == "relief"):
        raise Refused("electronic_not_allowed" if kind == "secret" else "must_be_secret")
    raise Refused("must_be_open")


def basis(form: str, kind: str, book: Book) -> str:
    """The clause that is frozen on a question: that which lets a secret vote on people be electronic."""
    return book.electronic_votes.strip() if form in ON_PEOPLE and kind == "secret" else ""


def usual_rule(body_kind: str, form: str, majority: str, office: str) -> str:
    """The majority of the rule book; where a deputy loses the mandate itself (no office is named), two thirds of all.

    Luật 77/2015/QH13, Điều 91.3: bãi nhiệm đại biểu HĐND needs at least two thirds of all deputies.
    """
    return "two_thirds" if body_kind == "council" and form == "dismissal" and not office.strip() else majority


def check_rule(rule: str, least: str) -> None:
    """A question asks for no less than the rule book of its meeting. Refused as `rule_too_weak`."""
    if not at_least_as_strict(rule, least):
        raise Refused("rule_too_weak", least=least)


def is_mandate(form: str, office: str, lines: Sequence["Line"]) -> bool:
    """Whether deputies give up the mandate itself: they are relieved, and no office is named."""
    return form == "relief" and not office.strip() and not any(line.office.strip() for line in lines)


def marks(
    body_kind: str, form: str, kind: str, usually: str, asked: Sequence[str] | None, *, voters: str = "members"
) -> tuple[str, ...]:
    """What may be marked: of a matter its options, else the marks of each line. Refused as `options_not_lawful`.

    A paper takes the options of the body without free text; alternatives are picked, with abstaining where the body has it
    among its usual options (or where it is asked for); votes on people have the marks of their forms and no others.
    """
    if form == "matter":
        return rules.options(body_kind, kind, usually, asked, voters=voters)
    if form == "paper":
        return rules.options(body_kind, "secret", usually, asked)  # as in a secret ballot: no free text on a line
    if form == "alternatives":
        allowed: tuple[str, ...] = ("for", "abstain") if "abstain" in rules.LAWFUL[body_kind] else ("for",)
        chosen = ("for", *(["abstain"] if "abstain" in (usually.split() if asked is None else asked) else []))
        return _only(tuple(each for each in chosen if asked is not None or each in allowed), allowed, asked)
    fixed = SURVEY if form == "survey" else ("for",) if form == "choose" else ("for", "against")
    return _only(fixed, fixed, asked)


def _only(found: tuple[str, ...], allowed: tuple[str, ...], asked: Sequence[str] | None) -> tuple[str, ...]:
    if not set(found) <= set(allowed) or (asked is not None and not set(asked) <= set(allowed)):
        raise Refused("options_not_lawful", lawful=list(allowed))
    return found


@dataclass(frozen=True)
class Line:
    """One person or proposition as it will be printed."""

    title: str
    person_id: int | None = None
    office: str = ""
    detail: str = ""


def check_lines(body_kind: str, form: str, lines: Sequence[Line]) -> None:
    """What stands on the paper: enough lines and not too many, each with words, nobody and nothing twice.

    Refused as `lines_not_here`, `lines_count`, `two_alternatives`, `ballot_line_empty`, `line_twice`.
    """
    if form == "matter":
        if lines:
            raise Refused("lines_not_here")
        return
    least, most = (2, MOST_ALTERNATIVES) if form == "alternatives" else (1, MOST_LINES)
    if not least <= len(lines) <= most:
        raise Refused("lines_count", least=least, most=most, lines=len(lines))
    if form == "alternatives" and body_kind == "committee" and len(lines) != 2:
        raise Refused("two_alternatives")
    people: set[int] = set()
    said: set[tuple[str, str, str]] = set()
    for number, line in enumerate(lines, 1):
        if not line.title.strip():
            raise Refused("ballot_line_empty", line=number)
        words = (line.title.strip().casefold(), line.office.casefold(), line.detail.casefold())
        if line.person_id in people or (line.person_id is None and words in said):
            raise Refused("line_twice", title=line.title)
        if line.person_id is not None:
            people.add(line.person_id)
        said.add(words)


def seats(form: str, asked: int | None, lines: int) -> int:
    """How many are to be elected: those asked for, else all who stand. Refused as `seats_count`, `seats_not_here`."""
    if form not in ("election", "choose"):
        if asked:
            raise Refused("seats_not_here")
        return 0
    found = lines if asked is None else asked
    if not 1 <= found <= lines:
        raise Refused("seats_count", seats=found, lines=lines)
    return found


def check_limit(kind: str, seconds: int) -> None:
    """A time limit closes a box; a count by hand has none. Refused as `no_limit_by_hand`."""
    if seconds and kind == "hand":
        raise Refused("no_limit_by_hand")


def about_people(form: str) -> bool:
    """Whether persons stand on the paper."""
    return form in ON_PEOPLE
