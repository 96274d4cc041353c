"""The table of acts by roles, over HTTP and sockets: every act, every role, own and foreign body, before and after an end.

Whoever may not is refused before any rule is asked (403, or 404 where one may not even know), and nothing has changed.
"""

from typing import Any

import pytest

from meeting import database
from meeting.acts import REGISTRY
from meeting.permissions import ALLOWED, Action, Role
from meeting.web import security
from meeting.web.sockets import NAMESPACE, socketio
from tests.guard.house import ENDED, FOREIGN, ROLES, SEATED, STRANGER, Watched, everything, token
from tests.guard.inputs import made_for
from tests.guard.watch import Content, differences

#: Rights of everybody who is signed in, over their own things only.
EVERYBODYS = {action for action, roles in ALLOWED.items() if set(Role) - {Role.SYSTEM} <= set(roles)}
#: Rights that are the same in the whole installation: a hat worn anywhere opens them.
INSTALLATION_WIDE = {
    Action.MANAGE_CATALOGUES, Action.MANAGE_CALENDAR, Action.KEEP_GUIDES, Action.UPLOAD_FILE, Action.KEEP_SHELF,
    Action.FIND_PEOPLE, Action.MANAGE_UNIT, Action.READ_PEOPLE,
}  # fmt: skip
TELLS_NOTHING = (403, 404)
#: Rights beside the act's own that open it too: the office's hand in what is a member's own.
BESIDE = {
    "conclusions.bring_back": [Action.SIGN_CONCLUSIONS, Action.ISSUE_CONCLUSIONS],
    "discussion.withdraw": [Action.MODERATE],
    "invitations.name_substitute": [Action.PREPARE_MEETING],
    "invitations.withdraw_substitute": [Action.PREPARE_MEETING],
    "rollcall.end_help": [Action.ANSWER_HELP],
    "speaking.ask": [Action.ENTER_FLOOR],
}
#: Asked by anybody: what is made holds only what the asker may read anyway, for such a one nothing.
ONLY_OF_ONES_OWN = {"tasks.ask_sheet"}


def open_to(name: str, *hats: Role) -> bool:
    """Whether the table gives the act to one of these hats. Who chairs a body presides over its meetings until they hand over."""
    worn = {*hats, Role.PRESIDER} if Role.CHAIR in hats else set(hats)
    return any(not worn.isdisjoint(ALLOWED[action]) for action in (REGISTRY[name].action, *BESIDE.get(name, [])))


def bound(*beside: Action) -> list[str]:
    """The acts that are not everybody's."""
    free = EVERYBODYS | set(beside)
    return [name for name, act in sorted(REGISTRY.items()) if act.action not in free and name not in ONLY_OF_ONES_OWN]


def refused(watched: Watched, who: str, names: list[str]) -> list[str]:
    """Which acts were not refused as they should be, over HTTP."""
    client = watched.app.test_client()
    wrong = []
    for name in names:
        security.forget_limits()
        wanted = made_for(REGISTRY[name], watched.ids)
        heard = client.post(f"/api/v1/acts/{name}", json=wanted, headers={"Authorization": f"Bearer {token(who)}"})
        if heard.status_code not in TELLS_NOTHING:
            wrong.append(f"{who}: {name}: {heard.status_code} {heard.get_data(as_text=True)[:160]}")
    return wrong


def held() -> dict[str, Content]:
    with database.reading() as session:
        return everything(session)


@pytest.mark.parametrize("role", [*ROLES, *SEATED, Role.ADMIN], ids=str)
def test_a_role_does_nothing_that_the_table_does_not_give_it(watched: Watched, role: Role) -> None:
    hats = (role, Role.MEMBER) if role in SEATED else (role,)  # those seats are a member's
    names = [name for name in sorted(REGISTRY) if not open_to(name, *hats)]
    before = held()

    assert refused(watched, f"watcher-{role}", names) == []
    assert differences(before, held()) == []


def test_hats_of_another_body_open_nothing(watched: Watched) -> None:
    names = [name for name in bound(*INSTALLATION_WIDE) if _names_a_row(name)]
    before = held()

    assert refused(watched, FOREIGN, names) == []
    assert differences(before, held()) == []
    assert len(names) > 200


def _names_a_row(name: str) -> bool:
    """Whether the input names something of a body (a person or a unit belongs to none)."""
    fields = REGISTRY[name].input.model_fields
    of_none = {"person_id", "unit_id", "room_id", "request_id"}
    return any(each.endswith("_id") and field.is_required() and each not in of_none for each, field in fields.items())


@pytest.mark.parametrize("who", [STRANGER, ENDED])
def test_without_a_role_or_after_its_end_nobodys_acts_are_open(watched: Watched, who: str) -> None:
    names = bound()
    before = held()

    assert refused(watched, who, names) == []
    assert differences(before, held()) == []


def test_nobody_acts_without_signing_in(watched: Watched) -> None:
    client = watched.app.test_client()
    before = held()
    for name, act in sorted(REGISTRY.items()):
        heard = client.post(f"/api/v1/acts/{name}", json=made_for(act, watched.ids))
        assert heard.status_code in (400, 401, 403), name
        heard = client.post(f"/api/v1/acts/{name}", json={}, headers={"Authorization": "Bearer wrong"})
        assert heard.status_code == 401, name
    assert differences(before, held()) == []


#: Who asks at the sockets, with the hats they wear.
AT_SOCKETS: dict[str, tuple[Role, ...]] = {
    STRANGER: (),
    ENDED: (),
    **{f"watcher-{role}": (role,) for role in [*ROLES, Role.ADMIN]},
    **{f"watcher-{role}": (role, Role.MEMBER) for role in SEATED},
}


@pytest.mark.parametrize("who", AT_SOCKETS)
def test_the_sockets_refuse_the_same(watched: Watched, who: str) -> None:
    names = [name for name in bound() if not open_to(name, *AT_SOCKETS[who])]
    line = socketio.test_client(watched.app, namespace=NAMESPACE, auth={"token": token(who)})
    assert line.is_connected(NAMESPACE)
    before, wrong = held(), []
    for name in names:
        security.forget_limits()
        heard: Any = line.emit(name, made_for(REGISTRY[name], watched.ids), namespace=NAMESPACE, callback=True)
        if heard.get("ok") or heard.get("code") not in ("forbidden", "not_found"):
            wrong.append(f"{name}: {heard}")
    line.disconnect(NAMESPACE)
    assert wrong == []
    assert differences(before, held()) == []
