"""Content as programs read it: what a person may see, each piece with what belongs to it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final, cast

from django.db.models import Model, Prefetch, QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.serializers import BaseSerializer
from rest_framework.viewsets import ReadOnlyModelViewSet

from enablement.api import serializers
from enablement.api.filters import OfLessonSerializer
from enablement.api.paging import Pages, read_filters
from enablement.models import (
    Analogy,
    Card,
    Comparison,
    Disagreement,
    Distinction,
    Fit,
    GuideEntry,
    Ladder,
    Lesson,
    LessonPart,
    Person,
    Script,
    Term,
)
from enablement.roles import must_be_admin, must_be_editor, must_be_manager

Hanging = Iterable[str | Prefetch[Any]]

# What a lesson is linked to.
PARTS: Final[tuple[type[LessonPart], ...]] = (
    *(Card, Comparison, GuideEntry, Analogy, Term),
    *(Distinction, Ladder, Script, Disagreement),
)
_SLUG = re.compile(r"[A-Za-z0-9_-]{1,80}")


def person_of(request: Request) -> Person:
    """Return who is calling; only for views that nobody else reaches."""
    return cast(Person, request.user)


def editor_of(request: Request) -> Person:
    """Return the editor or admin who is calling. Raises Http404."""
    return must_be_editor(person_of(request))


def manager_of(request: Request) -> Person:
    """Return the manager or admin who is calling. Raises Http404."""
    return must_be_manager(person_of(request))


def admin_of(request: Request) -> Person:
    """Return the admin who is calling. Raises Http404."""
    return must_be_admin(person_of(request))


class ContentViewSet(ReadOnlyModelViewSet[Any]):
    """A list and one by slug, both within `visible_to`."""

    pagination_class = Pages
    lookup_field = "slug"
    lookup_value_regex = "[^/]+"
    serializer_class: type[BaseSerializer[Any]]

    def get_queryset(self) -> QuerySet[Any]:
        """The pieces that the caller may see, with what hangs on them as far as the caller may see it."""
        pieces: Any = super().get_queryset()
        if getattr(self, "swagger_fake_view", False):
            return cast(QuerySet[Any], pieces.none())
        person = person_of(self.request)
        return cast(QuerySet[Any], pieces.visible_to(person).prefetch_related(*self.hanging(person)))

    def get_object(self) -> Model:
        # A NUL in the address would be an error of the database's.
        if not _SLUG.fullmatch(self.kwargs["slug"]):
            raise NotFound("There is nothing here by that name that you may see.")
        return cast(Model, super().get_object())

    def hanging(self, person: Person) -> Hanging:
        """The related rows to load with each piece."""
        raise NotImplementedError


@extend_schema_view(list=extend_schema(parameters=[OfLessonSerializer]))
class PieceViewSet(ContentViewSet):
    """Pieces of lessons: a list can be narrowed to one lesson’s."""

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.action != "list":
            return queryset
        wanted = read_filters(self.request, OfLessonSerializer)
        return queryset.filter(lesson__slug=wanted["lesson"]) if wanted else queryset


class LessonViewSet(ContentViewSet):
    """Lessons, with links to their pieces."""

    queryset = Lesson.objects.all()
    serializer_class = serializers.LessonSerializer

    def hanging(self, person: Person) -> Hanging:
        for part in PARTS:
            yield Prefetch(f"{part._meta.model_name}_set", queryset=part.objects.visible_to(person))


class CardViewSet(PieceViewSet):
    """Concept cards."""

    queryset = Card.objects.all()
    serializer_class = serializers.CardSerializer

    def hanging(self, person: Person) -> Hanging:
        fits = Fit.objects.visible_to(person).select_related("card").prefetch_related("sources")
        return ["lesson", "sources", Prefetch("fits", queryset=fits)]


class ComparisonViewSet(PieceViewSet):
    """Comparisons, with their traits."""

    queryset = Comparison.objects.all()
    serializer_class = serializers.ComparisonSerializer

    def hanging(self, person: Person) -> Hanging:
        return ["lesson", "sources", "traits", Prefetch("cards", queryset=Card.objects.visible_to(person))]


class GuideEntryViewSet(PieceViewSet):
    """The field language guide."""

    queryset = GuideEntry.objects.all()
    serializer_class = serializers.GuideEntrySerializer

    def hanging(self, person: Person) -> Hanging:
        cards = Prefetch("cards", queryset=Card.objects.visible_to(person))
        return ["lesson", "sources", "phrasings", cards]


class AnalogyViewSet(PieceViewSet):
    """Analogies, with where they hold and where they break."""

    queryset = Analogy.objects.all()
    serializer_class = serializers.AnalogySerializer

    def hanging(self, person: Person) -> Hanging:
        return ["lesson", "sources", "points", Prefetch("card", queryset=Card.objects.visible_to(person))]


class TermViewSet(PieceViewSet):
    """The glossary."""

    queryset = Term.objects.all()
    serializer_class = serializers.TermSerializer

    def hanging(self, person: Person) -> Hanging:
        return ["lesson", "sources", Prefetch("card", queryset=Card.objects.visible_to(person))]
