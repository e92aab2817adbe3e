"""Quizzes for editors, attempts for admins to look at. Answer keys are not shown here."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from enablement.admin.roles import ByRole, EditorAdmin, ReadOnlyAdmin, ToLookAt
from enablement.roles import may_edit
from quizzes.models import Attempt, Question, Quiz, QuizQuestion


class QuizQuestionInline(ByRole, admin.TabularInline[Any, Any]):
    """The questions of a quiz."""

    model = QuizQuestion
    may = staticmethod(may_edit)
    extra = 0
    autocomplete_fields = ["question"]


@admin.register(Quiz)
class QuizAdmin(EditorAdmin):
    """Quizzes. One that is no longer wanted is archived: its attempts stand on it."""

    list_display = ["title", "lesson", "state", "pass_mark", "draws"]
    list_filter = ["state", "lesson"]
    inlines = [QuizQuestionInline]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Question)
class QuestionAdmin(ToLookAt, admin.ModelAdmin[Any]):
    """Questions, to find. They are written on the site, in a form of their kind: the admin leads there."""

    may = staticmethod(may_edit)
    list_display = ["slug", "version", "kind", "topic", "lesson"]
    list_filter = ["lesson", "kind", "topic"]
    search_fields = ["slug", "prompt"]

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        question = self.get_object(request, unquote(object_id))
        if question is None or not self.has_view_permission(request, question):
            raise PermissionDenied
        return redirect("question-preview", question.slug)


@admin.register(Attempt)
class AttemptAdmin(ReadOnlyAdmin):
    """Attempts, to look at."""

    list_display = ["person", "quiz", "number", "state", "score", "submitted_at"]
    list_filter = ["state", "quiz"]
    list_select_related = ["person", "quiz"]
