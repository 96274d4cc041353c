"""Which channels carry what to whom: the defaults, what a body sets, what a person switches off within it. Pure."""

from collections.abc import Collection, Iterable, Mapping

from meeting.errors import N_
from meeting.notify.kinds import Words

#: The channels in the order of the screens. The inbox is the application itself.
CHANNELS: dict[str, str] = {
    "inbox": N_("In the application"),
    "mail": N_("Mail"),
    "sms": N_("SMS"),
    "push": N_("On the device"),
}
CHANNEL_ICONS = {"inbox": "bell", "mail": "mail", "sms": "message-circle", "push": "device-tablet"}

#: Groups of kinds, in the order of the screens.
GROUPS: dict[str, str] = {
    "invitations": N_("Invitations"),
    "changes": N_("Changes of meetings"),
    "approvals": N_("What waits for a decision"),
    "papers": N_("Papers"),
    "reminders": N_("Reminders"),
    "conclusions": N_("Conclusions"),
    "tasks": N_("Tasks"),
    "search": N_("Saved searches"),
}

#: Roles that have a row of their own; the head of the office counts as secretary, everybody else as guest.
ROLES: dict[str, str] = {
    "member": N_("Members"),
    "chair": N_("Chair"),
    "secretary": N_("Secretariat"),
    "clerk": N_("Clerk"),
    "officer": N_("Officers of units"),
    "head": N_("Heads of units"),
    "guest": N_("Guests"),
}
OTHER_NAMES = {"chief": "secretary"}

#: Groups that are always in the inbox: what binds people must not get lost.
OBLIGATORY = frozenset({"invitations", "changes", "approvals", "tasks"})

#: Groups that are nobody's matter but the person's own: no body sets them, so the defaults hold.
OWN_GROUPS = frozenset({"search"})

_SEATED = ("member", "chair", "guest")
_UNIT = ("officer", "head")


def _default(group: str, role: str) -> frozenset[str]:
    more: set[str] = set()
    if group in ("invitations", "changes"):
        more |= {"push"} | ({"sms"} if role in _SEATED else set())
    if group == "approvals":
        more |= {"push"}
    if group in ("papers", "tasks") and role in _UNIT:
        more |= {"push"}
    if group in OWN_GROUPS:
        more |= {"push"}
    if group == "reminders":
        more |= {"push"} | ({"sms"} if role in _UNIT else set())
    return frozenset({"inbox", "mail"} | more)


#: What holds until a body sets something else.
DEFAULTS: Mapping[tuple[str, str], frozenset[str]] = {(group, role): _default(group, role) for group in GROUPS for role in ROLES}


def rows_of(roles: Iterable[str]) -> set[str]:
    """The rows of the matrix that hold for somebody with these roles; without any, that of guests."""
    found = {OTHER_NAMES.get(role, role) for role in roles} & set(ROLES)
    return found - {"guest"} or {"guest"}


def obligatory(group: str, words: Words | None = None) -> bool:
    """Whether a group (or one kind of it) is in the inbox whatever anybody sets."""
    return group in OBLIGATORY or bool(words and words.duty)


def in_order(channels: Collection[str]) -> list[str]:
    """Channels in the order of the screens; what is none of them is left out."""
    return [channel for channel in CHANNELS if channel in channels]


def channels_for(
    words: Words,
    roles: Iterable[str],
    of_body: Mapping[tuple[str, str], Collection[str]],
    switched_off: Collection[str] = (),
) -> frozenset[str]:
    """The channels that carry a kind to one person: all that the body sets for one of the person's roles, less what the
    person switched off for this group. A kind that stays inside goes no further than the inbox, an obligatory one always
    goes there, a loud one by every channel where the body set nothing else."""
    allowed: set[str] = set()
    for role in rows_of(roles):
        key = (words.group, role)
        allowed |= set(of_body.get(key, CHANNELS if words.loud else DEFAULTS[key]))
    allowed -= set(switched_off)
    if not words.leaves:
        allowed &= {"inbox"}
    if obligatory(words.group, words):
        allowed.add("inbox")
    return frozenset(allowed)
