"""Names that mean the same, kept by editors."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, parser_classes
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import editor_of
from enablement.api.exchange import InputSerializer, SentSlugField, StringField, read_sent
from enablement.api.filters import OfLessonSerializer
from enablement.api.idempotency import PARAMETER, idempotent
from enablement.api.paging import PARAMETERS, page_of, paged, read_filters
from enablement.api.parsing import JSONParser
from enablement.editing.synonyms import LONGEST_NAME, MOST_NAMES, delete_synonym, keep_synonym
from enablement.models import Lesson, Person, Synonym
from enablement.texts import BadText

BETWEEN: Final = "="


class KeepSynonymSerializer(InputSerializer):
    """Names of one thing, the one that the content uses first. Without a `lesson` they hold everywhere."""

    names = serializers.ListField(
        child=StringField(max_length=LONGEST_NAME), min_length=2, max_length=MOST_NAMES
    )
    lesson = SentSlugField(max_length=80, required=False, allow_null=True)

    def validate_names(self, names: list[str]) -> list[str]:
        if any(BETWEEN in name for name in names):
            raise ValidationError("A name has no = in it. Send each name by itself.")
        return names


class SynonymSerializer(serializers.ModelSerializer[Synonym]):
    """Names that searches take for one. `lesson` is null where they hold everywhere."""

    names = serializers.ListField(child=serializers.CharField(), source="words")
    lesson = serializers.SlugRelatedField[Lesson](slug_field="slug", read_only=True, allow_null=True)

    class Meta:
        model = Synonym
        fields = ["id", "names", "lesson", "updated_at"]


@extend_schema(
    methods=["GET"],
    operation_id="synonyms_list",
    parameters=[OfLessonSerializer, *PARAMETERS],
    responses=page_of("SynonymPage", SynonymSerializer(many=True)),
)
@extend_schema(
    methods=["POST"],
    parameters=[PARAMETER],
    request=KeepSynonymSerializer,
    responses={201: SynonymSerializer},
)
@api_view(["GET", "POST"])
@parser_classes([JSONParser])
@idempotent
def synonyms(request: Request) -> Response:
    """For editors: all synonyms by their first name, or new ones."""
    editor = editor_of(request)
    if request.method == "POST":
        return Response(SynonymSerializer(_kept(request, editor)).data, status=201)
    wanted = read_filters(request, OfLessonSerializer)
    found = _synonyms(editor).order_by("words", "pk")
    found = found.filter(lesson__slug=wanted["lesson"]) if "lesson" in wanted else found
    return paged(request, found, SynonymSerializer)


@extend_schema(methods=["GET"], operation_id="synonym_retrieve", responses=SynonymSerializer)
@extend_schema(
    methods=["POST"],
    operation_id="synonym_change",
    parameters=[PARAMETER],
    request=KeepSynonymSerializer,
    responses=SynonymSerializer,
)
@api_view(["GET", "POST"])
@parser_classes([JSONParser])
@idempotent
def synonym(request: Request, pk: int) -> Response:
    """One of them; by POST its names are written anew. A lesson that is left out stays."""
    editor = editor_of(request)
    found = get_object_or_404(_synonyms(editor), pk=pk)
    found = _kept(request, editor, found) if request.method == "POST" else found
    return Response(SynonymSerializer(found).data)


@extend_schema(
    operation_id="synonym_delete", parameters=[PARAMETER], request=None, responses=SynonymSerializer
)
@api_view(["POST"])
@idempotent
def synonym_delete(request: Request, pk: int) -> Response:
    """Let its names be names of different things again, and read it a last time."""
    editor = editor_of(request)
    found = get_object_or_404(_synonyms(editor), pk=pk)
    last = SynonymSerializer(found).data
    delete_synonym(editor, found)
    return Response(last)


def _kept(request: Request, editor: Person, known: Synonym | None = None) -> Synonym:
    sent: dict[str, Any] = read_sent(KeepSynonymSerializer, request.data)
    slug, lesson = sent.get("lesson"), known.lesson if known else None
    if "lesson" in sent:
        lesson = get_object_or_404(Lesson.objects.visible_to(editor), slug=slug) if slug else None
    try:
        return keep_synonym(editor, f" {BETWEEN} ".join(sent["names"]), lesson, known)
    except BadText as problem:
        raise ValidationError({"names": [str(problem)]}) from None


def _synonyms(editor: Person) -> QuerySet[Synonym]:
    return Synonym.objects.visible_to(editor).select_related("lesson")
