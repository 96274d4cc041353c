"""What people can be told of tablets: one is theirs now, one was lost, one waits for the office."""

from meeting.errors import N_
from meeting.notify.words import Words

KINDS: dict[str, Words] = {
    "tablet_paired": Words(
        "papers",
        N_("A tablet was paired with your account: %(tablet)s"),
        N_("Whoever knows its PIN acts in your name. Is it not yours? Take it off under “My devices” and tell the office."),
        "device-tablet",
        duty=True,
    ),
    "tablet_lost_own": Words(
        "papers",
        N_("Your tablet was reported as lost: %(tablet)s"),
        N_("It is signed out, its PIN no longer holds, and its papers are removed at its next contact."),
        "device-tablet",
        duty=True,
    ),
    "tablet_lost": Words(
        "papers",
        N_("A tablet was reported as lost: %(name)s"),
        N_("%(tablet)s is signed out. The list of tablets shows when it has removed its papers."),
        "device-tablet",
        duty=True,
        leaves=False,
    ),
    "tablet_blocked": Words(
        "papers",
        N_("A tablet is shut after five wrong PINs: %(name)s"),
        N_("%(tablet)s opens again when it is reset on the list of tablets."),
        "device-tablet",
        duty=True,
        leaves=False,
    ),
}
