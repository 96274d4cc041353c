"""The pages of people: the list, one person, the import and the export. Parse, ask one query, render."""

from typing import Any

from flask import Blueprint, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from meeting import clock
from meeting.asyncmode import run_blocking
from meeting.errors import Missing, Refused
from meeting.organization import exporting, passwords, queries, rules, sign_in_queries, wording
from meeting.organization.duties import OF_PERSON, duties
from meeting.organization.reach import UNIT_GIVES, is_beyond_unit, units_within
from meeting.organization.rights import rights_given
from meeting.organization.rows import read_rows
from meeting.permissions import INSTALLATION, Action, Role, allows
from meeting.web import doors
from meeting.web.doors import actor, page, session
from meeting.writer import perform

organization = Blueprint("organization", __name__)


def number(name: str) -> int | None:
    """A whole number of the address; None when it is none."""
    raw = request.args.get(name, "")
    return int(raw) if raw.isdecimal() and len(raw) < 18 else None


def manages() -> bool:
    """Whether the reader administers everybody."""
    return allows(Action.MANAGE_PEOPLE, INSTALLATION.hats_of(actor(), session()))


def lists() -> dict[str, Any]:
    """What the forms of these pages offer, as far as the reader reaches."""
    within = units_within(session(), actor())
    units = [unit for unit in queries.units(session()) if within is None or unit.id in within]
    whole = within is None
    theirs = actor().bodies_as(Role.UNIT_ADMIN)
    bodies = [body for body in queries.bodies(session()) if whole or body.id in theirs]
    roles = [role for role in rules.BODY_ROLES if whole or role in UNIT_GIVES]
    return {
        "manages": whole,
        "every_body": {body.id: body.short_name for body in queries.every_body(session())},
        "bodies": bodies,
        "body_names": {body.id: body.short_name for body in bodies},
        "body_choices": [(body.id, body.short_name) for body in bodies],
        "units": units,
        "unit_choices": [(unit.id, unit.name) for unit in units],
        "roles": rules.BODY_ROLES,
        "role_labels": wording.ROLE_LABELS,
        "role_tones": wording.ROLE_TONES,
        "role_choices": [(role.value, gettext(wording.ROLE_LABELS[role])) for role in roles],
        "foremost": wording.foremost,
    }


def _body_tabs(words: str, body_id: int | None, everybody: list[queries.Listed]) -> list[tuple[str, str, bool, int]]:
    return [
        (
            body.short_name,
            url_for("organization.people", q=words or None, body=body.id),
            body.id == body_id,
            sum(any(held.id == body.id for held, _ in row.roles) for row in everybody),
        )
        for body in queries.bodies(session())
    ]


@organization.get("/people")
def people() -> str:
    """Who may do what in which body; one person beside the list."""
    who, words = actor(), request.args.get("q", "")
    found = queries.people(session(), who, words, number("body"), number("unit"))
    retired = request.args.get("retired") == "1"
    shown = [row for row in found if (row.person.retired_on is not None) == retired]
    everybody = [row for row in queries.people(session(), who) if row.person.retired_on is None]
    chosen = number("person") or (shown[0].person.id if shown else None)
    return page(
        "organization/people.html",
        shown=shown,
        everybody=everybody,
        words=words,
        retired=retired,
        body_id=number("body"),
        bodies_tabs=_body_tabs(words, number("body"), everybody),
        **_person(chosen),
        **lists(),
    )


def _person(person_id: int | None) -> dict[str, Any]:
    if person_id is None:
        return {"chosen": None}
    who = actor()
    chosen = queries.listed(session(), who, person_id)
    wanted = sign_in_queries.Wanted(username=chosen.account.username if chosen.account else "")
    journal = sign_in_queries.sign_ins(session(), who, wanted, 4) if wanted.username and who.is_admin else []
    return {
        "chosen": chosen,
        "sign_ins": journal,
        "sees_sign_ins": who.is_admin,
        "may_manage": manages() or not is_beyond_unit(session(), person_id),
    }


def _whole_person(person_id: int) -> dict[str, Any]:
    """Everything on a person's page: the terms of roles, the extra rights, what is still open."""
    return {
        **_person(person_id),
        "memberships": queries.memberships(session(), actor(), person_id),
        "today": clock.today(),
        "rights": rights_given(session(), person_id, clock.today()),
        "right_labels": wording.RIGHT_LABELS,
        "right_groups": wording.RIGHT_GROUPS,
        "may_give": allows(Action.GIVE_RIGHTS, INSTALLATION.hats_of(actor(), session())) and person_id != actor().person_id,
        "open_duties": duties(OF_PERSON, session(), person_id),
        "unit_gives": UNIT_GIVES,
    }


@organization.get("/people/new")
def new_person() -> str:
    """One more person on file."""
    queries.demand(session(), actor(), Action.MANAGE_UNIT)
    return page("organization/person.html", chosen=None, **lists())


@organization.get("/people/<int:person_id>")
def person(person_id: int) -> str:
    """A person: what is on file, the roles with their terms, the account."""
    return page("organization/person.html", **_whole_person(person_id), **lists())


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
        return page("organization/import.html", rows=None, **lists())
    sent = request.files.get("file")
    try:
        rows = read_rows(sent.read() if sent else b"", sent.filename or "" if sent else "")
        update = request.form.get("update") == "1"
        found = perform(actor(), "organization.import_people", {"rows": rows, "dry_run": True, "update": update})
    except Refused as refused:
        return page("organization/import.html", rows=None, error=doors.say(refused.code, refused.facts), **lists())
    name = sent.filename if sent else ""
    return page("organization/import.html", rows=rows, found=found, update=update, file_name=name, say=doors.say)


@organization.get("/people/import/sample.csv")
def import_sample() -> Response:
    """A list to start from, as Excel opens it."""
    heading = "Họ và tên;Tên đăng nhập;Xưng hô;Chức vụ;Đơn vị;Thư điện tử;Điện thoại;Cơ quan;Vai trò"
    example = "Nguyễn Thị Ví Dụ;du.ntv;Bà;Chuyên viên;;du.ntv@example.org;024 3872 0000;;"
    body = f"\ufeff{heading}\r\n{example}\r\n"
    name = "danh-sach-nguoi-dung.csv"
    return Response(body, mimetype="text/csv", headers={"Content-Disposition": f"attachment; filename={name}"})


@organization.get("/people/export.<kind>")
def export_people(kind: str) -> Response:
    """The people one administers, as a list that can be imported again."""
    found = exporting.people_table(session(), actor(), request.args.get("q", ""), number("body"), number("unit"))
    return table_file(found, kind, "nguoi-dung", "Người dùng")


@organization.get("/units/export.<kind>")
def export_units(kind: str) -> Response:
    """The units with their places, as a list that can be imported again."""
    return table_file(exporting.units_table(session(), actor()), kind, "don-vi", "Đơn vị")


def table_file(table: exporting.Table, kind: str, name: str, title: str) -> Response:
    """A table to take away, as CSV or XLSX; other kinds do not exist."""
    if kind not in exporting.FORMATS:
        raise Missing()
    content = exporting.as_csv(table) if kind == "csv" else exporting.as_xlsx(table, title)
    called = f"{name}-{clock.today().isoformat()}.{kind}"
    headers = {"Content-Disposition": f"attachment; filename={called}", "Cache-Control": "no-store"}
    return Response(content, mimetype=exporting.FORMATS[kind], headers=headers)
