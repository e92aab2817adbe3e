"""The sources of a lesson: what its pieces name as where they come from."""

from __future__ import annotations

from typing import Any, Final

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, parser_classes
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import editor_of
from enablement.api.exchange import InputSerializer, StringField, TextField, read_sent
from enablement.api.idempotency import PARAMETER, idempotent
from enablement.api.paging import PARAMETERS, page_of, paged
from enablement.api.parsing import JSONParser
from enablement.lessons.making import save_source
from enablement.models import Lesson, Person, Source
from enablement.texts import clean_text
from enablement.web_addresses import check_web_address

LONGEST_TITLE: Final = 300
FIELDS: Final = ("title", "publisher", "url", "year", "note")


class ChangeSourceSerializer(InputSerializer):
    """What a source says of itself; what is left out stays. `url` is where readers find it."""

    title = TextField(longest=LONGEST_TITLE, required=False)
    publisher = StringField(max_length=200, required=False, allow_blank=True)
    url = serializers.URLField(
        max_length=500, required=False, allow_blank=True, validators=[check_web_address]
    )
    year = serializers.IntegerField(min_value=1900, max_value=2100, required=False, allow_null=True)
    note = StringField(max_length=4_000, required=False, allow_blank=True, help_text="For editors only.")

    def validate_title(self, title: str) -> str:
        return clean_text(title, what="title", limit=LONGEST_TITLE)


class AddSourceSerializer(ChangeSourceSerializer):
    """A new source. Its `slug` is made of its title."""

    title = TextField(longest=LONGEST_TITLE)


class LessonSourceSerializer(serializers.ModelSerializer[Source]):
    """A source of a lesson. `is_document`: it was read in, and its text is at `documents/{slug}`."""

    is_document = serializers.SerializerMethodField()

    class Meta:
        model = Source
        fields = ["slug", *FIELDS, "is_document", "added_at"]

    def get_is_document(self, source: Source) -> bool:
        return bool(source.text)


@extend_schema(
    methods=["GET"],
    operation_id="lesson_sources_list",
    parameters=PARAMETERS,
    responses=page_of("LessonSourcePage", LessonSourceSerializer(many=True)),
)
@extend_schema(
    methods=["POST"],
    operation_id="lesson_source_add",
    parameters=[PARAMETER],
    request=AddSourceSerializer,
    responses={201: LessonSourceSerializer},
)
@api_view(["GET", "POST"])
@parser_classes([JSONParser])
@idempotent
def lesson_sources(request: Request, slug: str) -> Response:
    """For editors: the sources of a lesson by title, or a new one."""
    editor = editor_of(request)
    lesson = _lesson(editor, slug)
    if request.method != "POST":
        return paged(request, lesson.sources.order_by("title", "pk"), LessonSourceSerializer)
    sent = read_sent(AddSourceSerializer, request.data)
    nothing: dict[str, Any] = {"publisher": "", "url": "", "year": None, "note": ""}
    return Response(LessonSourceSerializer(save_source(lesson, nothing | sent, editor)).data, status=201)


@extend_schema(methods=["GET"], operation_id="lesson_source_retrieve", responses=LessonSourceSerializer)
@extend_schema(
    methods=["POST"],
    operation_id="lesson_source_change",
    parameters=[PARAMETER],
    request=ChangeSourceSerializer,
    responses=LessonSourceSerializer,
)
@api_view(["GET", "POST"])
@parser_classes([JSONParser])
@idempotent
def lesson_source(request: Request, slug: str, source: str) -> Response:
    """One source; by POST it is changed. It has no versions: it is a reference, not a line."""
    editor = editor_of(request)
    lesson = _lesson(editor, slug)
    found = get_object_or_404(lesson.sources, slug=source)
    if request.method == "POST":
        sent = read_sent(ChangeSourceSerializer, request.data)
        found = save_source(lesson, {name: getattr(found, name) for name in FIELDS} | sent, editor, found)
    return Response(LessonSourceSerializer(found).data)


def _lesson(editor: Person, slug: str) -> Lesson:
    return get_object_or_404(Lesson.objects.visible_to(editor), slug=slug)
