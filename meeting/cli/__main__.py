"""So that `python -m meeting.cli` works where the script is not installed."""

from meeting.cli import main

main()
