"""What this room brings: invitation papers and their PDFs, absences, substitutes, guests' links."""

from flask import Flask

from meeting.invitations import absences, api, jobs, links, papers, reactions, substitutes

__all__ = ["absences", "api", "jobs", "links", "papers", "reactions", "register", "substitutes"]


def register(app: Flask) -> None:
    """Nothing to add yet."""
