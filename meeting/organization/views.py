"""The administrator's pages and everybody's own: parse, ask one query, render."""

from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask_babel import gettext
from flask_login import login_user
from werkzeug.wrappers import Response

from meeting.asyncmode import run_blocking
from meeting.errors import Refused
from meeting.organization import identity, passwords, queries, rules, wording
from meeting.organization.models import Account
from meeting.organization.rows import read_rows
from meeting.permissions import SYSTEM, Action, Role
from meeting.web import doors
from meeting.web.doors import actor, page, session
from meeting.writer import perform

organization = Blueprint("organization", __name__)


def _number(name: str) -> int | None:
    raw = request.args.get(name, "")
    return int(raw) if raw.isdigit() else None


def _lists() -> dict[str, Any]:
    bodies, units = queries.bodies(session()), queries.units(session())
    return {
        "bodies": bodies,
        "body_names": {body.id: body.short_name for body in bodies},
        "body_choices": [(body.id, body.short_name) for body in bodies],
        "units": units,
        "unit_choices": [(unit.id, unit.name) for unit in units],
        "roles": rules.BODY_ROLES,
        "role_labels": wording.ROLE_LABELS,
        "role_tones": wording.ROLE_TONES,
        "role_choices": [(role.value, gettext(wording.ROLE_LABELS[role])) for role in rules.BODY_ROLES],
        "foremost": wording.foremost,
    }


def _body_tabs(words: str, body_id: int | None) -> list[tuple[str, str, bool, int]]:
    return [
        (
            body.short_name,
            url_for("organization.people", q=words or None, body=body.id),
            body.id == body_id,
            len(queries.members(session(), body.id)),
        )
        for body in queries.bodies(session())
    ]


@organization.get("/people")
def people() -> str:
    """Who may do what in which body; one person beside the list."""
    who, words = actor(), request.args.get("q", "")
    shown = queries.people(session(), who, words, _number("body"), _number("unit"))
    everybody = queries.people(session(), who)
    chosen = _number("person") or (shown[0].person.id if shown else None)
    return page(
        "organization/people.html",
        shown=shown,
        everybody=everybody,
        words=words,
        body_id=_number("body"),
        bodies_tabs=_body_tabs(words, _number("body")),
        **_person(chosen),
        **_lists(),
    )


def _person(person_id: int | None) -> dict[str, Any]:
    if person_id is None:
        return {"chosen": None}
    who = actor()
    chosen = queries.listed(session(), who, person_id)
    username = chosen.account.username if chosen.account else ""
    return {
        "chosen": chosen,
        "memberships": queries.memberships(session(), who, person_id),
        "sign_ins": queries.sign_ins(session(), who, username, 4) if username and who.is_admin else [],
    }


@organization.get("/people/new")
def new_person() -> str:
    """One more person on file."""
    queries.demand(session(), actor(), Action.MANAGE_PEOPLE)
    return page("organization/person.html", chosen=None, memberships=[], **_lists())


@organization.get("/people/<int:person_id>")
def person(person_id: int) -> str:
    """A person: what is on file, the roles with their terms, the account."""
    return page("organization/person.html", **_person(person_id), **_lists())


@organization.post("/people/<int:person_id>/password")
def reset_password(person_id: int) -> str:
    """A new password, shown this once. Made here, so that no act and no stored answer ever holds it."""
    password = passwords.new_password()
    kept = run_blocking(passwords.hashed, password)
    perform(actor(), "organization.reset_password", {"person_id": person_id, "password_hash": kept})
    return page("organization/new_password.html", password=password, **_person(person_id))


@organization.route("/people/import", methods=["GET", "POST"])
def import_people() -> str:
    """A list of people or units: choose the file, see the problems line by line, then import."""
    queries.demand(session(), actor(), Action.MANAGE_PEOPLE)
    if request.method == "GET":
        return page("organization/import.html", rows=None, **_lists())
    sent = request.files.get("file")
    try:
        rows = read_rows(sent.read() if sent else b"", sent.filename or "" if sent else "")
        found = perform(actor(), "organization.import_people", {"rows": rows, "dry_run": True})
    except Refused as refused:
        return page("organization/import.html", rows=None, error=doors.say(refused.code, refused.facts), **_lists())
    return page("organization/import.html", rows=rows, found=found, file_name=sent.filename if sent else "", say=doors.say)


