"""What people can be told of written rounds: that they are asked, until when, what came out, what the chair decided."""

from meeting.errors import N_
from meeting.notify.words import Words

KINDS: dict[str, Words] = {
    "round_sent": Words(
        "approvals",
        N_("Your opinion in writing is asked: %(round)s"),
        N_("%(body)s asks %(you)s to answer by %(due_at)s."),
        "signature",
        duty=True,
    ),
    "round_paper_added": Words(
        "papers",
        N_("New paper for the written opinions: %(round)s"),
        N_("“%(paper)s”. The answer is due at %(due_at)s."),
        "file-text",
    ),
    "round_extended": Words(
        "changes",
        N_("More time for the written opinions: %(round)s"),
        N_("Now until %(due_at)s. Reason: %(reason)s."),
        "clock",
    ),
    "round_cancelled": Words("changes", N_("Called off, written opinions: %(round)s"), N_("Reason: %(reason)s."), "x", duty=True),
    "round_reminded": Words(
        "reminders",
        N_("Please give your written opinion: %(round)s"),
        N_("The office reminds %(you)s. The answer is due at %(due_at)s."),
        "bell",
        duty=True,
    ),
    "round_due_soon": Words(
        "reminders", N_("Written opinion due soon: %(round)s"), N_("The answer is due at %(due_at)s."), "clock", duty=True
    ),
    "round_silent": Words(
        "reminders",
        N_("Not answered yet: %(silent)s of %(asked)s, %(round)s"),
        N_("The written round ends at %(due_at)s. Remind them, or give more time."),
        "alert-circle",
    ),
    "round_complete": Words(
        "approvals", N_("Everybody has answered: %(round)s"), N_("The written round can be closed now."), "checks", leaves=False
    ),
    "round_closed": Words(
        "approvals",
        N_("The written opinions are closed: %(round)s"),
        N_("%(answered)s of %(asked)s answered. The synthesis is there."),
        "file-check",
    ),
    "round_to_decide": Words(
        "approvals",
        N_("Written opinions to decide on: %(round)s"),
        N_("%(answered)s of %(asked)s answered. The result waits for the decision of %(you)s."),
        "file-check",
    ),
    "round_result": Words(
        "conclusions", N_("Result of the written opinions: %(round)s"), N_("%(answered)s of %(asked)s answered."), "file-text"
    ),
    "round_decided": Words(
        "conclusions",
        N_("Decided after the written opinions: %(round)s"),
        N_("The chair of %(body)s has decided. Open the round to read it."),
        "file-check",
    ),
    "round_waiting": Words(
        "reminders",
        N_("Written opinions wait for a decision: %(round)s"),
        N_("The round was closed at %(closed_at)s."),
        "clock",
        duty=True,
    ),
    "round_unreported": Words(
        "reminders",
        N_("To report at the next meeting: %(round)s"),
        N_("It was decided in writing at %(decided_at)s and stands on no programme yet."),
        "clock",
    ),
}
