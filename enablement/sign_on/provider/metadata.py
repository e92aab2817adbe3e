"""Who the provider is: our settings for it, and what it publishes about itself."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from redis.exceptions import RedisError

from enablement.sign_on.provider.fetching import fetch_json
from enablement.sign_on.provider.refusals import Reason, Refused

# Seconds. Keys change rarely; a token with an unknown key has them fetched again, at most once a minute.
KEPT, KEYS_AGAIN_AFTER = 600, 60
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Provider:
    """The settings."""

    issuer: str
    client_id: str
    client_secret: str
    name: str
    scopes: str
    groups_claim: str
    creates_people: bool


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the provider publishes: where to go, and how."""

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str
    by_basic: bool
    names_issuer: bool


def provider() -> Provider | None:
    """The provider that is set; None where people sign in with passwords alone."""
    if not settings.OIDC_ISSUER:
        return None
    return Provider(
        issuer=settings.OIDC_ISSUER,
        client_id=settings.OIDC_CLIENT_ID,
        client_secret=settings.OIDC_CLIENT_SECRET,
        name=settings.OIDC_NAME,
        scopes=settings.OIDC_SCOPES,
        groups_claim=settings.OIDC_GROUPS_CLAIM,
        creates_people=settings.OIDC_CREATES_PEOPLE,
    )


def metadata_of(issuer: str) -> Metadata:
    """What the provider says of itself. Raises Refused."""
    found = _kept(f"{issuer.rstrip('/')}/.well-known/openid-configuration", KEPT)
    if found.get("issuer") != issuer:
        raise Refused(Reason.ISSUER, "metadata")
    places = {name: _address(found.get(name), issuer) for name in _ENDPOINTS}
    methods = found.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    return Metadata(
        **places,
        userinfo_endpoint=_address(found["userinfo_endpoint"], issuer)
        if "userinfo_endpoint" in found
        else "",
        by_basic=isinstance(methods, list) and "client_secret_basic" in methods,
        names_issuer=found.get("authorization_response_iss_parameter_supported") is True,
    )


def keys_of(metadata: Metadata, *, again: bool = False) -> list[dict[str, Any]]:
    """The published keys; with `again`, those of the last minute. Raises Refused."""
    found = _kept(metadata.jwks_uri, KEYS_AGAIN_AFTER if again else KEPT).get("keys")
    if not isinstance(found, list):
        raise Refused(Reason.NONSENSE, "keys")
    return [key for key in found if isinstance(key, dict)]


def _address(value: object, issuer: str) -> str:
    """A published address: https, or http beside an issuer that is on this machine itself."""
    scheme = urlsplit(issuer).scheme
    if not isinstance(value, str) or not value.startswith(("https://", f"{scheme}://")):
        raise Refused(Reason.NONSENSE, "address")
    return value


def _kept(url: str, age: int) -> dict[str, Any]:
    """The JSON at `url`, fetched at most `age` seconds ago. Without the cache it is fetched every time."""
    key = f"oidc:{age}:{url}"
    try:
        if isinstance(known := cache.get(key), dict):
            return known
    except RedisError as error:
        log.warning("the provider is asked every time, the cache is away: %s", type(error).__name__)
    found = fetch_json("GET", url)
    try:
        cache.set(key, found, timeout=age)
    except RedisError as error:
        log.warning("the provider’s answer is not kept, the cache is away: %s", type(error).__name__)
    return found
