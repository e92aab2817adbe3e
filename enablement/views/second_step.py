"""One's second step and passkeys. django-allauth's pages, at our addresses and in our words.

The library finds its pages by the names it gave them, so they keep those names here.
"""

from __future__ import annotations

from typing import Any

from allauth.account.views import ReauthenticateView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as CodeAgainView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse_lazy
from django.views.generic import RedirectView
from redis.exceptions import RedisError

PASSKEY_REFUSED = "This passkey does not fit. Try again, or sign in with your password."
NOT_NOW = "Codes cannot be checked just now. Try again in a minute."


class _Careful:
    """A page that counts tries in the cache says so where the cache is away."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc, no-any-return]
        except RedisError:
            messages.error(request, NOT_NOW)
            return redirect("home" if request.user.is_authenticated else "sign-in")


class SecondStep(_Careful, AuthenticateView):
    """The page after the password: a code, or a passkey."""


class PasskeySignIn(_Careful, LoginWebAuthnView):
    """Signing in with a passkey alone. A browser asks with GET what to sign."""

    def form_invalid(self, form: Any) -> HttpResponse:
        messages.error(self.request, PASSKEY_REFUSED)
        return redirect("sign-in")


class AddPasskey(_Careful, AddWebAuthnView):
    """A new passkey."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | kwargs  # type: ignore[no-any-return]


class PasskeyAgain(_Careful, ReauthenticateWebAuthnView):
    """Confirming with a passkey that it is still oneself."""

    def form_invalid(self, form: Any) -> HttpResponse:
        messages.error(self.request, PASSKEY_REFUSED)
        return redirect(self.passthrough_next_url(str(reverse_lazy("mfa_reauthenticate_webauthn"))))


class PasswordAgain(_Careful, ReauthenticateView):
    """Confirming with the password that it is still oneself."""


class CodeAgain(_Careful, CodeAgainView):
    """Confirming with a code that it is still oneself."""


class AddApp(_Careful, ActivateTOTPView):
    """An authenticator app: the picture to scan, and its first code."""


_SECURITY = RedirectView.as_view(pattern_name="security")

urlpatterns = [
    path(
        "sign-in/second-step/",
        SecondStep.as_view(template_name="sign_on/second_step.html"),
        name="mfa_authenticate",
    ),
    path("sign-in/passkey/", PasskeySignIn.as_view(), name="mfa_login_webauthn"),
    path(
        "account/confirm/",
        PasswordAgain.as_view(template_name="sign_on/confirm.html"),
        name="account_reauthenticate",
    ),
    path(
        "account/confirm/code/",
        CodeAgain.as_view(template_name="sign_on/confirm.html"),
        name="mfa_reauthenticate",
    ),
    path(
        "account/confirm/passkey/",
        PasskeyAgain.as_view(template_name="sign_on/confirm_passkey.html"),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "account/security/app/",
        AddApp.as_view(template_name="sign_on/add_app.html"),
        name="mfa_activate_totp",
    ),
    path(
        "account/security/app/remove/",
        DeactivateTOTPView.as_view(template_name="sign_on/remove_app.html"),
        name="mfa_deactivate_totp",
    ),
    path(
        "account/security/passkeys/add/",
        AddPasskey.as_view(template_name="sign_on/add_passkey.html"),
        name="mfa_add_webauthn",
    ),
    path(
        "account/security/passkeys/<int:pk>/remove/",
        RemoveWebAuthnView.as_view(
            template_name="sign_on/remove_passkey.html", success_url=reverse_lazy("security")
        ),
        name="mfa_remove_webauthn",
    ),
    path(
        "account/security/recovery-codes/",
        ViewRecoveryCodesView.as_view(template_name="sign_on/recovery_codes.html"),
        name="mfa_view_recovery_codes",
    ),
    path(
        "account/security/recovery-codes/new/",
        GenerateRecoveryCodesView.as_view(template_name="sign_on/new_recovery_codes.html"),
        name="mfa_generate_recovery_codes",
    ),
    path("account/security/second-step/", _SECURITY, name="mfa_index"),
]
