"""Objections in the API: to a check of one's own answer, and what became of them."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, parser_classes
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import person_of
from enablement.api.exchange import InputSerializer, StringField, TextField, read_sent
from enablement.api.idempotency import PARAMETER, idempotent
from enablement.api.paging import PARAMETERS, page_of, paged
from enablement.api.parsing import JSONParser
from enablement.texts import BadText
from quizzes.appeals import LONGEST_REASON, NoAppeal, make_appeal
from quizzes.deadlines import server_now
from quizzes.models import Answer, Appeal, AttemptState

REFUSED = OpenApiResponse(description="There is no such check, or no reason.")


class AppealInputSerializer(InputSerializer):
    """Which check of the answer, and why its person disagrees."""

    check = StringField(max_length=80)
    reason = TextField(longest=LONGEST_REASON)


class AppealSerializer(serializers.ModelSerializer[Appeal]):
    """An objection. `note` is what the manager wrote with the decision."""

    attempt = serializers.UUIDField(source="answer.attempt_id")
    check = serializers.CharField(source="check_name")
    state = serializers.CharField(help_text="open, accepted or declined.")

    class Meta:
        model = Appeal
        fields = [
            "id",
            "answer",
            "attempt",
            "check",
            "reason",
            "state",
            "made_at",
            "due_at",
            "decided_at",
            "note",
        ]


@extend_schema(
    parameters=PARAMETERS,
    responses=page_of("AppealPage", AppealSerializer(many=True)),
)
@api_view(["GET"])
def appeals(request: Request) -> Response:
    """Your own objections, newest first."""
    own = Appeal.objects.filter(answer__attempt__person=person_of(request)).select_related("answer")
    return paged(request, own.order_by("-made_at", "-pk"), AppealSerializer)


@extend_schema(
    parameters=[PARAMETER],
    request=AppealInputSerializer,
    responses={201: AppealSerializer, 400: REFUSED},
)
@api_view(["POST"])
@parser_classes([JSONParser])
@idempotent
def answer_appeals(request: Request, pk: int) -> Response:
    """Disagree with one check of an answer of yours. A second time, the first objection stands."""
    own = Answer.objects.filter(attempt__person=person_of(request), attempt__state=AttemptState.SUBMITTED)
    answer = get_object_or_404(own.select_related("attempt__person"), pk=pk)
    sent = read_sent(AppealInputSerializer, request.data)
    try:
        made = make_appeal(answer, sent["check"], sent["reason"], now=server_now())
    except NoAppeal as error:
        raise ValidationError({"check": [str(error)]}) from None
    except BadText as error:
        raise ValidationError({"reason": [str(error)]}) from None
    return Response(AppealSerializer(made).data, status=201)
