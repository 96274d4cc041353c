"""Pure rules of what a later document may do to an earlier one: correct it, replace it, withdraw it.

Nothing issued is ever changed: a new document names the old one, and takes effect on it when it is issued itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from meeting.errors import N_, Refused, declare

CORRECTS, REPLACES, WITHDRAWS = "corrects", "replaces", "withdraws"
RELATIONS = (CORRECTS, REPLACES, WITHDRAWS)

declare(
    {
        "about_without_relation": N_("Say whether the new document corrects, replaces or withdraws the earlier one."),
        "relation_without_about": N_("Say which earlier document the new one is about."),
        "about_not_issued": N_("Only an issued document can be corrected, replaced or withdrawn; a draft is simply changed."),
        "about_withdrawn": N_("%(symbol)s is withdrawn. Nothing more can be done to it."),
        "about_replaced": N_("%(symbol)s is replaced by a later document. Deal with that one."),
        "about_other_body": N_("%(symbol)s is a document of another body."),
        "about_other_kind": N_("%(symbol)s is a document of another kind: a notice names a notice, a resolution a resolution."),
        "withdrawal_stays": N_("%(symbol)s withdraws another document; it can be corrected, nothing else. Issue a new document."),
        "relation_pending": N_("Another document that replaces or withdraws %(symbol)s is being made already."),
        "correction_unnamed": N_("Say what is corrected."),
        "withdrawal_reason_needed": N_("Say why the document is withdrawn."),
    }
)


@dataclass(frozen=True)
class Standing:
    """An earlier document as the rules see it."""

    symbol: str
    body_id: int
    family: str
    state: str = "issued"
    relation: str = ""
    corrected: bool = False
    replaced: bool = False
    withdrawn: bool = False

    @property
    def word(self) -> str:
        """How it stands: draft, in_force, corrected, replaced, withdrawn. The gravest holds."""
        if self.state != "issued":
            return "draft"
        if self.withdrawn:
            return "withdrawn"
        if self.replaced:
            return "replaced"
        return "corrected" if self.corrected else "in_force"


def check_named(relation: str, about: object | None) -> None:
    """Both or neither. Refused: `about_without_relation`, `relation_without_about`."""
    if about is not None and not relation:
        raise Refused("about_without_relation")
    if relation and about is None:
        raise Refused("relation_without_about")


def check_reason(relation: str, reason: str) -> None:
    """A correction names what is corrected (`correction_unnamed`), a withdrawal says why (`withdrawal_reason_needed`)."""
    if reason.strip():
        return
    if relation == CORRECTS:
        raise Refused("correction_unnamed")
    if relation == WITHDRAWS:
        raise Refused("withdrawal_reason_needed")


def check_about(relation: str, old: Standing, body_id: int, family: str, pending: Iterable[str] = ()) -> None:
    """Whether a document may do this to the earlier one; asked at the draft, and again when it takes effect.

    `pending` are the relations of other documents about the same one that are not issued yet. Refused: `about_not_issued`,
    `about_other_body`, `about_other_kind`, `about_withdrawn`, `about_replaced`, `withdrawal_stays`, `relation_pending`.
    """
    symbol = old.symbol
    if old.state != "issued":
        raise Refused("about_not_issued")
    if old.body_id != body_id:
        raise Refused("about_other_body", symbol=symbol)
    if old.family != family:
        raise Refused("about_other_kind", symbol=symbol)
    if old.withdrawn:
        raise Refused("about_withdrawn", symbol=symbol)
    if old.replaced:
        raise Refused("about_replaced", symbol=symbol)
    if old.relation == WITHDRAWS and relation != CORRECTS:
        raise Refused("withdrawal_stays", symbol=symbol)
    if relation != CORRECTS and any(each != CORRECTS for each in pending):
        raise Refused("relation_pending", symbol=symbol)


def may_relate(old: Standing, pending: Iterable[str] = ()) -> tuple[str, ...]:
    """What a new document could do to this one now; for the buttons."""
    waiting = tuple(pending)

    def allowed(relation: str) -> bool:
        try:
            check_about(relation, old, old.body_id, old.family, waiting)
        except Refused:
            return False
        return True

    return tuple(relation for relation in RELATIONS if allowed(relation))


def carried(lines: Iterable[tuple[int, int | None]]) -> Mapping[int, int]:
    """Of the lines of a new document with those they carry on: old line to new line. The first that carries a line counts."""
    found: dict[int, int] = {}
    for new, old in lines:
        if old is not None:
            found.setdefault(old, new)
    return found


def meeting_state(documents: Iterable[Standing], before: str) -> str:
    """How a meeting stands with its conclusions: none_yet, draft, issued, not_required.

    Issued: at least one notice is in force; neither a withdrawal nor a mere correction is one. A meeting whose only notice was
    withdrawn waits again.
    """
    known = list(documents)
    if any(each.word in ("in_force", "corrected", "replaced") and each.relation in ("", REPLACES) for each in known):
        return "issued"
    if any(each.word == "draft" for each in known):
        return "draft"
    return "not_required" if before == "not_required" else "none_yet"
