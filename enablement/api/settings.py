"""One's own settings and one's own data."""

from __future__ import annotations

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, parser_classes, renderer_classes
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import person_of
from enablement.api.exchange import InputSerializer, read_sent
from enablement.api.files import ZipRenderer, data_file
from enablement.api.idempotency import PARAMETER, idempotent
from enablement.api.parsing import JSONParser
from enablement.choices import LOOKS, MAIL, choose, time_zones
from enablement.models import DateForm, Density, MailChoice, MessagesBy, NumberForm, Person


class ChooseSerializer(InputSerializer):
    """What is to be different. `time_zone` is a name of the IANA’s, such as Europe/Berlin."""

    time_zone = serializers.ChoiceField(choices=time_zones(), required=False)
    date_form = serializers.ChoiceField(choices=DateForm.choices, required=False)
    number_form = serializers.ChoiceField(choices=NumberForm.choices, required=False)
    density = serializers.ChoiceField(choices=Density.choices, required=False)
    single_keys = serializers.BooleanField(required=False)
    mail = serializers.ChoiceField(choices=MailChoice.choices, required=False)
    messages_by = serializers.ChoiceField(choices=MessagesBy.choices, required=False)


class SettingsSerializer(serializers.ModelSerializer[Person]):
    """How your pages look, and how often and which way your messages come."""

    time_zone = serializers.CharField()
    date_form = serializers.ChoiceField(choices=DateForm.choices)
    number_form = serializers.ChoiceField(choices=NumberForm.choices)
    density = serializers.ChoiceField(choices=Density.choices)
    mail = serializers.ChoiceField(choices=MailChoice.choices)
    messages_by = serializers.ChoiceField(choices=MessagesBy.choices)

    class Meta:
        model = Person
        fields = [*LOOKS, *MAIL]


@extend_schema(methods=["GET"], operation_id="settings_retrieve", responses=SettingsSerializer)
@extend_schema(
    methods=["POST"],
    operation_id="settings_change",
    parameters=[PARAMETER],
    request=ChooseSerializer,
    responses=SettingsSerializer,
)
@api_view(["GET", "POST"])
@parser_classes([JSONParser])
@idempotent
def settings(request: Request) -> Response:
    """Your settings; by POST, some of them changed."""
    person = person_of(request)
    if request.method == "POST":
        choose(person, read_sent(ChooseSerializer, request.data))
    return Response(SettingsSerializer(person).data)


@extend_schema(operation_id="own_data", responses={(200, "application/zip"): OpenApiTypes.BINARY})
@api_view(["GET"])
@renderer_classes([ZipRenderer])
def own_data(request: Request) -> HttpResponse:
    """Everything that is held about you, as JSON in a zip file. That it was taken is on record."""
    person = person_of(request)
    return data_file(person, person)
