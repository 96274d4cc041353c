"""The command that moves a system to another database: progress, a check of everything, and what to set afterwards."""

import time
from dataclasses import replace
from pathlib import Path

import click
from sqlalchemy.engine import make_url

from meeting import app, config, database
from meeting.cli.opening import use_folder
from meeting.cli.words import give_up, remark, say
from meeting.errors import N_
from meeting.records import moving, portable_files
from meeting.search.engines import keeping

DATA = click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Where storage/ and search_index/ lie.")
TOLD_EVERY_SECONDS = 2.0


class Progress:
    """Lines that say how far it is, and about how long it will go on; not more than one every two seconds."""

    def __init__(self) -> None:
        self._began = self._told = time.monotonic()
        self._last = ""

    def __call__(self, what: str, done: int, total: int) -> None:
        """One step of the work."""
        now = time.monotonic()
        if now - self._told < TOLD_EVERY_SECONDS and done != total:
            return
        self._told = now
        line = self._line(what, done, total, now - self._began)
        if line != self._last:
            click.echo(line, err=True)
        self._last = line

    def _line(self, what: str, done: int, total: int, passed: float) -> str:
        if not total:
            return say(N_("The tables of the new database are being made …"))
        percent = 100 * done // total
        if done >= total:
            return say(N_("100 %% after %(time)s"), time=_minutes(passed))
        left = _minutes(passed * (total - done) / done) if done else "…"
        return say(N_("%(percent)s %% · about %(time)s left · %(what)s"), percent=percent, time=left, what=what)


def _minutes(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


@click.command()
@click.option("--to", required=True, help="The new database: postgresql+psycopg2://user@host/name, or sqlite:////folder/file.")
@click.option("--files-to-s3", is_flag=True, help="Puts the files into the object store of MEETING_S3_URL first.")
@DATA
def move(to: str, files_to_s3: bool, data: Path | None) -> None:
    """Moves the system to another database. The server must be stopped; what is here stays as it is."""
    use_folder(data)
    app.load_rooms()
    moving.target_of(to)
    if files_to_s3:
        count, size = portable_files.send_all(Progress())
        remark(N_("Files in the object store: %(count)s, %(size)s MB."), count=count, size=round(size / 1e6))
    moved = moving.move(to, Progress())
    for name, count in sorted(moved.census.rows.items()):
        if count:
            click.echo(f"{name:<32}{count:>12}")
    remark(N_("Moved and compared: %(rows)s rows in %(tables)s tables."), rows=moved.census.total, tables=len(moved.census.rows))
    _find_again(moved.url)
    remark(N_("From now on start the server with this setting:"))
    click.echo(f"MEETING_DATABASE_URL={make_url(moved.url).render_as_string(hide_password=True)}")
    if moved.census.faults:
        give_up(say(N_("The journal does not hold together, and did not before: run “meeting journal verify”.")))


def _find_again(url: str) -> None:
    """What search holds is written anew from the new database."""
    remark(N_("The search index is being written anew …"))
    config.use(replace(config.settings(), database_url=url))
    database.use(None)
    progress = Progress()
    keeping.rebuild(lambda done, total: progress(say(N_("search index")), done, total))
