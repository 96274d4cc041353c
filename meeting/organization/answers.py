"""The shapes of what other programs read of people, units and bodies."""

from typing_extensions import TypedDict


class RoleIn(TypedDict):
    """A role in a body, by its short name."""

    body: str
    role: str


class RightIn(TypedDict):
    """An extra right in a body, by its short name."""

    body: str
    right: str


class Me(TypedDict):
    """Who asks."""

    person_id: int
    username: str
    name: str
    unit_id: int | None
    language: str
    text_size: int  # percent
    easy: bool
    roles: list[RoleIn]
    rights: list[RightIn]
    can: list[str]


class BodyLine(TypedDict):
    """A body that meets."""

    id: int
    body: str  # short name
    name: str
    kind: str
    term: str


class UnitLine(TypedDict):
    """A unit."""

    id: int
    name: str
    short_name: str
    parent_id: int | None
    body_id: int | None


class RightLine(TypedDict):
    """A right that can be given, and what it brings along."""

    right: str
    brings: list[str]


class PersonLine(TypedDict):
    """A person in the list of people."""

    id: int
    name: str
    username: str | None
    position: str
    unit: str | None
    state: str  # active, waiting or locked
    roles: list[RoleIn]
    last_used_at: str | None


class RoleTerm(TypedDict):
    """A role from day to day."""

    id: int
    body: str
    role: str
    starts_on: str
    ends_on: str | None


class RightTerm(TypedDict):
    """An extra right from day to day."""

    id: int
    body: str
    right: str
    starts_on: str
    ends_on: str | None


class PersonWhole(PersonLine):
    """A person with all that was and is held."""

    terms: list[RoleTerm]
    rights: list[RightTerm]


class SignInLine(TypedDict):
    """A line of the sign-in journal."""

    at: str
    username: str
    name: str | None
    address: str
    way: str
    succeeded: bool
