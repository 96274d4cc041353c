"""What a result says of each person or proposition on a paper, and of all of them together. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from meeting.errors import N_
from meeting.voting.forms import ON_PEOPLE
from meeting.voting.judging import OUTCOMES
from meeting.voting.majority import Words, share

Line = Mapping[str, Any]

PERSON = N_("%(name)s has %(votes)s of %(count)s in favour (%(share)s of %(base)s), %(outcome)s.")
PROPOSITION = N_("“%(name)s”: %(votes)s of %(count)s in favour (%(share)s of %(base)s), %(outcome)s.")
SURVEY_LINE = N_(
    "%(name)s: high confidence %(high)s (%(high_share)s), confidence %(medium)s (%(medium_share)s), low confidence %(low)s "
    "(%(low_share)s) of %(base)s (%(count)s)."
)
CONFIDENCE_LINE = N_(
    "%(name)s: confidence %(for)s (%(for_share)s), no confidence %(against)s (%(against_share)s) of %(base)s (%(count)s)."
)

OUTCOME_WORDS = {
    "elected": N_("elected"),
    "not_elected": N_("not elected"),
    "fewer_votes": N_("not elected, as others had more votes"),
    "tied_for_seat": N_("not elected yet, as others have equal votes for the last seat"),
    "chosen": N_("chosen"),
    "not_chosen": N_("not chosen"),
    "tied": N_("not chosen yet, as votes are equal"),
    "passed": N_("passed"),
    "not_passed": N_("not passed"),
    "tie_open": N_("undecided, as votes are equal"),
    "dismissed": N_("dismissed"),
    "not_dismissed": N_("not dismissed"),
    "relieved": N_("relieved"),
    "not_relieved": N_("not relieved"),
}
ELECTED_TO = N_("elected to the office of %(office)s")
DISMISSED_FROM = N_("dismissed from the office of %(office)s")
RELIEVED_OF = N_("relieved of the office of %(office)s")
WITH_OFFICE = {"elected": ELECTED_TO, "dismissed": DISMISSED_FROM, "relieved": RELIEVED_OF}
CONSEQUENCES = {
    "confidence_lost": N_(
        "More than half have no confidence: whoever recommended the person for election submits the dismissal to the body."
    ),
    "confidence_kept": N_("Those without confidence are not more than half."),
    "low_two_thirds": N_(
        "Two thirds or more have low confidence: whoever recommended the person for election submits the dismissal to the body."
    ),
    "low_more_than_half": N_(
        "More than half and fewer than two thirds have low confidence: the person may resign, or else is put to a vote of "
        "confidence."
    ),
}
#: For a label beside a name, where there is no room for a sentence.
LABELS = {
    "elected": N_("Elected"),
    "not_elected": N_("Not elected"),
    "fewer_votes": N_("Enough votes, but others have more"),
    "tied_for_seat": N_("Equal votes for the last seat"),
    "chosen": N_("Alternative chosen"),
    "not_chosen": N_("Alternative not chosen"),
    "tied": N_("Equal votes, none chosen"),
    "passed": N_("Passed"),
    "not_passed": N_("Not passed"),
    "tie_open": N_("Equal votes, undecided"),
    "dismissed": N_("Dismissed"),
    "not_dismissed": N_("Not dismissed"),
    "relieved": N_("Relieved"),
    "not_relieved": N_("Not relieved"),
    "confidence_lost": N_("More than half without confidence"),
    "confidence_kept": N_("Not more than half without confidence"),
    "low_two_thirds": N_("Low confidence of two thirds or more"),
    "low_more_than_half": N_("Low confidence of more than half"),
    "none": N_("No further step"),
}

HEADLINES = {
    "election": (N_("Elected: %(names)s."), N_("Nobody is elected.")),
    "choose": (N_("Elected: %(names)s."), N_("Nobody is elected.")),
    "alternatives": (N_("Chosen: “%(names)s”."), N_("None of the alternatives is chosen.")),
    "paper": (N_("Passed: “%(names)s”."), N_("None of the propositions is passed.")),
    "dismissal": (N_("Dismissed: %(names)s."), N_("Nobody is dismissed.")),
    "relief": (N_("Relieved: %(names)s."), N_("Nobody is relieved.")),
}
SEATS_LEFT = N_("Seats to be filled %(seats)s, still open %(left)s.")
AGAIN = N_("A further round is proposed among: %(names)s.")
AGAIN_LEVEL = N_(
    "%(names)s have equal votes for the last seat: none of them is elected, and a further round among them is proposed."
)
AGAIN_ALTERNATIVES = N_("A further vote is proposed between: “%(names)s”.")
SURVEYED = N_("Confidence in %(people)s people was surveyed; the body considers what follows from each result.")
LOST = N_("More than half have no confidence in: %(names)s.")
NOBODY_LOST = N_("In no case have more than half no confidence.")


def said(form: str, line: Line, base: Words, office: str = "") -> list[Words]:
    """One line: its numbers, their exact shares, what came of it."""
    of = int(line["base_count"])
    facts: dict[str, Any] = {"name": line["title"], "base": base, "count": of}
    if form in ("survey", "confidence"):
        for mark, number in line["counts"].items():
            facts |= {mark: number, f"{mark}_share": share(number, of)}
        found: list[Words] = [(SURVEY_LINE if form == "survey" else CONFIDENCE_LINE, facts)]
        return [*found, (CONSEQUENCES[line["outcome"]], {})] if line["outcome"] in CONSEQUENCES else found
    facts |= {"votes": line["votes"], "share": share(line["votes"], of), "outcome": _outcome(line["outcome"], office)}
    return [(PERSON if form in ON_PEOPLE else PROPOSITION, facts)]


def _outcome(code: str, office: str) -> Words:
    if office and code in WITH_OFFICE:
        return WITH_OFFICE[code], {"office": office}
    return OUTCOME_WORDS[code], {}


def settled(form: str, line: Line, side: str) -> Line:
    """The line as a recorded statement has settled its tie."""
    yes, no = OUTCOMES[form]
    return {**line, "passed": side == "for", "outcome": yes if side == "for" else no}


def headlines(form: str, lines: Sequence[Line], seats: int = 0) -> list[Words]:
    """All lines together: who or what came through, how many seats are left, who stands again."""
    if form == "survey":
        return [(SURVEYED, {"people": len(lines)})]
    if form == "confidence":
        lost = [line for line in lines if line["outcome"] == "confidence_lost"]
        return [(LOST, {"names": _names(form, lost)}) if lost else (NOBODY_LOST, {})]
    through = [line for line in lines if line["passed"]]
    some, nothing = HEADLINES[form]
    found: list[Words] = [(some, {"names": _names(form, through)}) if through else (nothing, {})]
    return [*found, *_again(form, lines, (seats or len(lines)) - len(through), seats or len(lines))]


def _again(form: str, lines: Sequence[Line], left: int, seats: int) -> list[Words]:
    again = [line for line in lines if line.get("again")]
    found: list[Words] = []
    if form in ("election", "choose") and left > 0:
        found.append((SEATS_LEFT, {"seats": seats, "left": left}))
    if again:
        level = any(line["outcome"] == "tied_for_seat" for line in again)
        sentence = AGAIN_ALTERNATIVES if form == "alternatives" else AGAIN_LEVEL if level else AGAIN
        found.append((sentence, {"names": _names(form, again)}))
    return found


def _names(form: str, lines: Sequence[Line]) -> str:
    return (", " if form in ON_PEOPLE else "”, “").join(str(line["title"]) for line in lines)
