"""The commands of an installation. Each is a few lines: open the folder, call one room, say what came of it."""

import os
import sys
from pathlib import Path
from typing import Any

import click

from meeting import app, clock, demo, migrations
from meeting.cli import certificate, channels, doctor, letters, moving, people, records, searching, signing
from meeting.cli.opening import (
    clear_half_filled,
    close_store,
    filling,
    is_empty,
    is_new,
    open_store,
    open_to_serve,
    storage,
    use_folder,
)
from meeting.cli.words import Commands, give_up, remark, say
from meeting.database import reading
from meeting.errors import N_
from meeting.organization import identity
from meeting.organization.queries import administrators
from meeting.permissions import SYSTEM
from meeting.records.backup import alone
from meeting.writer import perform

ANNOUNCED = "MEETING_ANNOUNCED"  # what the web process prints once it serves
WEB_ONLY = "MEETING_WEB_ONLY"  # set: it starts no worker
DATA = click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Where storage/ and search_index/ lie.")


@click.group(cls=Commands)
def meeting() -> None:
    """Họp không giấy: paperless meetings."""


meeting.add_command(channels.channels)
meeting.add_command(certificate.certificate)
meeting.add_command(certificate.second_step)
meeting.add_command(people.user)
meeting.add_command(people.token)
meeting.add_command(people.import_)
meeting.add_command(letters.calendar_reply)
meeting.add_command(signing.signing)
meeting.add_command(records.journal)
meeting.add_command(searching.search)
meeting.add_command(records.backup)
meeting.add_command(records.restore)
meeting.add_command(moving.move)
meeting.add_command(records.drill)
meeting.add_command(records.archive)
meeting.add_command(doctor.doctor)


@meeting.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@DATA
@click.option("--empty", is_flag=True, help="Do not fill a new folder with the demo council.")
@click.option("--web-only", is_flag=True, help="The web process alone: “meeting worker” runs beside it.")
@certificate.LINE
def run(host: str, port: int, data: Path | None, empty: bool, web_only: bool, **line: Any) -> None:
    """Web, worker and scheduler in one command."""
    certificate.use_line(**line)
    certificate.remark_dates()
    use_folder(data)
    with alone(storage()):
        if clear_half_filled():
            remark(N_("The last filling of the demo council broke off; it begins anew."))
        new = is_new()
        open_to_serve()
        if new and not empty:
            remark(N_("Filling the demo council …"))
            with filling():
                demo.fill()
    address = certificate.address(host, port)
    if web_only:
        os.environ[WEB_ONLY] = "1"
    os.environ[ANNOUNCED] = "\n".join([address, *_offers(address)])
    close_store()
    sys.stdout.flush()
    command = [sys.executable, "-m", "meeting.cli.web_process", host, str(port)]
    os.execv(sys.executable, command)  # noqa: S606 - one process less, and one that a kill really ends


@meeting.command()
@DATA
def worker(data: Path | None) -> None:
    """The worker alone, beside web processes that were started with --web-only."""
    use_folder(data)
    open_to_serve()
    close_store()
    environment = {**os.environ, "MEETING_PARENT": "0"}
    os.execve(sys.executable, [sys.executable, "-m", "meeting.worker"], environment)  # noqa: S606 - as above


def _offers(address: str) -> list[str]:
    """What the operator needs to come in: the one-time address of an empty system, or the demo's accounts."""
    with reading() as session:
        nobody = not administrators(session)
    if nobody:
        app.load_rooms()
        token, sha256 = identity.new_token()
        perform(SYSTEM, "organization.offer_first_administrator", {"sha256": sha256})
        return [f"{address}/first/{token}"]
    return [f"{one['username']:<8} {one['name']}, {one['position']}" for one in identity.demo_accounts()]


@meeting.command("db-check")
@DATA
def db_check(data: Path | None) -> None:
    """Whether models and migrations agree."""
    use_folder(data)
    open_store()
    differences = migrations.differences()
    for difference in differences:
        click.echo(repr(difference), err=True)
    if differences:
        give_up(say(N_("The tables are not what the models say.")))


@meeting.command("demo")
@click.option("--members", type=click.IntRange(1, 2000), default=None, help="So many members in the HĐND, for load tests.")
@DATA
def demo_(members: int | None, data: Path | None) -> None:
    """Fills an empty system with the demo council."""
    use_folder(data)
    open_store()
    if not is_empty():
        give_up(say(N_("The system is not empty. The demo council fills only an empty one.")))
    started = clock.now()
    demo.fill(members)
    remark(N_("The demo council stands after %(seconds)s seconds."), seconds=round((clock.now() - started).total_seconds()))
    for one in identity.demo_accounts():
        click.echo(f"{one['username']:<8} {one['name']}, {one['position']}")
