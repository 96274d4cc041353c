"""Builds the web application from its rooms."""

import importlib
import importlib.util
import logging
from typing import Any

from alembic import command
from flask import Flask, Response, g, jsonify
from flask_babel import Babel
from flask_login import AnonymousUserMixin, LoginManager
from sqlalchemy import select, text
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter

from meeting import asyncmode, config, migrations
from meeting.database import database, reading
from meeting.errors import Refused, Unavailable
from meeting.inputs import LARGEST_NUMBER
from meeting.tables import Base, Setting
from meeting.web import api, doors, security, templating, wire
from meeting.web.reference import reference
from meeting.web.sockets import socketio
from meeting.web.source import source

ROOMS = (
    "web",
    "organization",
    "documents",
    "entrance",
    "guides",
    "signing",
    "catalogues",
    "rulebook",
    "agenda",
    "invitations",
    "materials",
    "notes",
    "shelf",
    "reading",
    "tablets",
    "calendars",
    "live",
    "speaking",
    "discussion",
    "voting",
    "rounds",
    "rollcall",
    "questioning",
    "runsheet",
    "sittings",
    "conclusions",
    "tasks",
    "publicpage",
    "exchange",
    "opendata",
    "evaluation",
    "practice",
    "search",
    "notify",
    "records",
    "health",
)


class KeyConverter(IntegerConverter):
    """Numbers in addresses name rows: one that no row can have leads nowhere."""

    def __init__(self, map: Any, *arguments: Any, **options: Any) -> None:
        super().__init__(map, *arguments, **{"max": LARGEST_NUMBER, **options})


def load_rooms() -> list[Any]:
    """Imports every room's `room.py`, so that its acts, tables, sections, reactions and jobs are registered."""
    rooms = []
    for name in ROOMS:
        if importlib.util.find_spec(f"meeting.{name}.room"):
            rooms.append(importlib.import_module(f"meeting.{name}.room"))
    return rooms


def create_app() -> Flask:
    """The application on the store of this process, which must have its tables."""
    app = Flask(
        "meeting",
        root_path=str(config.CHECKOUT),
        template_folder="templates",
        static_folder="static",
        static_url_path="/static",
    )
    settings = config.settings()
    app.config.update(
        SECRET_KEY=config.session_secret(),
        MAX_CONTENT_LENGTH=settings.max_upload_bytes + 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        REMEMBER_COOKIE_HTTPONLY=True,
        REMEMBER_COOKIE_SAMESITE="Lax",
        REMEMBER_COOKIE_SECURE=settings.secure_cookies,
        BABEL_DEFAULT_LOCALE="vi",
        BABEL_DEFAULT_TIMEZONE="Asia/Ho_Chi_Minh",
        BABEL_TRANSLATION_DIRECTORIES=str(config.CHECKOUT / "translations"),
    )
    app.url_map.converters["int"] = KeyConverter
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    templating.keep_compiled(app)
    Babel(app, locale_selector=doors.language)
    manager = LoginManager(app)
    manager.session_protection = None
    manager.user_loader(doors.load_signed_in)
    security.register(app)
    for room in load_rooms():
        if hasattr(room, "register"):
            room.register(app)
    if settings.behind_nginx:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]
    app.register_blueprint(api.api, url_prefix=api.PREFIX)
    app.register_blueprint(reference)
    app.register_blueprint(source)
    _add_errors(app)
    _add_health(app)
    _add_sockets(app)
    return app


def _add_sockets(app: Flask) -> None:
    from meeting.live import push, sockets  # noqa: PLC0415 - after the rooms, so that all acts are known
    from meeting.writer import writer  # noqa: PLC0415 - beside it

    socketio.init_app(
        app,
        async_mode=asyncmode.mode(),
        max_http_buffer_size=1_000_000,
        ping_interval=6,
        ping_timeout=6,
        manage_session=False,
        json=wire.Json,
    )
    wire.install(socketio.server)
    sockets.register()
    if push.changed not in writer.subscribers:
        writer.subscribers.append(push.changed)


def _add_errors(app: Flask) -> None:
    def refused(error: Refused) -> Response | tuple[str, int]:
        body = doors.refused_body(error)
        if doors.wants_json():
            return api.as_json(body, error.status)
        return doors.page("web/refused.html", refusal=body, status=error.status), error.status

    def http(error: HTTPException) -> Any:
        code = error.code or 500
        if code < 400:
            return error
        known = {404: "not_found", 405: "not_found", 403: "forbidden", 429: "too_many", 401: "sign_in_first"}
        name = "csrf" if type(error).__name__ == "CSRFError" else known.get(code, "bug" if code >= 500 else "malformed")
        body = doors.refusal_body(name, {})
        if doors.wants_json():
            return api.as_json(body, code)
        return doors.page("web/refused.html", refusal=body, status=code), code

    def away(error: Exception) -> Any:
        """The store does not answer, or has just come back: nothing is wrong with what was asked."""
        logging.getLogger("meeting.web").warning("the store did not answer", extra={"problem": type(error).__name__})
        g.actor, g._login_user = None, AnonymousUserMixin()  # who asks cannot be looked up now
        answer = app.make_response(refused(Unavailable("busy")))
        answer.headers["Retry-After"] = "2"
        return answer

    def bug(error: Exception) -> Any:
        logging.getLogger("meeting.web").exception("a request failed", exc_info=error)
        body = doors.refusal_body("bug", {})
        if doors.wants_json():
            return api.as_json(body, 500)
        return doors.page("web/refused.html", refusal=body, status=500), 500

    app.register_error_handler(Refused, refused)
    app.register_error_handler(HTTPException, http)
    for unreachable in (OperationalError, InterfaceError, PoolTimeout):
        app.register_error_handler(unreachable, away)
    app.register_error_handler(Exception, bug)


def _add_health(app: Flask) -> None:
    @app.get("/healthz")
    @doors.open_to_all
    def healthz() -> tuple[Response, int]:
        """Whether this process can serve: the store answers and the disk takes writes."""
        try:
            with reading() as session:
                session.execute(text("SELECT 1"))
                epoch = session.scalar(select(Setting.value).where(Setting.name == "epoch"))
        except Exception:
            logging.getLogger("meeting.web").exception("not healthy")
            return jsonify(ok=False), 503
        return jsonify(ok=True, epoch=epoch, mode=asyncmode.mode()), 200


def make_tables() -> None:
    """Creates all tables directly from the models: for tests only; installations use the migrations."""
    load_rooms()
    Base.metadata.create_all(database().writing)
    with database().writing.begin() as connection:
        command.stamp(migrations.configuration(connection), "head")
