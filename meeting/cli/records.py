"""Commands on the records: journal verify, backup, restore, drill."""

import json
import os
from pathlib import Path

import click

from meeting import app, config
from meeting.cli.opening import open_store, use_folder
from meeting.cli.words import Commands, give_up, refusal, remark, say
from meeting.errors import N_, Refused
from meeting.records.archiving import write_out
from meeting.records.backup import back_up
from meeting.records.drill import LOOKS
from meeting.records.drill import drill as try_out
from meeting.records.sealed import Keys, new_keys, read_key_file
from meeting.records.service import restore as put_in_place
from meeting.records.service import verify_journal
from meeting.search.engines import keeping

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


KEY_FILE = click.option(
    "--key-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The key: the public one encrypts, the secret one opens. Without it: MEETING_BACKUP_KEY_FILE.",
)


def _keys(file: Path | None) -> Keys | None:
    written = file or config.settings().backup_key_file
    return read_key_file(written) if written else None


class BackupCommands(Commands):
    """`meeting backup FILE` writes one; `meeting backup keygen` makes a pair of keys."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Everything that is no command of its own is the file to write; options may come before it."""
        if args and args[0] not in self.commands and args[0] != "--help":
            args = ["write", *args]
        return super().parse_args(ctx, args)


@click.group(cls=BackupCommands)
def backup() -> None:
    """Writes database and files into one file while everything goes on: meeting backup FILE."""


@backup.command("write")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@KEY_FILE
@DATA
def write(file: Path, key_file: Path | None, data: Path | None) -> None:
    """Writes database and files into one file, reads it back, encrypts it where a key is set."""
    use_folder(data)
    open_store()
    keys = _keys(key_file)
    remark(N_("Files in the backup: %(count)s."), count=back_up(file, keys))
    if keys:
        remark(N_("The backup is encrypted. Only the secret key opens it."))


@backup.command("keygen")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
def keygen(file: Path | None) -> None:
    """Makes a pair of keys and prints the public one. With FILE the secret one is kept there, else it is printed too."""
    public, secret = new_keys()
    if file is None:
        click.echo(secret)
    else:
        try:
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as kept:
                kept.write(f"# {public}\n{secret}\n")
        except FileExistsError:
            raise Refused("file_exists", file=file.name) from None
    click.echo(public)
    remark(N_("Give the server the public key. Keep the secret key away from the server: without it no backup opens again."))


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@KEY_FILE
@DATA
def restore(file: Path, key_file: Path | None, data: Path | None) -> None:
    """Verifies a backup and puts it in the place of what is there. The server must be stopped."""
    use_folder(data)
    app.load_rooms()
    old = put_in_place(file, _keys(key_file))
    keeping.rebuild()
    if old is not None:
        remark(N_("What was there before now lies in %(folder)s."), folder=old)
    if verify_journal().faults:
        give_up(say(N_("The restored journal does not hold together: run “meeting journal verify”.")))


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@KEY_FILE
@click.option("--json", "as_json", is_flag=True, help="The verdict for programs.")
@DATA
def drill(file: Path, key_file: Path | None, as_json: bool, data: Path | None) -> None:
    """Restores a backup beside the running system, compares everything, and leaves nothing behind."""
    use_folder(data)
    app.load_rooms()
    found = try_out(file, _keys(key_file))
    if as_json:
        click.echo(json.dumps(found.as_value(), ensure_ascii=False))
    else:
        for each in found.findings:
            sign = "✓" if each["ok"] else "✗"
            click.echo(f"{sign} {say(LOOKS[each['name']]) % each['facts']}")
        if found.error:
            click.echo("✗ " + refusal(found.error, {"file": file.name, "needed": "…", "free": "…"}))
        good, bad = N_("The backup would bring everything back."), N_("The backup must not be relied on.")
        took = say(N_("%(seconds)s seconds"), seconds=found.seconds)
        click.echo(f"{say(good if found.ok else bad)} {took}")
    if not found.ok:
        raise SystemExit(1)


@click.command()
@click.argument("meeting_id", type=int)
@click.option("--to", "target", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file to write.")
@DATA
def archive(meeting_id: int, target: Path, data: Path | None) -> None:
    """Writes everything of a filed meeting into one file, with its list."""
    use_folder(data)
    open_store()
    made = write_out(meeting_id, target)
    remark(N_("Documents in the archive file: %(count)s."), count=made.pieces)
    click.echo(made.sha256)
