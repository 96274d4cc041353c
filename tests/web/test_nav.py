"""Everybody gets the destinations of their roles, and the frame they work in."""

from collections.abc import Iterator

import pytest

from meeting.permissions import Role
from meeting.web import nav


@pytest.fixture(autouse=True)
def entries() -> Iterator[None]:
    """Entries of this test only."""
    before = dict(nav._entries)
    nav._entries.clear()
    nav.entry("papers", icon="inbox", label="Papers", endpoint="papers", roles={Role.SECRETARY}, group="prepare", order=10)
    nav.entry("meetings", icon="calendar", label="Meetings", endpoint="meetings", roles={Role.SECRETARY, Role.MEMBER}, order=20)
    nav.entry("home", icon="home", label="Today", endpoint="home", roles={Role.SECRETARY, Role.MEMBER}, order=10)
    yield
    nav._entries.clear()
    nav._entries.update(before)


def groups(*roles: Role) -> list[tuple[object, list[object]]]:
    """Label of each group with the keys in it."""
    found = nav.groups_of(roles, lambda endpoint: "" if endpoint == "gone" else f"/{endpoint}", str.upper, {"papers": 4})
    return [(group["label"], [item["key"] for item in group["items"]]) for group in found]  # type: ignore[attr-defined]


def test_a_member_sees_only_what_members_do() -> None:
    assert groups(Role.MEMBER) == [("", ["home", "meetings"])]


def test_the_secretariat_sees_its_groups_in_order() -> None:
    assert groups(Role.SECRETARY) == [("", ["home", "meetings"]), ("PREPARATION", ["papers"])]


def test_an_entry_whose_page_does_not_exist_is_left_out() -> None:
    nav.entry("gone", icon="x", label="Gone", endpoint="gone", roles={Role.MEMBER})

    assert groups(Role.MEMBER) == [("", ["home", "meetings"])]


def test_an_unknown_group_is_refused_at_start() -> None:
    with pytest.raises(LookupError):
        nav.entry("x", icon="x", label="X", endpoint="x", roles=set(), group="elsewhere")


def test_what_is_set_up_once_is_folded_for_those_with_daily_work_only() -> None:
    nav.entry("rules", icon="x", label="Rules", endpoint="rules", roles={Role.SECRETARY, Role.ADMIN}, group="administer")
    nav.entry("backups", icon="x", label="Backups", endpoint="backups", roles={Role.ADMIN}, group="run")

    def unfolded(role: Role) -> dict[object, object]:
        return {group["key"]: group["open"] for group in nav.groups_of({role}, str, str)}

    assert unfolded(Role.SECRETARY) == {"now": True, "prepare": True, "administer": False}
    assert unfolded(Role.ADMIN) == {"administer": True, "run": False}


@pytest.mark.parametrize(
    ("roles", "frame"),
    [
        ({Role.MEMBER}, "rail"),
        ({Role.GUEST}, "rail"),
        ({Role.CHAIR, Role.MEMBER}, "rail"),
        ({Role.CHAIR, Role.SECRETARY}, "rail"),
        ({Role.SECRETARY}, "side"),
        ({Role.MEMBER, Role.CLERK}, "side"),
        ({Role.OFFICER}, "side"),
        ({Role.ADMIN}, "side"),
    ],
)
def test_those_in_the_chamber_get_the_rail_and_those_at_a_desk_the_sidebar(roles: set[Role], frame: str) -> None:
    assert nav.frame_of(roles) == frame
