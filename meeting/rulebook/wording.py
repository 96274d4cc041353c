"""Rules in words, as a screen says them. The sentences are the catalogue's; numbers come from the values."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from flask_babel import gettext, ngettext

from meeting.errors import N_
from meeting.rulebook import vote_words
from meeting.rulebook.values import Values, values_of


def _(sentence: str, **facts: Any) -> str:
    return str(gettext(sentence, **facts))


RULE_LABELS: Mapping[str, str] = {
    "summons": N_("How it is convened"),
    "invitation": N_("Invitation out"),
    "papers": N_("Papers of the units due"),
    "programme": N_("Programme laid before the chair"),
    "approver": N_("Programme approved by"),
    "check": N_("Check of a dossier"),
    "head_approval": N_("Papers pass the head of unit"),
    "sequence": N_("Papers in their sequence"),
    "closed": N_("Open or closed"),
    "voters": N_("Who counts"),
    "quorum": N_("Enough to open"),
    "choices": N_("On the ballot"),
    "majority": N_("Needed to pass"),
    "tie": N_("When votes are equal"),
    "elections": N_("Elections and votes of confidence"),
    "missing_names": N_("Who has not voted yet"),
    "substitutes": N_("Substitutes"),
    "notice": N_("Conclusion notice"),
    "signer": N_("Who signs"),
    "minutes": N_("Who signs the minutes"),
    "longest": N_("Longest duration"),
    "attending": N_("How attendance is taken"),
    "floor": N_("Order of speaking"),
    "times": N_("Times to speak"),
}
GROUPS: Sequence[tuple[str, tuple[str, ...]]] = (
    (
        N_("Before the meeting"),
        ("summons", "invitation", "papers", "programme", "approver", "check", "head_approval", "sequence"),
    ),
    (
        N_("Who decides, and how"),
        ("closed", "voters", "quorum", "choices", "majority", "tie", "elections", "missing_names", "substitutes"),
    ),
    (N_("In the meeting and after"), ("longest", "attending", "floor", "times", "notice", "signer", "minutes")),
)
SUMMONS_WORDS = {
    "invitation": N_("By invitation (giấy mời)"),
    "decision": N_("By a decision that convenes (quyết định triệu tập)"),
}
APPROVER_WORDS = {
    "none": N_("No approval is asked for in the system"),
    "chair": N_("The chair"),
    "chief": N_("The chief of office"),
}
HEAD_WORDS = {
    "none": N_("The officer sends straight to the office"),
    "optional": N_("The officer sends straight to the office or lays them before the head first"),
    "required": N_("Only after the head of unit has approved them"),
}
VOTER_WORDS = {"members": N_("All members of the body"), "invited": N_("Those invited with a vote")}
TIE_WORDS = {"none": N_("Not passed"), "chair_side": N_("The side of the chair")}
SUBSTITUTE_WORDS = {
    "none": N_("No substitutes"),
    "speaks": N_("A substitute speaks and does not vote"),
    "votes": N_("A substitute speaks and votes"),
}
MINUTES_WORDS = {
    "chief": N_("The chief of office alone"),
    "both": N_("The secretary, then the person who presided"),
    "chair": N_("The person who presided alone"),
}
SIGNER_WORDS = {"chair": N_("The chair"), "chief": N_("The chief of office, by order")}
FLOOR_WORDS = {
    "registration": N_("In the order of registration"),
    "unspoken_first": N_("Those first who have not yet spoken"),
}
CHECK_IN_WORDS = {
    "self": N_("By a tap on the tablet, or by the office"),
    "code": N_("Only with the code at the seat or the door, or by the office"),
}
REMOTE_WORDS = {
    "full": N_("Who takes part online counts and votes"),
    "speaks": N_("Who takes part online speaks, without counting or voting"),
    "none": N_("Nobody takes part online"),
}
CLOSED_WORDS = {False: N_("Open, unless a meeting is made a closed one"), True: N_("Closed, unless a meeting is opened")}
CHOICE_WORDS = {"for": N_("In favour"), "against": N_("Against"), "abstain": N_("Not voting"), "other": N_("Other opinion")}
THRESHOLDS = {
    "more_than_half": N_("More than half of %(whom)s"),
    "at_least_half": N_("At least half of %(whom)s"),
    "two_thirds": N_("At least two thirds of %(whom)s"),
    "three_quarters": N_("At least three quarters of %(whom)s"),
}
BASES = {
    "total": N_("the total"),
    "present": N_("those present"),
    "cast": N_("the ballots received"),
    "valid": N_("the valid ballots"),
}
BRIEF_LABELS = {
    "invitation": N_("Invitation"),
    "papers": N_("Papers"),
    "programme": N_("Programme"),
    "quorum": N_("Opens with"),
    "majority": N_("Passes with"),
}
MAKER_WORDS = {"unit": N_("unit in charge"), "committee": N_("committee that verifies")}
DUE_LABELS = {
    "invitation": N_("Invitation"),
    "papers": N_("Papers of the units"),
    "programme": N_("Programme to the chair"),
    "check": N_("Dossiers checked by the office"),
    "notice": N_("Conclusion notice"),
}


def _word(words: Mapping[Any, str], key: Any) -> str:
    return _(words[key])


def counted(days: int, unit: str) -> str:
    """ "3 working days"."""
    if unit == "working":
        return str(ngettext("%(num)d working day", "%(num)d working days", days))
    return str(ngettext("%(num)d day", "%(num)d days", days))


def before(days: int, unit: str) -> str:
    """ "at least 3 working days before the meeting", or "at the beginning of the meeting"."""
    if not days:
        return _("at the beginning of the meeting")
    return _("at least %(time)s before the meeting", time=counted(days, unit))


def minutes(seconds: int) -> str:
    """ "7 min", "1 min 30 s"."""
    whole, rest = divmod(int(timedelta(seconds=seconds).total_seconds()), 60)
    parts = [_("%(n)s min", n=whole)] if whole else []
    return " ".join([*parts, _("%(n)s s", n=rest)] if rest else parts)


def majority(rule: str) -> str:
    """The threshold and its base: "More than half of the total"."""
    threshold, _of, base = rule.partition("_of_")
    if threshold not in THRESHOLDS:
        threshold, base = rule, ""
    return _(THRESHOLDS[threshold], whom=_word(BASES, base or "total"))


def quorum(share: str) -> str:
    """ "At least 2/3 of the total"."""
    if share == "0":
        return _("No least number")
    if share == "1":
        return _("Everybody")
    return _("At least %(share)s of the total", share=share)


def ballot(choices: str) -> str:
    """The boxes in their order."""
    return " · ".join(_(CHOICE_WORDS[each]) for each in choices.split())


def said(rule: str, values: Values) -> str:
    """A rule in one sentence (the sequence and the times to speak: their parts after each other)."""
    return _SAYERS[rule](values)


def _summons(v: Values) -> str:
    return _(SUMMONS_WORDS[v.summons])


def _invitation(v: Values) -> str:
    return before(v.invite_days, v.invite_unit)


def _papers(v: Values) -> str:
    return before(v.papers_due_days, v.papers_due_unit)


def _programme(v: Values) -> str:
    if not v.programme_days:
        return _("No time is set")
    return before(v.programme_days, v.programme_unit)


def _check(v: Values) -> str:
    if not v.check_days:
        return _("At once")
    return _("The office says within %(time)s what is missing", time=counted(v.check_days, "working"))


def stage(one: Mapping[str, Any]) -> str:
    """One paper of the sequence: what, by whom, when."""
    return _(
        "%(what)s (%(who)s): %(when)s", what=one["what"], who=_word(MAKER_WORDS, one["by"]), when=before(one["days"], one["unit"])
    )


def _sequence(v: Values) -> str:
    if not v.sequence:
        return _("None: every paper is due at the same time")
    return " → ".join(str(each["what"]) for each in v.sequence)


def _substitutes(v: Values) -> str:
    if v.substitutes == "none":
        return _word(SUBSTITUTE_WORDS, "none")
    whom = _("for members only") if v.substitutable == "members" else _("for anybody invited")
    consent = _("with the chair's consent") if v.substitute_consent else _("without asking the chair")
    return ", ".join([_(SUBSTITUTE_WORDS[v.substitutes]), whom, consent])


def _notice(v: Values) -> str:
    if not v.notice_required:
        return _("Only if there is one; the meeting may end without it")
    return _("Must follow within %(time)s", time=counted(v.notice_days, v.notice_unit))


def _times(v: Values) -> str:
    parts = (
        _("speech %(time)s", time=minutes(v.speech_seconds)),
        _("debate %(time)s", time=minutes(v.debate_seconds)),
        _("question %(time)s", time=minutes(v.question_seconds)),
        _("explanation %(time)s", time=minutes(v.explain_seconds)),
        _("answer %(time)s", time=minutes(v.answer_seconds)),
        _("warning %(time)s before the end", time=minutes(v.warn_seconds)),
    )
    return " · ".join(parts)


def _floor(v: Values) -> str:
    parts = [_(FLOOR_WORDS[v.floor_order])]
    if v.debate_first:
        parts.append(_("a debate before new speakers"))
    if v.turns_per_item:
        parts.append(_("at most %(n)s turns on one item", n=v.turns_per_item))
    return ", ".join(parts)


def _attending(v: Values) -> str:
    return ". ".join([_(CHECK_IN_WORDS[v.check_in]), _(REMOTE_WORDS[v.remote])])


_SAYERS = {
    "summons": _summons,
    "invitation": _invitation,
    "papers": _papers,
    "programme": _programme,
    "approver": lambda v: _(APPROVER_WORDS[v.approver]),
    "check": _check,
    "head_approval": lambda v: _(HEAD_WORDS[v.head_approval]),
    "sequence": _sequence,
    "closed": lambda v: _(CLOSED_WORDS[v.closed]),
    "voters": lambda v: _(VOTER_WORDS[v.voters]),
    "quorum": lambda v: quorum(v.quorum),
    "choices": lambda v: ballot(v.choices),
    "majority": lambda v: majority(v.majority),
    "tie": lambda v: _(TIE_WORDS[v.tie]),
    "elections": vote_words.elections,
    "missing_names": lambda v: _(vote_words.MISSING_WORDS[v.missing_names]),
    "substitutes": _substitutes,
    "notice": _notice,
    "signer": lambda v: _(SIGNER_WORDS[v.signer]),
    "minutes": lambda v: _(MINUTES_WORDS[v.minutes_signers]),
    "longest": lambda v: minutes(v.longest_minutes * 60) if v.longest_minutes else _("No longest duration is set"),
    "times": _times,
    "floor": _floor,
    "attending": _attending,
}


def brief(rule: str, values: Values) -> str:
    """A rule's figure for a narrow place: "2 working days", "2/3", "more than half of the total"."""
    times = {
        "invitation": (values.invite_days, values.invite_unit),
        "papers": (values.papers_due_days, values.papers_due_unit),
        "programme": (values.programme_days, values.programme_unit),
    }
    if rule in times:
        days, unit = times[rule]
        return counted(days, unit) if days else "–"
    if rule == "quorum":
        return values.quorum if values.quorum != "0" else "–"
    return said(rule, values)


def said_of(rule: str, book: Any) -> str:
    """The same for anything that has the columns."""
    return said(rule, values_of(book))
