"""The command at the end of a mail server's pipe: an answer to an invitation."""

import sys
from pathlib import Path

import click

from meeting.calendars.answering import take_in
from meeting.calendars.letters import LARGEST_MAIL
from meeting.calendars.rules import OUTCOMES
from meeting.cli.opening import open_store, use_folder
from meeting.cli.words import remark
from meeting.errors import N_

DATA = click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Where storage/ and search_index/ lie.")


@click.command("calendar-reply")
@DATA
def calendar_reply(data: Path | None) -> None:
    """Takes one mail from standard input: an answer to an invitation, given in a mail program.

    Ends well whatever the mail is, so that the mail server never sends it back; what became of it is said on standard error.
    """
    use_folder(data)
    open_store()
    raw = sys.stdin.buffer.read(LARGEST_MAIL + 1)
    remark(N_("The mail was taken: %(outcome)s"), outcome=OUTCOMES[take_in(raw)])
