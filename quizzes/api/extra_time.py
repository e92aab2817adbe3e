"""More time in quizzes: what a person has, and what is added to an attempt."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, parser_classes
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import person_of
from enablement.api.errors import Conflict
from enablement.api.exchange import InputSerializer, read_sent
from enablement.api.idempotency import PARAMETER, idempotent
from enablement.api.parsing import JSONParser
from enablement.models import Person
from enablement.roles import must_be_manager
from quizzes.api.errors import Closed
from quizzes.attempts import AttemptClosed
from quizzes.deadlines import MOST_EXTENSIONS, server_now
from quizzes.extra_time import NoMoreTime, extend_attempt, give_extra_time
from quizzes.models import Attempt, TimeShare, share_of

NONE_LEFT = OpenApiResponse(description="It was handed in, or its quiz lets nobody add to its time.")


class GiveTimeSerializer(InputSerializer):
    """How much of the time of a quiz somebody has, in per cent; 0: no limit."""

    per_cent = serializers.ChoiceField(choices=TimeShare.choices)


class ExtraTimeSerializer(serializers.Serializer[Any]):
    """How much of the time of a quiz somebody has, in per cent; 0: no limit."""

    username = serializers.CharField()
    per_cent = serializers.IntegerField()


class LengthenSerializer(InputSerializer):
    """How often it was lengthened, as far as who asks knows: asked again, it is lengthened once."""

    extensions = serializers.IntegerField(min_value=0, max_value=MOST_EXTENSIONS, required=False)


class LengthenedSerializer(serializers.Serializer[Any]):
    """When an attempt ends now, the minutes it lasts in all (null: no limit), whether there may be more."""

    deadline = serializers.DateTimeField()
    minutes = serializers.IntegerField(allow_null=True)
    seconds_left = serializers.IntegerField()
    extensions = serializers.IntegerField()
    can_be_extended = serializers.BooleanField()


@extend_schema(methods=["GET"], operation_id="extra_time_retrieve", responses=ExtraTimeSerializer)
@extend_schema(
    methods=["POST"],
    operation_id="extra_time_give",
    parameters=[PARAMETER],
    request=GiveTimeSerializer,
    responses=ExtraTimeSerializer,
)
@api_view(["GET", "POST"])
@parser_classes([JSONParser])
@idempotent
def extra_time(request: Request, username: str) -> Response:
    """For managers: how much of a quiz's time somebody whom you manage has; by POST, give it."""
    manager = must_be_manager(person_of(request))
    person = get_object_or_404(Person.objects.visible_to(manager).exclude(pk=manager.pk), username=username)
    if request.method == "POST":
        give_extra_time(manager, person, TimeShare(read_sent(GiveTimeSerializer, request.data)["per_cent"]))
    return Response(ExtraTimeSerializer({"username": username, "per_cent": share_of(person)}).data)


@extend_schema(
    parameters=[PARAMETER, LengthenSerializer],
    request=None,
    responses={200: LengthenedSerializer, 409: NONE_LEFT},
)
@api_view(["POST"])
@idempotent
def attempt_extend(request: Request, pk: UUID) -> Response:
    """Add the quiz's time to your own open attempt once more, ten times at most."""
    person = person_of(request)
    own = get_object_or_404(Attempt.objects.of(person), pk=pk)
    known = read_sent(LengthenSerializer, request.query_params.dict()).get("extensions")
    try:
        attempt = extend_attempt(own, person, known=known)
    except AttemptClosed as problem:
        raise Closed(str(problem)) from None
    except NoMoreTime as problem:
        raise Conflict(str(problem)) from None
    left = max(0, int((attempt.deadline - server_now()).total_seconds()))
    told = {name: getattr(attempt, name) for name in ("deadline", "minutes", "extensions", "can_be_extended")}
    return Response(LengthenedSerializer({**told, "seconds_left": left}).data)
