"""The administration itself: for admins and editors marked as staff, and for others it is not there.

Its own sign-in page would be a second way in, without a second step and uncounted. It leads to ours.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from enablement.roles import may_edit


class Administration(admin.AdminSite):
    """Django's, with one door."""

    def has_permission(self, request: HttpRequest) -> bool:
        person: Any = request.user
        return bool(person.is_authenticated and person.is_staff and may_edit(person))

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        guarded = super().admin_view(view, cacheable)

        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.user.is_authenticated and not self.has_permission(request):
                raise Http404
            return guarded(request, *args, **kwargs)  # type: ignore[no-any-return]

        return checked

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if request.user.is_authenticated and not self.has_permission(request):
            raise Http404
        wanted = request.GET.get("next", "") or reverse("admin:index")
        return HttpResponseRedirect(f"{reverse('sign-in')}?{urlencode({'next': wanted})}")

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("security")

    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("account")
