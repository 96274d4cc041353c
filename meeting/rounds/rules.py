"""Who may be asked what in writing, who may answer, when a round ends and what may be decided on it. Pure.

Sources: Nghị định 315/2025/NĐ-CP, Điều 3.3b and d, Điều 22.2, Điều 25.5d (UBND: more than half of ALL members agree → the
Chủ tịch decides and reports at the next session; otherwise the Chủ tịch decides whether it goes to a session); Nghị quyết
104/2025/UBTVQH15, Điều 22 (Thường trực HĐND).
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from meeting.errors import N_, Refused, declare
from meeting.voting.majority import RULES, is_weaker, split

STATES = ("draft", "open", "closed", "decided", "cancelled")
CHOICES = ("for", "against", "abstain", "other")  # in the fixed order of every slip
OFFERED: Mapping[str, tuple[str, ...]] = {
    "committee": ("for", "against", "other"),  # NĐ 315 Đ25: no third box; "ý kiến khác" counts as not in favour
    "council": ("for", "against", "abstain", "other"),
    "party": ("for", "against", "abstain", "other"),
}
LABELS = {
    "for": N_("In favour"),
    "against": N_("Against"),
    "abstain": N_("Not voting"),
    "other": N_("Other opinion"),
}
#: Why it is asked in writing, by kind of body; each with the article it rests on.
GROUNDS: Mapping[str, Mapping[str, str]] = {
    "committee": {
        "urgent": N_("Urgent, to be settled at once (NĐ 315/2025, Điều 22.2a)"),
        "no_discussion": N_("No discussion together is needed (NĐ 315/2025, Điều 22.2b)"),
        "agreed_papers": N_("All papers were sent and nobody differs about them (NĐ 315/2025, Điều 22.2c)"),
        "secure": N_("The system meets what the law asks of safety and keeping (NĐ 315/2025, Điều 22.2d)"),
        "other": N_("Another reason"),
    },
    "council": {
        "no_meeting": N_("No meeting can be held: disaster, epidemic, emergency (NQ 104/2025, Điều 22.1)"),
        "nature": N_("By the nature of the matter (NQ 104/2025, Điều 22.1)"),
        "other": N_("Another reason"),
    },
    "party": {"other": N_("By the committee's working regulations")},
}
#: The rules a draft may choose among: of all asked, or of the answers that came.
OFFERED_RULES = ("more_than_half", "two_thirds", "three_quarters", "more_than_half_of_cast", "two_thirds_of_cast")
SIGNED = ("none", "optional", "required")
DECISIONS = ("approved", "to_session", "refused")
MOST_PAPERS = 50
BETWEEN_REMINDERS = timedelta(minutes=10)  # by hand: a second press reminds nobody twice
SOON = timedelta(hours=24)  # a round shorter than this is recalled once more before its end

declare(
    {
        "round_not_draft": N_("This round has been sent already, so it is not changed any more. Cancel it and make a new one."),
        "round_not_open": N_("No opinions are taken in this round now."),
        "round_not_closed": N_("This round has not been closed yet."),
        "round_not_decided": N_("The chair has not decided on this round yet."),
        "round_over": N_("This round is over, so it is not cancelled any more."),
        "round_late": N_("The time for opinions is over (%(due_at)s). This answer was not recorded."),
        "round_due_past": N_("The deadline must lie ahead."),
        "round_due_not_later": N_("The new deadline must be later than the present one (%(due_at)s)."),
        "round_still_asking": N_(
            "%(silent)s of %(asked)s have not answered and the deadline has not come yet. It closes by itself at %(due_at)s."
        ),
        "round_reason": N_("Please give the reason."),
        "round_ground_unknown": N_("The rules of this body do not give this reason for asking in writing."),
        "round_options_unknown": N_(
            "In favour and not in favour have to be offered, and nothing besides that this body may not offer."
        ),
        "round_rule_unknown": N_("A written round is decided by a share of all asked, or of the answers received."),
        "round_rule_weak": N_("This body decides in writing by more than half of all its members at least. Choose such a rule."),
        "round_nobody_asked": N_("Nobody with a vote in this body is asked. Choose whom to ask."),
        "round_not_members": N_("Only members with a vote in this body can be asked."),
        "round_officer_unknown": N_("The officer in charge must hold a role in this body."),
        "round_text_empty": N_("Write what the members are asked, or add a paper that says it."),
        "round_too_many_papers": N_("There are %(limit)s papers at most."),
        "round_paper_again": N_("This paper is in the dossier already."),
        "round_left": N_("%(name)s is no longer a member with a vote in this body, so this answer cannot be counted."),
        "round_item_outside": N_(
            "This item is dealt with outside the system, so nothing is reported on it here. Choose another."
        ),
        "round_not_asked": N_("You are not asked in this round."),
        "round_choice": N_("This choice is not offered in this round."),
        "round_text_missing": N_("Please write your opinion."),
        "round_answered": N_("Your answer is in already, and this round does not allow a change."),
        "round_answered_itself": N_("%(name)s has answered on the system already. A paper slip does not replace that."),
        "round_slip_missing": N_("Add the scanned slip with the signature."),
        "signed_reply_missing": N_("A signed reply is asked for in this round: add the signed file (PDF)."),
        "signed_reply_not_asked": N_("This round asks for no file."),
        "signed_reply_not_pdf": N_("The signed reply must be a PDF file."),
        "round_nobody_silent": N_("Everybody has answered, so nobody is reminded."),
        "round_just_reminded": N_("Everybody who has not answered was reminded less than %(minutes)s minutes ago."),
        "round_not_agreed": N_(
            "Not enough agreed (%(votes)s, %(needed)s needed), so this cannot be approved in writing. Put it before a session or "
            "let it rest."
        ),
        "round_reported_already": N_("This round was reported to a meeting already."),
        "round_meeting_other": N_("It is reported to a meeting of the same body."),
        "round_meeting_over": N_("This meeting is over. Choose one that is still ahead."),
        "item_has_round": N_("The result of a written round is reported on this item, so it stays on the programme."),
    }
)


def offered(body_kind: str, asked: Sequence[str] | None = None) -> list[str]:
    """The options of a round in their fixed order; without a wish all that the body may offer.

    Refused as `round_options_unknown`: what the body does not offer, or fewer than for and against.
    """
    lawful = OFFERED[body_kind]
    wanted = lawful if asked is None else tuple(asked)
    if not set(wanted) <= set(lawful) or not {"for", "against"} <= set(wanted):
        raise Refused("round_options_unknown", lawful=list(lawful))
    return [each for each in CHOICES if each in wanted]


def check_ground(body_kind: str, ground: str, text: str) -> None:
    """Why it is asked in writing: a reason of the body's law, or another one in words."""
    if ground not in GROUNDS[body_kind]:
        raise Refused("round_ground_unknown", lawful=list(GROUNDS[body_kind]))
    if ground == "other" and not text and body_kind != "party":
        raise Refused("round_reason")


