"""A request of somebody who is signed in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django_htmx.middleware import HtmxDetails

from enablement.models import Person
from enablement.roles import Guard, must_be_admin, must_be_editor, must_be_manager

P = ParamSpec("P")
View = Callable[Concatenate["PersonRequest", P], HttpResponseBase]


class PersonRequest(HttpRequest):
    """What a view gets that only signed-in people reach."""

    user: Person
    htmx: HtmxDetails


def signed_in(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let signed-in people pass and send others to sign in.

    A fragment is never replaced by the sign-in page: there a notice says what happened (401), and what
    was typed around it stays where it is.
    """

    guarded = cast(Callable[Concatenate[HttpRequest, P], HttpResponseBase], login_required(view))

    @wraps(view)
    def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated and getattr(request, "htmx", False):
            return render(request, "people/signed_out_notice.html", status=401)
        return guarded(request, *args, **kwargs)

    return checked


def only(guard: Guard) -> Callable[[View[P]], Callable[Concatenate[HttpRequest, P], HttpResponseBase]]:
    """Let those pass whom `guard` lets; for everybody else there is no such page."""

    def guarded(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def checked(request: PersonRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            guard(request.user)
            return view(request, *args, **kwargs)

        return signed_in(checked)

    return guarded


def editors_only(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """A page for editors and admins."""
    return only(must_be_editor)(view)


def managers_only(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """A page for managers and admins."""
    return only(must_be_manager)(view)


def admins_only(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """A page for admins."""
    return only(must_be_admin)(view)
