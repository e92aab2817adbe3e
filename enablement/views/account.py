"""One's own account: who one is here, keys to the API, and the linked Slack account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from enablement import tokens
from enablement.choices import LOOKS, MAIL, choose, time_zones
from enablement.models import ApiToken, Person, SlackLink, TokenScope
from enablement.slack.limits import LINK_CODE_LIFETIME
from enablement.slack.linking import make_link_code, unlink_account
from enablement.texts import BadText
from enablement.views.requests import PersonRequest, signed_in

LIFETIMES = [(7, "A week"), (30, "30 days"), (90, "90 days"), (tokens.MAX_DAYS, "A year")]


class TokenForm(forms.Form):
    """What a new token is for and how long it lives."""

    name = forms.CharField(max_length=tokens.MAX_NAME, label="What it is for")
    days = forms.TypedChoiceField(choices=LIFETIMES, coerce=int, initial=30, label="How long it works")
    scope = forms.TypedChoiceField(
        choices=TokenScope.choices,
        coerce=TokenScope,
        required=False,
        empty_value=TokenScope.READ,
        initial=TokenScope.READ,
        label="What it may do",
    )


class MailForm(forms.ModelForm[Person]):
    """How often messages are sent, and which way."""

    class Meta:
        model = Person
        fields = MAIL
        labels = {"mail": "Send me my messages", "messages_by": "Which way"}


class LooksForm(forms.ModelForm[Person]):
    """In which time zone and form a person reads times, dates and numbers, and how much room things take."""

    time_zone = forms.TypedChoiceField(choices=time_zones, label="Time zone")

    class Meta:
        model = Person
        fields = LOOKS
        labels = {
            "date_form": "Dates and times",
            "number_form": "Numbers",
            "density": "Room between things",
            "single_keys": "Single keys such as / and ? do something",
        }


@require_safe
@signed_in
def account(request: PersonRequest) -> HttpResponse:
    return _page(request)


@require_POST
@signed_in
def make_token(request: PersonRequest) -> HttpResponse:
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _page(request, status=400, form=form)
    try:
        token, clear = tokens.make_token(request.user, **form.cleaned_data)
    except BadText as error:
        form.add_error("name", str(error))
        return _page(request, status=400, form=form)
    # Shown in this very response: a redirect would have to keep the clear text somewhere.
    return _page(request, made=token, clear=clear)


@require_POST
@signed_in
def revoke_token(request: PersonRequest, pk: int) -> HttpResponse:
    token = get_object_or_404(ApiToken.objects.visible_to(request.user), pk=pk)
    tokens.revoke_token(token, request.user)
    return redirect("account")


@require_POST
@signed_in
def make_slack_code(request: PersonRequest) -> HttpResponse:
    minutes = int(LINK_CODE_LIFETIME.total_seconds() // 60)
    return _page(request, code=make_link_code(request.user), minutes=minutes)


@require_POST
@signed_in
def unlink_slack(request: PersonRequest) -> HttpResponse:
    unlink_account(request.user)
    return redirect("account")


@require_POST
@signed_in
def choose_mail(request: PersonRequest) -> HttpResponse:
    form = MailForm(request.POST, instance=request.user)
    if not form.is_valid():
        return _page(request, status=400, mail_form=form)
    choose(request.user, form.cleaned_data)
    messages.success(request, _chosen(form.instance))
    return redirect("account")


@require_POST
@signed_in
def choose_looks(request: PersonRequest) -> HttpResponse:
    form = LooksForm(request.POST, instance=request.user)
    if not form.is_valid():
        return _page(request, status=400, looks_form=form)
    choose(request.user, form.cleaned_data)
    messages.success(request, "Your pages follow what you chose, from now on.")
    return redirect("account")


def _chosen(person: Person) -> str:
    often = person.get_mail_display()
    return f"Messages: {often.lower()}, {person.get_messages_by_display().lower()}."


def _page(request: PersonRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    person = request.user
    context = {
        "person": person,
        "teams": person.teams.all(),
        "managed_teams": person.managed_teams.all(),
        "tokens": ApiToken.objects.visible_to(person).valid(),
        "slack_link": SlackLink.objects.filter(person=person).first(),
        "form": TokenForm(),
        "mail_form": MailForm(instance=person),
        "looks_form": LooksForm(instance=person),
    }
    return render(request, "account/account.html", context | more, status=status)
