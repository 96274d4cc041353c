"""How a form that somebody sends is read."""

from typing import IO, Any

from flask import Request
from werkzeug.exceptions import BadRequest
from werkzeug.formparser import FormDataParser


class NamedParts(FormDataParser):
    """Refuses a form in parts of which one has no name: no browser sends such a one, and nothing could ask for it."""

    def parse(
        self, stream: IO[bytes], mimetype: str, content_length: int | None, options: dict[str, str] | None = None
    ) -> tuple[IO[bytes], Any, Any]:
        """What was sent, each part by its name."""
        rest, fields, files = super().parse(stream, mimetype, content_length, options)
        if None in fields or None in files:
            for _, kept in files.items(multi=True):
                kept.close()
            raise BadRequest
        return rest, fields, files


class Asked(Request):
    """A request to any of the doors."""

    form_data_parser_class = NamedParts
