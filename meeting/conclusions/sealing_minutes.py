"""The door at which minutes are signed with a key: the secretary first where two sign, then who presided, or one alone.

The page is laid out when the first of them signs; number and date stay open and are filled in when the minutes have their number.
"""

from flask import Response

from meeting.clock import today
from meeting.conclusions import minutes_queries, minutes_rules, queries, sealing
from meeting.conclusions.course import check_signable
from meeting.conclusions.minutes_sheets import laid_out_minutes
from meeting.conclusions.models import Minutes, MinutesVersion
from meeting.conclusions.rules import MINUTES
from meeting.conclusions.sealing import Proven
from meeting.conclusions.sealing_doors import file_path_of, signed_with, signing_time, warnings_of
from meeting.errors import Refused
from meeting.organization.numbering import check_number
from meeting.permissions import Actor
from meeting.signing import queries as keys
from meeting.signing import running
from meeting.signing.models import SigningKey
from meeting.signing.views import secret_guarded, secret_of, sent, whole
from meeting.web.api import as_json, form
from meeting.web.doors import actor, session
from meeting.web.sockets import socketio
from meeting.writer import perform


@form(
    "/meetings/<int:meeting_id>/minutes/sign",
    {"key_id": "one's own key", "secret": "its passphrase or PIN", "number": "where the clerk numbers"},
)
def sign_the_minutes(meeting_id: int) -> Response:
    """Signs the minutes with a key of the actor's own: `key_id`, `secret`; `number` where the clerk numbers."""
    who = actor()
    minutes = queries.readable_minutes(session(), who, meeting_id)
    newest = minutes_queries.newest_of(session(), minutes)
    office = _office(who, minutes, newest)
    check_signable(newest.text)
    given = sent()
    number = whole(given, "number")
    if office != "secretary" and minutes.number is None:
        check_number(session(), minutes.meeting.body, MINUTES, today(), number)
    key = keys.usable(session(), who, whole(given, "key_id") or 0, None)
    step = "second" if office == "secretary" else "sign"
    with secret_guarded(who):
        file_id, facts = _signed(minutes, newest, key, secret_of(given), step, who)
    proven = Proven("minutes", minutes.id, who.account_id, step, "key", file_id, {**facts, "version": newest.version})
    done = perform(who, "conclusions.sign_minutes", {"meeting_id": meeting_id, "number": number, "ticket": sealing.prove(proven)})
    return as_json({"ok": True, **done, "file_id": file_id, "warnings": warnings_of(facts, who.name)})


def _office(who: Actor, minutes: Minutes, newest: MinutesVersion) -> minutes_rules.Signer:
    """As whom the actor signs now. Refused as the act refuses; `minutes_marked_before` after a signature without a key."""
    if minutes.state == "signed" and not minutes.correcting:
        raise Refused("minutes_signed")
    first = newest.second_signed_at is not None
    same = first and newest.second_signed_by_id == who.person_id
    hats = minutes.meeting.hats_of(who, session())
    office = minutes_rules.check_signs(minutes.meeting.book.minutes_signers, hats, secretary_signed=first, same_person=same)
    if first and minutes.signed_file_id is None:
        raise Refused("minutes_marked_before")
    return office


def _signed(
    minutes: Minutes, newest: MinutesVersion, key: SigningKey, secret: str, step: str, who: Actor
) -> tuple[int, dict[str, object]]:
    field = "second_signature" if step == "second" else "signature"
    wanted = {"field": field, "shown": [f"Ký bởi: {who.name}", signing_time()]}
    name = f"bien-ban-{minutes.meeting_id}.pdf"
    if newest.second_signed_at is not None:
        return signed_with(key, secret, file_path_of(minutes.signed_file_id), wanted, name)
    layout, sheet = laid_out_minutes(session(), minutes)
    with running.workbench() as target:
        running.work("set_out", target, {"layout": layout, "sheet": sheet, "sealed": False}, socketio.sleep)
        return signed_with(key, secret, str(target), wanted, name)
