"""What can be refused, and how a refusal is said.

An expected refusal carries a stable code and facts; its sentence is declared beside the rule and translated at the door.
"""

from collections.abc import Mapping
from typing import Any

SENTENCES: dict[str, str] = {}


def N_(sentence: str) -> str:  # noqa: N802 - gettext's own name for "translate later"
    """Marks a sentence for the catalogue without translating it."""
    return sentence


def declare(sentences: Mapping[str, str]) -> None:
    """Declares the sentences of refusal codes. The same code may not be given two sentences."""
    for code, sentence in sentences.items():
        if SENTENCES.setdefault(code, sentence) != sentence:
            raise LookupError(f"refusal code {code!r} already says {SENTENCES[code]!r}")


class Refused(Exception):
    """A rule says no. Nothing was changed. `facts` fill the sentence and travel to the client."""

    status = 409

    def __init__(self, code: str, **facts: Any) -> None:
        if code not in SENTENCES:
            raise LookupError(f"refusal code {code!r} has no sentence: declare() it beside its rule")
        super().__init__(code, facts)
        self.code = code
        self.facts = facts

    @property
    def sentence(self) -> str:
        """The English sentence with its slots unfilled: the catalogue's key."""
        return SENTENCES[self.code]


class Missing(Refused):
    """There is no such thing, or none that this person may know of."""

    status = 404

    def __init__(self, code: str = "not_found", **facts: Any) -> None:
        super().__init__(code, **facts)


class Forbidden(Refused):
    """The person knows the thing but may not do this with it."""

    status = 403

    def __init__(self, code: str = "forbidden", **facts: Any) -> None:
        super().__init__(code, **facts)


class Unauthorized(Refused):
    """Nobody is signed in, or the token is not valid."""

    status = 401

    def __init__(self, code: str = "sign_in_first", **facts: Any) -> None:
        super().__init__(code, **facts)


class Malformed(Refused):
    """The input has wrong or missing fields: `facts["fields"]` maps each to its sentence."""

    status = 422

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__("malformed", fields=dict(fields))


class Unavailable(Refused):
    """Not saved, ask again with the same request_id: the store was busy, failed, or the server is stopping."""

    status = 503


declare(
    {
        "not_found": N_("There is nothing here that you can open. The address may be wrong, or it is not shared with you."),
        "forbidden": N_("Your role does not allow this."),
        "sign_in_first": N_("Please sign in first."),
        "malformed": N_("Some fields are missing or wrong. Nothing was saved."),
        "not_json": N_("The request is not JSON."),
        "unknown_act": N_("There is no such act."),
        "not_saved": N_("This was not saved. Please try again."),
        "busy": N_("The system is busy and this was not saved. Please try again."),
        "stopping": N_("The server is stopping and this was not saved. Please try again in a moment."),
        "request_id_reused": N_("This request number was already used for another request."),
        "too_many": N_("Too many requests. Please wait a moment and try again."),
        "bug": N_("Something went wrong on the server. Nothing was saved. The error has been recorded."),
        "conflict": N_("Somebody else changed this at the same moment. Look at the current state and try again."),
        "csrf": N_("This page is too old. Reload it and try again."),
    }
)
