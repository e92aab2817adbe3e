"""What leaves for a language model, for admins. Which teams use one stands at `teams`."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import admin_of
from enablement.api.exchange import InputSerializer, TextField
from enablement.api.paging import read_filters
from enablement.chat.example import example_request
from enablement.chat.leaving import model_host, uses_of_model
from enablement.chat.model import has_model
from enablement.texts import MAX_QUESTION, clean_text


class ExampleQuestionSerializer(InputSerializer):
    """A question to see the request of."""

    question = TextField(longest=MAX_QUESTION, required=False)


class UseSerializer(serializers.Serializer[Any]):
    """What a model may be asked for, and whether it is."""

    what = serializers.CharField()
    on = serializers.BooleanField()


class ModelUseSerializer(serializers.Serializer[Any]):
    """Whether a model is set up, which, where, and for what; `sends` is the request of a question, if any."""

    is_set_up = serializers.BooleanField()
    model = serializers.CharField()
    host = serializers.CharField()
    uses = UseSerializer(many=True)
    sends = serializers.DictField(allow_null=True)


@extend_schema(
    operation_id="model_use_retrieve", parameters=[ExampleQuestionSerializer], responses=ModelUseSerializer
)
@api_view(["GET"])
def model_use(request: Request) -> Response:
    """What leaves for a language model. With `question`, the request that would be sent for it; none is."""
    admin, wanted = admin_of(request), read_filters(request, ExampleQuestionSerializer)
    found: dict[str, Any] = {
        "is_set_up": has_model(),
        "model": settings.OPENAI_MODEL,
        "host": model_host(),
        "uses": [{"what": what, "on": on} for what, on in uses_of_model()],
        "sends": None,
    }
    if "question" in wanted:
        question = clean_text(wanted["question"], what="question", limit=MAX_QUESTION)
        found["sends"] = example_request(question, admin)
    return Response(ModelUseSerializer(found).data)
