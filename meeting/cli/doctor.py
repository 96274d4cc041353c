"""The doctor on the command line: what is well, what is not, what to do. Changes nothing."""

import json
from pathlib import Path

import click

from meeting import app
from meeting.cli.opening import use_folder
from meeting.cli.words import say
from meeting.errors import N_
from meeting.health.looking import Asked, look_at
from meeting.health.rules import EXIT, NAMES, worst

SIGNS = {"ok": "✓", "warn": "!", "bad": "✗"}
WORDS = {"ok": N_("Everything is in order."), "warn": N_("The system works."), "bad": N_("Something needs you now.")}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option("--full", is_flag=True, help="The whole journal, the whole index, the whole database: takes longer.")
@click.option("--cert", type=click.Path(exists=True, dir_okay=False), help="A certificate's file to look at.")
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Where storage/ and search_index/ lie.")
def doctor(as_json: bool, full: bool, cert: str | None, data: Path | None) -> None:
    """Looks at everything; ends with 0 when all is well, 1 when something is worth a look, 2 when something is bad."""
    use_folder(data)
    app.load_rooms()
    found = look_at(Asked(full=full, cert=cert or ""))
    state = worst(found)
    if as_json:
        click.echo(json.dumps({"state": state, "checks": [each.as_value() for each in found]}, ensure_ascii=False))
    else:
        for each in found:
            click.echo(f"{SIGNS[each.state]} {say(NAMES[each.name])}: {say(each.sentence, **each.facts)}")
            if each.advice and each.state != "ok":
                click.echo(f"    → {say(each.advice)}")
        click.echo(say(WORDS[state]))
    raise SystemExit(EXIT[state])
