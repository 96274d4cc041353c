"""The doors of digital signatures on documents: sign, seal, bring back. The first two do `sealing_work`; the last checks here.

Secrets come in the body of the request, go to the process by a pipe and are forgotten; no act, no record and no stored answer
sees them.
"""

from pathlib import Path
from typing import Any, BinaryIO, cast

from flask import Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from meeting import config
from meeting.conclusions import life_queries, sealing, sealing_work
from meeting.conclusions.models import Instrument
from meeting.conclusions.rules import NoticeState
from meeting.conclusions.sealing import Proven
from meeting.conclusions.sealing_acts import check_sealable
from meeting.conclusions.sealing_views import document_for_signing
from meeting.conclusions.sealing_work import Hand, name_of, signing_time, told_of
from meeting.documents import made, scanner, store
from meeting.errors import Forbidden, Refused
from meeting.organization.symbols import number_text
from meeting.permissions import Action, Actor, allows
from meeting.signing import roots, rules, running
from meeting.signing.models import SigningKey
from meeting.signing.views import secret_guarded, secret_of, sent, whole
from meeting.web import security
from meeting.web.api import as_json, form
from meeting.web.doors import actor, say, session
from meeting.web.sockets import socketio
from meeting.writer import perform

__all__ = ["file_path_of", "signed_with", "signing_time", "warnings_of"]  # what the door of minutes shares

GROWTH_BYTES = 8 * 1024 * 1024  # so much may signatures, stamps and a tool's own picture add to the laid-out paper


@form("/notices/<int:notice_id>/sign", {"key_id": "one's own key", "secret": "its passphrase or PIN"})
def sign_notice(notice_id: int) -> Response:
    """Signs the approved document with a key of the actor's own: `key_id`, `secret`. Number and date stay open under it."""
    given = sent()
    done = sealing_work.sign_notice(_hand(), notice_id, whole(given, "key_id") or 0, secret_of(given))
    return as_json({"ok": True, **done.answer, "file_id": done.file_id, "warnings": warnings_of(done.facts, done.full_name)})


@form("/notices/<int:notice_id>/seal", {"key_id": "the body's key", "secret": "its passphrase or PIN"})
def seal_notice(notice_id: int) -> Response:
    """Fills number and date into their fields and locks the document by the body's signature: `key_id`, `secret`."""
    given = sent()
    done = sealing_work.seal_notice(_hand(), notice_id, whole(given, "key_id") or 0, secret_of(given))
    return as_json({"ok": True, **done.answer, "warnings": []})


@form("/notices/<int:notice_id>/bring-back", {"file": "the signed PDF"})
def bring_notice_back(notice_id: int) -> Response:
    """Takes a file that was signed with another tool (multipart, `file`), before the number or with it.

    It must be the text that was laid out, page for page, and every signature in it whole.
    """
    who = actor()
    document = _document(who, notice_id)
    turn, laid_out_id = _turn(document), document.laid_out_id
    if turn == "lock" and not allows(Action.ISSUE_CONCLUSIONS, document.hats_of(who, session())):
        raise Forbidden()
    security.limit(security.UPLOADS_PER_ACCOUNT, "upload", str(who.account_id))
    received = _received(_laid_out(document))
    paths = {"source": str(store.file_path(received.sha256)), "laid_out": _laid_out(document)}
    with running.workbench() as target:
        told = running.work("check", target, paths, socketio.sleep)
    wanted = rules.Wanted()
    if turn == "lock":
        assert document.number is not None
        wanted = rules.Wanted(number_text(document.number.number), document.issued_on, _before(document))
    rules.check_signatures(told["signatures"], wanted, turn)
    rules.check_filled(told["filled"], wanted)
    named = life_queries.signer_of(session(), document)
    if turn == "sign" and named is not None and named.id != who.person_id:
        rules.check_signer_name(told["signatures"], named.full_name)
    file_id = int(made.keep_received(received, name_of(document)))
    facts = told_of(told["signatures"])
    ticket = sealing.prove(Proven("notice", document.id, who.account_id, turn, "outside", file_id, facts, laid_out_id))
    done = perform(who, "conclusions.bring_back", {"notice_id": document.id, "ticket": ticket})
    said = [say(code, each) for code, each in rules.warnings(told["signatures"], roots=bool(roots.told()))]
    return as_json({"ok": True, **done, "warnings": [*warnings_of(facts, named.full_name if named else ""), *said]})


def _turn(document: Instrument) -> str:
    """What a file that comes now would stand for. Refused: `back_not_now`, and what `check_sealable` refuses."""
    if document.state == NoticeState.APPROVED:
        return "sign"
    if document.state == NoticeState.NUMBERED:
        check_sealable(document)
        return "lock"
    raise Refused("back_not_now")


def _received(laid_out: str) -> store.Received:
    """The file of this request, on the disk and scanned. Refused: `no_file`, `back_too_large`, `back_not_pdf`, `virus_found`."""
    try:
        came = request.files.get("file")
    except RequestEntityTooLarge:
        raise Refused("back_too_large") from None
    if came is None:
        raise Refused("no_file")
    largest = Path(laid_out).stat().st_size + GROWTH_BYTES
    if (request.content_length or 0) > min(largest, config.settings().max_upload_bytes):
        raise Refused("back_too_large")
    try:
        received = store.take_in(cast(BinaryIO, came.stream), lambda: socketio.sleep(0), scanner.scan)
    except Refused as refused:
        raise (Refused("back_not_pdf") if refused.code.startswith("wrong_kind") else refused) from None
    if received.virus:
        raise Refused("virus_found", virus=received.virus)
    if received.media_type != "application/pdf":
        raise Refused("back_not_pdf")
    return received


# ---- what all doors of signatures share -----------------------------------------------------------------------


def signed_with(key: SigningKey, secret: str, source: str, wanted: dict[str, Any], name: str) -> tuple[int, dict[str, Any]]:
    """Lets the signing process sign, and keeps what it made: the file, and what is recorded of it."""
    return sealing_work.signed_with(_hand(), key, secret, source, wanted, name)


def file_path_of(file_id: int | None) -> str:
    """Where a kept file lies. Refused: `laid_out_soon`."""
    return sealing_work.path_of(session(), file_id)


def _hand() -> Hand:
    return Hand(actor(), session(), socketio.sleep, secret_guarded)


def _document(who: Actor, notice_id: int) -> Instrument:
    return document_for_signing(session(), who, notice_id)


def _laid_out(document: Instrument) -> str:
    return file_path_of(document.laid_out_id)


def _before(document: Instrument) -> tuple[str, ...]:
    """Whose certificates signed the document so far."""
    with running.workbench() as target:
        told = running.work("check", target, {"source": file_path_of(document.signed_file_id)}, socketio.sleep)
    return tuple(each["fingerprint"] for each in told["signatures"])


def warnings_of(facts: dict[str, Any], full_name: str) -> list[str]:
    """What is said of a signature that is good: that it is made out to another name."""
    names = [each["name"] for each in facts["certificates"]]
    if full_name and names and not rules.same_name(names[0], full_name):
        return [say("key_other_name", {"name": names[0], "wanted": full_name})]
    return []
