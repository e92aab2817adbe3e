"""That a request comes from Slack, and now: its version 0 signature, over the bytes as they came.

slack_sdk's verifier is not used: it raises on a timestamp that is no number, on a body that is not UTF-8
and on a signature outside ASCII, and takes a timestamp with blanks or underscores in it.
"""

from __future__ import annotations

import hashlib
import hmac
import re

from enablement.slack.limits import SIGNATURE_WINDOW_SECONDS

VERSION = "v0"
_TIMESTAMP = re.compile(r"[0-9]{1,12}")
_SIGNATURE = re.compile(rf"{VERSION}=[0-9a-f]{{64}}")


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """Return the signature of `body` sent at `timestamp` (whole seconds since 1970, as text)."""
    message = b":".join([VERSION.encode(), timestamp.encode(), body])
    return f"{VERSION}={hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()}"


def is_signed(secret: str, body: bytes, *, timestamp: str, signature: str, now: float) -> bool:
    """Whether `body` was signed with `secret` within the last five minutes. Raises nothing."""
    if not secret or not _TIMESTAMP.fullmatch(timestamp) or not _SIGNATURE.fullmatch(signature):
        return False
    if abs(now - int(timestamp)) > SIGNATURE_WINDOW_SECONDS:
        return False
    return hmac.compare_digest(sign(secret, timestamp, body), signature)
