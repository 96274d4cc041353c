"""How one kind of notification is said."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """How one kind of notification is said, the group of the matrix it belongs to, and how far it goes."""

    group: str
    title: str
    text: str
    icon: str
    leaves: bool = True  # False: it stays in the application whatever is set
    calendar: bool = False  # the calendar file goes with the mail
    duty: bool = False  # always in the inbox, even where the group may be switched off
    loud: bool = False  # by every channel, unless the body or the person said otherwise for this group
