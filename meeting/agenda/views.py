"""Pages of this room: home, meetings, one meeting, its forms and editors."""

from flask import Blueprint, request

from meeting import clock
from meeting.agenda import (
    home_screen,
    list_screen,
    past_screens,
    planning_queries,
    planning_screens,
    queries,
    screens,
    thread_screens,
)
from meeting.agenda.panels import home_card, panel
from meeting.agenda.rules import FORMS, ITEM_KINDS, RUNNING_STATES
from meeting.errors import Forbidden
from meeting.rulebook.queries import types_for
from meeting.web.doors import actor, page, session

__all__ = ["home_card", "pages", "panel"]

pages = Blueprint("agenda", __name__)


@pages.app_context_processor
def in_templates() -> dict[str, object]:
    """What templates of all rooms may ask about meetings."""
    return {"state_of": screens.state_of, "days_left": screens.days_left, "change_words": past_screens.words_of}


@pages.get("/")
def home() -> str:
    """What must I attend, answer, read and do?"""
    return page("agenda/home.html", **home_screen.home(session(), actor()))


@pages.get("/meetings")
def meetings() -> str:
    """Which meetings are there, and in what state?"""
    wanted = list_screen.asked_for(request.args, actor())
    found = queries.visible_meetings(session(), actor(), wanted)
    shown = found[: max(50, min(request.args.get("show", 50, type=int), 1000))]
    return page(
        "agenda/meetings.html",
        **list_screen.list_choices(session(), actor(), request.args, wanted),
        found=shown,
        total=len(found),
        replies=queries.replies_to(session(), [each.id for each in shown]),
        may_create=bool(types_for(session(), actor())),
    )


@pages.get("/meetings/new")
def new() -> str:
    """A new meeting from a type, a template, or like an earlier one."""
    template, copy = (request.args.get(name, None, type=int) for name in ("template", "copy"))
    content = planning_screens.new_form(session(), actor(), template, copy)
    if not content["types"]:
        raise Forbidden()
    return page("agenda/form.html", **content)


@pages.get("/meeting-templates")
def templates() -> str:
    """What can be made again with one tap?"""
    found = planning_queries.templates_for(session(), actor(), retired=True)
    if not types_for(session(), actor()):
        raise Forbidden()
    return page("agenda/templates.html", found=found)


@pages.get("/meeting-templates/<int:template_id>")
def template(template_id: int) -> str:
    """What a template holds, and how it is changed."""
    found = planning_queries.template_of(session(), actor(), template_id)
    content = {"forms": FORMS, "rooms": planning_queries.rooms_on_file(session(), found.head.get("room_id"))}
    content["sources"] = [each for each in planning_queries.copyable(session(), actor()) if each.body_id == found.body_id]
    return page("agenda/template.html", kept=found, kinds=ITEM_KINDS, pieces=planning_screens.piece_labels(), **content)


@pages.get("/meetings/<int:meeting_id>/repeat")
def repeat(meeting_id: int) -> str:
    """On which days would it meet again, and what is on then?"""
    asked = planning_screens.asked_pattern(request.args)
    return page("agenda/repeat.html", **planning_screens.repeating(session(), actor(), meeting_id, asked))


@pages.get("/meetings/<int:meeting_id>/changes")
def changes(meeting_id: int) -> str:
    """What changed in the programme since it was handed out?"""
    before, after = (request.args.get(name, None, type=int) for name in ("before", "after"))
    return page("agenda/changes.html", **past_screens.compared(session(), actor(), meeting_id, before, after))


@pages.get("/meetings/<int:meeting_id>")
def meeting(meeting_id: int) -> str:
    """When, where, what is discussed, what is still to do?"""
    content = screens.meeting_page(session(), actor(), meeting_id, request.args.get("tab", ""))
    return page("agenda/meeting.html", **content, running=content["meeting"].state in RUNNING_STATES)


@pages.get("/meetings/<int:meeting_id>/edit")
def edit(meeting_id: int) -> str:
    """Title, time, place, chair."""
    content = screens.editor(session(), actor(), meeting_id)
    return page("agenda/form.html", **{**content, **planning_screens.form(session(), actor(), content["meeting"])})


@pages.get("/meetings/<int:meeting_id>/programme")
def programme(meeting_id: int) -> str:
    """The items in their order, with unit, presenter and minutes."""
    content = screens.editor(session(), actor(), meeting_id)
    lists = {"units": queries.units_on_file(session()), "people": queries.people_on_file(session())}
    return page(
        "agenda/programme.html", **content, **lists, **thread_screens.beside_programme(session(), actor(), content["meeting"])
    )


@pages.get("/meetings/<int:meeting_id>/participants")
def participants(meeting_id: int) -> str:
    """Who is invited, as what, to which items?"""
    content = screens.editor(session(), actor(), meeting_id)
    invited = queries.by_given_name(content["meeting"].participants)
    ids = {each.person_id for each in invited}
    others = [each for each in queries.people_on_file(session()) if each.id not in ids]
    members = {each.id for each in queries.members_of(session(), content["meeting"].body_id, clock.today())}
    return page("agenda/participants.html", **content, invited=invited, others=others, members=members)
