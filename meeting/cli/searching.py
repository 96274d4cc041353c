"""Commands on the search engine: rebuild, check."""

import sys
import time
from pathlib import Path

import click

from meeting import config
from meeting.cli.opening import open_store, use_folder
from meeting.cli.words import Commands, give_up, remark, say
from meeting.errors import N_
from meeting.search.engines import engine, keeping
from meeting.search.engines.engine import Unreadable
from meeting.search.engines.keeping import Checked
from meeting.search.rules import LABELS

DATA = click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Where storage/ and search_index/ lie.")
BAR = 30  # signs wide
DRAWN_EVERY = 0.1  # seconds
WRITTEN_EVERY = 5.0  # seconds, where nobody looks at a terminal
EXAMPLES = 10

DIFFERENCES = {
    "missing": N_("Not in the index: %(count)s."),
    "stale": N_("In the index with an older text: %(count)s."),
    "extra": N_("In the index, but no longer in the database: %(count)s."),
}


@click.group(cls=Commands)
def search() -> None:
    """The search index."""


@search.command("rebuild")
@DATA
def rebuild(data: Path | None) -> None:
    """Writes the search index anew from the database, while the system goes on. Can be broken off at any time."""
    use_folder(data)
    open_store()
    bar = Bar()
    try:
        count = keeping.rebuild(bar.show)
    except KeyboardInterrupt:
        bar.end()
        give_up(say(N_("Broken off. The index is as it was before.")))
    bar.end()
    seconds = max(bar.seconds, 0.001)
    remark(
        N_("Passages in the index: %(count)s, in %(seconds)s seconds (%(rate)s a second)."),
        count=grouped(count),
        seconds=round(seconds, 1),
        rate=grouped(int(count / seconds)),
    )


@search.command("check")
@click.option("--repair", is_flag=True, help="Write into the index what differs.")
@DATA
def check(data: Path | None, repair: bool) -> None:
    """Compares the search index with the database. Exit status 1 when they differ."""
    use_folder(data)
    open_store()
    try:
        found = keeping.check()
    except Unreadable:
        if not repair:
            give_up(say(N_("There is no index that can be read. “meeting search rebuild” writes it.")))
        keeping.catch_up()
        found = keeping.check()
    _tell(found)
    if repair and not (found.same and not found.waiting):
        click.echo(say(N_("Passages written: %(count)s."), count=grouped(keeping.repair(found))))
        found = keeping.check()
        _tell(found)
    if not found.same:
        raise SystemExit(1)


def _tell(found: Checked) -> None:
    name = engine.engine_name(config.settings())
    click.echo(say(N_("Search engine: %(name)s."), name={"whoosh": "Whoosh", "postgresql": "PostgreSQL"}[name]))
    click.echo(
        say(
            N_("Passages in the database: %(total)s; in the index: %(held)s."),
            total=grouped(found.total),
            held=grouped(found.held),
        )
    )
    if found.waiting:
        click.echo(say(N_("Not yet written, the worker does it: %(count)s."), count=grouped(found.waiting)))
    for name, sentence in DIFFERENCES.items():
        keys = getattr(found, name)
        if keys:
            click.echo(say(sentence, count=grouped(len(keys))))
            for key, kind, symbol, title in keeping.named(keys[:EXAMPLES]):
                click.echo(
                    "  " + " · ".join(part for part in (f"#{key}", say(LABELS[kind]) if kind else "", symbol, title) if part)
                )
    if found.same:
        click.echo(say(N_("Index and database agree.")))


def grouped(number: int) -> str:
    """1.234.567, as numbers are written here."""
    return f"{number:,}".replace(",", ".")


class Bar:
    """How far a long command is: a bar on a terminal, a line now and then elsewhere. On standard error."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.terminal = sys.stderr.isatty()
        self._shown = 0.0 if self.terminal else self.began
        self._drawn = False

    @property
    def seconds(self) -> float:
        """Since it began."""
        return time.monotonic() - self.began

    def show(self, done: int, total: int) -> None:
        """So many of so many."""
        now = time.monotonic()
        if now - self._shown < (DRAWN_EVERY if self.terminal else WRITTEN_EVERY) and done != total:
            return
        self._shown = now
        rate = done / max(self.seconds, 0.001)
        facts = {
            "done": grouped(done),
            "total": grouped(total),
            "rate": grouped(int(rate)),
            "left": clock_time(max(total - done, 0) / max(rate, 0.001)),
        }
        line = say(N_("%(done)s of %(total)s passages · %(rate)s a second · %(left)s left"), **facts)
        if self.terminal:
            full = BAR * done // total if total else BAR
            click.echo(f"\r\x1b[K{'█' * full}{'░' * (BAR - full)} {line}", nl=False, err=True)
            self._drawn = True
        else:
            click.echo(line, err=True)

    def end(self) -> None:
        """Leaves the bar's line."""
        if self._drawn:
            click.echo(err=True)
            self._drawn = False


def clock_time(seconds: float) -> str:
    """1:05, or 1:02:05."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
