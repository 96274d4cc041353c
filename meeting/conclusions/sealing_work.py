"""Signing and sealing a document with a key: run the signing process, keep the file, then act. Doors and the demo do it by these.

Secrets go to the process by a pipe and are forgotten; no act, no record and no stored answer sees them.
"""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from meeting.clock import local, now
from meeting.conclusions import life_queries, sealing
from meeting.conclusions.models import Instrument
from meeting.conclusions.rules import NoticeState, step
from meeting.conclusions.sealing import Proven
from meeting.conclusions.sealing_acts import check_sealable
from meeting.conclusions.sealing_views import document_for_signing
from meeting.conclusions.signing_rules import check_signs
from meeting.documents import made, store
from meeting.documents.models import File
from meeting.errors import Forbidden, Refused
from meeting.organization.symbols import number_text
from meeting.permissions import Action, Actor, allows
from meeting.signing import queries, rules, running
from meeting.signing.models import SigningKey
from meeting.signing.running import Breathe
from meeting.writer import perform


def _unguarded(_who: Actor) -> AbstractContextManager[None]:
    return nullcontext()


@dataclass(frozen=True)
class Hand:
    """Whose hand signs and what it sees; how it waits for the signing process, and what counts wrong secrets meanwhile."""

    who: Actor
    session: Session
    breathe: Breathe = time.sleep
    guard: Callable[[Actor], AbstractContextManager[None]] = _unguarded
    at: datetime | None = None  # another time than now stands in the signature: for the demo's past only


@dataclass(frozen=True)
class Signed:
    """What became of it: the act's answer, the file, what is recorded of its signatures, and who was to sign."""

    answer: dict[str, Any]
    file_id: int
    facts: dict[str, Any]
    full_name: str = ""


def sign_notice(hand: Hand, notice_id: int, key_id: int, secret: str) -> Signed:
    """Signs the approved document with a key of the actor's own. Number and date stay open under it."""
    who = hand.who
    document = document_for_signing(hand.session, who, notice_id)
    named = life_queries.signer_of(hand.session, document)
    signing = life_queries.signing_for(hand.session, document)
    check_signs(signing, document.meeting.hats_of(who, hand.session), who.person_id, named.called if named else "")
    step("sign", NoticeState(document.state))
    key = queries.usable(hand.session, who, key_id, None)
    shown = [f"Ký bởi: {named.full_name if named else who.name}", signing_time()]
    laid_out_id = document.laid_out_id
    source = path_of(hand.session, laid_out_id)
    with hand.guard(who):
        file_id, facts = signed_with(hand, key, secret, source, {"field": "signature", "shown": shown}, name_of(document))
    ticket = sealing.prove(Proven("notice", document.id, who.account_id, "sign", "key", file_id, facts, laid_out_id))
    done = perform(who, "conclusions.sign", {"notice_id": document.id, "ticket": ticket})
    return Signed(done, file_id, facts, named.full_name if named else "")


def seal_notice(hand: Hand, notice_id: int, key_id: int, secret: str) -> Signed:
    """Fills number and date into their fields and locks the document by the body's signature."""
    who = hand.who
    document = document_for_signing(hand.session, who, notice_id)
    if not allows(Action.ISSUE_CONCLUSIONS, document.hats_of(who, hand.session)):
        raise Forbidden()
    check_sealable(document)
    body = document.meeting.body
    key = queries.usable(hand.session, who, key_id, body.id)
    assert document.number is not None
    assert document.issued_on is not None
    values = {"number": number_text(document.number.number), **rules.date_parts(document.issued_on)}
    wanted = {"field": "seal", "values": values, "shown": [f"Cơ quan: {body.name}", signing_time()]}
    source = path_of(hand.session, document.signed_file_id)
    with hand.guard(who):
        file_id, facts = signed_with(hand, key, secret, source, wanted, name_of(document))
    ticket = sealing.prove(Proven("notice", document.id, who.account_id, "lock", "key", file_id, facts))
    done = perform(who, "conclusions.lock", {"notice_id": document.id, "ticket": ticket})
    return Signed(done, file_id, facts)


def signed_with(
    hand: Hand, key: SigningKey, secret: str, source: str, wanted: dict[str, Any], name: str
) -> tuple[int, dict[str, Any]]:
    """Lets the signing process sign, and keeps what it made: the file, and what is recorded of it."""
    asked = {"source": source, "key": queries.as_wanted(key), "secret": secret, "fingerprint": key.fingerprint, **wanted}
    if hand.at is not None:
        asked["at"] = hand.at.isoformat()
    with running.workbench() as target:
        told = running.work("sign", target, asked, hand.breathe)
        file_id = made.keep(target.read_bytes(), name)
    return file_id, told_of(told["signatures"])


def signing_time() -> str:
    """The time as the look of a signature has it, with its zone (NĐ 30/2020, Phụ lục I; ISO 8601)."""
    moment = local(now())
    return f"Thời gian ký: {moment:%d/%m/%Y %H:%M:%S} {moment.isoformat()[-6:]}"


def path_of(session: Session, file_id: int | None) -> str:
    """Where a kept file lies. Refused: `laid_out_soon`."""
    file = session.get(File, file_id) if file_id is not None else None
    if file is None:
        raise Refused("laid_out_soon")
    return str(store.file_path(file.sha256))


def name_of(document: Instrument) -> str:
    """What the file of a document is called."""
    symbol = document.number.symbol if document.number else f"{document.kind}-{document.id}"
    return f"{symbol}.pdf".replace("/", "-")


def told_of(signatures: list[dict[str, Any]]) -> dict[str, Any]:
    """What is recorded of the signatures: public facts of certificates."""
    names = ("name", "issuer", "fingerprint", "signed_at", "trusted")
    return {"certificates": [{name: each[name] for name in names} for each in signatures if each["kind"] == "signature"]}
