"""How roles and states are called on screens."""

from meeting.errors import N_
from meeting.permissions import Action, Role

GROUP_KINDS = {"delegation": N_("Deputies' group"), "committee": N_("Committee of the council"), "other": N_("Working group")}
GROUP_POSTS = {"head": N_("Head of the group"), "deputy": N_("Deputy head"), "member": N_("Member of the group")}

ROLE_LABELS = {
    Role.MEMBER: N_("Member, votes"),
    Role.CHAIR: N_("Chair"),
    Role.SECRETARY: N_("Secretary"),
    Role.CHIEF: N_("Chief of office"),
    Role.CLERK: N_("Clerk"),
    Role.OFFICER: N_("Unit officer"),
    Role.HEAD: N_("Head of unit"),
    Role.GUEST: N_("Guest"),
    Role.INSPECTOR: N_("Inspector"),
    Role.UNIT_ADMIN: N_("Unit administrator"),
    Role.ADMIN: N_("Administrator"),
}
ROLE_TONES = {Role.CHAIR: "primary", Role.SECRETARY: "agree", Role.CHIEF: "agree", Role.ADMIN: "warn"}
RANK = (  # which role stands for a person in a narrow list
    Role.CHAIR,
    Role.CHIEF,
    Role.SECRETARY,
    Role.CLERK,
    Role.MEMBER,
    Role.HEAD,
    Role.OFFICER,
    Role.UNIT_ADMIN,
    Role.INSPECTOR,
    Role.GUEST,
)
KIND_LABELS = {"council": N_("People's Council"), "committee": N_("People's Committee"), "party": N_("Party committee")}


def foremost(roles: list[Role]) -> Role | None:
    """The role that stands for a person where there is room for one."""
    return next((role for role in RANK if role in roles), None)


#: The rights that can be given beside a role, in groups, as administrators read them.
RIGHT_GROUPS: dict[str, dict[Action, str]] = {
    N_("Meetings"): {
        Action.PREPARE_MEETING: N_("Make meetings and their programmes"),
        Action.LINK_ITEMS: N_("Link matters of several meetings"),
        Action.ISSUE_MEETING: N_("Send the invitations out"),
        Action.SEE_REPLIES: N_("See who answered the invitation"),
        Action.KEEP_SESSIONS: N_("Keep sessions with their sittings"),
        Action.KEEP_WEEK: N_("Keep the weekly programme"),
        Action.ARCHIVE_MEETING: N_("Close the file of a meeting"),
    },
    N_("Papers"): {
        Action.READ_BOARD: N_("See which unit delivered what"),
        Action.REQUEST_PAPERS: N_("Ask units for papers"),
        Action.GRANT_TIME: N_("Grant units more time"),
        Action.REVIEW_PAPERS: N_("Check papers: accept or send back"),
        Action.PUBLISH_PAPERS: N_("Hand papers out"),
    },
    N_("In the room"): {
        Action.MAKE_SHEETS: N_("Make attendance sheets and seat cards"),
        Action.ANSWER_HELP: N_("Answer calls for help"),
        Action.SHOW_HALL: N_("Run the big screen"),
        Action.KEEP_SCRIPT: N_("Write the chair's script"),
        Action.PREPARE_VOTE: N_("Prepare questions to be voted on"),
        Action.KEEP_GROUPS: N_("Arrange the questions to be asked"),
        Action.PRACTISE: N_("Hold practice meetings"),
    },
    N_("After the meeting"): {
        Action.WRITE_CONCLUSIONS: N_("Draft minutes and conclusions"),
        Action.KEEP_PROMISES: N_("Keep the register of promises"),
        Action.KEEP_TASKS: N_("Enter and assign tasks"),
        Action.REVIEW_TASK: N_("Check the results of tasks"),
        Action.READ_ROUNDS: N_("Read written rounds"),
        Action.KEEP_ROUNDS: N_("Hold written rounds"),
    },
    N_("Figures and the system"): {
        Action.READ_EVALUATION: N_("Read evaluations of meetings"),
        Action.READ_REPORT: N_("Read reports and figures"),
        Action.READ_LEDGER: N_("Read the punctuality of all units"),
        Action.KEEP_PROCEDURES: N_("Keep the steps of procedures"),
        Action.MANAGE_GROUPS: N_("Form groups of members"),
        Action.KEEP_GUIDES: N_("Edit the guides"),
    },
}
RIGHT_LABELS = {right: label for group in RIGHT_GROUPS.values() for right, label in group.items()}
WAY_LABELS = {
    "password": N_("Password"),
    "second_step": N_("Second step"),
    "tablet": N_("Paired tablet"),
    "openid": N_("Provider of the province"),
    "demo": N_("Demo account"),
}
