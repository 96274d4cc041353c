"""What the measures say, as message ids by key: the evidence of a verdict is kept as keys and facts, in no language."""

from collections.abc import Mapping

from meeting.errors import N_

SENTENCES: Mapping[str, str] = {
    "no_papers": N_("No unit was asked for papers."),
    "papers": N_("%(on_time)s of %(asked)s papers came on time, %(late)s late, %(missing)s not at all."),
    "paper_on_time": N_("on time"),
    "paper_late": N_("late by %(minutes)s minutes"),
    "paper_late_days": N_("late by %(days)s days"),
    "paper_missing": N_("never handed in"),
    "quality": N_("%(returned)s of %(asked)s papers had to be returned; %(graded)s graded by the chair."),
    "paper_returned": N_("returned %(count)s times"),
    "paper_fine": N_("not returned"),
    "paper_good": N_("graded: good"),
    "paper_met": N_("graded: meets the requirements"),
    "paper_not_met": N_("graded: does not meet the requirements"),
    "never_invited": N_("No invitation went out through the system."),
    "handed": N_(
        "Due %(due_at)s. Invitation sent %(sent_at)s; %(in_time)s of %(papers)s papers were open to participants by then."
    ),
    "handed_no_papers": N_("Due %(due_at)s. Invitation sent %(sent_at)s."),
    "open_at": N_("open to participants %(at)s"),
    "never_open": N_("never open to participants"),
    "no_seats": N_("Nobody was invited."),
    "seats": N_("%(came)s of %(seats)s present: %(late)s late, %(substitutes)s by a substitute, %(excused)s excused."),
    "seat_late": N_("came late"),
    "seat_substitute": N_("a substitute came"),
    "seat_excused": N_("absent, excused"),
    "seat_absent": N_("absent"),
    "no_statements": N_("Nobody asked for the floor."),
    "statements": N_("%(count)s statements, %(within)s within their time, %(minutes)s minutes on average."),
    "turn_over": N_("%(seconds)s seconds over time"),
    "no_times": N_("The system did not record when the meeting began and ended."),
    "times": N_("Began %(opened_at)s (%(late)s minutes late), ended %(closed_at)s (%(over)s minutes over)."),
    "length": N_("Lasted %(minutes)s minutes; at most %(longest)s are allowed for this kind of meeting."),
    "no_items": N_("The programme had no items."),
    "result": N_("%(concluded)s of %(items)s items concluded; %(clear)s of %(tasks)s tasks with who, what and by when."),
    "item_open": N_("left without a conclusion"),
    "task_unclear": N_("without a due date or a lead"),
    "notice_not_needed": N_("No conclusion notice is required."),
    "notice_in_time": N_("Conclusion notice %(symbol)s issued on %(on)s, due %(due_on)s."),
    "notice_late": N_("Conclusion notice %(symbol)s issued on %(on)s, after %(due_on)s."),
    "notice_missing": N_("The conclusion notice was due %(due_on)s and is not issued."),
    "notice_waits": N_("The conclusion notice is due %(due_on)s; it is not issued yet."),
    "chair_scored": N_("Judged by the chair."),
    "chair_waits": N_("Not judged by the chair: left out."),
    "urgent": N_("An urgent meeting: times before the meeting are left out."),
}
