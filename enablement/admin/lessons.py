"""Lessons and their sources in the admin, and what every piece of a lesson has in common there."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

from enablement.admin.roles import EditorAdmin, ToLookAt
from enablement.models import Lesson, Source


class LessonPartAdmin(ToLookAt, EditorAdmin):
    """A piece of a lesson, to look at. It is written on its own page, where every version is kept."""

    list_filter: ClassVar[tuple[str, ...]] = ("lesson", "state")
    list_select_related: ClassVar[tuple[str, ...]] = ("lesson",)
    list_per_page = 50

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        return ("__str__", "lesson", "state", "updated_at")


@admin.register(Lesson)
class LessonAdmin(LessonPartAdmin):
    """Whom a lesson is for is set here; its words are written on its own page."""

    list_filter = ("state", "teams")
    list_select_related = ()
    search_fields = ("title", "slug")
    filter_horizontal = ("teams",)
    readonly_fields = ("title", "slug", "thesis", "summary", "position", "state")

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        return ("title", "state", "position", "updated_at")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request)


@admin.register(Source)
class SourceAdmin(EditorAdmin):
    list_display = ("title", "publisher", "year", "lesson")
    list_filter = ("lesson",)
    list_select_related = ("lesson",)
    search_fields = ("title", "slug", "publisher")
    prepopulated_fields = {"slug": ("title",)}
