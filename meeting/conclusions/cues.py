"""Reading a task out of a sentence of the chair: "Giao A chủ trì, phối hợp với B; hoàn thành trước ngày 15/12/2026".

What is found is offered to the secretary, never entered by itself. What is not said stays open and is asked: no date is
ever invented. A day without its year is asked with the likely year; a unit that is not on file is named as it was said.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from meeting.conclusions.cues_dates import Limit, limits_of
from meeting.conclusions.cues_units import Hit, Names, hits_of
from meeting.conclusions.folding import fold, fold_evenly


@dataclass(frozen=True)
class Cue:
    """What a sentence says about a task. `leads` has more than one unit when the sentence names two leaders."""

    leads: tuple[int, ...] = ()
    cooperating: tuple[int, ...] = ()
    due_on: date | None = None
    likely_due: date | None = None  # said without its year: a question
    dues: tuple[date, ...] = ()  # several days were said: one is chosen
    due_said: str = ""  # the limit in the sentence's own words
    unknown: str = ""  # a lead that is no unit on file
    leader: int | None = None
    product: str = ""

    @property
    def is_task(self) -> bool:
        """Whether the sentence gives anything to anybody."""
        return bool(self.leads or self.unknown)

    @property
    def missing(self) -> tuple[str, ...]:
        """What has to be asked: "lead" when there is not exactly one, "due" when no whole date was said."""
        return (("lead",) if self.is_task and len(self.leads) != 1 else ()) + (
            ("due",) if self.is_task and not self.due_on else ()
        )


END = re.compile(r";|\.(?:\s|$)|\n|$")  # of a clause
#: What hands something over; whoever is named right behind it leads.
GIVES = re.compile(r"\b(?:giao|phan cong|yeu cau|de nghi|chi dao|uy quyen)\b(?:\s+(?:cho|nhiem vu cho))?")
#: May stand between that and the unit.
FILLER = re.compile(r"(?:\s|:|-|\b(?:cac|don vi|co quan|dong chi|ong|ba|thu truong|truong|giam doc|chanh|lanh dao|tap the)\b)*")
AND = re.compile(r"\s*(?:,|&|\bva\b|\bcung\b|\bcung voi\b)\s*(?:va\s+)?")
LEADS = re.compile(r"\b(?:chu tri|lam dau moi|la dau moi|chiu trach nhiem|co trach nhiem|dau moi)\b")
#: A clause that begins with a unit gives it something when it goes on like this …
DUTY = re.compile(r"\s*(?:chu tri|co trach nhiem|chiu trach nhiem|khan truong|lam dau moi|la dau moi|phai\b)")
#: … or like this, and says by when.
DEED = re.compile(
    r"\s*(?:tiep tuc |chu dong |truc tiep )?(?:tham muu|ra soat|xay dung|bao cao|to chuc|thuc hien|hoan thanh|kiem tra|don doc|"
    r"lap|chuan bi|phoi hop|trinh|xu ly|giai quyet|cung cap|tong hop|du thao|nghien cuu|bo tri|huong dan|theo doi)\b"
)
BULLET = re.compile(r"\s*(?:[-+*•]|\d{1,2}(?:\.\d{1,2})*[.)]|[a-z][.)])?\s*")
WITH = re.compile(r"\b(?:phoi hop(?: chat che)?(?: voi| cung)?|cung phoi hop|cung voi)\b")
HELPS = re.compile(r"\s*(?:cung )?phoi hop\b")
WITH_ENDS = re.compile(r"\b(?:hoan thanh|truoc|cham nhat|tham muu|ra soat|xay dung|bao cao|to chuc|trinh|trong|thuc hien)\b")
BODY_WORDS = r"(?:phong|van phong|ban|cong an|trung tam|uy ban|hoi|doan|to|so|chi cuc|tram|truong|quan su|mat tran|doi)"
UNKNOWN = re.compile(
    rf"\b(?:giao|phan cong)\s+(?:cho\s+)?(?P<who>{BODY_WORDS}\b[^.;:\n]{{0,80}}?)\s*,?\s+"
    r"(?:chu tri|lam dau moi|thuc hien|phoi hop)\b"
)
IN_CHARGE = re.compile(r"\b(?:phu trach|chi dao|truc tiep)\b")
PRODUCT = re.compile(r"\bsan pham(?: la)?\s*:?\s+(?P<what>[^.;\n]{3,300})")


def read_cue(text: str, units: Names, held_on: date | None = None, people: Mapping[int, str] | None = None) -> Cue:
    """The task in a sentence. `units` gives each unit's names, full and short; case and marks do not matter.

    `held_on` tells past from coming days and gives the likely year; `people` are those who may be in charge.
    """
    said = unicodedata.normalize("NFC", text)
    folded = fold_evenly(said)
    hits = hits_of(folded, units)
    limits = limits_of(folded, held_on)
    leads = tuple(dict.fromkeys(_leading(folded, hits, limits)))
    helpers = tuple(dict.fromkeys(unit for unit in _helping(folded, hits) if unit not in leads))
    unknown = UNKNOWN.search(folded) if not leads else None
    what = PRODUCT.search(folded)
    due, dues = _due(limits)
    asked = [each for each in limits if each.day is None]
    return Cue(
        leads=leads,
        cooperating=helpers,
        due_on=due,
        likely_due=next((each.likely for each in asked if each.likely), None) if due is None and not dues else None,
        dues=dues,
        due_said=said[asked[0].start : asked[0].end].strip() if due is None and not dues and asked else "",
        unknown=said[unknown.start("who") : unknown.end("who")].strip(" ,") if unknown else "",
        leader=_in_charge(folded, people or {}),
        product=said[what.start("what") : what.end("what")].strip() if what and (leads or unknown) else "",
    )


def due_date(folded: str) -> date | None:
    """The day a sentence names as its limit, or None. "Trong tháng 12/2026" means the last day of that month."""
    return _due(limits_of(folded, None))[0]


def _due(limits: Sequence[Limit]) -> tuple[date | None, tuple[date, ...]]:
    """The one day that was said; several only to choose from, unless one of them is said to be the end of the work."""
    days = tuple(dict.fromkeys(each.day for each in limits if each.day))
    ends = {each.day for each in limits if each.day and each.finishes}
    if len(days) == 1:
        return days[0], ()
    if len(ends) == 1:
        return ends.pop(), ()
    return None, days


def _leading(folded: str, hits: Sequence[Hit], limits: Sequence[Limit]) -> Iterator[int]:
    """Who is given something: right behind "giao", before "chủ trì", or at the beginning of a clause that goes on as a duty."""
    for gives in GIVES.finditer(folded):
        behind, end = _listed(folded, hits, gives.end())
        if gives[0].startswith(("chi dao", "de nghi")) and not (LEADS.match(folded[end:].lstrip(" ,")) or limits):
            continue
        yield from behind
    for begin in _clauses(folded):
        start = begin + len(BULLET.match(folded[begin:])[0])  # type: ignore[index]
        units, end = _listed(folded, hits, start)
        if units and (DUTY.match(folded[end:]) or (limits and DEED.match(folded[end:]))):
            yield from units


def _clauses(folded: str) -> Iterator[int]:
    """Where clauses begin."""
    yield 0
    for end in END.finditer(folded):
        if end.end() < len(folded):
            yield end.end()


def _listed(folded: str, hits: Sequence[Hit], start: int) -> tuple[list[int], int]:
    """The units listed from a place on ("A, B và C"), and where the list ends."""
    at = start + len(FILLER.match(folded[start:])[0])  # type: ignore[index]
    found: list[int] = []
    end = start
    by_start = {hit.start: hit for hit in hits}
    while (hit := by_start.get(at)) is not None:
        if found and HELPS.match(folded[hit.end :]):
            break  # "A chủ trì, B phối hợp"
        found.append(hit.unit)
        end = hit.end
        joint = AND.match(folded[end:])
        if joint is None:
            break
        at = end + joint.end()
        at += len(FILLER.match(folded[at:])[0])  # type: ignore[index]
    return found, end


def _helping(folded: str, hits: Sequence[Hit]) -> Iterator[int]:
    """Who helps: named behind "phối hợp với", or before "phối hợp" when somebody else leads."""
    for word in WITH.finditer(folded):
        end = END.search(folded, word.end())
        stop = min(
            end.start() if end else len(folded), *(hit.start() for hit in WITH_ENDS.finditer(folded, word.end())), len(folded)
        )
        yield from (hit.unit for hit in hits if word.end() <= hit.start < stop)
    led = LEADS.search(folded)
    if led is None:
        return
    for hit in hits:
        if hit.start > led.end():
            units, last = _run(folded, hits, hit)
            if HELPS.match(folded[last:]) and not WITH.search(folded[led.end() : hit.start]):
                yield from units


def _run(folded: str, hits: Sequence[Hit], first: Hit) -> tuple[list[int], int]:
    """The units listed from one on, without looking what follows the last."""
    found, end = [first.unit], first.end
    for hit in hits:
        if hit.start > end and AND.fullmatch(folded[end : hit.start]):
            found.append(hit.unit)
            end = hit.end
    return found, end


def _in_charge(folded: str, people: Mapping[int, str]) -> int | None:
    """The one person named whom the sentence puts in charge."""
    if not IN_CHARGE.search(folded):
        return None
    named = [person for person, name in people.items() if name and re.search(rf"(?<!\w){re.escape(fold(name))}(?!\w)", folded)]
    return named[0] if len(named) == 1 else None
