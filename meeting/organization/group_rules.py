"""What holds for groups within a body. Values in, value or refusal out."""

from collections.abc import Mapping

from meeting.errors import N_, Refused, declare

KINDS = ("delegation", "committee", "other")
POSTS = ("head", "deputy", "member")
#: What a body forms first: deputies work in Tổ đại biểu; elsewhere groups are working groups.
USUAL_KIND = {"council": "delegation"}

declare(
    {
        "group_exists": N_("There is already a group with the name %(name)s."),
        "group_over": N_("This group has been dissolved."),
        "not_of_this_body": N_("%(name)s has no role in this body. Give the role first."),
        "in_another_delegation": N_("%(name)s already belongs to %(group)s. Take the deputy out of it first."),
        "not_in_group": N_("%(name)s does not belong to this group."),
    }
)


def check_seat(name: str, of_body: bool, kind: str, others: Mapping[str, str]) -> None:
    """Who may be seated in a group: people of the body; a deputy in one Tổ đại biểu only (as many Ban as they are elected to).

    `others` are the person's other groups in this body: kind by name. Refused: `not_of_this_body`, `in_another_delegation`.
    """
    if not of_body:
        raise Refused("not_of_this_body", name=name)
    taken = [group for group, each in others.items() if each == "delegation"]
    if kind == "delegation" and taken:
        raise Refused("in_another_delegation", name=name, group=taken[0])
