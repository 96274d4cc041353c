"""How roles and states are called on screens."""

from meeting.errors import N_
from meeting.permissions import Role

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
