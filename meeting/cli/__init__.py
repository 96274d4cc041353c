"""The command line: `meeting …`. Standard output carries only what a command promises; remarks go to standard error."""


def main() -> None:
    """The entry point of the package."""
    from meeting.cli.commands import meeting  # noqa: PLC0415 - the web process imports this package before it patches

    meeting()
