"""The guide as a CSV file, out and in: each row that says something new becomes a draft. For editors."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, parser_classes, renderer_classes
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import editor_of
from enablement.api.draft_shapes import VersionNameSerializer
from enablement.api.exchange import InputSerializer, SentSlugField, StringField, read_sent
from enablement.api.files import CsvRenderer, text_file
from enablement.api.idempotency import PARAMETER, idempotent
from enablement.api.parsing import MAX_BODY, JSONParser
from enablement.lessons.guide_csv import CsvError
from enablement.lessons.guide_exchange import propose_guide, take_guide
from enablement.models import Lesson


class GuideCsvSerializer(InputSerializer):
    """A file’s text, and the lesson that new entries are for unless their row names another."""

    lesson = SentSlugField(max_length=80)
    text = StringField(max_length=MAX_BODY)


class ProposedGuideSerializer(serializers.Serializer[Any]):
    """Drafts of new and of changed entries; entries that stay, and those somebody is working on, by slug."""

    new = VersionNameSerializer(many=True)
    changed = VersionNameSerializer(many=True)
    same = serializers.ListField(child=serializers.CharField())
    busy = serializers.ListField(child=serializers.CharField())


@extend_schema(operation_id="guide_csv", responses={(200, "text/csv"): OpenApiTypes.STR})
@api_view(["GET"])
@renderer_classes([CsvRenderer])
def guide_csv(request: Request) -> HttpResponse:
    """The released guide, a row an entry. That you took it is on record."""
    editor = editor_of(request)
    text = take_guide(Lesson.objects.visible_to(editor), editor)
    return text_file(text, f"guide-{timezone.localdate():%Y-%m-%d}.csv", CsvRenderer)


@extend_schema(
    operation_id="guide_csv_propose",
    parameters=[PARAMETER],
    request=GuideCsvSerializer,
    responses={201: ProposedGuideSerializer},
)
@api_view(["POST"])
@parser_classes([JSONParser])
@idempotent
def guide_csv_proposals(request: Request) -> Response:
    """Take such a file: nothing of it is seen by readers before its drafts are released.

    Where anything in it is wrong, nothing is taken, and you read every line that is.
    """
    editor, sent = editor_of(request), read_sent(GuideCsvSerializer, request.data)
    lesson = get_object_or_404(Lesson.objects.visible_to(editor), slug=sent["lesson"])
    try:
        proposed = propose_guide(sent["text"], lesson, editor)
    except CsvError as error:
        raise ValidationError({"text": error.problems}) from None
    return Response(ProposedGuideSerializer(proposed).data, status=201)
