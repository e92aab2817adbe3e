"""What the palette offers to the person who opens it."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from enablement.context import site
from enablement.palette import Place, pinned_places, places_for
from enablement.roles import may_administer
from enablement.views.requests import PersonRequest, signed_in


@require_safe
@signed_in
def palette(request: PersonRequest) -> HttpResponse:
    """Every place as {kind, title, url, words}: what is pinned first, then things to do and pages."""
    places = [
        *pinned_places(request.user),
        *_actions(),
        *_pages(request),
        *_for_staff(request),
        *places_for(request.user),
    ]
    return JsonResponse({"places": [asdict(place) for place in places]})


@require_safe
@signed_in
def keys(request: PersonRequest) -> HttpResponse:
    """The keys that the site knows, as a page; `?` shows the same on any page."""
    return render(request, "palette/keys_page.html")


def _for_staff(request: PersonRequest) -> list[Place]:
    """Pages that stand in no menu."""
    found = []
    if may_administer(request.user):
        found.append(Place("Page", "First steps", reverse("first-steps"), "setup begin"))
    if request.user.is_staff:
        found.append(Place("Page", "Components", reverse("styleguide"), "styleguide design"))
    return found


def _actions() -> list[Place]:
    home = reverse("home")
    return [
        Place("Do", "Ask a question", f"{home}?mode=ask", "answer buyer"),
        Place("Do", "Check the wording of a draft", f"{home}?mode=check", "guide mail text say"),
        Place("Do", "Sort what a buyer said", f"{home}?mode=sort", "verdict knowledge behaviour problem"),
        Place("Do", "Suggest a line for the guide", reverse("flag-propose"), "propose"),
        Place("Page", "Your questions", reverse("ask"), "history conversations"),
        Place("Page", "Messages", reverse("notices"), "notices"),
        Place("Page", "Your account", reverse("account"), "settings time zone dates tokens slack mail dense"),
        Place("Page", "Keys", reverse("keys"), "keyboard shortcuts help"),
    ]


def _pages(request: PersonRequest) -> list[Place]:
    """The pages of the navigation that this person has."""
    return [Place("Page", link.label, link.url) for link in site(request)["every_page"]]
