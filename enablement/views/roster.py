"""People, for the admin: who there is, invited or deactivated, and how each of them comes in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from enablement.models import GroupRule, Invitation, Person, Team
from enablement.sign_on import invitations
from enablement.sign_on.everybody import everybody, others
from enablement.sign_on.provider.metadata import provider
from enablement.sign_on.second_step import reset_second_step
from enablement.sign_on.standing import CannotDeactivate, deactivate_person, reactivate_person
from enablement.views.requests import PersonRequest, admins_only


class InvitationForm(forms.ModelForm[Person]):
    """Who is invited."""

    teams = forms.ModelMultipleChoiceField(
        Team.objects.all(), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Person
        fields = ["username", "first_name", "last_name", "email", "role"]
        labels = {"username": "User name", "email": "E-mail (the link is sent there)"}
        help_texts = {"username": ""}


@require_safe
@admins_only
def people_list(request: PersonRequest) -> HttpResponse:
    return _page(request)


@require_POST
@admins_only
@never_cache
def invite(request: PersonRequest) -> HttpResponse:
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return _page(request, status=400, form=form)
    person = form.save(commit=False)
    made = invitations.invite(person, form.cleaned_data["teams"], request.user)
    return _show_link(request, *made)


@require_POST
@admins_only
@never_cache
def invite_again(request: PersonRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(others(request.user), pk=pk, is_active=True)
    return _show_link(request, *invitations.invite_again(person, request.user))


@require_POST
@admins_only
def invitation_revoke(request: PersonRequest, pk: int) -> HttpResponse:
    return _done(request, pk, invitations.revoke_invitations, "The invitation of {} no longer works.")


@require_POST
@admins_only
def person_deactivate(request: PersonRequest, pk: int) -> HttpResponse:
    return _done(request, pk, deactivate_person, "{} is deactivated and signed out everywhere.")


@require_POST
@admins_only
def person_reactivate(request: PersonRequest, pk: int) -> HttpResponse:
    return _done(request, pk, reactivate_person, "{} may come in again.")


@require_POST
@admins_only
def second_step_reset(request: PersonRequest, pk: int) -> HttpResponse:
    return _done(request, pk, reset_second_step, "{} signs in with the password alone for now.")


def _done(
    request: PersonRequest, pk: int, verb: Callable[[Person, Person], object], sentence: str
) -> HttpResponse:
    person = get_object_or_404(others(request.user), pk=pk)
    try:
        verb(person, request.user)
    except CannotDeactivate as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, sentence.format(person.name))
    return redirect("people")


def _show_link(request: PersonRequest, invitation: Invitation, link: str) -> HttpResponse:
    # Shown in this very response: a redirect would have to keep the link somewhere.
    sent = invitations.mail_if_possible(invitation, link)
    return _page(request, invitation=invitation, link=link, sent=sent)


def _page(request: PersonRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "people": everybody(request.user),
        "form": InvitationForm(),
        "teams": Team.objects.annotate(
            size=Count("memberships", distinct=True), led=Count("managers", distinct=True)
        ).order_by("name"),
        "rules": GroupRule.objects.select_related("team"),
        "provider": provider(),
    }
    return render(request, "sign_on/people.html", context | more, status=status)
