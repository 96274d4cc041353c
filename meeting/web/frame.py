"""What the frame around every page needs to know of the reader: name, place in the navigation, language, text size, theme."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TypeVar

from flask import current_app, g, request, url_for
from flask_babel import gettext
from sqlalchemy.exc import SQLAlchemyError

from meeting.config import settings
from meeting.permissions import Actor, Role
from meeting.tables import Setting
from meeting.web import doors, nav

TEXT_SIZES = (100, 115, 130)
THEMES = ("light", "dark")
HONORIFICS = ("Ông", "Bà")
Value = TypeVar("Value")


class Frame:
    """Read by the templates as `frame`. Everything that costs a query is worked out only when a template asks."""

    def __init__(self, actor: Actor | None) -> None:
        self.actor = actor
        self.language = doors.language()
        self.theme = _known(request.cookies.get("theme"), THEMES)
        self.text_size = actor.text_size if actor else _known_size(request.cookies.get("text_size"))
        self.easy = bool(actor and actor.easy)
        self.account_id = actor.account_id if actor else ""
        self.name = actor.name if actor else ""
        self.position = actor.position if actor else ""
        self.source_url = settings().source_address

    @property
    def short_name(self) -> str:
        """How the person is addressed: honorific and given name, "Ông Toản" for Ông Nguyễn Văn Toản."""
        words = self.name.split()
        if not words:
            return ""
        return f"{words[0]} {words[-1]}" if words[0] in HONORIFICS else words[-1]

    @cached_property
    def roles(self) -> frozenset[Role]:
        """All hats worn in any body; a person without any is a guest."""
        if self.actor is None:
            return frozenset()
        held = {role for _body, role in self.actor.hats}
        if self.actor.is_admin:
            held.add(Role.ADMIN)
        return frozenset(held or {Role.GUEST})

    @property
    def kind(self) -> nav.Frame:
        """Rail or sidebar."""
        return nav.frame_of(self.roles)

    @cached_property
    def nav(self) -> list[dict[str, object]]:
        """The person's own navigation with its counts; entries whose page does not exist are left out."""
        if self.actor is None or self.actor.only_meeting is not None:
            return []
        counts = nav.counts_for(doors.session(), self.actor, self.roles)
        folds = _folds(request.cookies.get("folds", ""))
        return [{**group, **folds.get(str(group["key"]), {})} for group in nav.groups_of(self.roles, address, gettext, counts)]

    @property
    def search_url(self) -> str:
        """Where the box at the head of the page asks; nowhere for visitors."""
        if self.is_visitor:
            return ""
        return next((address(found.endpoint) for found in nav.entries_of(self.roles) if found.key == "search"), "")

    @property
    def profile_url(self) -> str:
        """The person's own account; visitors have none."""
        return "" if self.is_visitor else address("organization.profile")

    @property
    def is_visitor(self) -> bool:
        """Whether a guest came in by a personal link."""
        return self.actor is not None and self.actor.only_meeting is not None

    @cached_property
    def is_demo(self) -> bool:
        """Whether every page says that this is a demo."""
        return _or_else(doors.loader.is_demo, False)

    @cached_property
    def place(self) -> str:
        """The name of the ward or commune, as set for this installation."""
        return _setting("place")

    @cached_property
    def help(self) -> str:
        """Whom to call, in the same place on every page: the secretariat's name and phone."""
        return _setting("help")


def _setting(name: str) -> str:
    def read() -> str:
        found = doors.session().get(Setting, name)
        return found.value if found else ""

    return _or_else(read, "")


def _or_else(read: Callable[[], Value], otherwise: Value) -> Value:
    """A fact of the installation; the page of an error is shown even when the store does not answer."""
    try:
        return read()
    except SQLAlchemyError:
        return otherwise


def _known(value: str | None, known: tuple[str, ...]) -> str:
    return value if value in known else known[0]


def _folds(kept: str) -> dict[str, dict[str, bool]]:
    """Which groups of the sidebar this device has folded (0) or unfolded (1): "after0.administer1"."""
    return {each[:-1]: {"open": each.endswith("1")} for each in kept.split(".") if each[:-1] in nav.GROUPS}


def _known_size(value: str | None) -> int:
    return next((size for size in TEXT_SIZES if str(size) == value), TEXT_SIZES[0])


def address(endpoint: str) -> str:
    """The address of a page without arguments, or nothing when there is no such page."""
    return url_for(endpoint) if endpoint in current_app.view_functions else ""


def in_templates() -> dict[str, object]:
    """The context processor: one frame a request."""
    if "frame" not in g:
        g.frame = Frame(doors.actor_or_none())
    return {"frame": g.frame}
