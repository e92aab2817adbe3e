"""What a browser sends of a passkey. django-allauth reads it; here nonsense is a refusal, not a failure."""

from __future__ import annotations

import struct
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

# What the reading of a credential raises, besides ValidationError, when it is not one or is signed wrongly.
NONSENSE = (
    *(AttributeError, IndexError, KeyError, TypeError, ValueError),
    *(struct.error, InvalidSignature, UnsupportedAlgorithm),
)


class _Read:
    """A form whose `credential` is checked."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except NONSENSE as error:
            raise get_adapter().validation_error("incorrect_passkey") from error


class SecondStepForm(_Read, AuthenticateWebAuthnForm):
    """After the password."""


class SignInForm(_Read, LoginWebAuthnForm):
    """In place of the password."""


class ConfirmForm(_Read, ReauthenticateWebAuthnForm):
    """It is still oneself."""


class AddForm(AddWebAuthnForm):
    """A new one."""

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()  # type: ignore[no-any-return]
        except NONSENSE as error:
            raise get_adapter().validation_error("incorrect_passkey") from error
