"""Quizzes for editors, attempts for admins to look at. Answer keys are shown to editors only."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from enablement.admin.roles import ByRole, EditorAdmin, ReadOnlyAdmin
from quizzes.models import AnswerKey, Attempt, Option, Question, Quiz, QuizQuestion
from quizzes.question_forms import AnswerKeyForm, AnswerKeyFormSet, OptionForm, OptionFormSet, QuestionForm


class KeptOnceAsked:
    """A version of a question that somebody was asked stays as it was; a change of it is a new version."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        asked = isinstance(obj, Question) and obj.answers.exists()
        return not asked and super().has_change_permission(request, obj)  # type: ignore[misc]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        asked = isinstance(obj, Question) and obj.answers.exists()
        return not asked and super().has_add_permission(request, obj)  # type: ignore[misc]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class OptionInline(KeptOnceAsked, ByRole, admin.TabularInline[Any, Any]):
    """The options of a question."""

    model = Option
    role = "is_editor"
    extra = 0
    form = OptionForm
    formset = OptionFormSet  # type: ignore[assignment]


class AnswerKeyInline(KeptOnceAsked, ByRole, admin.StackedInline[Any, Any]):
    """The key of a question. There is no question without one."""

    model = AnswerKey
    role = "is_editor"
    extra = 0
    form = AnswerKeyForm
    formset = AnswerKeyFormSet  # type: ignore[assignment]
    min_num = 1

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        return super().get_formset(request, obj, **kwargs, validate_min=True)


class QuizQuestionInline(ByRole, admin.TabularInline[Any, Any]):
    """The questions of a quiz."""

    model = QuizQuestion
    role = "is_editor"
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
class QuestionAdmin(KeptOnceAsked, EditorAdmin):
    """Questions. One that was asked already can be read here; `load_quizzes` makes new versions."""

    list_display = ["slug", "version", "kind", "topic", "lesson"]
    list_filter = ["lesson", "kind", "topic"]
    search_fields = ["slug", "prompt"]
    form = QuestionForm
    inlines = [OptionInline, AnswerKeyInline]


@admin.register(Attempt)
class AttemptAdmin(ReadOnlyAdmin):
    """Attempts, to look at."""

    list_display = ["person", "quiz", "number", "state", "score", "submitted_at"]
    list_filter = ["state", "quiz"]
    list_select_related = ["person", "quiz"]
