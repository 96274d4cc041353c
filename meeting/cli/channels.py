"""What is set up of each channel by which people are told things, and what is missing."""

from pathlib import Path

import click

from meeting import config
from meeting.cli.opening import use_folder
from meeting.cli.words import say
from meeting.notify.channels import READY, states
from meeting.notify.matrix import CHANNELS


@click.command("channels")
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Where storage/ and search_index/ lie.")
def channels(data: Path | None) -> None:
    """What is set up of mail, SMS and push, and what is missing."""
    use_folder(data)
    for key, state in states(config.settings()).items():
        remarks = [say(remark) for remark in state.remarks]
        words = [say(READY), *remarks] if state.works else remarks
        click.echo(f"{say(CHANNELS[key])}: {' '.join(words)}")
