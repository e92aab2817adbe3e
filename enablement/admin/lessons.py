"""Lessons and their sources in the admin, and what every piece of a lesson has in common there."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from enablement.admin.roles import EditorAdmin
from enablement.models import Lesson, LessonPart, Source
from enablement.outbox import add_work


class LessonPartAdmin(EditorAdmin):
    """A piece of a lesson. A change makes its passages anew, and what learns from it learns again."""

    is_learnt_from: ClassVar[bool] = False
    list_filter: ClassVar[tuple[str, ...]] = ("lesson", "state")
    list_select_related: ClassVar[tuple[str, ...]] = ("lesson",)
    list_per_page = 50

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        return ("__str__", "lesson", "state", "updated_at")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        self._follow_up(form.instance)

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        super().delete_model(request, obj)
        self._follow_up(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        parts = list(queryset)
        super().delete_queryset(request, queryset)
        for part in parts:
            self._follow_up(part)

    def _follow_up(self, part: Any) -> None:
        lesson = part.lesson_id if isinstance(part, LessonPart) else part.pk
        add_work("index_lesson", lesson=lesson)
        if self.is_learnt_from:
            add_work("train_sorting")


@admin.register(Lesson)
class LessonAdmin(LessonPartAdmin):
    list_filter = ("state", "teams")
    list_select_related = ()
    search_fields = ("title", "slug")
    filter_horizontal = ("teams",)
    prepopulated_fields = {"slug": ("title",)}

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        return ("title", "state", "position", "updated_at")


@admin.register(Source)
class SourceAdmin(EditorAdmin):
    list_display = ("title", "publisher", "year", "lesson")
    list_filter = ("lesson",)
    list_select_related = ("lesson",)
    search_fields = ("title", "slug", "publisher")
    prepopulated_fields = {"slug": ("title",)}
