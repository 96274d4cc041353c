"""What people can be told of the documents of a meeting: the next step, the issue, what a later one does, what is owed."""

from meeting.errors import N_
from meeting.notify.words import Words

KINDS: dict[str, Words] = {
    "decision_submitted": Words(
        "approvals",
        N_("Resolution or decision to approve: %(abstract)s"),
        N_("The draft lies before you. Meeting: %(title)s."),
        "gavel",
    ),
    "decision_sent_back": Words(
        "approvals", N_("Resolution or decision sent back: %(abstract)s"), N_("The chair says: %(reason)s."), "alert-circle"
    ),
    "decision_approved": Words(
        "approvals", N_("Resolution or decision to sign: %(abstract)s"), N_("The chair has approved the draft."), "file-check"
    ),
    "decision_signed": Words(
        "approvals",
        N_("Resolution or decision to issue: %(abstract)s"),
        N_("It is signed and waits for number and issue."),
        "send",
    ),
    "decision_issued": Words(
        "conclusions", N_("%(symbol)s: %(abstract)s"), N_("Issued for: %(title)s. The PDF is on its page."), "gavel"
    ),
    "document_corrected": Words("conclusions", N_("%(old)s is corrected"), N_("By %(symbol)s: %(reason)s."), "edit"),
    "document_replaced": Words(
        "conclusions", N_("%(old)s is replaced"), N_("By %(symbol)s. What it says holds in place of the former."), "replace"
    ),
    "document_withdrawn": Words(
        "conclusions", N_("%(old)s is withdrawn"), N_("By %(symbol)s. Reason: %(reason)s."), "ban", duty=True
    ),
    "notice_due": Words("reminders", N_("Conclusion notice due: %(title)s"), N_("It ought to be issued by %(due_on)s."), "clock"),
    "notice_overdue": Words(
        "reminders",
        N_("Conclusion notice overdue: %(title)s"),
        N_("It ought to have been issued by %(due_on)s. A session of this kind must have one."),
        "alert-circle",
        duty=True,
    ),
    "send_up_due": Words(
        "reminders",
        N_("To be sent to the body above: %(symbol)s"),
        N_("Due on %(due_on)s. Note it on the page of the resolution once it is sent."),
        "send",
    ),
}
