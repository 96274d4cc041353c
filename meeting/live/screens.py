"""Who looks on: the screens of each running meeting, what is known of it here, and what they were last sent."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from meeting.live.known import Audience, People, Sections
from meeting.permissions import Actor


@dataclass(eq=False)
class Listener:
    """One connected screen."""

    sid: str
    actor: Actor
    audience: Audience


@dataclass
class Room:
    """The screens of one meeting, what is known of it, and what they were last sent."""

    meeting_id: int
    listeners: dict[str, Listener] = field(default_factory=dict)
    known: dict[Audience, Sections] = field(default_factory=dict)
    people: People = field(default_factory=People)
    sent: dict[Audience, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    large_sent_at: dict[tuple[Audience, str], float] = field(default_factory=dict)
    dirty: bool = False
    running: bool = False
    newest: int = -1  # the newest version heard of
    covered: int = -1  # of every version up to this one it is known what it wrote, or everything was read since
    ahead: set[int] = field(default_factory=set)  # later ones of which it is known too
    doubted: bool = False  # whether the meeting is still there
    uncertain: bool = True  # who takes part may have changed
    #: Where the record of roles and accounts stood when everybody was last asked for, and on which day.
    rights: tuple[int | None, date] | None = None
    hats_read: tuple[int, frozenset[str]] = (-1, frozenset())  # when, and from which tables it was read who takes part
    reading: bool = False  # somebody reads everything, or waits for it
    owed: bool = False  # everything is to be read once more
    whole_at: float = 0.0

    @property
    def is_behind(self) -> bool:
        """Whether somebody wrote of whom it is not known here what."""
        return self.doubted or self.newest > self.covered

    def hear(self, number: int) -> None:
        """There is a version of this number."""
        self.newest = max(self.newest, number)

    def cover(self, number: int) -> None:
        """What this version wrote is known."""
        self.hear(number)
        self.ahead.add(number)
        self._join_up()

    def has_read(self, number: int) -> None:
        """Everything was read as it stood at this version."""
        self.hear(number)
        self.covered, self.doubted = max(self.covered, number), False
        self._join_up()

    def _join_up(self) -> None:
        while self.covered >= 0 and self.covered + 1 in self.ahead:
            self.covered += 1
        self.ahead = {number for number in self.ahead if number > self.covered}

    def persons(self) -> dict[int, Actor]:
        """Everyone connected, by person id."""
        return {each.actor.person_id: each.actor for each in self.listeners.values()}

    def of(self, audience: Audience) -> Sections:
        """What is known for an audience."""
        return self.known.setdefault(audience, Sections(audience))


ROOMS: dict[int, Room] = {}


def channel(meeting_id: int, audience: Audience) -> str:
    """The Socket.IO room of an audience."""
    name, items = audience
    return f"m{meeting_id}:{name}" + (":" + "-".join(map(str, sorted(items))) if items else "")


def personal_channel(meeting_id: int, person_id: int) -> str:
    """The Socket.IO room of one person's screens."""
    return f"m{meeting_id}:p{person_id}"
