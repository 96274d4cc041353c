"""Registers the organization: its acts, pages, entries of the navigation, and who comes in."""

from flask import Flask

from meeting.batch import renewal
from meeting.errors import N_
from meeting.organization import (
    accounts,
    api,
    bodies,
    chart_views,
    group_views,
    groups,
    identity,
    imports,
    journal_views,
    own_views,
    people,
    preferences,
    profile,
    queries,
    retention,
    rights,
    roles,
    terms,
    units,
)
from meeting.organization.views import organization
from meeting.permissions import ALLOWED, Action, Role
from meeting.web import nav
from meeting.web.doors import loader

__all__ = [
    "accounts",
    "api",
    "bodies",
    "chart_views",
    "group_views",
    "groups",
    "imports",
    "journal_views",
    "own_views",
    "people",
    "preferences",
    "profile",
    "register",
    "retention",
    "rights",
    "roles",
    "terms",
    "units",
]

loader.by_session = identity.by_session
loader.by_token = identity.by_token
loader.session_id = identity.session_id
loader.by_password = identity.by_password
loader.by_demo = identity.by_demo
loader.demo_accounts = identity.demo_accounts
loader.is_demo = identity.is_demo
renewal.of = queries.renewed


def register(app: Flask) -> None:
    """Opens the pages and their entries in the navigation."""
    app.register_blueprint(organization)
    entries = (
        ("people", "users", N_("People"), "organization.people"),
        ("organization", "sitemap", N_("Organization chart"), "organization.chart"),
        ("units", "building-community", N_("Units"), "organization.units"),
        ("bodies", "building-bank", N_("Bodies"), "organization.bodies"),
        ("sign_ins", "history", N_("Sign-in journal"), "organization.sign_ins"),
    )
    managed = {"people": (Role.ADMIN, Role.UNIT_ADMIN), "organization": (Role.ADMIN, Role.UNIT_ADMIN)}
    nav.entry(
        "groups",
        icon="users-group",
        label=N_("Groups"),
        endpoint="organization.groups_page",
        roles=ALLOWED[Action.MANAGE_GROUPS],
        group="administer",
        order=30,
    )
    for order, (key, icon, label, endpoint) in enumerate(entries):
        nav.entry(
            key,
            icon=icon,
            label=label,
            endpoint=endpoint,
            roles=managed.get(key, (Role.ADMIN,)),
            group="run" if key == "sign_ins" else "administer",
            order=order,
        )
