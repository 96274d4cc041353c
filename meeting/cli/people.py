"""Commands on people: user create, token create, import people, import register."""

from pathlib import Path
from typing import Any

import click
from sqlalchemy import select

from meeting.cli.opening import open_store, use_folder
from meeting.cli.words import Commands, give_up, refusal, remark, say
from meeting.database import reading
from meeting.errors import N_, Refused
from meeting.evaluation.service import import_file
from meeting.organization import identity, passwords, queries
from meeting.organization.models import Account
from meeting.organization.rows import read_rows
from meeting.organization.rules import BODY_ROLES
from meeting.permissions import SYSTEM
from meeting.writer import perform

DATA = click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Where storage/ and search_index/ lie.")
FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
ROLES = click.Choice(["admin", *(role.value for role in BODY_ROLES)])


@click.group(cls=Commands)
def user() -> None:
    """People and their accounts."""


@user.command("create")
@click.argument("username")
@click.option("--role", type=ROLES, required=True)
@click.option("--body", default=None, help="Short name of the body; without it: every state body, no Party body.")
@click.option("--name", default=None, help="Full name; without it the user name.")
@click.option("--password", default=None, help="Without it one is made and printed.")
@DATA
def create_user(username: str, role: str, body: str | None, name: str | None, password: str | None, data: Path | None) -> None:
    """Adds a person with a role and prints the first password."""
    use_folder(data)
    open_store()
    bodies = [] if role == "admin" else _bodies(body)
    wanted = {"full_name": name or username, "username": username, "is_admin": role == "admin"}
    person_id = perform(SYSTEM, "organization.add_person", wanted)["person_id"]
    for body_id in bodies:
        perform(SYSTEM, "organization.set_role", {"person_id": person_id, "body_id": body_id, "role": role})
    chosen = password or passwords.new_password()
    kept = {"person_id": person_id, "password_hash": passwords.hashed(chosen)}
    perform(SYSTEM, "organization.reset_password", kept)
    if password is None:
        click.echo(chosen)


def _bodies(name: str | None) -> list[int]:
    with reading() as session:
        if name:
            return [_named(session, name)]
        found = [body.id for body in queries.bodies(session) if not body.is_party]
    if not found:
        give_up(say(N_("There is no body yet in which somebody could have a role.")))
    return found


def _named(session: Any, name: str) -> int:
    try:
        return queries.body_named(session, name).id
    except Refused:
        give_up(say(N_("There is no body “%(name)s”."), name=name))


@click.group(cls=Commands)
def token() -> None:
    """API tokens for other programs."""


@token.command("create")
@click.argument("username", required=False)
@click.option("--body", default=None, help="A token for each member of this body: one line a member, name and token.")
@DATA
def create_token(username: str | None, body: str | None, data: Path | None) -> None:
    """Makes an API token and prints it: it is kept nowhere."""
    if bool(username) == bool(body):
        raise click.UsageError(say(N_("Give either a user name or --body.")))
    use_folder(data)
    open_store()
    for name, person_id in _owners(username, body):
        made, sha256 = identity.new_token()
        wanted = {"name": "meeting token create", "sha256": sha256, "person_id": person_id}
        perform(SYSTEM, "organization.create_token", wanted)
        click.echo(made if username else f"{name}, {made}")


def _owners(username: str | None, body: str | None) -> list[tuple[str, int]]:
    """User names and person ids, in order of names."""
    with reading() as session:
        if username:
            account = queries.account_named(session, username)
            if account is None:
                give_up(say(N_("There is no account “%(name)s”."), name=username))
            return [(account.username, account.person_id)]
        members = queries.members(session, _named(session, body or ""), *[r for r in BODY_ROLES if r.value == "member"])
        names = {row.person_id: row.username for row in session.scalars(select(Account).where(Account.active))}
        return [(names[person.id], person.id) for person in members if person.id in names]


@click.group("import", cls=Commands)
def import_() -> None:
    """Lists from other programs: CSV or XLSX."""


@import_.command("people")
@FILE
@click.option("--dry-run", is_flag=True, help="Only say what is wrong.")
@DATA
def import_people(file: Path, dry_run: bool, data: Path | None) -> None:
    """Imports people or units, all or nothing."""
    use_folder(data)
    open_store()
    rows = read_rows(file.read_bytes(), file.name)
    found = perform(SYSTEM, "organization.import_people", {"rows": rows, "dry_run": True})
    for problem in found["problems"]:
        sentence = refusal(problem["code"], problem["facts"])
        remark(N_("Line %(line)s: %(sentence)s"), line=problem["line"], sentence=sentence)
    if found["problems"]:
        raise SystemExit(1)
    if not dry_run:
        perform(SYSTEM, "organization.import_people", {"rows": rows, "dry_run": False})
        remark(N_("Imported: %(count)s."), count=found["count"])


@import_.command("register")
@FILE
@click.option("--dry-run", is_flag=True, help="Only say what is wrong.")
@DATA
def import_register(file: Path, dry_run: bool, data: Path | None) -> None:
    """Imports the register of past meetings: body, held_on, kind, notice_symbol, verdict."""
    use_folder(data)
    open_store()
    found = import_file(file, dry_run=True)
    for problem in found["wrong"]:
        sentence = say(problem["sentence"]) % {"value": problem.get("value", ""), **problem.get("facts", {})}
        remark(N_("Line %(line)s: %(sentence)s"), line=problem["line"], sentence=sentence)
    if found["wrong"]:
        raise SystemExit(1)
    if not dry_run:
        done = import_file(file)
        remark(N_("Imported: %(count)s."), count=done["added"] + done["changed"])
