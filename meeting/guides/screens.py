"""What the pages of guides and remarks show."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.errors import Missing
from meeting.guides import queries, rules, shipped
from meeting.guides.rendering import parsed
from meeting.permissions import Action, Actor


def editor(session: Session, name: str, language: str, number: int | None = None) -> dict[str, Any]:
    """The editor of a guide. With `number`: an earlier version to read. Missing for a version that does not exist."""
    shown = queries.guide(session, name, language)
    versions = queries.versions(session, name, language)
    older = next((each for each in versions if each.number == number), None)
    if number is not None and older is None:
        raise Missing()
    return {
        "shown": shown,
        "guide": shown.parsed,
        "versions": versions,
        "older": older,
        "older_guide": parsed(shipped.text(name, language) if older.as_shipped else older.text) if older else None,
        "changes": queries.changes_of_shipped(shown) if shown.shipped_changed else [],
        "shipped": parsed(shipped.text(name, language)),
        "files": queries.files(session),
        "most_picture": rules.MAX_PICTURE_BYTES,
        "most_video": rules.MAX_VIDEO_BYTES,
    }


def feedback(session: Session, actor: Actor, filters: dict[str, Any]) -> dict[str, Any]:
    """One's own remarks; for the administrator the list with its counts too."""
    answers = queries.may(session, actor, Action.ANSWER_FEEDBACK)
    return {
        "mine": queries.own_remarks(session, actor),
        "answers": answers,
        "rows": queries.remarks(session, **filters) if answers else [],
        "counts": queries.remarks_by_state(session) if answers else {},
        "kinds": rules.KINDS,
        "states": rules.STATES,
        **filters,
    }
