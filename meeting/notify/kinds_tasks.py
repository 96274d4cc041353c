"""What people can be told of tasks: that they are given, due, late, judged; what was proposed, answered, handed over."""

from meeting.errors import N_
from meeting.notify.words import Words

KINDS: dict[str, Words] = {
    # given, and what becomes of it
    "task_assigned": Words("tasks", N_("New task: %(task)s"), N_("Deadline: %(due_on)s. From: %(title)s."), "checklist"),
    "task_named": Words(
        "tasks",
        N_("A task for %(you)s to carry out: %(task)s"),
        N_("%(unit)s leads. Deadline: %(due_on)s. From: %(title)s."),
        "user-check",
    ),
    "task_renewed": Words(
        "tasks",
        N_("The task goes on under a new document: %(task)s"),
        N_("%(symbol)s. Deadline: %(due_on)s. Please look at what has changed."),
        "git-compare",
    ),
    "task_transferred": Words(
        "tasks",
        N_("Task transferred to %(unit)s: %(task)s"),
        N_("Deadline: %(due_on)s. Reason: %(reason)s. Please confirm receipt."),
        "checklist",
    ),
    "task_handed_over": Words(
        "tasks", N_("No longer with your unit: %(task)s"), N_("%(unit)s leads it from now on. Reason: %(reason)s."), "arrow-right"
    ),
    "task_cancelled": Words("tasks", N_("Task cancelled: %(task)s"), N_("Reason: %(reason)s."), "x"),
    "task_reported": Words("tasks", N_("Task reported: %(task)s"), N_("%(unit)s reports its result."), "checklist", leaves=False),
    "task_accepted": Words("tasks", N_("Task accepted: %(task)s"), N_("From: %(title)s."), "check", leaves=False),
    "task_sent_back": Words("tasks", N_("Task sent back: %(task)s"), N_("Reason: %(reason)s."), "refresh"),
    "task_extended": Words("tasks", N_("New due date: %(task)s"), N_("Now due on %(due_on)s."), "clock"),
    "tasks_to_complete": Words(
        "approvals",
        N_("Tasks to complete before they are assigned: %(count)s, %(symbol)s"),
        N_("Person, process, responsibility or result is missing. The units do not have them yet."),
        "checklist",
    ),
    # proposals and obstacles
    "task_time_asked": Words(
        "approvals", N_("More time asked for a task: %(task)s"), N_("%(unit)s, until %(wanted_on)s. Reason: %(says)s."), "clock"
    ),
    "task_change_asked": Words(
        "approvals", N_("A change of a task is proposed: %(task)s"), N_("%(unit)s: %(says)s."), "message-circle"
    ),
    "task_change_refused": Words("tasks", N_("The task stays as it is: %(task)s"), N_("Answer: %(says)s."), "alert-circle"),
    "task_reworded": Words(
        "tasks", N_("The words of the task were changed: %(task)s"), N_("As your unit proposed. %(says)s"), "check"
    ),
    "task_obstacle_raised": Words(
        "approvals", N_("An obstacle to a task: %(task)s"), N_("%(unit)s: %(says)s."), "alert-triangle"
    ),
    "task_reviewed": Words(
        "tasks", N_("Decided in the monthly review: %(task)s"), N_("%(says)s. Deadline: %(due_on)s."), "calendar-check"
    ),
    "task_obstacle_settled": Words("tasks", N_("Obstacle settled: %(task)s"), N_("Answer: %(says)s."), "check"),
    # by hand and by time
    "task_urged": Words(
        "reminders",
        N_("Please speed up: %(task)s"),
        N_("%(name)s urges this task. Deadline: %(due_on)s. %(says)s"),
        "bell-ringing",
        duty=True,
        loud=True,
    ),
    "task_due_soon": Words("reminders", N_("Task due soon: %(task)s"), N_("Deadline: %(due_on)s. From: %(title)s."), "clock"),
    "task_overdue": Words(
        "reminders", N_("Task overdue: %(task)s"), N_("It was due on %(due_on)s. From: %(title)s."), "alert-circle", duty=True
    ),
    "task_overdue_head": Words(
        "reminders",
        N_("Your unit has an overdue task: %(task)s"),
        N_("It was due on %(due_on)s. It is carried out by: %(officer)s."),
        "alert-circle",
        duty=True,
    ),
    "task_overdue_leader": Words(
        "reminders",
        N_("A task in your charge is overdue: %(task)s"),
        N_("%(unit)s, due on %(due_on)s. From: %(title)s."),
        "alert-circle",
        duty=True,
    ),
    "task_unreceived": Words(
        "reminders",
        N_("Task not received yet: %(task)s"),
        N_("%(unit)s has not confirmed it since %(since_at)s."),
        "inbox",
        duty=True,
    ),
    "task_result_waiting": Words(
        "reminders",
        N_("A result waits for acceptance: %(task)s"),
        N_("%(unit)s reported it at %(since_at)s."),
        "clock",
        duty=True,
    ),
    "task_change_waiting": Words(
        "reminders",
        N_("A proposal on a task waits for an answer: %(task)s"),
        N_("%(unit)s made it at %(since_at)s."),
        "clock",
        duty=True,
    ),
}
