"""Rules of signing with keys: which key may be used, what a checked file must show, in what words it is refused."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from meeting.errors import N_, Refused, declare

WARN_BEFORE = timedelta(days=30)  # so long before its end a certificate is named on the page
MOST_FILE_BYTES = 256 * 1024  # of a PKCS#12 file: those of the state's issuers have 5 to 10 KB
LATE_CLOCK = timedelta(minutes=10)  # a signer's machine may be ahead of ours

declare(
    {
        "key_file_unreadable": N_("This is no certificate file (PKCS#12, with the ending .p12 or .pfx)."),
        "key_file_too_large": N_("This file is too large for a certificate."),
        "key_secret_wrong": N_("The passphrase or PIN is wrong, or the file is damaged."),
        "key_without_certificate": N_("The file holds no certificate with its key."),
        "key_cannot_sign": N_("This certificate is not meant for signing documents."),
        "key_expired": N_("The certificate was in force until %(until)s only. Signing needs one that is in force."),
        "key_not_yet": N_("The certificate is in force from %(begins)s on."),
        "key_known": N_("This certificate has been added already."),
        "back_other_signer": N_(
            "The file is signed with a certificate of %(name)s, not of %(wanted)s. If that is theirs, they bring it themselves."
        ),
        "key_other_name": N_("The certificate is made out to %(name)s, the document is to be signed by %(wanted)s."),
        "key_retired": N_("This key was put away. Choose another."),
        "key_gone": N_("The file of this key is not on the server any more. Add it again."),
        "module_not_allowed": N_("The server does not allow this token driver. The administrator names the allowed ones."),
        "token_not_found": N_("No token or no key with this name was found. Is the token plugged into the server?"),
        "token_failed": N_("The token did not answer: %(reason)s"),
        "signing_failed": N_("The file could not be signed. Nothing was changed; please try again."),
        "signing_too_slow": N_("Signing took too long and was stopped. Nothing was changed; please try again."),
        "place_taken": N_("This signature is already in the file."),
        "fields_missing": N_("The file has no fields for number and date, so they cannot be filled in under the signature."),
        "signature_forbids": N_(
            "The signature that is in the file allows no more changes. Give number and date in the tool it was signed with."
        ),
        "back_not_pdf": N_("The file is not a PDF that can be read."),
        "back_too_large": N_("The file is larger than the laid-out paper can become by signatures."),
        "back_not_signed": N_("The file carries no digital signature."),
        "back_broken": N_("The signature in the file does not match its content: the file was changed after it was signed."),
        "back_other_paper": N_("This is another document: its pages are not those of the paper that was approved."),
        "back_other_text": N_("The text on page %(page)s is not the text that was approved."),
        "back_other_look": N_("Page %(page)s does not look like the approved page."),
        "back_covered": N_("Something was laid over the text of page %(page)s."),
        "back_other_number": N_("The file bears the number %(found)s, but the paper has %(wanted)s."),
        "back_other_date": N_("The file bears the date %(found)s, but the paper has %(wanted)s."),
        "back_unnumbered": N_("The file does not bear the number and date of the paper yet."),
        "back_one_signature": N_("The file carries the signer's signature only; the body's is missing."),
        "back_lost_signature": N_("The signature that was given before is not in this file."),
        "back_untrusted": N_("The issuer of the certificate of %(name)s is not among those this server trusts."),
        "back_expired": N_("The certificate of %(name)s was not in force when it signed."),
    }
)


@dataclass(frozen=True)
class KeyFacts:
    """What a certificate says of itself."""

    subject: str
    organisation: str
    issuer: str
    serial: str
    fingerprint: str
    valid_from: datetime
    valid_until: datetime
    practice: bool


def check_in_force(begins: datetime, ends: datetime, now: datetime) -> None:
    """Refuses to sign with a certificate that is not in force: `key_expired`, `key_not_yet`."""
    if now > ends:
        raise Refused("key_expired", until=ends.date().isoformat())
    if now < begins:
        raise Refused("key_not_yet", begins=begins.date().isoformat())


def ends_soon(ends: datetime, now: datetime) -> bool:
    """Whether a certificate that is still in force ends within 30 days."""
    return now <= ends <= now + WARN_BEFORE


def check_signer_name(signatures: Sequence[Mapping[str, Any]], full_name: str) -> None:
    """Somebody else brings back a file only with the signer's own name in its first certificate (`back_other_signer`)."""
    name = str(signatures[0]["name"]) if signatures else ""
    if not same_name(name, full_name):
        raise Refused("back_other_signer", name=name or "?", wanted=full_name)


def same_name(subject: str, full_name: str) -> bool:
    """Whether a certificate is made out to this person; issuers write names in their own ways, so the signer is only warned."""
    return " ".join(full_name.split()).casefold() in " ".join(subject.split()).casefold()


# ---- what a checked file shows ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Wanted:
    """What the paper has by now: its number and date once given, and whose certificates signed it before."""

    number: str = ""
    issued_on: date | None = None
    before: tuple[str, ...] = ()  # fingerprints of certificates in the file that is signed so far


def check_signatures(found: Iterable[Mapping[str, Any]], wanted: Wanted, step: str) -> None:
    """Whether the signatures of a file will do for a step: `sign` (the leader's) or `lock` (the body's after number and date).

    Refused: `back_not_signed`, `back_broken`, `back_lost_signature`, `back_one_signature`.
    """
    signatures = [each for each in found if each["kind"] == "signature"]
    if not signatures:
        raise Refused("back_not_signed")
    if any(not each["sound"] for each in found):
        raise Refused("back_broken")
    prints = [each["fingerprint"] for each in signatures]
    if any(earlier not in prints for earlier in wanted.before):
        raise Refused("back_lost_signature")
    if step == "lock" and len(signatures) < 2:
        raise Refused("back_one_signature")


def check_filled(filled: Mapping[str, str], wanted: Wanted) -> None:
    """Whether number and date in the file are those of the paper: `back_unnumbered`, `back_other_number`, `back_other_date`."""
    if wanted.issued_on is None:
        return
    if not filled.get("number") or not all(filled.get(part) for part in ("day", "month", "year")):
        raise Refused("back_unnumbered")
    if _plain(filled["number"]) != _plain(wanted.number):
        raise Refused("back_other_number", found=filled["number"], wanted=wanted.number)
    day = wanted.issued_on
    shown = [_plain(filled[part]) for part in ("day", "month", "year")]
    if shown != [str(day.day), str(day.month), str(day.year)]:
        written = "/".join(filled[part] for part in ("day", "month", "year"))
        raise Refused("back_other_date", found=written, wanted=day.isoformat())


def _plain(number: str) -> str:
    return number.strip().lstrip("0").casefold()


def date_parts(day: date) -> dict[str, str]:
    """Day, month and year as official papers write them: 0 before days under 10 and months 1 and 2 (NĐ 30/2020)."""
    return {"day": f"{day.day:02d}", "month": f"{day.month:02d}" if day.month < 3 else str(day.month), "year": str(day.year)}


def warnings(found: Iterable[Mapping[str, Any]], *, roots: bool = False) -> list[tuple[str, dict[str, str]]]:
    """What is said beside a file that will do: certificates out of force when they signed; where this server knows `roots`,
    issuers that are not among them."""
    said: list[tuple[str, dict[str, str]]] = []
    for each in found:
        if each["valid_then"] is False:
            said.append(("back_expired", {"name": each["name"]}))
        if roots and not each["trusted"]:
            said.append(("back_untrusted", {"name": each["name"]}))
    return said
