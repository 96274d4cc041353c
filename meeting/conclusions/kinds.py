"""Pure facts about the kinds of documents a meeting ends in: what they are called, who issues them, where they go."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from meeting.errors import N_, Refused, declare

CONCLUSION, DECISION = "conclusion", "decision"
FAMILIES = (CONCLUSION, DECISION)

#: A resolution of the council goes to the council and committee above within ten days of its adoption. From a secondary text of
#: Luật 77/2015, Điều 86; not read in the law in force: shown as unverified.
SENT_UP_WITHIN_DAYS = 10
SENT_UP_VERIFIED = False


@dataclass(frozen=True)
class Kind:
    """One kind: its abbreviation (NĐ 30/2020, Phụ lục III; HD 36-HD/VPTW), its words, and the bodies that issue it."""

    code: str
    family: str
    label: str  # on screens
    title: str  # over the document
    word: str  # inside a Vietnamese sentence
    bodies: frozenset[str]

    def of_body(self, body_kind: str) -> bool:
        """Whether such a body issues it."""
        return body_kind in self.bodies


_ALL = frozenset({"council", "committee", "party"})

KINDS: Mapping[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind("TB", CONCLUSION, N_("Conclusion notice"), "THÔNG BÁO", "Thông báo", _ALL),
        Kind("KL", CONCLUSION, N_("Conclusion of the Party"), "KẾT LUẬN", "Kết luận", frozenset({"party"})),
        Kind("NQ", DECISION, N_("Resolution"), "NGHỊ QUYẾT", "Nghị quyết", frozenset({"council", "party"})),
        Kind("QĐ", DECISION, N_("Decision"), "QUYẾT ĐỊNH", "Quyết định", _ALL),
    )
}

#: Minutes are no document of a family; but a body keeps their recipients and the lines above their signature in a form too.
MINUTES_FORM = Kind("BB", "minutes", N_("Minutes of the meeting"), "BIÊN BẢN", "Biên bản", _ALL)
FORM_KINDS: Mapping[str, Kind] = {**KINDS, MINUTES_FORM.code: MINUTES_FORM}

declare(
    {
        "kind_unknown": N_("There is no kind of document “%(kind)s”."),
        "kind_of_other_body": N_("%(body)s does not issue documents of the kind %(kind)s."),
    }
)


def kind_of(code: str, body_kind: str, body_name: str, among: Mapping[str, Kind] = KINDS) -> Kind:
    """The kind that is meant. Refused: `kind_unknown`, `kind_of_other_body`."""
    found = among.get(code)
    if found is None:
        raise Refused("kind_unknown", kind=code)
    if not found.of_body(body_kind):
        raise Refused("kind_of_other_body", kind=code, body=body_name)
    return found


def kinds_for(body_kind: str, family: str = "") -> list[Kind]:
    """The kinds a body issues, the usual one of each family first."""
    return [kind for kind in KINDS.values() if kind.of_body(body_kind) and family in ("", kind.family)]


def usual_kind(body_kind: str, family: str) -> Kind:
    """What a body issues where nobody says otherwise: a notice; of the council and the Party a resolution, else a decision."""
    return kinds_for(body_kind, family)[0]


def ends_in_resolutions(body_kind: str) -> bool:
    """Whether what a body adopts is to become a resolution: the council decides by resolution (Luật 72/2025/QH15)."""
    return body_kind == "council"


def sent_up_due_on(code: str, body_kind: str, issued_on: date) -> date | None:
    """By when a resolution of the council goes up; nothing else has to."""
    due = code == "NQ" and body_kind == "council"
    return issued_on + timedelta(days=SENT_UP_WITHIN_DAYS) if due else None


def lacking(items: Iterable[int], decided: Iterable[int | None]) -> list[int]:
    """The items that have no resolution yet, in their order."""
    done = set(decided)
    return [item for item in items if item not in done]
