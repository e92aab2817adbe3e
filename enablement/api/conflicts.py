"""Where documents contradict the guide, what readers see, or one another; and writing a dispute down."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, parser_classes
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import editor_of
from enablement.api.draft_shapes import VersionSerializer
from enablement.api.errors import Conflict
from enablement.api.exchange import InputSerializer, SentSlugField, StringField, read_sent
from enablement.api.filters import OfLessonSerializer
from enablement.api.idempotency import PARAMETER, idempotent
from enablement.api.paging import PARAMETERS, page_of, paged, read_filters
from enablement.api.parsing import JSONParser
from enablement.drafts.disputes import disputes_of, record_dispute
from enablement.lessons.handing_in import readable_documents
from enablement.models import Lesson

GONE = OpenApiResponse(description="The conflict is not there any more, or a lesson has to be named.")


class ConflictFilterSerializer(OfLessonSerializer):
    """Narrows the conflicts to the documents of a lesson, or to one document."""

    document = SentSlugField(max_length=80, required=False)


class RecordSerializer(InputSerializer):
    """The conflict by its `key`, and the lesson of the disagreement where the conflict names none."""

    key = StringField(max_length=300)
    lesson = SentSlugField(max_length=80, required=False)


class VoiceSerializer(serializers.Serializer[Any]):
    """A sentence and who says it; `document` is null for a card of our own."""

    quote = serializers.CharField()
    title = serializers.CharField()
    url = serializers.CharField()
    document = serializers.CharField(source="source", allow_null=True)
    level = serializers.CharField()


class DisputeSerializer(serializers.Serializer[Any]):
    """One point: `others` hold otherwise than `voices`, `house` is our line."""

    key = serializers.CharField()
    kind = serializers.CharField(help_text="between, order, stance or guide")
    title = serializers.CharField()
    lesson = serializers.CharField(source="lesson.slug", default=None, allow_null=True)
    why = serializers.CharField()
    house = serializers.CharField()
    voices = VoiceSerializer(many=True)
    others = VoiceSerializer(many=True)
    recorded = serializers.CharField(
        source="recorded.slug", default=None, allow_null=True, help_text="The disagreement, if it is one."
    )


@extend_schema(
    methods=["GET"],
    operation_id="conflicts_list",
    parameters=[ConflictFilterSerializer, *PARAMETERS],
    responses=page_of("DisputePage", DisputeSerializer(many=True)),
)
@extend_schema(
    methods=["POST"],
    operation_id="conflict_record",
    parameters=[PARAMETER],
    request=RecordSerializer,
    responses={201: VersionSerializer, 409: GONE},
)
@api_view(["GET", "POST"])
@parser_classes([JSONParser])
@idempotent
def conflicts(request: Request) -> Response:
    """For editors: what documents say against one another or us. By POST one is begun as a disagreement."""
    editor = editor_of(request)
    if request.method != "POST":
        wanted = read_filters(request, ConflictFilterSerializer)
        names = {"lesson": "lesson__slug", "document": "slug"}
        narrowed = {names[name]: value for name, value in wanted.items()}
        return paged(request, disputes_of(readable_documents().filter(**narrowed)), DisputeSerializer)
    sent = read_sent(RecordSerializer, request.data)
    lessons = Lesson.objects.visible_to(editor)
    lesson = get_object_or_404(lessons, slug=sent["lesson"]) if "lesson" in sent else None
    named = next((one for one in disputes_of(readable_documents()) if one.key == sent["key"]), None)
    if named is None:
        raise Conflict("That conflict is not there any more.")
    if named.recorded:
        raise Conflict("That conflict is written down already.")
    draft = record_dispute(sent["key"], lesson, editor)
    if draft is None:
        raise Conflict("That conflict belongs to no lesson: send one along.")
    return Response(VersionSerializer(draft).data, status=201)
