"""Pure rules of telling people: when a failed message is tried again, what is refused, what is said where a fact is missing."""

from datetime import datetime, timedelta

from meeting.errors import N_, declare

RETRY_AFTER = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=20), timedelta(hours=1), timedelta(hours=4))
MOST_DEVICES = 10
DELIVERY_STATES = ("waiting", "held", "sending", "sent", "logged", "failed", "no_address", "dropped", "unsure")
#: Ended without having reached the person: listed as failures, may be sent again by hand.
FAILURES = ("failed", "no_address", "unsure")
REMINDER_STATES = ("sent", "passed")

declare(
    {
        "mail_not_failed": N_("This message did not fail, so it is not sent again."),
        "mail_off": N_("Mail is not set up on this system."),
        "channel_off": N_("This channel is not set up on this system: %(missing)s"),
        "channel_unknown": N_("There is no such channel, group or role."),
        "channel_not_allowed": N_("The office has not opened this channel for this group."),
        "inbox_obligatory": N_("This group always comes into the inbox. It cannot be switched off."),
        "quiet_hours_wrong": N_("Write times as 21:00. The quiet time may reach over midnight."),
        "steps_wrong": N_("Give working days from 0 to 30, at most six of them, each once."),
        "device_address_refused": N_("The notification service of this browser is not allowed on this system."),
        "devices_full": N_("There are %(n)s devices already. Remove one that is no longer used."),
        "device_ended": N_("This device no longer takes notifications. Switch them on again there."),
        "sms_used_up": N_("The daily limit of messages is used up (%(limit)s). It is sent tomorrow."),
    }
)

NO_DATE = N_("none set")


def next_try(attempts: int, now: datetime) -> datetime | None:
    """When a message that failed so many times is tried again; None when it is given up after six attempts."""
    return now + RETRY_AFTER[attempts - 1] if attempts <= len(RETRY_AFTER) else None