def check_rule(body_kind: str, rule: str) -> None:
    """A known rule whose base exists in writing: nobody is present, so `present` is none; `valid` are all answers.

    The UBND and the Thường trực HĐND need more than half of all at least [NĐ 315 Đ3.3d, NQ 104 Đ19.2]: `round_rule_weak`.
    """
    if rule not in RULES or split(rule)[1] not in ("total", "cast"):
        raise Refused("round_rule_unknown")
    if body_kind != "party" and is_weaker(rule):
        raise Refused("round_rule_weak")


def rules_of(body_kind: str) -> tuple[str, ...]:
    """The rules that a draft of such a body may choose among, the usual one first."""
    return tuple(rule for rule in OFFERED_RULES if body_kind == "party" or not is_weaker(rule))


def check_draft(state: str) -> None:
    """Only a draft is edited; after the sending everybody has read it."""
    if state != "draft":
        raise Refused("round_not_draft", state=state)


def check_open(state: str) -> None:
    """Whether opinions are taken."""
    if state != "open":
        raise Refused("round_not_open", state=state)


def check_due(due_at: datetime, now: datetime) -> None:
    """A deadline lies ahead."""
    if due_at <= now:
        raise Refused("round_due_past")


def check_sending(state: str, due_at: datetime, now: datetime, *, asked: int, says: bool) -> None:
    """Before the register is frozen: a draft, a deadline ahead, somebody to ask, something to read."""
    check_draft(state)
    check_due(due_at, now)
    if asked == 0:
        raise Refused("round_nobody_asked")
    if not says:
        raise Refused("round_text_empty")


