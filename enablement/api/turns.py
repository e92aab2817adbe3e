"""A question and its answer, as it stands; what its reader makes of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from redis.exceptions import RedisError
from rest_framework import serializers, status
from rest_framework.decorators import api_view, parser_classes
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import person_of
from enablement.api.errors import CODES, TITLES
from enablement.api.exchange import AnswerSerializer, InputSerializer, StringField, read_sent
from enablement.api.flags import FlagSerializer
from enablement.api.idempotency import PARAMETER, idempotent
from enablement.api.parsing import JSONParser
from enablement.chat.feedback import ask_owner, give_feedback
from enablement.chat.shape import answer_json
from enablement.chat.turns import is_given_up, stop
from enablement.models import Feedback, FeedbackReason, Turn, TurnState
from enablement.trust.flags import MAX_NOTE


class NotStopped(APIException):
    """Whoever writes the answer cannot be told."""

    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    default_detail = "The answer could not be stopped. It ends by itself within a minute."


CODES[NotStopped] = "not_stopped"
TITLES["not_stopped"] = "The answer could not be stopped"
UNREACHABLE = OpenApiResponse(description="Its writer cannot be told; it ends by itself within a minute.")


class FeedbackInputSerializer(InputSerializer):
    """Thumb up or down. With `good` false comes a `reason`, and a `note` if you like."""

    good = serializers.BooleanField()
    reason = serializers.ChoiceField(choices=FeedbackReason.choices, required=False)
    note = StringField(max_length=MAX_NOTE, required=False)


class FeedbackSerializer(serializers.ModelSerializer[Feedback]):
    """What you made of an answer. `reason` is empty with a thumb up."""

    reason = serializers.CharField(help_text=", ".join(FeedbackReason.values))

    class Meta:
        model = Feedback
        fields = ["good", "reason", "note", "at"]


class TurnSerializer(AnswerSerializer):
    """A question of yours with its answer. `understood` is the question as the conversation completes it.

    `verdict` is empty where the question was no statement of a buyer's. `state` says how far it has come.
    """

    id = serializers.UUIDField()
    conversation = serializers.UUIDField()
    question = serializers.CharField()
    understood = serializers.CharField()
    state = serializers.ChoiceField(choices=TurnState.choices)
    note = serializers.CharField(help_text="What the answer could not do; mostly empty.")
    verdict = serializers.DictField()
    feedback = FeedbackSerializer(allow_null=True)
    asked_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)


@extend_schema(operation_id="turn_retrieve", responses=TurnSerializer)
@api_view(["GET"])
def turn(request: Request, pk: UUID) -> Response:
    """A question of yours and its answer, as they stand."""
    return _shown(request, pk)


@extend_schema(parameters=[PARAMETER], request=None, responses={200: TurnSerializer, 503: UNREACHABLE})
@api_view(["POST"])
@idempotent
def turn_stop(request: Request, pk: UUID) -> Response:
    """Stop an answer that is being written; what is written is kept. One that is over stays as it is."""
    try:
        stop(_own(request, pk))
    except RedisError:
        raise NotStopped from None
    return _shown(request, pk)


@extend_schema(parameters=[PARAMETER], request=FeedbackInputSerializer, responses=TurnSerializer)
@api_view(["POST"])
@parser_classes([JSONParser])
@idempotent
def turn_feedback(request: Request, pk: UUID) -> Response:
    """Say what you think of an answer. Said again, it replaces what you said before."""
    own, sent = _own(request, pk), read_sent(FeedbackInputSerializer, request.data)
    give_feedback(own, person_of(request), sent["good"], sent.get("reason", ""), sent.get("note", ""))
    return _shown(request, pk)


@extend_schema(parameters=[PARAMETER], request=None, responses={201: FlagSerializer})
@api_view(["POST"])
@idempotent
def turn_ask_owner(request: Request, pk: UUID) -> Response:
    """Send a question that was refused to the owner of what comes nearest, as a flag."""
    made = ask_owner(_own(request, pk), person_of(request))
    return Response(FlagSerializer(made).data, status=201)


def turns_json(turns: QuerySet[Turn]) -> list[dict[str, Any]]:
    """The turns as TurnSerializer has them, in three queries."""
    return [_json(one) for one in turns.select_related("feedback").prefetch_related("citations")]


def _json(turn: Turn) -> dict[str, Any]:
    """As the page shows it: an answer that has lost its writer has failed."""
    names = ("id", "question", "understood", "note", "verdict", "asked_at", "finished_at")
    return (
        answer_json(turn)
        | {name: getattr(turn, name) for name in names}
        | {
            "conversation": turn.conversation_id,
            "state": TurnState.FAILED if is_given_up(turn) else turn.state,
            "feedback": getattr(turn, "feedback", None),
        }
    )


def _own(request: Request, pk: UUID) -> Turn:
    own = Turn.objects.visible_to(person_of(request)).select_related("conversation")
    found: Turn = get_object_or_404(own, pk=pk)
    return found


def _shown(request: Request, pk: UUID) -> Response:
    found = turns_json(Turn.objects.visible_to(person_of(request)).filter(pk=pk))
    if not found:
        raise Http404
    return Response(TurnSerializer(found[0]).data)
