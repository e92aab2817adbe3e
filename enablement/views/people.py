"""Signing in and out."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from enablement.models import Person
from enablement.origins import client_address
from enablement.sign_on.entering import enter, leave
from enablement.sign_on.limits import forget_tries, may_try
from enablement.sign_on.provider.metadata import provider
from enablement.sign_on.way_on import way_on

MAX_USERNAME = 150


class SignIn(LoginView):
    """The sign-in page: a password, or one click on a demo person where the site runs as a demonstration."""

    template_name = "people/sign_in.html"
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_try(_account(request), client_address(request)):
            form = AuthenticationForm(request, initial={"username": _account(request)})
            return self.render_to_response(self.get_context_data(form=form, too_many=True), status=429)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        person = form.get_user()
        forget_tries(_account(self.request), client_address(self.request))
        entering = Login(user=person, redirect_url=way_on(self.request, self.request.POST.get("next", "")))
        return perform_password_login(self.request, {"username": person.get_username()}, entering)  # type: ignore[no-any-return]

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=400)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        demo_people = (
            Person.objects.filter(is_demo=True, is_active=True) if settings.DEMO else Person.objects.none()
        )
        return super().get_context_data(**kwargs) | {
            "provider": provider(),
            "demo_people": demo_people.order_by("pk").prefetch_related("teams", "managed_teams"),
        }


@require_POST
def sign_in_demo(request: HttpRequest) -> HttpResponse:
    """Sign in as a demo person; nowhere but in demo mode, and as nobody else."""
    if not settings.DEMO:
        raise Http404
    person = get_object_or_404(Person, username=_account(request), is_demo=True, is_active=True)
    enter(request, person, "demo")
    return HttpResponseRedirect(way_on(request, request.POST.get("next", "")))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    leave(request)
    return redirect(reverse("sign-in"))


def _account(request: HttpRequest) -> str:
    """The name that was typed. The database refuses a null character; nobody's name has one."""
    return request.POST.get("username", "").replace("\0", "")[:MAX_USERNAME]