def check_answer(
    *,
    state: str,
    due_at: datetime,
    now: datetime,
    options: Sequence[str],
    choice: str,
    text: str,
    answered: bool,
    changeable: bool,
) -> None:
    """Whether an answer is taken: in time, one of the options, "other" only with words; a second one only where allowed."""
    check_open(state)
    if now >= due_at:
        raise Refused("round_late", due_at=due_at.isoformat())
    if choice not in options:
        raise Refused("round_choice", offered=list(options))
    if choice == "other" and not text:
        raise Refused("round_text_missing")
    if answered and not changeable:
        raise Refused("round_answered")


def check_signed(signed_reply: str, media_type: str | None) -> None:
    """The file of a reply: where one is asked for, and of a kind that carries a signature. `None`: no file came."""
    if media_type is None:
        if signed_reply == "required":
            raise Refused("signed_reply_missing")
        return
    if signed_reply == "none":
        raise Refused("signed_reply_not_asked")
    if media_type != "application/pdf":
        raise Refused("signed_reply_not_pdf")


def check_closing(state: str, due_at: datetime, now: datetime, *, asked: int, answered: int) -> None:
    """A round ends at its deadline, or earlier once everybody has answered."""
    check_open(state)
    if now < due_at and answered < asked:
        raise Refused("round_still_asking", silent=asked - answered, asked=asked, due_at=due_at.isoformat())


def check_extension(state: str, due_at: datetime, wanted: datetime, now: datetime, reason: str) -> None:
    """A later deadline with its reason, while the round is open."""
    check_open(state)
    if not reason:
        raise Refused("round_reason")
    check_due(wanted, now)
    if wanted <= due_at:
        raise Refused("round_due_not_later", due_at=due_at.isoformat())


def check_decision(state: str, decision: str, *, passed: bool, votes: int, needed: int) -> None:
    """After the close, once: what not enough agreed to cannot be approved in writing [NĐ 315 Đ3.3d]."""
    if state != "closed":
        raise Refused("round_not_closed" if state in ("draft", "open") else "round_over", state=state)
    if decision == "approved" and not passed:
        raise Refused("round_not_agreed", votes=votes, needed=needed)


def check_cancel(state: str, reason: str) -> None:
    """Before the decision, with a reason."""
    if state in ("decided", "cancelled"):
        raise Refused("round_over", state=state)
    if not reason:
        raise Refused("round_reason")


def check_report(state: str, *, reported: bool, same_body: bool, over: bool) -> None:
    """What was decided is reported once, to a meeting of the body that is still ahead."""
    if state != "decided":
        raise Refused("round_not_decided")
    if reported:
        raise Refused("round_reported_already")
    if not same_body:
        raise Refused("round_meeting_other")
    if over:
        raise Refused("round_meeting_over")


def chosen(members: Collection[int], wanted: Collection[int]) -> list[int]:
    """Whom a round asks: the wanted ones, who must all be members with a vote; nobody wanted: all members."""
    if not set(wanted) <= set(members):
        raise Refused("round_not_members")
    return sorted(wanted or members)


def base_of(body_kind: str, members: int, asked: int) -> int:
    """Of how many the share is taken: of all members in the UBND [NĐ 315 Đ3.3d "tổng số thành viên"], else of those asked:
    the Thường trực of the HĐND and the Ban Thường vụ of the Party are chosen among the members of their body."""
    return members if body_kind == "committee" else asked


def usual_tie(body_kind: str) -> str:
    """The side of the chair decides a tie in the Thường trực HĐND [NQ 104 Đ19]; a written round of others has none."""
    return "chair_side" if body_kind == "council" else "none"


def may_be_reminded(last: datetime | None, now: datetime) -> bool:
    """Whether enough time has passed since somebody was last reminded by hand."""
    return last is None or now - last >= BETWEEN_REMINDERS
