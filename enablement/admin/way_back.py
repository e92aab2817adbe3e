"""From the admin back to the page of the site that led there."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from enablement.sign_on.way_on import is_ours


class WayBack(admin.ModelAdmin[Any]):
    """After saving or deleting, back to the page that the address names as `next`; without one, as ever."""

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return self._back(request) or super().response_post_save_add(request, obj)

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return self._back(request) or super().response_post_save_change(request, obj)

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: Any) -> HttpResponse:
        response = super().response_delete(request, obj_display, obj_id)
        return self._back(request) or response

    def _back(self, request: HttpRequest) -> HttpResponseRedirect | None:
        place = request.GET.get("next", "")
        return HttpResponseRedirect(place) if is_ours(request, place) else None
