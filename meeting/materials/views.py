"""Pages of papers: the list to read, who has read."""

from flask import Blueprint

from meeting.agenda.queries import meeting_of
from meeting.materials import newest_queries
from meeting.materials import papers as papers_of
from meeting.web.doors import actor, page, session

pages = Blueprint("materials", __name__)


@pages.get("/papers")
def reading() -> str:
    """The papers of the next meetings, to be read on the tablet."""
    meetings = papers_of.reading_list(session(), actor())
    return page("materials/reading.html", meetings=meetings, news=newest_queries.news_of(session(), actor(), dict(meetings)))


@pages.get("/meetings/<int:meeting_id>/papers/readers")
def readers(meeting_id: int) -> str:
    """Who has opened which paper."""
    meeting, _ = meeting_of(session(), actor(), meeting_id)
    papers, people = papers_of.readers(session(), actor(), meeting)
    return page("materials/readers.html", meeting=meeting, papers=papers, people=people)
