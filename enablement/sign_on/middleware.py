"""What is asked of every request of somebody who is signed in."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from enablement.api.errors import Problem
from enablement.sign_on import sessions
from enablement.sign_on.second_step import lacks_second_step

Response = Callable[[HttpRequest], HttpResponseBase]
# Where somebody who still has to set up a second step may go: to do that, to leave, and for what pages load.
OPEN_PATHS = ("/account/security/", "/account/confirm/", "/sign-out/", "/static/")
SET_UP = "Your role needs a second step when you sign in. Set one up to go on."


class SessionLifeMiddleware:
    """A session ends after seven days, however much it is used."""

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated and not sessions.go_on(request, timezone.now()):
            logout(request)
        return self.get_response(request)


class SecondStepMiddleware:
    """Whose role needs a second step, and who has none, goes nowhere before it is set up."""

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(OPEN_PATHS) and lacks_second_step(request):
            if request.path.startswith("/api/"):
                return Problem(403, "second_step_missing", SET_UP).as_response()
            messages.warning(request, SET_UP)
            return redirect("security")
        return self.get_response(request)
