"""Secrets that the site must read again, sealed before they reach the database."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class CannotUnseal(Exception):
    """What was sealed cannot be read with the SECRET_KEY of now, nor with one in SECRET_KEY_FALLBACKS."""


def seal(text: str) -> str:
    """Return `text` encrypted under SECRET_KEY."""
    return _keys().encrypt(text.encode()).decode("ascii")


def unseal(sealed: str) -> str:
    """Return what was sealed. Raises CannotUnseal."""
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise CannotUnseal from error


def _keys() -> MultiFernet:
    return MultiFernet(
        [_key(str(secret)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    )


def _key(secret: str) -> Fernet:
    digest = hashlib.sha256(b"dosay second step\0" + secret.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
