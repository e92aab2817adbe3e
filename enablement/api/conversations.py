"""One's own conversations: found, read, renamed, deleted and brought back, taken along."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, parser_classes, renderer_classes
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import person_of
from enablement.api.exchange import InputSerializer, StringField, TextField, read_sent
from enablement.api.files import MarkdownRenderer, text_file
from enablement.api.idempotency import PARAMETER, idempotent
from enablement.api.paging import PARAMETERS, page_of, paged, read_filters
from enablement.api.parsing import JSONParser
from enablement.api.turns import TurnSerializer, turns_json
from enablement.chat import keeping
from enablement.models import Conversation
from enablement.texts import tidy_text

MAX_WORDS = 200


class ConversationFilterSerializer(InputSerializer):
    """Words of a title, question, line or answer; or, of what you deleted, what can still be brought back."""

    q = StringField(max_length=MAX_WORDS, required=False)
    deleted = serializers.BooleanField(required=False)


class RenameSerializer(InputSerializer):
    """Another title."""

    title = TextField(longest=keeping.MAX_TITLE)


class ConversationSerializer(serializers.ModelSerializer[Conversation]):
    """A run of questions of yours. `updated_at` is when the last one was asked."""

    url = serializers.CharField(source="get_absolute_url", read_only=True)
    surface = serializers.CharField(help_text="Where it began: browser, api, slack or command.")

    class Meta:
        model = Conversation
        fields = ["id", "url", "title", "surface", "started_at", "updated_at", "deleted_at"]


class WholeConversationSerializer(serializers.Serializer[Any]):
    """A conversation with its questions and answers, the first one first."""

    conversation = ConversationSerializer()
    turns = TurnSerializer(many=True)


@extend_schema(
    operation_id="conversations_list",
    parameters=[*PARAMETERS, ConversationFilterSerializer],
    responses=page_of("ConversationPage", ConversationSerializer(many=True)),
)
@api_view(["GET"])
def conversations(request: Request) -> Response:
    """Your conversations, the last one gone on with first."""
    person, sent = person_of(request), read_filters(request, ConversationFilterSerializer)
    own = Conversation.objects.visible_to(person)
    found = keeping.put_away_by(person) if sent.get("deleted") else own
    return paged(request, keeping.holding(found, tidy_text(sent.get("q", ""))), ConversationSerializer)


@extend_schema(operation_id="conversation_retrieve", responses=WholeConversationSerializer)
@api_view(["GET"])
def conversation(request: Request, pk: UUID) -> Response:
    """One conversation, with its questions and answers."""
    own = _own(request, pk)
    whole = {"conversation": own, "turns": turns_json(own.turns.all())}
    return Response(WholeConversationSerializer(whole).data)


@extend_schema(parameters=[PARAMETER], request=RenameSerializer, responses=ConversationSerializer)
@api_view(["POST"])
@parser_classes([JSONParser])
@idempotent
def conversation_rename(request: Request, pk: UUID) -> Response:
    """Give a conversation another title."""
    own = _own(request, pk)
    keeping.rename(own, read_sent(RenameSerializer, request.data)["title"])
    return _shown(own)


@extend_schema(parameters=[PARAMETER], request=None, responses=ConversationSerializer)
@api_view(["POST"])
@idempotent
def conversation_delete(request: Request, pk: UUID) -> Response:
    """Delete a conversation. For a week it can be brought back."""
    own = _own(request, pk)
    keeping.put_away(own)
    return _shown(own)


@extend_schema(parameters=[PARAMETER], request=None, responses=ConversationSerializer)
@api_view(["POST"])
@idempotent
def conversation_bring_back(request: Request, pk: UUID) -> Response:
    """Bring back what you deleted less than a week ago."""
    own = get_object_or_404(keeping.put_away_by(person_of(request)), pk=pk)
    keeping.bring_back(own)
    return _shown(own)


@extend_schema(responses={(200, "text/markdown"): OpenApiTypes.STR})
@api_view(["GET"])
@renderer_classes([MarkdownRenderer])
def conversation_export(request: Request, pk: UUID) -> HttpResponse:
    """A conversation as a Markdown file."""
    own = _own(request, pk)
    return text_file(keeping.take_along(own, person_of(request)), f"{own.pk}.md", MarkdownRenderer)


def _own(request: Request, pk: UUID) -> Conversation:
    own: Conversation = get_object_or_404(Conversation.objects.visible_to(person_of(request)), pk=pk)
    return own


def _shown(own: Conversation) -> Response:
    own.refresh_from_db()
    return Response(ConversationSerializer(own).data)
