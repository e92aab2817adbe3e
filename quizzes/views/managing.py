"""Pages for those who manage teams."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.http import Http404, HttpRequest, HttpResponseBase

from enablement.views.requests import P, PersonRequest, View, signed_in


def managers_only(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let managers pass; for everybody else there is no such page."""

    @wraps(view)
    def checked(request: PersonRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_manager:
            raise Http404
        return view(request, *args, **kwargs)

    return signed_in(checked)
