"""Rules of signing and correcting minutes. Pure.

Who signs is a rule of each kind of meeting: the Chánh Văn phòng alone (UBND: NĐ 315/2025/NĐ-CP, Điều 25.7a), the secretary and
then who presided (NĐ 30/2020/NĐ-CP, Phụ lục III, mẫu 1.9: secretary left, chair right), or who presided alone.
"""

import difflib
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from meeting.errors import N_, Refused, declare
from meeting.organization.symbols import CLERK
from meeting.permissions import Role

Signer = Literal["chief", "secretary", "chair"]

declare(
    {
        "minutes_secretary_first": N_("The secretary signs these minutes first."),
        "minutes_secretary_signed": N_("The secretary has signed. Now the person who presided signs."),
        "minutes_two_people": N_("Secretary and presiding person are two people: you have signed as secretary."),
        "minutes_by_secretary_and_chair": N_("These minutes are signed by the secretary and by the person who presided."),
        "minutes_not_signed": N_("The minutes are not signed yet: they can simply be edited."),
        "minutes_correcting": N_("A correction of these minutes is being written already."),
        "minutes_no_correction": N_("No correction of these minutes is being written."),
        "minutes_correction_same": N_("Nothing was changed since the minutes were signed. Leave the correction instead."),
        "minutes_version_unknown": N_("This version of the minutes does not exist. Open the page again."),
    }
)


def next_signer(signers: str, *, secretary_signed: bool) -> Signer:
    """Whose signature the minutes need next."""
    if signers == "chief":
        return "chief"
    return "secretary" if signers == "both" and not secretary_signed else "chair"


def check_signs(signers: str, hats: Collection[Role], *, secretary_signed: bool, same_person: bool) -> Signer:
    """The office in which somebody signs now.

    Refused: `signed_by_chief`, `signed_by_chair`, `minutes_by_secretary_and_chair`; where two sign `minutes_secretary_first`,
    `minutes_secretary_signed`, `minutes_two_people`.
    """
    wanted = next_signer(signers, secretary_signed=secretary_signed)
    if signers != "both":
        if Role(wanted) not in hats:
            raise Refused(f"signed_by_{wanted}")
        return wanted
    if wanted == "chair" and same_person:
        raise Refused("minutes_two_people")
    if Role(wanted) in hats:
        return wanted
    if not {Role.CHAIR, Role.SECRETARY} & set(hats):
        raise Refused("minutes_by_secretary_and_chair")
    raise Refused("minutes_secretary_first" if wanted == "secretary" else "minutes_secretary_signed")


def may_sign(signers: str, hats: Collection[Role], *, secretary_signed: bool, same_person: bool) -> bool:
    """The same as a question, for buttons."""
    try:
        check_signs(signers, hats, secretary_signed=secretary_signed, same_person=same_person)
    except Refused:
        return False
    return True


def needs_number(signs_as: str, numbering: str, numbered: bool) -> bool:
    """Whether this signature needs a number from the clerk's register: the last one, on minutes that have none yet."""
    return signs_as in ("chief", "chair") and numbering == CLERK and not numbered


def minutes_lines(signers: str, body_kind: str, sitting: str = "", authority: str = "") -> list[str]:
    """What stands above the last signature.

    UBND: the Chánh Văn phòng confirms them (NĐ 315/2025, Điều 25.7a). Elsewhere who presided (NĐ 30/2020, mẫu 1.9: chủ tọa); a Tổ
    that sat by itself: its head. `authority`: the lines of the body's form, which go before these; not over the head of a Tổ.
    """
    if sitting == "group" and signers != "chief":
        return ["TỔ TRƯỞNG"]
    if written := [line.strip() for line in authority.splitlines() if line.strip()]:
        return written
    if signers == "chief":
        return ["CHÁNH VĂN PHÒNG"]
    return ["CHỦ TRÌ"] if body_kind == "party" else ["CHỦ TỌA"]


def check_opens(state: str, correcting: str, reason: str) -> None:
    """Whether a correction may begin. Refused: `minutes_not_signed`, `minutes_correcting`, `reason_needed`."""
    if state != "signed":
        raise Refused("minutes_not_signed")
    if correcting:
        raise Refused("minutes_correcting")
    if not reason.strip():
        raise Refused("reason_needed")


# ---- what changed, word by word ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Piece:
    """Words that stayed, went or came."""

    kind: Literal["same", "gone", "new"]
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph with changes; those without any are not told."""

    pieces: tuple[Piece, ...]


def changed_paragraphs(before: str, after: str) -> list[Paragraph]:
    """The paragraphs that differ between two texts, in order, with their changes by words."""
    old, new = before.split("\n"), after.split("\n")
    told: list[Paragraph] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        gone, came = old[a:b], new[c:d]
        paired = min(len(gone), len(came))
        told += [_compared(one, other) for one, other in zip(gone[:paired], came[:paired], strict=True)]
        told += [Paragraph((Piece("gone", line),)) for line in gone[paired:] if line.strip()]
        told += [Paragraph((Piece("new", line),)) for line in came[paired:] if line.strip()]
    return told


def _compared(before: str, after: str) -> Paragraph:
    old, new = _words(before), _words(after)
    pieces: list[Piece] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(old[a:b])))
            continue
        if b > a:
            pieces.append(Piece("gone", "".join(old[a:b])))
        if d > c:
            pieces.append(Piece("new", "".join(new[c:d])))
    return Paragraph(tuple(pieces))


def _words(text: str) -> list[str]:
    """Words and the spaces between them, so that they can be put together again."""
    return re.findall(r"\s+|[^\s]+", text)
