"""`meeting certificate HOST…`: the council's own authority, a certificate for this server. `meeting second-step`: a way back."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import click
from cryptography import x509
from sqlalchemy import select

from meeting import clock
from meeting.cli.opening import open_store, use_folder
from meeting.cli.words import Commands, give_up, remark, say
from meeting.database import reading
from meeting.entrance import authority, listening
from meeting.errors import N_, Refused
from meeting.organization.models import Account
from meeting.permissions import SYSTEM
from meeting.writer import perform

DATA = click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Where storage/ and search_index/ lie.")


def LINE(command: Callable[..., None]) -> Callable[..., None]:  # noqa: N802 - stands beside DATA
    """The options of the safe line."""
    file = click.Path(exists=True, dir_okay=False, path_type=Path)
    for option in (
        click.option("--hsts-seconds", type=click.IntRange(0), default=0, help="So long browsers refuse plain http to it."),
        click.option("--redirect-port", type=click.IntRange(1, 65535), help="A plain port that leads to the safe one (80)."),
        click.option("--key", type=file, help="The key of the certificate."),
        click.option("--cert", type=file, help="The certificate and its chain: serves https."),
    ):
        command = option(command)
    return command


def use_line(cert: Path | None, key: Path | None, redirect_port: int | None, hsts_seconds: int) -> None:
    """Hands the options of the safe line on to the web process."""
    if (cert is None) != (key is None):
        give_up(say(N_("--cert and --key belong together.")))
    if cert is not None and key is not None:
        os.environ.update(MEETING_TLS_CERTIFICATE=str(cert.resolve()), MEETING_TLS_KEY=str(key.resolve()))
    if redirect_port:
        os.environ["MEETING_REDIRECT_PORT"] = str(redirect_port)
    if hsts_seconds:
        os.environ["MEETING_HSTS_SECONDS"] = str(hsts_seconds)


def address(host: str, port: int) -> str:
    """Where the system is opened: by the name of its certificate, else by the address it listens on."""
    chain = os.environ.get("MEETING_TLS_CERTIFICATE")
    if not chain:
        return listening.shown(host, port, safe=False)
    with suppress(OSError, ValueError, x509.ExtensionNotFound):  # the server itself says what is wrong with it
        host = authority.hosts_of(authority.load(Path(chain)))[0]
    return listening.shown(host, port, safe=True)


def remark_dates() -> None:
    """At the start of the server: a certificate that holds no more, or not yet, is told; it serves all the same."""
    chain, now = os.environ.get("MEETING_TLS_CERTIFICATE"), clock.now()
    if not chain:
        return
    with suppress(OSError, ValueError):  # the server itself says what is wrong with it
        held = authority.load(Path(chain))
        if held.not_valid_after_utc <= now:
            ended = f"{clock.local(held.not_valid_after_utc):%d/%m/%Y}"
            remark(N_("The certificate ended on %(day)s: browsers warn. Renew it with “meeting certificate”."), day=ended)
        elif held.not_valid_before_utc > now:
            begins = f"{clock.local(held.not_valid_before_utc):%d/%m/%Y}"
            remark(N_("The certificate holds from %(day)s only: browsers warn. Is this machine's clock right?"), day=begins)


@click.command()
@click.argument("hosts", nargs=-1, metavar="HOST...")
@click.option("--place", default="", help="The council's name, shown on devices that are asked to trust it.")
@click.option("--new-ca", is_flag=True, help="Begin a new authority: every device must then trust the new one.")
@DATA
def certificate(hosts: tuple[str, ...], place: str, new_ca: bool, data: Path | None) -> None:
    """Makes the council's authority once, and a certificate for this server's names and addresses; again: renews it."""
    use_folder(data)
    where = authority.files()
    wanted = list(dict.fromkeys(hosts)) or _names_of_before(where)
    try:
        named = [authority.host_of(each) for each in wanted]
    except authority.NotAName as wrong:
        give_up(say(N_("“%(name)s” is neither a host name nor an address."), name=str(wrong)))
    if new_ca or not where.root.exists() or not where.root_key.exists():
        authority.make_root(place, named)
        remark(N_("The council's authority was made. Every device must come to trust it once."))
    try:
        authority.make_server(named)
    except authority.NotCovered as other:
        give_up(say(N_("The council's authority was not made for “%(name)s”. With --new-ca a new one begins."), name=str(other)))
    _tell(where)


def _names_of_before(where: authority.Files) -> list[str]:
    """Without any name the certificate of before is renewed."""
    if not where.server.exists():
        give_up(say(N_("Please name the hosts: meeting certificate hop.example.vn 192.168.1.10")))
    return authority.hosts_of(authority.load(where.server))


def _tell(where: authority.Files) -> None:
    root, made = authority.load(where.root), authority.load(where.server)
    days = (made.not_valid_after_utc - clock.now()).days
    remark(N_("Certificate for %(hosts)s, for %(days)s days:"), hosts=", ".join(authority.hosts_of(made)), days=days)
    for path in (where.server, where.server_key, where.root, where.root_key):
        click.echo(f"  {path}")
    remark(N_("SHA-256 of the council's authority, to compare on each device:"))
    click.echo(f"  {authority.fingerprint(root)}")
    remark(N_("Serve with it:"))
    click.echo(f"  meeting run --host :: --port 443 --cert {where.server} --key {where.server_key}")


@click.group("second-step", cls=Commands)
def second_step() -> None:
    """The second step at sign-in, for an administrator who is locked out."""


@second_step.command("reset")
@click.argument("username")
@DATA
def reset(username: str, data: Path | None) -> None:
    """Takes the second step off an account, as an administrator does on the screen."""
    use_folder(data)
    open_store()
    with reading() as session:
        person_id = session.scalar(select(Account.person_id).where(Account.username == username.strip().lower()))
    if person_id is None:
        give_up(say(N_("There is no account “%(name)s”."), name=username))
    try:
        perform(SYSTEM, "entrance.reset_second_step", {"person_id": person_id})
    except Refused:
        give_up(say(N_("This account has no second step.")))
    remark(N_("The second step was taken off. The person is told."))
