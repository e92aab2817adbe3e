"""Is an identity token what it must be? Pure: token, keys, what is expected and the time in; claims out.

The checks are those of OpenID Connect Core 1.0, 3.1.3.7, none left out. The algorithm is chosen from our list
and by the kind of the key, never by the token alone.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from enablement.sign_on.provider.fetching import check_writable
from enablement.sign_on.provider.refusals import Reason, Refused

# Asymmetric ones only: with HS256 the public key would do as the secret. By the kind of key they need.
ALGORITHMS = {
    "RS256": "RSA",
    "RS384": "RSA",
    "RS512": "RSA",
    "PS256": "RSA",
    "PS384": "RSA",
    "PS512": "RSA",
    "ES256": "EC",
    "ES384": "EC",
}
LEAST_RSA_BITS = 2048
# Characters. A token with two hundred groups has some 10 000.
LARGEST = 32_768
# Seconds that clocks may differ.
LEEWAY = 60
# Seconds. A code lives minutes, so a token older than this was not made for this sign-in.
OLDEST = 15 * 60
LONGEST_SUBJECT = 255


@dataclass(frozen=True, slots=True)
class Expected:
    """What the token must say: who issued it, for whom, and for which sign-in."""

    issuer: str
    client_id: str
    nonce: str


class UnknownKey(Refused):
    """No published key has the token's name: the provider may have changed its keys."""


def read_token(
    token: object, keys: Sequence[Mapping[str, Any]], expected: Expected, now: float, access_token: str = ""
) -> dict[str, Any]:
    """Return the claims of `token`. Raises Refused, UnknownKey for a key that is not among `keys`.

    `keys` are JSON Web Keys, `now` is in seconds since 1970.
    """
    if not isinstance(token, str) or not token:
        raise Refused(Reason.TOKEN)
    if len(token) > LARGEST:
        raise Refused(Reason.TOO_LARGE)
    algorithm, key = _key_for(token, keys)
    claims = _decoded(token, key, algorithm)
    _check_parties(claims, expected)
    _check_times(claims, now)
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or not hmac.compare_digest(nonce.encode(), expected.nonce.encode()):
        raise Refused(Reason.NONCE)
    subject_of(claims)
    _check_access_token(claims, algorithm, access_token)
    return claims


def subject_of(claims: Mapping[str, Any]) -> str:
    """Whose claims these are. Raises Refused."""
    subject = claims.get("sub")
    if not isinstance(subject, str) or not subject.strip() or len(subject) > LONGEST_SUBJECT:
        raise Refused(Reason.SUBJECT)
    if "\0" in subject:
        raise Refused(Reason.SUBJECT)
    return subject


def _key_for(token: str, keys: Sequence[Mapping[str, Any]]) -> tuple[str, Any]:
    import jwt
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    try:
        header = jwt.get_unverified_header(token)
    except (jwt.PyJWTError, ValueError, RecursionError) as error:
        raise Refused(Reason.TOKEN, type(error).__name__) from error
    algorithm = header.get("alg")
    if not isinstance(algorithm, str) or algorithm not in ALGORITHMS:
        raise Refused(Reason.ALGORITHM, str(algorithm)[:20])
    if "crit" in header:
        raise Refused(Reason.TOKEN, "crit")
    fitting = [key for key in keys if _fits(key, algorithm)]
    named = [key for key in fitting if key.get("kid") == header.get("kid")] if "kid" in header else fitting
    if len(named) != 1:
        raise UnknownKey(Reason.KEY, f"{len(named)} keys")
    try:
        key = jwt.PyJWK(dict(named[0]), algorithm=algorithm).key
    except (jwt.PyJWTError, ValueError, TypeError, KeyError) as error:
        raise Refused(Reason.KEY, type(error).__name__) from error
    if isinstance(key, rsa.RSAPublicKey) and key.key_size < LEAST_RSA_BITS:
        raise Refused(Reason.KEY, f"{key.key_size} bits")
    if not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        raise Refused(Reason.KEY, type(key).__name__)
    return algorithm, key


def _fits(key: Mapping[str, Any], algorithm: str) -> bool:
    """Whether a published key is for signing, and for this algorithm."""
    of_kind = key.get("kty") == ALGORITHMS[algorithm] and key.get("use", "sig") == "sig"
    return of_kind and key.get("alg", algorithm) == algorithm


def _decoded(token: str, key: Any, algorithm: str) -> dict[str, Any]:
    import jwt

    # Everything but the signature is checked below, with our clock and our words.
    unchecked = {f"verify_{claim}": False for claim in ("exp", "nbf", "iat", "aud", "iss", "sub", "jti")}
    try:
        claims = jwt.decode(token, key, algorithms=[algorithm], options=unchecked)  # type: ignore[arg-type]
        check_writable(claims)
    except jwt.InvalidSignatureError as error:
        raise Refused(Reason.SIGNATURE) from error
    except (jwt.PyJWTError, ValueError, TypeError, RecursionError) as error:
        raise Refused(Reason.TOKEN, type(error).__name__) from error
    return claims


def _check_parties(claims: Mapping[str, Any], expected: Expected) -> None:
    if claims.get("iss") != expected.issuer:
        raise Refused(Reason.ISSUER)
    told = claims.get("aud")
    audiences = [told] if isinstance(told, str) else told
    if not isinstance(audiences, list) or expected.client_id not in audiences:
        raise Refused(Reason.AUDIENCE)
    party = claims.get("azp")
    if (len(audiences) > 1 or party is not None) and party != expected.client_id:
        raise Refused(Reason.PARTY)


def _check_times(claims: Mapping[str, Any], now: float) -> None:
    expires, issued, begins = (_seconds(claims, name) for name in ("exp", "iat", "nbf"))
    if expires is None or expires <= now - LEEWAY:
        raise Refused(Reason.EXPIRED)
    if issued is None or issued <= now - OLDEST:
        raise Refused(Reason.EXPIRED, "iat")
    if max(issued, begins or 0) > now + LEEWAY:
        raise Refused(Reason.TOO_EARLY)


def _seconds(claims: Mapping[str, Any], name: str) -> float | None:
    value = claims.get(name)
    if value is None:
        return None
    # A yes or no is a number to Python, and a text of digits is none to the standard.
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refused(Reason.TOKEN, name)
    try:
        return float(value)
    except OverflowError as error:
        raise Refused(Reason.TOKEN, name) from error


def _check_access_token(claims: Mapping[str, Any], algorithm: str, access_token: str) -> None:
    """Where the token names the access token it came with (at_hash), it must be that one."""
    told = claims.get("at_hash")
    if told is None:
        return
    digest = hashlib.new(f"sha{algorithm[2:]}", access_token.encode()).digest()
    half = base64.urlsafe_b64encode(digest[: len(digest) // 2]).rstrip(b"=")
    if not isinstance(told, str) or not hmac.compare_digest(told.encode(), half):
        raise Refused(Reason.TOKEN, "at_hash")
