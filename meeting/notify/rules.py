"""Pure rules of telling people: what can be told and in which words, when a failed mail is tried again, when to remind."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from meeting.errors import N_, declare

FIRST_HOUR, LAST_HOUR = 7, 19  # reminders are made between these local hours
DUE_SOON_DAYS = 3  # a task is due soon from three days before
ANSWER_DAYS = 2  # an unanswered invitation is recalled from two days before the meeting
RETRY_AFTER = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=20), timedelta(hours=1), timedelta(hours=4))

declare(
    {
        "mail_not_failed": N_("This mail did not fail, so it is not sent again."),
        "mail_off": N_("Mail is not set up on this system."),
    }
)


@dataclass(frozen=True)
class Words:
    """How one kind of notification is said (message ids, filled with its facts), its icon, and whether it also goes by mail."""

    title: str
    text: str
    icon: str
    mail: bool = True
    calendar: bool = False  # the iCalendar file goes with the mail


KINDS: dict[str, Words] = {
    "meeting_issued": Words(
        N_("Invitation: %(title)s"),
        N_("%(body)s invites you: %(starts_at)s, %(place)s. Please answer the invitation."),
        "mail",
        calendar=True,
    ),
    "meeting_changed": Words(
        N_("Changed: %(title)s"),
        N_("Now: %(starts_at)s, %(place)s. Please look at the meeting."),
        "calendar-event",
        calendar=True,
    ),
    "meeting_postponed": Words(
        N_("Postponed: %(title)s"), N_("Reason: %(reason)s. A new invitation follows."), "clock", calendar=True
    ),
    "meeting_cancelled": Words(N_("Cancelled: %(title)s"), N_("Reason: %(reason)s."), "x", calendar=True),
    "answer_missing": Words(
        N_("Please answer the invitation: %(title)s"), N_("The meeting begins at %(starts_at)s, %(place)s."), "mail"
    ),
    "invitation_declined": Words(N_("%(name)s reports an absence: %(title)s"), N_("Reason: %(reason)s."), "user-x", mail=False),
    "programme_submitted": Words(
        N_("Programme to approve: %(title)s"),
        N_("The secretariat asks you to approve programme, time and participants."),
        "file-check",
    ),
    "programme_approved": Words(N_("Programme approved: %(title)s"), N_("The invitations can be issued now."), "check"),
    "programme_rejected": Words(N_("Programme sent back: %(title)s"), N_("The chair says: %(reason)s."), "alert-circle"),
    "papers_requested": Words(N_("Papers to prepare: %(paper)s"), N_("For: %(title)s. Due at %(due_at)s."), "upload"),
    "papers_due_changed": Words(N_("New due time: %(paper)s"), N_("Now due at %(due_at)s. Reason: %(reason)s."), "clock"),
    "paper_submitted": Words(N_("Paper handed in: %(paper)s"), N_("%(unit)s, for: %(title)s."), "inbox", mail=False),
    "paper_accepted": Words(N_("Paper accepted: %(paper)s"), N_("For: %(title)s."), "check", mail=False),
    "paper_returned": Words(N_("Paper returned: %(paper)s"), N_("Reason: %(reason)s. Please hand in a new version."), "refresh"),
    "papers_reminded": Words(N_("Reminder of papers: %(paper)s"), N_("For: %(title)s. Due at %(due_at)s."), "bell"),
    "papers_waived": Words(N_("No longer needed: %(paper)s"), N_("For: %(title)s. Reason: %(reason)s."), "check", mail=False),
    "papers_due_soon": Words(N_("Papers due soon: %(paper)s"), N_("For: %(title)s. Due at %(due_at)s."), "clock"),
    "papers_overdue": Words(N_("Papers overdue: %(paper)s"), N_("For: %(title)s. They were due at %(due_at)s."), "alert-circle"),
    "notice_submitted": Words(N_("Conclusion notice to approve: %(title)s"), N_("The draft lies before you."), "file-text"),
    "notice_sent_back": Words(N_("Conclusion notice sent back: %(title)s"), N_("The chair says: %(reason)s."), "alert-circle"),
    "notice_approved": Words(N_("Conclusion notice to sign: %(title)s"), N_("The chair has approved the draft."), "file-check"),
    "notice_signed": Words(
        N_("Conclusion notice to issue: %(title)s"), N_("It is signed and waits for number and issue."), "send"
    ),
    "notice_issued": Words(N_("Conclusion notice %(symbol)s"), N_("Issued for: %(title)s."), "file-text"),
    "task_assigned": Words(N_("New task: %(task)s"), N_("Deadline: %(due_on)s. From: %(title)s."), "checklist"),
    "task_reported": Words(N_("Task reported: %(task)s"), N_("%(unit)s reports its result."), "checklist", mail=False),
    "task_accepted": Words(N_("Task accepted: %(task)s"), N_("From: %(title)s."), "check", mail=False),
    "task_sent_back": Words(N_("Task sent back: %(task)s"), N_("Reason: %(reason)s."), "refresh"),
    "task_urged": Words(N_("Please speed up: %(task)s"), N_("Deadline: %(due_on)s. From: %(title)s."), "bell"),
    "task_extended": Words(N_("New due date: %(task)s"), N_("Now due on %(due_on)s."), "clock"),
    "task_due_soon": Words(N_("Task due soon: %(task)s"), N_("Deadline: %(due_on)s. From: %(title)s."), "clock"),
    "task_overdue": Words(N_("Task overdue: %(task)s"), N_("It was due on %(due_on)s. From: %(title)s."), "alert-circle"),
}

NO_DATE = N_("none set")


def next_try(attempts: int, now: datetime) -> datetime | None:
    """When a mail that failed so many times is tried again; None when it is given up after six attempts."""
    return now + RETRY_AFTER[attempts - 1] if attempts <= len(RETRY_AFTER) else None


def reminding(local_now: datetime) -> bool:
    """Whether people are reminded now: by day, not at night."""
    return FIRST_HOUR <= local_now.hour < LAST_HOUR


def answer_recalled(today: date, held_on: date) -> bool:
    """Whether an unanswered invitation is recalled: from two days before the meeting to the day itself."""
    return timedelta(0) <= held_on - today <= timedelta(days=ANSWER_DAYS)


def due_word(today: date, due_on: date, soon_days: int) -> str:
    """`overdue`, `soon` or nothing, seen from a day."""
    if due_on < today:
        return "overdue"
    return "soon" if due_on - today <= timedelta(days=soon_days) else ""
