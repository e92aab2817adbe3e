"""What django-allauth asks us: who comes in, how it is noted, what is said, how secrets are kept."""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from enablement import audit
from enablement.models import Person
from enablement.origins import client_address
from enablement.sign_on.entering import enter
from enablement.sign_on.sealing import CannotUnseal, seal, unseal
from enablement.sign_on.way_on import is_ours
from enablement.trust.notices import SIGN_ON, notify

log = logging.getLogger(__name__)

# The library's name for what happened: our verb, and the sentence for the person.
CHANGES = {
    "mfa/email/totp_activated": ("add_app", "An authenticator app was added to your account."),
    "mfa/email/totp_deactivated": ("remove_app", "The authenticator app was taken off your account."),
    "mfa/email/webauthn_added": ("add_passkey", "A passkey was added to your account."),
    "mfa/email/webauthn_removed": ("remove_passkey", "A passkey was taken off your account."),
    "mfa/email/recovery_codes_generated": (
        "make_recovery_codes",
        "New recovery codes were made for your account. The old ones no longer work.",
    ),
}
ASK_AN_ADMIN = "If that was not you, tell an admin now."
# What the library calls what a person came in with.
STEPS = {"totp": "app", "recovery_codes": "recovery code", "webauthn": "passkey"}
TOO_MANY = "Too many codes that did not fit. Wait five minutes, then try again."


def name_of(person: Person) -> str:
    """What the library calls a person."""
    return person.name


def _came_in_by(request: HttpRequest, person: Person) -> str:
    records = get_authentication_records(request, person)
    methods = [STEPS.get(record.get("type", ""), record["method"]) for record in records]
    return " and ".join(dict.fromkeys(methods)) or "password"


class AccountHooks(DefaultAccountAdapter):
    """Signing in."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
        "incorrect_password": "This is not your password. Check it and try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str | None) -> bool:
        return bool(url) and is_ours(self.request, str(url))

    def get_login_stages(self) -> list[str]:
        return ["allauth.mfa.stages.AuthenticateStage"]

    def login(self, request: HttpRequest, user: Person) -> None:
        enter(request, user, _came_in_by(request, user))

    def respond_user_inactive(self, request: HttpRequest, user: Person) -> HttpResponse:
        return redirect("sign-in")

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request) or "unknown"

    def add_message(
        self, request: HttpRequest, level: int, *args: Any, message: str | None = None, **kwargs: Any
    ) -> None:
        """The library's own sentences are left out: ours come with the change (below)."""
        if message:
            messages.add_message(request, level, message)

    def send_notification_mail(
        self, template_prefix: str, user: Person, context: Any = None, email: str | None = None
    ) -> None:
        """Note a change of somebody's second step and tell them, on the page and as a message."""
        verb, sentence = CHANGES[template_prefix]
        audit.record(user, verb, user)
        notify([user], SIGN_ON, sentence, text=ASK_AN_ADMIN, url="/account/security/")
        messages.success(self.request, sentence)


class SecondStepHooks(DefaultMFAAdapter):
    """Codes and passkeys."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "This does not fit. Wait for the next code of your app and try that, "
        "or use a recovery code.",
        "incorrect_passkey": "This passkey does not fit. Try again, or use another way.",
    }

    def get_totp_label(self, user: Person) -> str:
        return user.username

    def generate_authenticator_name(self, user: Person, type: Authenticator.Type) -> str:
        """What a new passkey is called until its person calls it something."""
        others = Authenticator.objects.filter(user=user, type=type).count()
        return f"Passkey {others + 1}" if others else "Passkey"

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """What was sealed; where SECRET_KEY has changed since, a secret that no code fits."""
        try:
            return unseal(encrypted_text)
        except CannotUnseal:
            log.error("a second step was sealed under another SECRET_KEY; an admin can reset it")
            return str(generate_totp_secret())
