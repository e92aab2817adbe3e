"""To the provider and back: authorization code with state, nonce and PKCE (S256)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote_plus, urlencode

from django.contrib.sessions.backends.base import SessionBase

from enablement.sign_on.provider.fetching import fetch_json
from enablement.sign_on.provider.metadata import Metadata, Provider, keys_of, metadata_of
from enablement.sign_on.provider.refusals import Reason, Refused
from enablement.sign_on.provider.tokens import Expected, UnknownKey, read_token, subject_of

# docs/threats.md, T23: single use, ten minutes, bound to the session. So many may be open at once (tabs).
LIFETIME_SECONDS, MOST_OPEN = 600, 5
_KEY = "provider_sign_ins"


def begin(provider: Provider, session: SessionBase, come_back: str, **more: Any) -> str:
    """Return the address at the provider to send the browser to. `more` is handed back by `finish`.

    Raises Refused.
    """
    metadata = metadata_of(provider.issuer)
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    now = time.time()
    opened = {s: o for s, o in session.get(_KEY, {}).items() if now - o["at"] < LIFETIME_SECONDS}
    latest = dict(sorted(opened.items(), key=lambda item: item[1]["at"])[-(MOST_OPEN - 1) :])
    session[_KEY] = latest | {state: {"nonce": nonce, "verifier": verifier, "at": now, "more": more}}
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=")
    query = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": come_back,
        "scope": provider.scopes,
        "state": state,
        "nonce": nonce,
        "code_challenge": challenge.decode(),
        "code_challenge_method": "S256",
    }
    joint = "&" if "?" in metadata.authorization_endpoint else "?"
    return f"{metadata.authorization_endpoint}{joint}{urlencode(query)}"


def finish(
    provider: Provider, session: SessionBase, come_back: str, query: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return who came back, as checked claims, and what `begin` was given. Raises Refused."""
    opened = _taken(session, query.get("state", ""))
    metadata = metadata_of(provider.issuer)
    told = query.get("iss")
    if told != provider.issuer and (told is not None or metadata.names_issuer):
        raise Refused(Reason.ISSUER, "answer")
    if "error" in query:
        is_cancelled = query["error"] in ("access_denied", "login_required", "interaction_required")
        raise Refused(Reason.CANCELLED if is_cancelled else Reason.CODE, query["error"][:40])
    if not query.get("code"):
        raise Refused(Reason.CODE, "no code")
    answer = _exchange(provider, metadata, come_back, query["code"], opened["verifier"])
    claims = _identity(provider, metadata, answer, opened["nonce"])
    return claims, opened["more"]


def _taken(session: SessionBase, state: str) -> dict[str, Any]:
    """What was kept under `state`, which is used up by this."""
    opened = dict(session.get(_KEY, {}))
    name = next((known for known in opened if hmac.compare_digest(known.encode(), state.encode())), None)
    found = opened.pop(name, None) if name else None
    session[_KEY] = opened
    # Kept at once: the same answer twice at the same time is used once.
    session.save()
    if found is None or time.time() - found["at"] > LIFETIME_SECONDS:
        raise Refused(Reason.STATE)
    return dict(found)


def _exchange(
    provider: Provider, metadata: Metadata, come_back: str, code: str, verifier: str
) -> dict[str, Any]:
    data = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": come_back,
        "code_verifier": verifier,
    }
    headers = {}
    if metadata.by_basic:
        pair = f"{quote_plus(provider.client_id)}:{quote_plus(provider.client_secret)}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    else:
        data |= {"client_id": provider.client_id, "client_secret": provider.client_secret}
    return fetch_json("POST", metadata.token_endpoint, data=data, headers=headers, refused=Reason.CODE)


def _identity(
    provider: Provider, metadata: Metadata, answer: Mapping[str, Any], nonce: str
) -> dict[str, Any]:
    """The claims of the token, completed by what the provider says of the same person elsewhere."""
    access = answer.get("access_token")
    if not isinstance(access, str):
        raise Refused(Reason.TOKEN, "no access token")
    expected, now = Expected(provider.issuer, provider.client_id, nonce), time.time()
    token = answer.get("id_token")
    try:
        claims = read_token(token, keys_of(metadata), expected, now, access)
    except UnknownKey:
        claims = read_token(token, keys_of(metadata, again=True), expected, now, access)
    if not metadata.userinfo_endpoint:
        return claims
    more = fetch_json("GET", metadata.userinfo_endpoint, headers={"Authorization": f"Bearer {access}"})
    if subject_of(more) != claims["sub"]:
        raise Refused(Reason.OTHER_SUBJECT)
    return more | claims
