"""Signing in and out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from enablement import audit
from enablement.models import Person

BACKEND = "enablement.backends.PersonBackend"


class SignIn(LoginView):
    """The sign-in page: a password, or one click on a demo person where the site runs as a demonstration."""

    template_name = "people/sign_in.html"
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        with transaction.atomic():
            response = super().form_valid(form)
            audit.record(form.get_user(), "sign_in", form.get_user())
        return response

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=400)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        demo_people = (
            Person.objects.filter(is_demo=True, is_active=True) if settings.DEMO else Person.objects.none()
        )
        return super().get_context_data(**kwargs) | {
            "demo_people": demo_people.order_by("pk").prefetch_related("teams", "managed_teams")
        }


@require_POST
def sign_in_demo(request: HttpRequest) -> HttpResponse:
    """Sign in as a demo person; nowhere but in demo mode, and as nobody else."""
    if not settings.DEMO:
        raise Http404
    # The database refuses a null character; nobody's name has one.
    username = request.POST.get("username", "").replace("\0", "")
    person = get_object_or_404(Person, username=username, is_demo=True, is_active=True)
    with transaction.atomic():
        login(request, person, backend=BACKEND)
        audit.record(person, "sign_in", person, after={"by": "demo"})
    return HttpResponseRedirect(_way_on(request))


def _way_on(request: HttpRequest) -> str:
    """Where to go after signing in: the page that asked for it, if it is one of ours."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else resolve_url(settings.LOGIN_REDIRECT_URL)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    if isinstance(request.user, Person):
        audit.record(request.user, "sign_out", request.user)
    logout(request)
    return redirect(reverse("sign-in"))
