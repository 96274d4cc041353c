"""What people can be told: each kind with its group, its words (message ids, filled with facts) and its icon."""

from meeting.errors import N_
from meeting.notify.kinds_documents import KINDS as OF_DOCUMENTS
from meeting.notify.kinds_entrance import KINDS as OF_ENTRANCE
from meeting.notify.kinds_evaluation import KINDS as OF_EVALUATION
from meeting.notify.kinds_guides import KINDS as OF_GUIDES
from meeting.notify.kinds_questioning import KINDS as OF_QUESTIONING
from meeting.notify.kinds_rounds import KINDS as OF_ROUNDS
from meeting.notify.kinds_search import KINDS as OF_SEARCH
from meeting.notify.kinds_server import KINDS as OF_SERVER
from meeting.notify.kinds_tablets import KINDS as OF_TABLETS
from meeting.notify.kinds_tasks import KINDS as OF_TASKS
from meeting.notify.words import Words as Words  # noqa: PLC0414 - part of this module's own words

KINDS: dict[str, Words] = {
    "tried_out": Words(
        "invitations", N_("Trying out notifications"), N_("If %(you)s read this here, this channel works."), "bell"
    ),
    "meeting_issued": Words(
        "invitations",
        N_("Invitation: %(title)s"),
        N_("%(body)s invites %(you)s: %(starts_at)s, %(place)s. Please answer the invitation."),
        "mail",
        calendar=True,
    ),
    "invitation_withdrawn": Words(
        "invitations",
        N_("No longer invited: %(title)s"),
        N_("The invitation to this meeting (%(starts_at)s) was taken back."),
        "calendar-event",
        calendar=True,
    ),
    "mailed_not_counted": Words(
        "invitations",
        N_("The answer by mail did not count: %(title)s"),
        N_("It answered an earlier time or could not be recorded. Please answer here. Now: %(starts_at)s, %(place)s."),
        "mail",
    ),
    "mailed_proposal": Words(
        "approvals",
        N_("%(name)s proposes somebody to come instead: %(title)s"),
        N_("Named by mail: %(substitute)s, who is not on file. Please enter the substitute or answer %(name)s."),
        "users",
        leaves=False,
    ),
    "invitation_declined": Words(
        "invitations", N_("%(name)s reports an absence: %(title)s"), N_("Reason: %(reason)s."), "user-x", leaves=False
    ),
    "meeting_changed": Words(
        "changes",
        N_("Changed: %(title)s"),
        N_("Now: %(starts_at)s, %(place)s. Please look at the meeting."),
        "calendar-event",
        calendar=True,
    ),
    "invitation_replaced": Words(
        "changes",
        N_("New invitation %(symbol)s: %(title)s"),
        N_("It replaces the former one. %(starts_at)s, %(place)s."),
        "file-text",
    ),
    "meeting_postponed": Words(
        "changes", N_("Postponed: %(title)s"), N_("Reason: %(reason)s. A new invitation follows."), "clock", calendar=True
    ),
    "meeting_adjourned": Words(
        "changes",
        N_("Adjourned: %(title)s"),
        N_("It goes on at %(resumes_at)s, %(place)s. Reason: %(reason)s."),
        "calendar-event",
    ),
    "meeting_cancelled": Words("changes", N_("Cancelled: %(title)s"), N_("Reason: %(reason)s."), "x", calendar=True),
    "programme_submitted": Words(
        "approvals",
        N_("Programme to approve: %(title)s"),
        N_("The secretariat asks %(you)s to approve programme, time and participants."),
        "file-check",
    ),
    "programme_approved": Words(
        "approvals", N_("Programme approved: %(title)s"), N_("The invitations can be issued now."), "check"
    ),
    "programme_rejected": Words(
        "approvals", N_("Programme sent back: %(title)s"), N_("The chair says: %(reason)s."), "alert-circle"
    ),
    "notice_submitted": Words(
        "approvals", N_("Conclusion notice to approve: %(title)s"), N_("The draft lies before you."), "file-text"
    ),
    "notice_sent_back": Words(
        "approvals", N_("Conclusion notice sent back: %(title)s"), N_("The chair says: %(reason)s."), "alert-circle"
    ),
    "notice_approved": Words(
        "approvals", N_("Conclusion notice to sign: %(title)s"), N_("The chair has approved the draft."), "file-check"
    ),
    "notice_signed": Words(
        "approvals", N_("Conclusion notice to issue: %(title)s"), N_("It is signed and waits for number and issue."), "send"
    ),
    "papers_requested": Words(
        "papers", N_("Papers to prepare: %(paper)s"), N_("For: %(title)s. Due at %(due_at)s."), "upload", duty=True
    ),
    "papers_due_changed": Words(
        "papers", N_("New due time: %(paper)s"), N_("Now due at %(due_at)s. Reason: %(reason)s."), "clock"
    ),
    "paper_submitted": Words("papers", N_("Paper handed in: %(paper)s"), N_("%(unit)s, for: %(title)s."), "inbox", leaves=False),
    "paper_accepted": Words("papers", N_("Paper accepted: %(paper)s"), N_("For: %(title)s."), "check", leaves=False),
    "paper_returned": Words(
        "papers", N_("Paper returned: %(paper)s"), N_("Reason: %(reason)s. Please hand in a new version."), "refresh", duty=True
    ),
    "papers_waived": Words(
        "papers", N_("No longer needed: %(paper)s"), N_("For: %(title)s. Reason: %(reason)s."), "check", leaves=False
    ),
    "paper_published": Words("papers", N_("New paper: %(paper)s"), N_("For: %(title)s."), "file-text", leaves=False),
    "paper_changed": Words(
        "papers",
        N_("New version: %(paper)s"),
        N_("Version %(number)s. Pages changed: %(changed)s, added: %(added)s, removed: %(removed)s."),
        "refresh",
    ),
    "paper_replaced": Words(
        "papers", N_("New version: %(paper)s"), N_("Version %(number)s. The versions could not be compared."), "refresh"
    ),
    "paper_taken_back": Words(
        "papers", N_("Paper taken back: %(paper)s"), N_("For: %(title)s. Reason: %(reason)s."), "alert-circle", duty=True
    ),
    "answer_missing": Words(
        "reminders", N_("Please answer the invitation: %(title)s"), N_("The meeting begins at %(starts_at)s, %(place)s."), "mail"
    ),
    "papers_reminded": Words("reminders", N_("Reminder of papers: %(paper)s"), N_("For: %(title)s. Due at %(due_at)s."), "bell"),
    "papers_due_soon": Words("reminders", N_("Papers due soon: %(paper)s"), N_("For: %(title)s. Due at %(due_at)s."), "clock"),
    "papers_overdue": Words(
        "reminders",
        N_("Papers overdue: %(paper)s"),
        N_("For: %(title)s. They were due at %(due_at)s."),
        "alert-circle",
        duty=True,
    ),
    "notice_issued": Words("conclusions", N_("Conclusion notice %(symbol)s"), N_("Issued for: %(title)s."), "file-text"),
    "papers_due_now": Words(
        "reminders", N_("Papers due now: %(paper)s"), N_("For: %(title)s. The due time has come: %(due_at)s."), "clock", duty=True
    ),
    "papers_overdue_head": Words(
        "reminders",
        N_("Your unit owes a paper: %(paper)s"),
        N_("For: %(title)s. It was due at %(due_at)s and has not come from %(unit)s."),
        "alert-circle",
        duty=True,
    ),
    "programme_waiting": Words(
        "reminders",
        N_("A programme waits for your approval: %(title)s"),
        N_("Laid before %(you)s at %(since_at)s. The meeting begins at %(starts_at)s."),
        "clock",
        duty=True,
    ),
    "paper_waiting_head": Words(
        "reminders",
        N_("A paper waits for the head of the unit: %(paper)s"),
        N_("For: %(title)s. Laid before the head at %(since_at)s, due at %(due_at)s."),
        "clock",
        duty=True,
    ),
    "absence_waiting": Words(
        "reminders",
        N_("An absence waits for a decision: %(title)s"),
        N_("%(name)s reported it at %(since_at)s. Reason: %(reason)s."),
        "clock",
        duty=True,
    ),
    "programme_changed": Words(
        "changes",
        N_("Programme changed: %(title)s"),
        N_("Version %(number)s of the programme: %(summary)s"),
        "git-compare",
    ),
    "absence_approved": Words(
        "invitations", N_("Absence excused: %(title)s"), N_("The office has approved it. %(reason)s"), "check"
    ),
    "absence_refused": Words(
        "invitations", N_("Absence not excused: %(title)s"), N_("%(body)s asks %(you)s to come. %(reason)s"), "alert-circle"
    ),
    "substitute_named": Words(
        "approvals",
        N_("A substitute to agree to: %(title)s"),
        N_("%(name)s names %(substitute)s to come instead. Reason: %(reason)s."),
        "users",
    ),
    "substitute_invited": Words(
        "invitations",
        N_("Invitation instead of %(name)s: %(title)s"),
        N_("%(body)s invites %(you)s: %(starts_at)s, %(place)s."),
        "mail",
        calendar=True,
    ),
    "substitute_agreed": Words(
        "invitations", N_("Substitute agreed: %(title)s"), N_("%(substitute)s comes instead of %(name)s."), "check", leaves=False
    ),
    "substitute_refused": Words(
        "invitations",
        N_("Substitute not agreed: %(title)s"),
        N_("%(substitute)s cannot come instead. Reason: %(reason)s."),
        "alert-circle",
    ),
    "substitute_withdrawn": Words(
        "invitations",
        N_("Substitute withdrawn: %(title)s"),
        N_("%(substitute)s no longer comes instead of %(name)s."),
        "refresh",
        calendar=True,
    ),
    "paper_to_approve": Words(
        "approvals",
        N_("Paper to approve: %(paper)s"),
        N_("Before it goes to the office. For: %(title)s. Due at %(due_at)s."),
        "file-check",
    ),
    "paper_approved_by_head": Words(
        "papers", N_("Approved by the head: %(paper)s"), N_("It went to the office. For: %(title)s."), "check", leaves=False
    ),
    "paper_rejected_by_head": Words(
        "papers", N_("Sent back by the head: %(paper)s"), N_("Reason: %(reason)s. For: %(title)s."), "refresh", duty=True
    ),
    "paper_late": Words(
        "approvals",
        N_("Late paper to decide on: %(paper)s"),
        N_("%(unit)s, for: %(title)s. Reason: %(reason)s."),
        "clock-exclamation",
    ),
    "time_asked": Words(
        "approvals", N_("More time asked for: %(paper)s"), N_("%(unit)s, for: %(title)s. Reason: %(reason)s."), "clock"
    ),
    "time_granted": Words(
        "papers", N_("More time given: %(paper)s"), N_("Now due at %(due_at)s. For: %(title)s."), "check", duty=True
    ),
    "time_refused": Words(
        "papers", N_("No more time: %(paper)s"), N_("Still due at %(due_at)s. Reason: %(reason)s."), "alert-circle", duty=True
    ),
    "late_accepted": Words(
        "papers", N_("Late paper taken: %(paper)s"), N_("The chair takes it. For: %(title)s. %(reason)s"), "check"
    ),
    "late_postponed": Words(
        "papers",
        N_("Item put off: %(paper)s"),
        N_("The chair puts the item off because of the late paper. %(reason)s"),
        "clock",
        duty=True,
    ),
    "late_read_out": Words(
        "papers",
        N_("To be read out: %(paper)s"),
        N_("The chair has the late paper read out at the meeting. %(reason)s"),
        "microphone",
        duty=True,
    ),
    "scanner_away": Words(
        "papers",
        N_("The virus scanner does not answer"),
        N_("While it is away no file can be sent to this system. Please start it again: %(scanner)s"),
        "alert-triangle",
        duty=True,
    ),
    "late_refused": Words(
        "papers", N_("Late paper not taken: %(paper)s"), N_("The chair does not take it. %(reason)s"), "x", duty=True
    ),
    **OF_DOCUMENTS,
    **OF_QUESTIONING,
    **OF_ROUNDS,
    **OF_TASKS,
    **OF_EVALUATION,
    **OF_GUIDES,
    **OF_SEARCH,
    **OF_ENTRANCE,
    **OF_SERVER,
    **OF_TABLETS,
}