@organization.get("/people/import/sample.csv")
def import_sample() -> Response:
    """A list to start from, as Excel opens it."""
    heading = "Họ và tên;Tên đăng nhập;Xưng hô;Chức vụ;Đơn vị;Thư điện tử;Điện thoại;Cơ quan;Vai trò"
    example = "Nguyễn Thị Ví Dụ;du.ntv;Bà;Chuyên viên;;du.ntv@example.org;024 3872 0000;;"
    body = f"\ufeff{heading}\r\n{example}\r\n"
    name = "danh-sach-nguoi-dung.csv"
    return Response(body, mimetype="text/csv", headers={"Content-Disposition": f"attachment; filename={name}"})


@organization.get("/units")
def units() -> str:
    """The units and how many people each has."""
    everybody = queries.people(session(), actor())
    counts = {unit.id: sum(row.person.unit_id == unit.id for row in everybody) for unit in queries.units(session())}
    return page("organization/units.html", counts=counts, **_lists())


@organization.get("/units/<int:unit_id>")
def unit(unit_id: int) -> str:
    """A unit: its names, and its end."""
    queries.demand(session(), actor(), Action.MANAGE_PEOPLE)
    return page("organization/unit.html", unit=queries.unit_of(session(), unit_id))


@organization.get("/bodies")
def bodies() -> str:
    """The bodies that meet, and who sits in them."""
    queries.demand(session(), actor(), Action.MANAGE_PEOPLE)
    seats = {body.id: queries.members(session(), body.id, Role.MEMBER) for body in queries.bodies(session())}
    kinds = [(kind, gettext(label)) for kind, label in wording.KIND_LABELS.items()]
    labels = wording.KIND_LABELS
    return page("organization/bodies.html", seats=seats, kind_choices=kinds, kind_labels=labels, **_lists())


@organization.get("/sign-ins")
def sign_ins() -> str:
    """Who came in or tried to, and when."""
    username = request.args.get("username", "").strip().lower()
    return page("organization/sign_ins.html", lines=queries.sign_ins(session(), actor(), username), username=username)


@organization.get("/profile")
def profile() -> str:
    """One's own account."""
    return page("organization/profile.html", **_own(), new_token=None)


def _own() -> dict[str, Any]:
    account = session().get_one(Account, actor().account_id)
    return {"account": account, "tokens": queries.tokens(session(), account.id), "sizes": rules.TEXT_SIZES}


@organization.post("/profile/tokens")
def create_token() -> str:
    """A token for another program, shown this once."""
    token, sha256 = identity.new_token()
    name = request.form.get("name", "").strip() or "API"
    perform(actor(), "organization.create_token", {"name": name, "sha256": sha256})
    return page("organization/profile.html", **_own(), new_token=token)


@organization.route("/first/<token>", methods=["GET", "POST"])
@doors.open_to_all
def first(token: str) -> Response | str:
    """The first administrator of an empty system introduces themself at the one-time address."""
    sha256 = identity.hashed(token)
    if not queries.first_address_holds(session(), sha256):
        raise Refused("first_used")
    if request.method == "GET":
        return page("organization/first.html", token=token, form={}, error="")
    try:
        return _become_first(sha256)
    except Refused as refused:
        sentence = doors.say(refused.code, refused.facts)
        return page("organization/first.html", token=token, form=request.form, error=sentence)


def _become_first(sha256: str) -> Response:
    name, username = request.form.get("full_name", ""), request.form.get("username", "").lower()
    password = request.form.get("password", "")
    rules.check_password(password, username, name)
    wanted = {
        "address_sha256": sha256,
        "full_name": name,
        "username": username,
        "password_hash": run_blocking(passwords.hashed, password),
    }
    perform(SYSTEM, "organization.become_first_administrator", wanted)
    doors.close_session()
    who = identity.by_password(username, password, request.remote_addr or "")
    if who is not None:
        login_user(doors.SignedIn(who))
    return redirect("/people")
