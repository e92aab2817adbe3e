"""How one signs in oneself: second step, passkeys, password, and where one is signed in."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from enablement import audit
from enablement.models import BrowserSession
from enablement.sign_on import sessions
from enablement.sign_on.provider.metadata import provider
from enablement.sign_on.second_step import has_second_step, needs_second_step
from enablement.views.requests import PersonRequest, signed_in


@require_safe
@signed_in
def security(request: PersonRequest) -> HttpResponse:
    return _page(request)


@require_POST
@signed_in
def change_password(request: PersonRequest) -> HttpResponse:
    """A new password; every other browser is signed out."""
    form = PasswordChangeForm(request.user, request.POST)
    if not request.user.has_usable_password() or not form.is_valid():
        return _page(request, status=400, password_form=form)
    with transaction.atomic():
        form.save()
        ended = sessions.end_sessions(request.user, but=request.session.session_key)
        audit.record(request.user, "change_password", request.user, after={"sessions_ended": ended})
        update_session_auth_hash(request, request.user)
        sessions.follow_key(request)
    messages.success(request, "Your password is changed. Every other browser is signed out.")
    return redirect("security")


@require_POST
@signed_in
def end_session(request: PersonRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(BrowserSession.objects.visible_to(request.user), pk=pk)
    sessions.end_session(row, request.user)
    return redirect("security")


@require_POST
@signed_in
def end_other_sessions(request: PersonRequest) -> HttpResponse:
    with transaction.atomic():
        ended = sessions.end_sessions(request.user, but=request.session.session_key)
        audit.record(request.user, "end_other_sessions", request.user, after={"ended": ended})
    messages.success(request, "Every other browser is signed out.")
    return redirect("security")


def _page(request: PersonRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    person = request.user
    steps = list(Authenticator.objects.filter(user=person).order_by("created_at"))
    codes = next((step for step in steps if step.type == Authenticator.Type.RECOVERY_CODES), None)
    context = {
        "app": next((step for step in steps if step.type == Authenticator.Type.TOTP), None),
        "passkeys": [step for step in steps if step.type == Authenticator.Type.WEBAUTHN],
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else None,
        "wants_second_step": needs_second_step(person) and not has_second_step(person),
        "has_password": person.has_usable_password(),
        "password_form": PasswordChangeForm(person),
        "provider": provider(),
        "identities": person.identities.all(),
        "sessions": sessions.living(person, timezone.now()),
        "own_row": request.session.get(sessions.ROW_KEY),
    }
    return render(request, "sign_on/security.html", context | more, status=status)
