"""The command on signing keys: practice keys for a demo, so that the whole way of a document can be tried."""

from pathlib import Path

import click

from meeting.cli.opening import open_store, use_folder
from meeting.cli.words import Commands, give_up, say
from meeting.errors import N_
from meeting.organization import identity
from meeting.signing import practice, practising

DATA = click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Where storage/ and search_index/ lie.")


@click.group(cls=Commands)
def signing() -> None:
    """Keys that documents are signed with."""


@signing.command("practice-keys")
@click.option("--secret", default=practice.PASSPHRASE, show_default=True, help="The passphrase of all of them.")
@DATA
def practice_keys(secret: str, data: Path | None) -> None:
    """Gives the signers and bodies of a demo keys for practice: what they sign is worth nothing before the law."""
    use_folder(data)
    open_store()
    if not identity.is_demo():
        give_up(say(N_("Practice keys are for a demo only. Here people sign with the certificates they were issued.")))
    for owner in practising.give(secret):
        click.echo(f"{owner.name} ({owner.body_name})")
