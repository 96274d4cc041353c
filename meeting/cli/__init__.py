"""The command line: `meeting …`. Standard output carries only what a command promises; remarks go to standard error."""

import gc


def main() -> None:
    """The entry point of the package."""
    gc.disable()  # nothing of what is loaded is garbage: to look for it takes a third of the time
    from meeting.cli.commands import meeting  # noqa: PLC0415 - the web process imports this package before it patches

    gc.freeze()
    gc.enable()
    meeting()
