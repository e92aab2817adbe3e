"""Pieces of lessons in the admin, each with what is written on its page."""

from __future__ import annotations

from django.contrib import admin

from enablement.admin.lessons import LessonPartAdmin
from enablement.admin.roles import EditorInline, EditorRows
from enablement.models import (
    Analogy,
    AnalogyPoint,
    Card,
    Comparison,
    DecisionQuestion,
    Disagreement,
    Distinction,
    Fit,
    GuideEntry,
    Ladder,
    LadderStep,
    Outcome,
    Phrasing,
    Position,
    Script,
    Signal,
    Statement,
    Term,
    Trait,
)


class FitInline(EditorInline):
    model = Fit
    exclude = ("sources",)
    autocomplete_fields = ("lesson",)
    show_change_link = True


class TraitInline(EditorInline):
    model = Trait


class PhrasingRows(EditorRows):
    model = Phrasing


class AnalogyPointRows(EditorRows):
    model = AnalogyPoint


class SignalInline(EditorInline):
    model = Signal


class OutcomeInline(EditorInline):
    model = Outcome
    autocomplete_fields = ("cards",)


class StatementRows(EditorRows):
    model = Statement


class LadderStepInline(EditorInline):
    model = LadderStep
    autocomplete_fields = ("card",)


class DecisionQuestionInline(EditorInline):
    model = DecisionQuestion


class PositionInline(EditorInline):
    model = Position
    autocomplete_fields = ("sources",)


@admin.register(Card)
class CardAdmin(LessonPartAdmin):
    inlines = (FitInline,)
    search_fields = ("title", "slug", "aliases")
    autocomplete_fields = ("sources",)


@admin.register(Fit)
class FitAdmin(LessonPartAdmin):
    list_filter = ("lesson", "state", "fit_kind")
    search_fields = ("title", "text", "card__title")
    autocomplete_fields = ("card", "sources")


@admin.register(Comparison)
class ComparisonAdmin(LessonPartAdmin):
    inlines = (TraitInline,)
    search_fields = ("title", "slug")
    autocomplete_fields = ("cards", "sources")


@admin.register(GuideEntry)
class GuideEntryAdmin(LessonPartAdmin):
    inlines = (PhrasingRows,)
    search_fields = ("dont_say", "do_say", "slug")
    autocomplete_fields = ("cards", "sources")


@admin.register(Analogy)
class AnalogyAdmin(LessonPartAdmin):
    inlines = (AnalogyPointRows,)
    search_fields = ("title", "slug")
    autocomplete_fields = ("card", "sources")


@admin.register(Distinction)
class DistinctionAdmin(LessonPartAdmin):
    inlines = (SignalInline, OutcomeInline, StatementRows)
    search_fields = ("title", "slug")
    autocomplete_fields = ("sources",)


@admin.register(Ladder)
class LadderAdmin(LessonPartAdmin):
    inlines = (LadderStepInline, DecisionQuestionInline)
    search_fields = ("title", "slug")
    autocomplete_fields = ("sources",)


@admin.register(Script)
class ScriptAdmin(LessonPartAdmin):
    search_fields = ("question", "answer", "slug")
    autocomplete_fields = ("cards", "sources")


@admin.register(Term)
class TermAdmin(LessonPartAdmin):
    search_fields = ("term", "meaning", "slug")
    autocomplete_fields = ("card", "sources")


@admin.register(Disagreement)
class DisagreementAdmin(LessonPartAdmin):
    inlines = (PositionInline,)
    search_fields = ("title", "point", "slug")
    autocomplete_fields = ("cards", "sources")
