"""The page of practices, and the word to those whose practice has ended."""

from flask import Blueprint

from meeting.errors import Forbidden
from meeting.permissions import INSTALLATION, Action, allows
from meeting.practice import queries
from meeting.web.doors import actor, page, session

pages = Blueprint("practice", __name__)


@pages.get("/practice")
def practices() -> str:
    """The practices one takes part in; the desk begins and ends them here."""
    who = actor()
    offered = queries.offered(session(), who)
    mine = queries.mine(session(), who)
    if not offered and not mine and not allows(Action.PRACTISE, INSTALLATION.hats_of(who, None)):
        raise Forbidden()
    return page("practice/practices.html", offered=offered, mine=mine)


@pages.get("/practice/over")
def over() -> str:
    """Where those are led who were still in a practice when it was erased."""
    actor()
    return page("practice/over.html")
