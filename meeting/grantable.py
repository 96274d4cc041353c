"""The rights that can be given to one person beside their roles: work of the desk, each for one body.

Never voting, presiding, signing, approving or administering: those come with a role and with nothing else. Nor handing out
tablets: who pairs one for a person could come in as that person and do all of this. Nor the archive file of a meeting: it
holds at once what is kept apart from such people otherwise.
"""

from collections.abc import Mapping

from meeting.actions import Action

_MEETING = (Action.READ_MEETING,)
_PAPERS = (Action.READ_MEETING, Action.READ_PAPERS, Action.READ_BOARD)
_ROOM = (Action.READ_MEETING, Action.JOIN_LIVE)

#: What can be given, and what it is of no use without.
GRANTABLE: Mapping[Action, tuple[Action, ...]] = {
    Action.MANAGE_GROUPS: (),
    Action.PREPARE_MEETING: (Action.READ_MEETING, Action.READ_RULES, Action.SEE_REPLIES),
    Action.LINK_ITEMS: _MEETING,
    Action.ISSUE_MEETING: (Action.READ_MEETING, Action.READ_INVITATION),
    Action.ARCHIVE_MEETING: _MEETING,
    Action.SEE_REPLIES: _MEETING,
    Action.READ_BOARD: _MEETING,
    Action.REQUEST_PAPERS: (Action.READ_MEETING, Action.READ_BOARD),
    Action.GRANT_TIME: (Action.READ_MEETING, Action.READ_BOARD),
    Action.REVIEW_PAPERS: _PAPERS,
    Action.PUBLISH_PAPERS: _PAPERS,
    Action.KEEP_WEEK: (Action.READ_WEEK,),
    Action.SHOW_HALL: _ROOM,
    Action.MAKE_SHEETS: _MEETING,
    Action.ANSWER_HELP: _ROOM,
    Action.KEEP_GROUPS: _MEETING,
    Action.KEEP_PROMISES: (Action.READ_MEETING, Action.READ_PROMISES),
    Action.KEEP_SCRIPT: (Action.READ_MEETING, Action.READ_SCRIPT),
    Action.KEEP_SESSIONS: (Action.READ_MEETING, Action.READ_SESSIONS),
    Action.PREPARE_VOTE: (Action.READ_MEETING, Action.JOIN_LIVE),
    Action.READ_ROUNDS: (),
    Action.KEEP_ROUNDS: (Action.READ_ROUNDS,),
    Action.WRITE_CONCLUSIONS: (Action.READ_MEETING, Action.READ_CONCLUSIONS),
    Action.KEEP_TASKS: (Action.READ_TASKS,),
    Action.REVIEW_TASK: (Action.READ_TASKS,),
    Action.READ_EVALUATION: _MEETING,
    Action.READ_REPORT: (),
    Action.READ_LEDGER: (),
    Action.KEEP_PROCEDURES: (Action.READ_REPORT,),
    Action.KEEP_GUIDES: (),
    Action.PRACTISE: (),
}

#: Judges what units hand in: of no force for people who hand it in themselves.
JUDGES_UNITS = frozenset({Action.GRANT_TIME, Action.REVIEW_PAPERS, Action.PUBLISH_PAPERS, Action.KEEP_TASKS, Action.REVIEW_TASK})


def rights_for(action: Action) -> frozenset[Action]:
    """The extra rights whose holder may do this: the right itself, and those that are of no use without it."""
    return frozenset(right for right, needed in GRANTABLE.items() if action in (right, *needed))
