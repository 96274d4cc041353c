"""A main walk: who takes part in it, on which server, with what kind of browsers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from meeting.organization.models import Account
from meeting.organization.passwords import hashed
from tests.conftest import Council
from tests.walk.people import PASSWORD, Person, comes_in

WALKERS = ("admin", "minh", "dung", "truong", "hung", "hoa", "tuan", "van")
TABLET, DESK = (1180, 820), (1440, 900)
SCREENS = {"admin": DESK, "minh": DESK, "dung": DESK, "van": DESK, "hoa": (820, 1180), "tuan": (390, 844)}


def get_passwords(council: Council) -> None:
    """Everybody of the walk has a password to sign in with."""
    for username in WALKERS:
        council.update(Account, council.actor(username).account_id, password_hash=hashed(PASSWORD))


@dataclass
class Walk:
    """People come in when they are first asked for, each with a browser of their own.

    `address` is where they come in; `options` are of every person's browser context, `more` of one person's.
    """

    address: str
    browser: Browser
    folder: Path
    options: dict[str, Any] = field(default_factory=dict)
    more: dict[str, dict[str, Any]] = field(default_factory=dict)
    passwords: dict[str, str] = field(default_factory=dict)
    inside: dict[str, Person] = field(default_factory=dict)
    meeting_id: int = 0

    def __getitem__(self, username: str) -> Person:
        if username not in self.inside:
            width, height = SCREENS.get(username, TABLET)
            password = self.passwords.get(username, PASSWORD)
            options = {**self.options, **self.more.get(username, {})}
            self.inside[username] = comes_in(self.browser, self.address, username, width, height, password, **options)
        return self.inside[username]

    def goes(self, steps: tuple[Callable[["Walk"], None], ...], **besides: Callable[["Walk"], None]) -> None:
        """One step after the other; `votes=something` lets something else happen before the step `votes`."""
        unknown = set(besides) - {step.__name__ for step in steps}
        assert not unknown, unknown
        for step in steps:
            if step.__name__ in besides:
                besides[step.__name__](self)
            step(self)

    def ends(self) -> None:
        """What each saw last is kept as a picture beside the test's data."""
        for person in self.inside.values():
            person.page.screenshot(path=self.folder / f"{person.name}.png")
            person.page.context.close()
        self.inside.clear()
