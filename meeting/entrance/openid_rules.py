"""Signing in through a provider of identities (OpenID Connect Core 1.0): what is set, what is asked, which answer counts."""

import base64
import ipaddress
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from meeting.errors import N_, Refused, declare

declare(
    {
        "identity_off": N_("Signing in through a provider of identities is not set up here."),
        "identity_provider_down": N_(
            "%(name)s does not answer now. Please try again in a moment, or sign in with your password."
        ),
        "identity_refused": N_("%(name)s did not sign you in. Please try again, or sign in with your password."),
        "identity_answer_wrong": N_("The answer of %(name)s could not be trusted, so nobody was signed in. Please begin again."),
        "identity_too_late": N_("This took too long, or was begun in another window. Please begin again."),
        "identity_clock": N_(
            "The answer of %(name)s is not valid at this server's time. The administrator should check the clocks of both."
        ),
        "identity_unknown": N_(
            "%(name)s knows you, but no account here belongs to you. Sign in with your password and link it under “My account”, "
            "or ask the administrator."
        ),
        "identity_unverified": N_("%(name)s has not verified your mail address, so it cannot be used to find your account."),
        "identity_closed": N_("Your account here is locked. Please ask the administrator."),
    }
)

SKEW_SECONDS = 60
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")


@dataclass(frozen=True)
class Provider:
    """One provider of identities, as the installation names it."""

    issuer: str
    client_id: str
    secret: str = ""  # empty: a public client, kept safe by PKCE alone
    name: str = "OpenID"
    claim: str = "email"  # how an unlinked person is found: by verified mail address, or by a claim that equals the user name
    creates: bool = False  # whether unknown people get an account without any role
    second_step: frozenset[str] = frozenset()  # what in `amr` or `acr` counts as our second step

    @classmethod
    def from_env(cls, read: Mapping[str, str] = os.environ) -> "Provider | None":
        """Reads `MEETING_OIDC_…`; None when there is no provider."""
        issuer, client = read.get("MEETING_OIDC_ISSUER", ""), read.get("MEETING_OIDC_CLIENT_ID", "")
        if not issuer or not client:
            return None
        file = read.get("MEETING_OIDC_CLIENT_SECRET_FILE", "")
        return cls(
            issuer=safe_address(issuer),
            client_id=client,
            secret=Path(file).read_text().strip() if file else read.get("MEETING_OIDC_CLIENT_SECRET", ""),
            name=read.get("MEETING_OIDC_NAME", "") or urlsplit(issuer).hostname or "OpenID",
            claim=read.get("MEETING_OIDC_CLAIM", "") or "email",
            creates=read.get("MEETING_OIDC_CREATE", "") == "1",
            second_step=frozenset(read.get("MEETING_OIDC_SECOND_STEP", "").split()),
        )


def safe_address(address: str) -> str:
    """An address that may be asked: https, or http on this very machine. Anything else is a mistake of the settings."""
    parts = urlsplit(address)
    if parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or "")):
        return address
    raise ValueError(f"{address} must begin with https://")


def is_loopback(host: str) -> bool:
    """Whether a host is this very machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def challenge(verifier: str) -> str:
    """What is shown of the verifier beforehand (RFC 7636, S256)."""
    return base64.urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def new_word() -> str:
    """State, nonce or verifier: 256 random bits."""
    return secrets.token_urlsafe(32)


def check_claims(claims: Mapping[str, Any], provider: Provider, nonce: str, now: float) -> str:
    """The subject of an ID token whose signature holds (Core 3.1.3.7).

    Refused: `identity_answer_wrong` for another issuer, audience or nonce; `identity_clock` when it is over or not yet begun.
    """
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    for_us = provider.client_id in audiences and claims.get("azp", provider.client_id) == provider.client_id
    if len(audiences) > 1 and "azp" not in claims:
        for_us = False
    asked_by_us = secrets.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()) and bool(nonce)
    subject = claims.get("sub")
    if claims.get("iss") != provider.issuer or not for_us or not asked_by_us or not isinstance(subject, str) or not subject:
        raise Refused("identity_answer_wrong", name=provider.name)
    ends, made, begins = claims.get("exp"), claims.get("iat"), claims.get("nbf", 0)
    if not all(isinstance(each, int | float) for each in (ends, made, begins)):
        raise Refused("identity_answer_wrong", name=provider.name)
    if ends + SKEW_SECONDS <= now or max(made, begins) - SKEW_SECONDS > now:  # type: ignore[operator]
        raise Refused("identity_clock", name=provider.name)
    return subject


def has_second_step(claims: Mapping[str, Any], provider: Provider) -> bool:
    """Whether the provider itself asked for as much as our second step."""
    methods = claims.get("amr")
    said = {str(each) for each in methods} if isinstance(methods, list) else set()
    return bool(provider.second_step & (said | {str(claims.get("acr", ""))}))


def found_by(claims: Mapping[str, Any], provider: Provider) -> str:
    """What an unlinked person is looked up by; empty when the provider does not say.

    Refused: `identity_unverified` when it is a mail address that the provider has not verified.
    """
    value = claims.get(provider.claim)
    if not isinstance(value, str) or not value.strip():
        return ""
    if provider.claim == "email" and claims.get("email_verified") is not True:
        raise Refused("identity_unverified", name=provider.name)
    return value.strip()
