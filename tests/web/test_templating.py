"""Templates stand ready before anybody asks for a page."""

import pytest
from flask import Flask

from meeting.web import templating


def test_every_template_is_made_ready_and_none_is_broken(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(templating, "BREATH_SECONDS", 0)
    held = app.jinja_env.cache
    assert held is not None
    held.clear()

    templating.warm_up(app)

    ready = {name for _, name in list(held.keys())}
    assert ready >= set(app.jinja_env.list_templates())


def test_what_was_compiled_is_kept_for_the_next_process(app: Flask) -> None:
    kept, loader, held = app.jinja_env.bytecode_cache, app.jinja_env.loader, app.jinja_env.cache
    assert kept is not None
    assert loader is not None
    assert held is not None
    held.clear()
    app.jinja_env.get_template("web/sign_in.html")
    source, filename, _ = loader.get_source(app.jinja_env, "web/sign_in.html")

    assert kept.get_bucket(app.jinja_env, "web/sign_in.html", filename, source).code is not None
