"""The unit's pages: what it owes by state and time, one paper with its life, the page on which a head approves."""

from typing import Any

from meeting import clock, config
from meeting.catalogues.queries import choices
from meeting.documents import queries as documents
from meeting.documents.describing import signatures_of
from meeting.errors import Missing
from meeting.materials import papers as papers_of
from meeting.materials import queries, unit_queries
from meeting.materials.lateness import PRESETS, goes_to_chair
from meeting.materials.models import UNIT_ROLES, Requirement, Submission
from meeting.materials.views import pages
from meeting.materials.wording import chairs_reason
from meeting.permissions import Action, Role, allows
from meeting.web.api import asked
from meeting.web.doors import actor, page, say, session


@pages.get("/papers/owed")
def owed() -> str:
    """What the own unit has to hand in: by state (`?show=`) and time (`?when=past`)."""
    tab = asked("show") if asked("show") in (*unit_queries.TABS, "all") else "owed"
    found = unit_queries.owed_list(session(), actor(), tab, asked("when") == "past")
    waiting = unit_queries.to_approve(session(), actor())
    return page("materials/owed.html", owed=found, to_approve=waiting, is_head=bool(actor().bodies_as(Role.HEAD)))


@pages.get("/papers/owed/<int:requirement_id>")
def submission(requirement_id: int) -> str:
    """One paper the unit owes: send a version, follow it, see why one came back and who must act next."""
    found = queries.requirement_of(session(), actor(), requirement_id)
    serves = bool(found.hats_of(actor(), session()) & UNIT_ROLES)
    return page(
        "materials/submission.html",
        rows=queries.in_order(unit_queries.beside(session(), actor())) if serves else [],
        checks=queries.checks(session(), found),
        opened=papers_of.opened_by(session(), [each.file_id for each in found.submissions]),
        max_bytes=config.settings().max_upload_bytes,
        authorities=choices(session(), "authority") if serves else [],
        **about(found),
    )


def about(found: Requirement) -> dict[str, Any]:
    """What every page of one paper shows: its life, its times, what this reader may do."""
    hats = found.hats_of(actor(), session())
    inside = bool(hats & UNIT_ROLES)
    now = clock.now()
    return {
        "requirement": found,
        "inside": inside,
        "history": queries.history(session(), found, inside),
        "heads": queries.heads_of_unit(session(), found) if inside else [],
        "head_rule": found.meeting.book.head_approval,
        "before_chair": goes_to_chair(found.state, found.first_late_minutes, found.due_at, now),
        "chairs_reason": chairs_reason,
        "presets": PRESETS,
        "may_submit": allows(Action.SUBMIT_PAPERS, hats),
        "may_approve": allows(Action.APPROVE_UNIT_PAPERS, hats),
        "may_review": allows(Action.REVIEW_PAPERS, hats),
        "may_grant": allows(Action.GRANT_TIME, hats),
        "may_decide": allows(Action.DECIDE_LATE, hats),
        "now": now,
        "me_id": actor().person_id,
        "refused_words": lambda file: say(file.refusal, file.refusal_facts),
    }


@pages.get("/papers/approve/<int:requirement_id>")
def approve(requirement_id: int) -> str:
    """For the unit's head: the paper beside the question whether it may leave the unit."""
    found = queries.requirement_of(session(), actor(), requirement_id)
    if not allows(Action.APPROVE_UNIT_PAPERS, found.hats_of(actor(), session())):
        raise Missing()
    return page("materials/check.html", mode="head", version=found.at_head, **reading(found.at_head), **about(found))


@pages.get("/papers/check/<int:requirement_id>")
def check(requirement_id: int) -> str:
    """For the office: the paper beside its three questions."""
    found = queries.requirement_of(session(), actor(), requirement_id)
    if not allows(Action.REVIEW_PAPERS, found.hats_of(actor(), session())):
        raise Missing()
    version = found.at_office or found.last_received
    return page("materials/check.html", mode="office", version=version, **reading(version), **about(found))


def reading(version: Submission | None) -> dict[str, Any]:
    """The pages of a version and its signatures, to be read beside the form."""
    shapes = documents.shapes(session(), version.file_id) if version else []
    with_text = documents.text_pages(session(), version.file_id) if version and version.file.state == "ready" else 0
    return {"shapes": shapes, "with_text": with_text, "signatures": signatures_of(version.file) if version else []}
