"""What somebody can be told of the own way in."""

from meeting.errors import N_
from meeting.notify.words import Words

KINDS: dict[str, Words] = {
    "second_step_reset": Words(
        "changes",
        N_("The second step of your account was reset"),
        N_(
            "The administrator took it off, and all your sessions ended. "
            "If you did not ask for it, please call the administrator."
        ),
        "alert-triangle",
        duty=True,
    ),
}
