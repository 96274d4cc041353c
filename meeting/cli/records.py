"""Commands on the records: journal verify, search rebuild, backup, restore."""

from pathlib import Path

import click

from meeting import app
from meeting.cli.opening import open_store, use_folder
from meeting.cli.words import Commands, give_up, remark, say
from meeting.errors import N_
from meeting.records.backup import back_up
from meeting.records.service import restore as put_in_place
from meeting.records.service import verify_journal
from meeting.search import service as searching

DATA = click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Where storage/ and search_index/ lie.")


FAULTS = {
    "gap": N_("an entry before it is missing"),
    "previous": N_("it does not follow from the entry before it"),
    "hash": N_("its content was changed"),
}


@click.group(cls=Commands)
def journal() -> None:
    """The journal of everything that happened."""


@journal.command("verify")
@DATA
def verify(data: Path | None) -> None:
    """Recomputes the hash chains; names the first entry of each that is not what it was."""
    use_folder(data)
    open_store()
    found = verify_journal()
    for fault in found.faults:
        where = say(N_("meeting %(id)s"), id=fault.chain) if fault.chain else say(N_("outside meetings"))
        what = say(FAULTS[fault.what])
        click.echo(say(N_("Entry %(seq)s (%(where)s): %(what)s"), seq=fault.seq, where=where, what=what))
    if found.faults:
        raise SystemExit(1)
    click.echo(
        say(N_("The journal is whole: %(entries)s entries in %(chains)s chains."), entries=found.entries, chains=found.chains)
    )


@click.group(cls=Commands)
def search() -> None:
    """The search index."""


@search.command("rebuild")
@DATA
def rebuild(data: Path | None) -> None:
    """Writes the search index anew from the database."""
    use_folder(data)
    open_store()
    remark(N_("Passages in the index: %(count)s."), count=searching.rebuild())


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@DATA
def backup(file: Path, data: Path | None) -> None:
    """Writes database and files into one file while everything goes on."""
    use_folder(data)
    open_store()
    remark(N_("Files in the backup: %(count)s."), count=back_up(file))


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@DATA
def restore(file: Path, data: Path | None) -> None:
    """Verifies a backup and puts it in the place of what is there. The server must be stopped."""
    use_folder(data)
    app.load_rooms()
    old = put_in_place(file)
    searching.rebuild()
    if old is not None:
        remark(N_("What was there before now lies in %(folder)s."), folder=old)
    if verify_journal().faults:
        give_up(say(N_("The restored journal does not hold together: run “meeting journal verify”.")))
