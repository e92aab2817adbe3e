"""How much one practises, and when not at all."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, parser_classes
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import person_of
from enablement.api.exchange import InputSerializer, read_sent
from enablement.api.idempotency import PARAMETER, idempotent
from enablement.api.parsing import JSONParser
from quizzes.deadlines import server_now
from quizzes.models import PracticePlan
from quizzes.practice.plans import CAPS, HOURS, BadPlan, change_plan, plan_of

FIELDS = ("daily_cap", "shares_answers", "away_until", "slack_hour")


class ChangePlanSerializer(InputSerializer):
    """What is to be different. `away_until` is your first day back; at `slack_hour`, in your time, a question
    comes by Slack. Null takes either away."""

    daily_cap = serializers.ChoiceField(choices=CAPS, required=False)
    shares_answers = serializers.BooleanField(required=False)
    away_until = serializers.DateField(required=False, allow_null=True)
    slack_hour = serializers.IntegerField(
        min_value=HOURS[0], max_value=HOURS[-1], required=False, allow_null=True
    )


class PracticePlanSerializer(serializers.ModelSerializer[PracticePlan]):
    """How you practise. With `shares_answers`, those who manage you see single answers too."""

    class Meta:
        model = PracticePlan
        fields = FIELDS


@extend_schema(methods=["GET"], operation_id="practice_plan_retrieve", responses=PracticePlanSerializer)
@extend_schema(
    methods=["POST"],
    operation_id="practice_plan_change",
    parameters=[PARAMETER],
    request=ChangePlanSerializer,
    responses=PracticePlanSerializer,
)
@api_view(["GET", "POST"])
@parser_classes([JSONParser])
@idempotent
def practice_plan(request: Request) -> Response:
    """How you practise; by POST, some of it changed."""
    person = person_of(request)
    plan = plan_of(person)
    if request.method == "POST":
        sent = read_sent(ChangePlanSerializer, request.data)
        try:
            plan = change_plan(person, now=server_now(), **sent)
        except BadPlan as problem:
            raise ValidationError({"away_until": [str(problem)]}) from None
    return Response(PracticePlanSerializer(plan).data)
