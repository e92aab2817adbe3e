"""What is held about somebody, for an admin who was asked for it; and erasing them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, parser_classes, renderer_classes
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import admin_of
from enablement.api.errors import Conflict
from enablement.api.exchange import InputSerializer, StringField, read_sent
from enablement.api.files import ZipRenderer, data_file
from enablement.api.idempotency import PARAMETER, idempotent
from enablement.api.parsing import JSONParser
from enablement.models import Person
from enablement.personal.erasing import CannotErase, erase, preview

REFUSED = OpenApiResponse(description="It is your own account.")


class EraseSerializer(InputSerializer):
    """The user name once more, so that nobody is erased by a slip in an address."""

    username = StringField(max_length=150)


class HeldLineSerializer(serializers.Serializer[Any]):
    """So many rows of one kind, and what becomes (or became) of them."""

    what = serializers.CharField()
    rows = serializers.IntegerField()
    fate = serializers.CharField(source="fate.value")


@extend_schema(operation_id="person_data", responses={(200, "application/zip"): OpenApiTypes.BINARY})
@api_view(["GET"])
@renderer_classes([ZipRenderer])
def person_data(request: Request, username: str) -> HttpResponse:
    """Everything that is held about somebody, as JSON in a zip file. That you took it is on record."""
    admin = admin_of(request)
    return data_file(get_object_or_404(Person.objects.visible_to(admin), username=username), admin)


@extend_schema(methods=["GET"], operation_id="person_erase_preview", responses=HeldLineSerializer(many=True))
@extend_schema(
    methods=["POST"],
    parameters=[PARAMETER],
    request=EraseSerializer,
    responses={200: HeldLineSerializer(many=True), 409: REFUSED},
)
@api_view(["GET", "POST"])
@parser_classes([JSONParser])
@idempotent
def person_erase(request: Request, username: str) -> Response:
    """What would go and what would stay; by POST it is done, and cannot be undone."""
    admin = admin_of(request)
    found = get_object_or_404(Person.objects.visible_to(admin), username=username, erased_at=None)
    if request.method != "POST":
        return Response(HeldLineSerializer(preview(found), many=True).data)
    if read_sent(EraseSerializer, request.data)["username"] != found.username:
        raise ValidationError({"username": [f"Nothing was erased. To erase, send {found.username} here."]})
    try:
        done = erase(found, admin)
    except CannotErase as problem:
        raise Conflict(str(problem)) from None
    return Response(HeldLineSerializer(done, many=True).data)
