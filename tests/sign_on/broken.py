"""What a provider can say wrongly, and how it is refused: name, what to break, code of the refusal."""

from __future__ import annotations

import base64
import hmac
import json
import time
from collections.abc import Callable
from typing import Any

import jwt
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.sign_on.provider_server import CLIENT, Claims, Provider, public_jwk, signing_key

Break = Callable[[Provider], None]


def _says(**claims: Any) -> Break:
    """The token's claims; None leaves one out."""

    def broken(provider: Provider) -> None:
        provider.claims |= claims

    return broken


def _sends(make: Callable[[Provider, Claims], Any]) -> Break:
    def broken(provider: Provider) -> None:
        provider.token = make

    return broken


def _answers(path: str, status: int, body: bytes) -> Break:
    def broken(provider: Provider) -> None:
        provider.answers[path] = (status, body)

    return broken


def _publishes(**metadata: Any) -> Break:
    def broken(provider: Provider) -> None:
        provider.metadata |= metadata

    return broken


def _has_keys(*keys: dict[str, Any], signs: str = "first") -> Break:
    def broken(provider: Provider) -> None:
        provider.keys = list(keys)
        provider.token = lambda own, claims: own.signed(claims, signs)

    return broken


def _part(content: Any) -> bytes:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=")


def _public_key_as_secret(provider: Provider, claims: Claims) -> str:
    """Put together by hand: the library refuses to make it."""
    pem = signing_key("first").public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    signed = _part({"alg": "HS256", "kid": "first"}) + b"." + _part(claims)
    signature = base64.urlsafe_b64encode(hmac.digest(pem, signed, "sha256")).rstrip(b"=")
    return (signed + b"." + signature).decode()


def _list_as_body(provider: Provider, claims: Claims) -> str:
    return jwt.PyJWS().encode(b"[1]", signing_key("first"), "RS256", {"kid": "first"})


def _deep_header() -> str:
    head = base64.urlsafe_b64encode(b"[" * 20_000).rstrip(b"=").decode()
    return f"{head}.e30.c2ln"


def _changed(provider: Provider, claims: Claims) -> str:
    head, _, signature = provider.signed(claims).split(".")
    body = _part(claims | {"sub": "root-1"}).decode()
    return f"{head}.{body}.{signature}"


def _other_userinfo(provider: Provider) -> None:
    provider.userinfo = {"sub": "root-1"}


def _no_userinfo_subject(provider: Provider) -> None:
    provider.userinfo = {"email": "ada@example.org"}


def now(seconds: float = 0) -> int:
    return int(time.time() + seconds)


HUGE = b'{"x": "' + b"x" * 400_000 + b'"}'
DEEP = b"[" * 200_000

