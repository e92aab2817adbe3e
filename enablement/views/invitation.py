"""Coming in by an invitation: with a password of one's own, or with the provider."""

from __future__ import annotations

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.contrib.auth.forms import SetPasswordForm
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from enablement.models import Invitation, Person
from enablement.sign_on import sessions
from enablement.sign_on.invitations import find_invitation, use_invitation
from enablement.sign_on.provider.metadata import provider


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Choose a password. A second step that is set is still asked for: the link may have been found."""
    found = find_invitation(secret)
    if found is None:
        return render(request, "sign_on/invitation_over.html", status=404)
    form = SetPasswordForm(found.person, request.POST or None)
    if request.method == "POST" and form.is_valid() and _take(found, form):
        login = Login(user=found.person, redirect_url="/")
        return perform_password_login(request, {"username": found.person.username}, login)  # type: ignore[no-any-return]
    context = {"form": form, "person": found.person, "secret": secret, "provider": provider()}
    return render(request, "sign_on/invitation.html", context, status=400 if form.errors else 200)


def _take(found: Invitation, form: SetPasswordForm[Person]) -> bool:
    with transaction.atomic():
        if not use_invitation(found, "password"):
            return False
        form.save()
        sessions.end_sessions(found.person)
    return True
