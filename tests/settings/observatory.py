"""The score of Mozilla's HTTP Observatory, worked out from one answer (its page "Tests & Scoring").

It begins at 100; what is missing takes away, and what is better than needed adds, where 90 are left before.
It asks nobody: the redirection to https, the certificate and the list of preloaded hosts are not looked at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http.cookies import Morsel


def read_policy(header: str) -> dict[str, list[str]]:
    parts = (part.split() for part in header.split(";") if part.strip())
    return {name.lower(): values for name, *values in parts}


def score(headers: Mapping[str, str], cookies: Sequence[Morsel[str]], *, loads_foreign_scripts: bool) -> int:
    """Return the points for the headers of a page over HTTPS."""
    policy = read_policy(headers.get("Content-Security-Policy", ""))
    changes = [
        _policy(policy),
        _cookies(cookies),
        _referrer(headers.get("Referrer-Policy", "")),
        _transport(headers.get("Strict-Transport-Security", "")),
        0 if headers.get("X-Content-Type-Options") == "nosniff" else -5,
        _frames(policy, headers.get("X-Frame-Options", "")),
        10 if headers.get("Cross-Origin-Resource-Policy") in ("same-origin", "same-site") else 0,
        -50 if headers.get("Access-Control-Allow-Origin") == "*" else 0,
        -50 if loads_foreign_scripts else 0,
    ]
    lost = sum(change for change in changes if change < 0)
    won = sum(change for change in changes if change > 0)
    return 100 + lost + (won if 100 + lost >= 90 else 0)


def _policy(policy: Mapping[str, Sequence[str]]) -> int:
    if not policy:
        return -25
    default = policy.get("default-src", ["*"])
    sources = [*policy.get("script-src", default), *policy.get("object-src", default)]
    if any(source in ("'unsafe-inline'", "data:", "https:", "http:", "*") for source in sources):
        return -20
    if "'unsafe-eval'" in sources:
        return -10
    if "'unsafe-inline'" in policy.get("style-src", default):
        return 0
    return 10 if list(default) == ["'none'"] else 5


def _cookies(cookies: Sequence[Morsel[str]]) -> int:
    if not all(cookie["secure"] for cookie in cookies):
        return -40
    if not all(cookie["httponly"] for cookie in cookies if "session" in cookie.key):
        return -30
    return 5 if all(cookie["samesite"] for cookie in cookies) else 0


def _referrer(value: str) -> int:
    private = ("no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin")
    return 5 if value in private else 0 if not value else -5


def _transport(value: str) -> int:
    words = {name.strip().partition("=")[0]: name.strip().partition("=")[2] for name in value.split(";")}
    age = int(words.get("max-age") or 0)
    return -20 if not value else 0 if age >= 15_768_000 else -10


def _frames(policy: Mapping[str, Sequence[str]], header: str) -> int:
    if policy.get("frame-ancestors") in (["'none'"], ["'self'"]):
        return 5
    return 0 if header in ("DENY", "SAMEORIGIN") else -20