BROKEN: list[tuple[str, Break, str]] = [
    ("alg none", _sends(lambda _, claims: jwt.encode(claims, None, "none")), "wrong-algorithm"),
    ("HS256 with the public key", _sends(_public_key_as_secret), "wrong-algorithm"),
    (
        "HS256 with the client’s secret",
        _sends(lambda _, c: jwt.encode(c, "s" * 64, "HS256")),
        "wrong-algorithm",
    ),
    (
        "a wrong key under the right name",
        _sends(lambda p, c: p.signed(c, "other", kid="first")),
        "wrong-signature",
    ),
    ("a changed body", _sends(_changed), "wrong-signature"),
    ("an unknown key", _sends(lambda p, c: p.signed(c, "other")), "unknown-key"),
    (
        "no key name, two keys",
        _has_keys(public_jwk("first", kid="a"), public_jwk("other", kid="b")),
        "unknown-key",
    ),
    ("a key for encryption", _has_keys(public_jwk("first", use="enc")), "unknown-key"),
    ("a key for another algorithm", _has_keys(public_jwk("first", alg="RS512")), "unknown-key"),
    ("a short key", _has_keys(public_jwk("short"), signs="short"), "unknown-key"),
    ("a key that is none", _has_keys({"kty": "RSA", "kid": "first", "n": "!", "e": 3}), "unknown-key"),
    ("a secret among the keys", _has_keys({"kty": "oct", "kid": "first", "k": "c2VjcmV0"}), "unknown-key"),
    ("a header to be understood", _sends(lambda p, c: p.signed(c, crit=["b64"])), "not-a-token"),
    ("another issuer", _says(iss="https://evil.example"), "wrong-issuer"),
    ("no issuer", _says(iss=None), "wrong-issuer"),
    ("another audience", _says(aud="another"), "wrong-audience"),
    ("no audience", _says(aud=None), "wrong-audience"),
    ("an audience that is none", _says(aud={CLIENT: 1}), "wrong-audience"),
    ("another party", _says(azp="another"), "wrong-party"),
    ("several audiences, no party", _says(aud=[CLIENT, "another"]), "wrong-party"),
    ("expired", _says(exp=now(-120)), "expired"),
    ("without an end", _says(exp=None), "expired"),
    ("made long ago", _says(iat=now(-3600)), "expired"),
    ("an end that is no number", _says(exp="tomorrow"), "not-a-token"),
    ("an end that is yes", _says(exp=True), "not-a-token"),
    ("an end beyond all numbers", _says(exp=10**400), "not-a-token"),
    ("an end that never comes", _says(exp=float("nan")), "not-a-token"),
    ("an end without end", _says(exp=float("inf")), "not-a-token"),
    ("not yet valid", _says(nbf=now(7200)), "not-yet-valid"),
    ("made in the future", _says(iat=now(7200), exp=now(7500)), "not-yet-valid"),
    ("no nonce", _says(nonce=None), "wrong-nonce"),
    ("another sign-in’s nonce", _says(nonce="another"), "wrong-nonce"),
    ("a nonce that is no text", _says(nonce=1), "wrong-nonce"),
    ("a nonce of half a character", _says(nonce="\ud800"), "not-a-token"),
    ("a subject of half a character", _says(sub="\udfff"), "not-a-token"),
    ("a group of half a character", _says(groups=["\ud800"]), "not-a-token"),
    ("a header without bottom", _sends(lambda *_: _deep_header()), "not-a-token"),
    ("no subject", _says(sub=None), "no-subject"),
    ("an empty subject", _says(sub=" "), "no-subject"),
    ("a subject that is a number", _says(sub=7), "no-subject"),
    ("a subject without end", _says(sub="a" * 256), "no-subject"),
    ("another access token", _says(at_hash="c29tZXRoaW5n"), "not-a-token"),
    ("another subject in userinfo", _other_userinfo, "other-subject"),
    ("no subject in userinfo", _no_userinfo_subject, "no-subject"),
    ("no token", _sends(lambda *_: None), "not-a-token"),
    ("a token that is none", _sends(lambda *_: "one.two.three"), "not-a-token"),
    ("a token that is a number", _sends(lambda *_: 7), "not-a-token"),
    ("a body that is a list", _sends(_list_as_body), "not-a-token"),
    ("a huge token", _says(groups=["x" * 200] * 300), "too-large"),
    ("too many groups to send", _says(_claim_names={"groups": "src1"}), "groups-unreadable"),
    ("groups that are none", _says(groups={"admins": True}), "groups-unreadable"),
    ("an answer that is no JSON", _answers("/token", 200, b"<html>"), "provider-nonsense"),
    ("an answer that is a list", _answers("/token", 200, b"[]"), "provider-nonsense"),
    ("an answer without end", _answers("/token", 200, HUGE), "too-large"),
    ("an answer without bottom", _answers("/token", 200, DEEP), "provider-nonsense"),
    ("an answer without a token", _answers("/token", 200, b"{}"), "not-a-token"),
    ("an answer that leads elsewhere", _answers("/token", 302, b""), "provider-nonsense"),
    ("a refused code", _answers("/token", 400, b'{"error": "invalid_grant"}'), "code-refused"),
    ("a provider that fails", _answers("/token", 500, b""), "provider-away"),
    ("userinfo that is no JSON", _answers("/userinfo", 200, b"eyJ"), "provider-nonsense"),
    ("userinfo of half a character", _answers("/userinfo", 200, b'{"sub": "\\ud800"}'), "provider-nonsense"),
    ("keys that are none", _answers("/keys", 200, b'{"keys": 1}'), "provider-nonsense"),
]

# Wrong before anybody is sent to the provider.
BROKEN_METADATA: list[tuple[str, Break, str]] = [
    ("another issuer", _publishes(issuer="https://evil.example"), "wrong-issuer"),
    ("no place to go", _publishes(authorization_endpoint=None), "provider-nonsense"),
    (
        "a place that is a script",
        _publishes(authorization_endpoint="javascript:alert(1)"),
        "provider-nonsense",
    ),
    ("a file for a place", _publishes(token_endpoint="file:///etc/passwd"), "provider-nonsense"),
    ("no JSON", _answers("/.well-known/openid-configuration", 200, b"<html>"), "provider-nonsense"),
    ("nothing there", _answers("/.well-known/openid-configuration", 404, b""), "provider-nonsense"),
]
