"""Calls to the provider: JSON objects only, bounded in size and time, and never sent elsewhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import httpx2

from enablement.in_turn import aside
from enablement.sign_on.provider.refusals import Reason, Refused

TIMEOUT_SECONDS = 5.0
# Bytes. Keys and metadata of the large providers have up to 40 000.
LARGEST = 262_144


def fetch_json(
    method: str,
    url: str,
    *,
    data: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    refused: Reason = Reason.NONSENSE,
) -> dict[str, Any]:
    """Return the JSON object at `url`. Raises Refused: AWAY, TOO_LARGE, NONSENSE; `refused` for a 4xx."""
    try:
        with (
            aside(),
            httpx2.Client(timeout=TIMEOUT_SECONDS, follow_redirects=False, trust_env=False) as client,
            client.stream(
                method, url, data=data, headers={"Accept": "application/json", **(headers or {})}
            ) as response,
        ):
            status, body = response.status_code, _read(response)
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise Refused(Reason.AWAY, type(error).__name__) from error
    if status >= 500:
        raise Refused(Reason.AWAY, f"status {status}")
    if 400 <= status < 500:
        raise Refused(refused, f"status {status}")
    if status != 200:
        raise Refused(Reason.NONSENSE, f"status {status}")
    return _object(body)


def _read(response: httpx2.Response) -> bytes:
    body = bytearray()
    for piece in response.iter_bytes():
        body += piece
        if len(body) > LARGEST:
            raise Refused(Reason.TOO_LARGE)
    return bytes(body)


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
        check_writable(found)
    except (ValueError, RecursionError) as error:
        raise Refused(Reason.NONSENSE, "not JSON") from error
    if not isinstance(found, dict):
        raise Refused(Reason.NONSENSE, "not an object")
    return found


def check_writable(found: object) -> None:
    """Raise ValueError for what Python reads as JSON and nothing else takes: NaN, Infinity, half a character.

    A NaN is never in the past, so that a token with one would not expire; half a character is no text to the
    database.
    """
    json.dumps(found, ensure_ascii=False, allow_nan=False).encode()
