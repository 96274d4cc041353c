"""The pages of the second step: at the door, and under "My account". Recovery codes are made here and shown once."""

from typing import Any

import segno
from flask import Blueprint, make_response, redirect, request, url_for
from werkzeug.wrappers import Response

from meeting.database import reading
from meeting.entrance import coming, queries, rules, sealing
from meeting.errors import Refused
from meeting.organization.models import Account
from meeting.permissions import Actor
from meeting.web import doors, frame
from meeting.web.doors import actor, page, session
from meeting.writer import perform

entrance = Blueprint("entrance", __name__)
Shown = Response | str | tuple[str, int]


def _said(refused: Refused) -> str:
    return doors.say(refused.code, refused.facts)


def _offered(who: Actor) -> dict[str, Any]:
    """The secret that waits to be confirmed, as a picture and as letters."""
    with reading() as store:
        row = queries.step_of(store, who.account_id)
        account = store.get_one(Account, who.account_id)
        if row is None or not row.offered:
            return {"picture": "", "letters": "", "username": account.username}
        secret, username = sealing.unseal(row.offered), account.username
    place = frame.Frame(None).place or "Họp không giấy"
    picture = segno.make(rules.address_of(secret, username, place), error="m").svg_data_uri(scale=5, border=3)
    return {"picture": picture, "letters": rules.in_fours(secret), "username": username}


@entrance.route("/sign-in/second", methods=["GET", "POST"])
@doors.open_to_all
def second_step() -> Shown:
    """One large field: the code of the application, or a recovery code."""
    try:
        found = coming.halfway()
    except Refused:
        return redirect(url_for("web.sign_in", why="second_step_expired"))
    if request.method == "GET":
        return page("entrance/second_step.html", name=found.actor.name, error="")
    try:
        coming.take(found, request.form.get("code", ""))
    except Refused as refused:
        return page("entrance/second_step.html", name=found.actor.name, error=_said(refused)), refused.status
    answer = coming.let_in(found)
    if request.form.get("remember"):
        coming.remember(answer, found.actor)
    return answer


@entrance.route("/sign-in/enrol", methods=["GET", "POST"])
@doors.open_to_all
def enrol() -> Shown:
    """Where a role needs the second step and there is none yet: set up before anything else."""
    try:
        found = coming.halfway()
    except Refused:
        return redirect(url_for("web.sign_in", why="second_step_expired"))
    if request.method == "GET":
        return page("entrance/enrol.html", error="", **_offered(found.actor))
    try:
        codes = _confirmed(found.actor)
    except Refused as refused:
        return page("entrance/enrol.html", error=_said(refused), **_offered(found.actor)), refused.status
    shown = page("entrance/first_codes.html", codes=codes, next=found.next)
    return coming.let_in(found, make_response(shown))


def _confirmed(who: Actor) -> list[str]:
    codes = rules.new_recovery_codes()
    given = {name: request.form.get(name, "") for name in ("code", "before")}
    wanted = {**given, "recovery": [sealing.digest(code) for code in codes]}
    with coming.tries(who):
        perform(who, "entrance.confirm_second_step", wanted)
    return codes


@entrance.get("/profile/second-step")
def own() -> str:
    """One's own second step: set up, move to another telephone, recovery codes, switch off."""
    return _own_page()


def _own_page(error: str = "", codes: list[str] | None = None) -> str:
    who = actor()
    row = queries.confirmed(session(), who.account_id)
    hats = {role for _body, role in who.roles}
    return page(
        "entrance/own.html",
        error=error,
        codes=codes,
        since=row.confirmed_at if row else None,
        left=queries.codes_left(session(), who.account_id),
        needed=queries.must_have(session(), who),
        recommended=rules.concerns(hats, who.is_admin),
        **_offered(who),
    )


@entrance.post("/profile/second-step/confirm")
def confirm() -> Shown:
    """The first code of a new secret; the recovery codes are shown, this once."""
    try:
        codes = _confirmed(actor())
    except Refused as refused:
        return _own_page(_said(refused)), refused.status
    doors.close_session()
    return _own_page(codes=codes)


@entrance.post("/profile/second-step/codes")
def renew() -> Shown:
    """Ten new recovery codes, shown this once."""
    codes = rules.new_recovery_codes()
    wanted = {"code": request.form.get("code", ""), "recovery": [sealing.digest(code) for code in codes]}
    return _with_code("entrance.renew_recovery_codes", wanted, codes)


@entrance.post("/profile/second-step/off")
def drop() -> Shown:
    """No second step any more."""
    return _with_code("entrance.drop_second_step", {"code": request.form.get("code", "")}, None)


def _with_code(act: str, wanted: dict[str, Any], codes: list[str] | None) -> Shown:
    try:
        with coming.tries(actor()):
            perform(actor(), act, wanted)
    except Refused as refused:
        return _own_page(_said(refused)), refused.status
    doors.close_session()
    return _own_page(codes=codes)
