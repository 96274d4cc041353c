"""Pure rules of who signs a document and what stands above the signature: TM., KT., TL., TUQ.

NĐ 30/2020, Phụ lục I, mục II.7: TM. for a body that decides as one, KT. for a deputy, TL. by order, TUQ. by authority given.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from meeting.conclusions.kinds import DECISION
from meeting.errors import N_, Refused, declare
from meeting.organization.signing import signature_lines, signing_role, without_place
from meeting.permissions import Role

SIGNERS = ("book", "chair", "chief", "person")

declare(
    {
        "signed_by_other": N_("This document is to be signed by %(name)s."),
        "signer_unnamed": N_("Name the person who signs."),
    }
)


@dataclass(frozen=True)
class Signing:
    """Who is to sign: `by` is chair, chief or person, with the person's id where one is named."""

    by: str
    person_id: int | None = None


def signing_of(form_signer: str, named_id: int | None, book_signer: str, family: str) -> Signing:
    """Who signs: the person named on the document, else as the body's form has it, else by the rule book.

    A resolution or decision is the chair's to sign whatever the rule book says of notices (NĐ 315/2025, Điều 15).
    """
    if named_id is not None:
        return Signing("person", named_id)
    if form_signer in ("chair", "chief"):
        return Signing(form_signer)
    if family == DECISION:
        return Signing("chair")
    return Signing("chief" if signing_role(book_signer) is Role.CHIEF else "chair")


def check_signs(signing: Signing, hats: Iterable[Role], actor_id: int, name: str) -> None:
    """Refuses everybody but the one who is to sign: `signed_by_other`, `signed_by_chief`, `signed_by_chair`."""
    if signing.by == "person":
        if actor_id != signing.person_id:
            raise Refused("signed_by_other", name=name)
        return
    role = Role.CHIEF if signing.by == "chief" else Role.CHAIR
    if role not in set(hats):
        raise Refused(f"signed_by_{role.value}")


def may_sign(signing: Signing, hats: Iterable[Role], actor_id: int) -> bool:
    """The same as a question; for buttons."""
    try:
        check_signs(signing, hats, actor_id, "")
    except Refused:
        return False
    return True


def block_lines(signing: Signing, body_kind: str, body_name: str, office: str, authority: str = "") -> list[str]:
    """Authority and office above the signature, in capitals. What somebody wrote goes before what the rules give."""
    if written := [line.strip() for line in authority.splitlines() if line.strip()]:
        return written
    if signing.by != "person":
        return signature_lines(signing.by, body_kind, body_name, office)
    return _of_person(body_kind, body_name, office)


def _of_person(body_kind: str, body_name: str, office: str) -> list[str]:
    """Of somebody named: head or deputy of the body as usual; the Chánh Văn phòng by order; anybody else by authority given."""
    spoken = office.casefold()
    if spoken.startswith(("chủ tịch", "bí thư", "phó chủ tịch", "phó bí thư")):
        return signature_lines("chair", body_kind, body_name, office)
    party = body_kind == "party"
    head = "BAN THƯỜNG VỤ" if party else "CHỦ TỊCH"
    order, given = ("T/L", "T/UQ") if party else ("TL.", "TUQ.")
    if spoken.startswith(("chánh văn phòng", "phó chánh văn phòng")):
        lines = [f"{order} {head}", "CHÁNH VĂN PHÒNG"]
        return [lines[0], "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"] if spoken.startswith("phó") else lines
    return [f"{given} {head}", office.upper()] if office else [f"TM. {without_place(body_name).upper()}"]


def block_sentence(lines: Iterable[str], name: str, unknown: str) -> str:
    """The block in one line, for the page of forms: "TL. CHỦ TỊCH / CHÁNH VĂN PHÒNG / Nguyễn Văn A"."""
    return " / ".join([*lines, name or unknown])
