"""What people can be told of their own remarks."""

from meeting.errors import N_
from meeting.notify.words import Words

KINDS: dict[str, Words] = {
    "feedback_answered": Words(
        "search",
        N_("Your remark was answered"),
        N_("The administrator has answered what you wrote on %(given_at)s."),
        "message-report",
    ),
}
