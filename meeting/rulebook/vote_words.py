"""Rules about votes on people and about names, in words."""

from flask_babel import gettext

from meeting.errors import N_
from meeting.rulebook.values import Values

ELECTION_WORDS = {
    "each": N_("In favour or against, for each person"),
    "choose": N_("Each person so, or choosing as many as there are seats"),
}
MISSING_WORDS = {
    True: N_("In open votes those who preside see the names; in secret ones only how many"),
    False: N_("Those who preside only see how many"),
}


def elections(v: Values) -> str:
    """How people are voted on, and whether their ballots may be electronic."""
    clause = gettext("electronic ballots by %(clause)s", clause=v.electronic_votes)
    return ", ".join([str(gettext(ELECTION_WORDS[v.elections])), str(clause if v.electronic_votes else gettext("on paper only"))])
