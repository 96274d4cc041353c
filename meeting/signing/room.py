"""What this room brings: the keys of people and bodies, signing and checking in a process of its own."""

from flask import Flask

from meeting.errors import N_
from meeting.permissions import ALLOWED, Action
from meeting.signing import models, practice, rules, service, views
from meeting.web import nav

__all__ = ["models", "register", "rules", "service"]

nav.entry(
    "signing_keys",
    icon="certificate",
    label=N_("Signing certificates"),
    endpoint="signing.keys",
    roles=ALLOWED[Action.KEEP_BODY_KEYS],
    group="administer",
    order=35,
)


def register(app: Flask) -> None:
    """Adds the pages."""
    app.register_blueprint(views.pages)
    app.jinja_env.filters["module_name"] = views.shown_module
    app.jinja_env.globals["practice_passphrase"] = practice.PASSPHRASE
