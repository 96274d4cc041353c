"""Asking the provider of identities: what it offers, its keys, the exchange of a code. All over the network with time limits.

Only the standard library speaks here, so that other people's turns go on while an answer is awaited (the web process is patched).
"""

import base64
import json
import logging
import ssl
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from meeting.entrance import openid_rules as rules
from meeting.entrance.openid_rules import Provider
from meeting.errors import Refused

log = logging.getLogger("meeting.entrance")

TIMEOUT_SECONDS = 8.0
MOST_BYTES = 512 * 1024
KNOWN_SECONDS = 600.0


class _NoDetours(urllib.request.HTTPRedirectHandler):
    """What we ask is never answered from another address."""

    def redirect_request(self, *_arguments: Any, **_options: Any) -> None:
        return None


@dataclass
class Known:
    """What a provider told of itself, for ten minutes."""

    told: dict[str, Any]
    until: float
    keys: KeySet | None = field(default=None)


_known: dict[str, Known] = {}


def forget() -> None:
    """Asks everything anew (tests, settings that changed)."""
    _known.clear()


def _open(address: str, body: bytes | None, headers: dict[str, str]) -> dict[str, Any]:
    request = urllib.request.Request(rules.safe_address(address), body, headers)  # noqa: S310 - https, or this machine
    handlers: list[Any] = [_NoDetours(), urllib.request.HTTPSHandler(context=ssl.create_default_context())]
    if rules.is_loopback(urlsplit(address).hostname or ""):
        handlers.append(urllib.request.ProxyHandler({}))
    with urllib.request.build_opener(*handlers).open(request, timeout=TIMEOUT_SECONDS) as answer:
        found = json.loads(answer.read(MOST_BYTES))
    if not isinstance(found, dict):
        raise ValueError("not an object")
    return found


def _asked(provider: Provider, address: str, body: bytes | None = None, **headers: str) -> dict[str, Any]:
    """One answer. Refused: `identity_provider_down` when there is none, `identity_refused` when it says no."""
    try:
        return _open(address, body, {"Accept": "application/json", **headers})
    except urllib.error.HTTPError as error:
        said = error.read(2000).decode("utf-8", "replace")
        log.warning("the provider of identities says no", extra={"address": address, "status": error.code, "said": said})
        code = "identity_refused" if error.code < 500 else "identity_provider_down"
    except (OSError, ValueError) as error:
        log.warning("the provider of identities does not answer", extra={"address": address, "why": str(error)})
        code = "identity_provider_down"
    raise Refused(code, name=provider.name)


def known(provider: Provider) -> Known:
    """What the provider offers (OpenID Connect Discovery 1.0). Refused: `identity_provider_down`, `identity_answer_wrong`."""
    kept = _known.get(provider.issuer)
    if kept is not None and time.monotonic() < kept.until:
        return kept
    told = _asked(provider, provider.issuer.rstrip("/") + "/.well-known/openid-configuration")
    needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    if told.get("issuer") != provider.issuer or not all(isinstance(told.get(name), str) for name in needed):
        log.warning("the provider of identities calls itself otherwise", extra={"issuer": told.get("issuer")})
        raise Refused("identity_answer_wrong", name=provider.name)
    _known[provider.issuer] = Known(told, time.monotonic() + KNOWN_SECONDS)
    return _known[provider.issuer]


def address_to_ask(provider: Provider, back: str, state: str, nonce: str, verifier: str) -> str:
    """Where the browser goes to sign in."""
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": back,
        "scope": "openid profile email",
        "state": state,
        "nonce": nonce,
        "code_challenge": rules.challenge(verifier),
        "code_challenge_method": "S256",
    }
    return with_query(str(known(provider).told["authorization_endpoint"]), asked)


def with_query(address: str, asked: dict[str, str]) -> str:
    """An address with more parameters."""
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"


@dataclass(frozen=True)
class Told:
    """Whom the provider has signed in."""

    subject: str
    claims: dict[str, Any]
    hint: str  # the ID token itself, to say at signing out who it was


def exchanged(provider: Provider, code: str, back: str, nonce: str, verifier: str) -> Told:
    """Changes the code for an ID token and checks that. Refused: as above, and what the claims refuse."""
    offered = known(provider).told
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": verifier}
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    ways = offered.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    if provider.secret and "client_secret_basic" in ways:
        pair = f"{quote(provider.client_id, safe='')}:{quote(provider.secret, safe='')}"
        headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
    else:
        form |= {"client_id": provider.client_id, **({"client_secret": provider.secret} if provider.secret else {})}
    told = _asked(provider, str(offered["token_endpoint"]), urlencode(form).encode(), **headers)
    hint = str(told.get("id_token", ""))
    claims = verified(provider, hint)
    subject = rules.check_claims(claims, provider, nonce, time.time())
    return Told(subject, _completed(provider, claims, str(told.get("access_token", ""))), hint)


def verified(provider: Provider, token: str) -> dict[str, Any]:
    """The claims of a token that one of the provider's keys has signed; new keys are fetched once when none fits."""
    for fresh in (False, True):
        try:
            return dict(jwt.decode(token, _keys(provider, fresh=fresh), algorithms=list(rules.ALGORITHMS)).claims)
        except (JoseError, ValueError, KeyError, TypeError) as error:
            why = str(error)
    log.warning("a token of the provider of identities does not hold", extra={"why": why})
    raise Refused("identity_answer_wrong", name=provider.name)


def _keys(provider: Provider, *, fresh: bool) -> KeySet:
    held = known(provider)
    if held.keys is None or fresh:
        held.keys = KeySet.import_key_set(_asked(provider, str(held.told["jwks_uri"])))  # type: ignore[arg-type]
    return held.keys


def _completed(provider: Provider, claims: dict[str, Any], access: str) -> dict[str, Any]:
    """The claims with what the provider tells only when asked (UserInfo); of another subject nothing is taken."""
    address = known(provider).told.get("userinfo_endpoint")
    if provider.claim in claims or not isinstance(address, str) or not access:
        return claims
    more = _asked(provider, address, Authorization=f"Bearer {access}")
    return {**more, **claims} if more.get("sub") == claims["sub"] else claims


def address_to_leave(provider: Provider, hint: str, back: str) -> str:
    """Where the browser goes to sign out there too; empty when the provider has no such page."""
    address = known(provider).told.get("end_session_endpoint")
    if not isinstance(address, str):
        return ""
    asked = {"client_id": provider.client_id, "post_logout_redirect_uri": back}
    return with_query(rules.safe_address(address), asked | ({"id_token_hint": hint} if hint else {}))
