"""How the facts of a digital signature are said in plain words, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from meeting import clock
from meeting.errors import N_

Sentence = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Words:
    """A headline with its tone (agree, warn, oppose) and the sentences below it, as message ids with facts."""

    tone: str
    headline: str
    sentences: list[Sentence]


HEADLINES = {
    "valid": ("agree", N_("Valid when signed")),
    "not_in_force": ("warn", N_("The certificate was not in force when it was signed")),
    "time_unknown": ("warn", N_("The content is unchanged, but it is not known when it was signed")),
    "added": ("oppose", N_("The content was changed after the signature")),
    "changed": ("oppose", N_("The content was changed after the signature")),
    "unreadable": ("warn", N_("This signature cannot be read")),
}
CONTENT = {
    "changed": N_("The file was changed or saved anew after it was signed: the signature does not match its bytes any more."),
    "added": N_("What was signed is still in the file, but pages or content were changed after it."),
    "unreadable": N_("Whether the content is what was signed cannot be said. The paper itself can be read."),
}
LATER = {
    "none": N_("The content has not changed since it was signed."),
    "archive": N_("Only proofs for keeping it were added after it was signed."),
    "signatures": N_("Only further signatures were added after it was signed."),
    "form": N_("Only fields meant to be filled in were filled in after it was signed."),
    "annotations": N_("Remarks or stamps were laid over the pages after it was signed; the content itself is unchanged."),
}
TIMES = {
    "stamped": N_("The time is from a time stamping service."),
    "claimed": N_("The time is from the signer's own machine."),
}
ISSUERS = {
    "unknown": N_("The organisation that issued the certificate has not been checked: %(issuer)s."),
    "self_signed": N_("The signer made the certificate themselves; nobody vouches for the name."),
}


def words_of(facts: Mapping[str, Any], now: datetime) -> Words:
    """The verdict on one signature: what matters first, then content, certificate, time, issuer. `now` for what has expired."""
    state = facts["state"]
    tone, headline = HEADLINES[_verdict(facts)]
    said: list[Sentence] = [(LATER[facts["later"]] if state == "intact" else CONTENT[state], {})]
    if facts["valid_until"] and facts["valid_from"] and state != "unreadable":
        said += _certificate(facts, now)
    if facts["time"] in TIMES:
        said.append((TIMES[facts["time"]], {}))
    if facts["issuer"]:
        said.append((ISSUERS[facts["trust"]], {"issuer": facts["issuer"]}))
    return Words(tone, headline, said)


def _verdict(facts: Mapping[str, Any]) -> str:
    if facts["state"] != "intact":
        return str(facts["state"])
    if facts["valid_then"] is None:
        return "time_unknown"
    return "valid" if facts["valid_then"] else "not_in_force"


def _certificate(facts: Mapping[str, Any], now: datetime) -> list[Sentence]:
    begins, ends = (datetime.fromisoformat(facts[name]) for name in ("valid_from", "valid_until"))
    span = {"begins": _day(begins), "ends": _day(ends)}
    if facts["valid_then"] is False:
        return [(N_("The certificate is in force from %(begins)s to %(ends)s only."), span)]
    if ends < now:
        return [(N_("The certificate was in force then; it expired on %(ends)s."), span)]
    return [(N_("The certificate is in force until %(ends)s."), span)]


def _day(moment: datetime) -> str:
    return clock.local(moment).strftime("%d/%m/%Y")
