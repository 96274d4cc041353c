"""What people can be told of evaluations: that their half-minute answer on a meeting is asked."""

from meeting.errors import N_
from meeting.notify.words import Words

KINDS: dict[str, Words] = {
    "survey_open": Words(
        "conclusions",
        N_("How was the meeting? %(title)s"),
        N_("Half a minute, without your name. Until %(closes_at)s."),
        "clipboard-check",
        leaves=False,
    ),
    "evaluation_ends": Words(
        "reminders",
        N_("Not graded yet: %(title)s"),
        N_("The evaluation closes at the end of today. Three taps are enough; after that the meeting counts as not graded."),
        "clipboard-check",
        duty=True,
    ),
}
