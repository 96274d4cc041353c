"""What people can be told of questioning: whom they answer, what is answered in writing, what they promised."""

from meeting.errors import N_
from meeting.notify.words import Words

KINDS: dict[str, Words] = {
    "question_group_planned": Words(
        "invitations",
        N_("You are to answer questions: %(group)s"),
        N_("%(title)s, %(starts_at)s. Nobody may answer instead of %(you)s (NQ 114/2025, Điều 22.2)."),
        "message-question",
        duty=True,
    ),
    "question_to_writing": Words(
        "tasks",
        N_("A question to answer in writing: %(question)s"),
        N_("Put by %(name)s. The answer is due on %(due_on)s. From: %(title)s."),
        "message-question",
        duty=True,
    ),
    "question_answered": Words(
        "tasks",
        N_("Answered in writing: %(question)s"),
        N_("The answer to your question is there. From: %(title)s."),
        "file-text",
    ),
    "written_due_soon": Words(
        "reminders", N_("An answer in writing is due soon: %(question)s"), N_("Due on %(due_on)s. From: %(title)s."), "clock"
    ),
    "written_overdue": Words(
        "reminders",
        N_("An answer in writing is overdue: %(question)s"),
        N_("It was due on %(due_on)s. From: %(title)s."),
        "alert-circle",
        duty=True,
    ),
    "promise_noted": Words(
        "tasks",
        N_("Your promise as noted: %(promise)s"),
        N_("Due on %(due_on)s. Please confirm it or say what is not right. From: %(title)s."),
        "quote",
        duty=True,
    ),
    "promise_for_unit": Words(
        "tasks",
        N_("Promised for your unit: %(promise)s"),
        N_("Promised by %(name)s, due on %(due_on)s. From: %(title)s."),
        "quote",
    ),
    "promise_objected": Words(
        "approvals",
        N_("%(name)s objects to a promise as noted"),
        N_("%(promise)s. The objection: %(reason)s"),
        "alert-circle",
        leaves=False,
    ),
    "promise_kept": Words("tasks", N_("Promise kept: %(promise)s"), N_("Promised by %(name)s. From: %(title)s."), "check"),
    "promise_due_soon": Words(
        "reminders",
        N_("A promise is due soon: %(promise)s"),
        N_("Promised by %(name)s, due on %(due_on)s. From: %(title)s."),
        "clock",
    ),
    "promise_overdue": Words(
        "reminders",
        N_("A promise is overdue: %(promise)s"),
        N_("Promised by %(name)s; it was due on %(due_on)s. From: %(title)s."),
        "alert-circle",
        duty=True,
    ),
}
