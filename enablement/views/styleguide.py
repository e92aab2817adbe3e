"""The page with every component in every state, for those who build and look after the site."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from enablement.views.requests import PersonRequest, signed_in

COLOURS = [
    *("paper", "surface", "sunken", "ink", "ink-soft", "line", "line-strong", "focus", "mark"),
    *("accent", "accent-strong", "accent-soft", "good", "bad", "warn", "hint"),
    *("knowledge", "behaviour", "both", "neither"),
]
SIZES = ("xs", "s", "m", "l", "xl", "2xl")
SPACES = ("s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8")
BUTTONS = ("", "primary", "quiet", "danger")
BADGES = ["knowledge", "behaviour", "both", "neither", "unsure", "block", "warn", "hint", "good", "bad"]
LEVELS = ("", "good", "warn", "bad")


class SampleForm(forms.Form):
    """One field of each sort."""

    name = forms.CharField(label="A line", help_text="What it is for.", required=False)
    note = forms.CharField(label="A text", widget=forms.Textarea({"rows": 3}), required=False)
    kind = forms.ChoiceField(label="A choice", choices=[("a", "The first"), ("b", "The second")])
    day = forms.DateField(label="A day", widget=forms.DateInput(attrs={"type": "date"}))


@require_safe
@signed_in
def styleguide(request: PersonRequest) -> HttpResponse:
    """For staff; for everybody else there is no such page."""
    if not request.user.is_staff:
        raise Http404
    context = {
        "colours": COLOURS,
        "sizes": SIZES,
        "spaces": SPACES,
        "buttons": BUTTONS,
        "badges": BADGES,
        "levels": LEVELS,
        "form": SampleForm(),
        "wrong": SampleForm({"wrong-kind": "c", "wrong-day": "soon"}, prefix="wrong"),
    }
    return render(request, "styleguide/styleguide.html", context)
