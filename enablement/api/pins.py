"""The pieces that one keeps at hand."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, parser_classes
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import person_of
from enablement.api.errors import Conflict
from enablement.api.exchange import InputSerializer, SentSlugField, TargetSerializer, read_sent
from enablement.api.idempotency import PARAMETER, idempotent
from enablement.api.parsing import JSONParser
from enablement.at_hand import PINNED_KINDS, TooManyPins, pin_piece, pinned, unpin_piece
from enablement.models import Person
from enablement.trust.pieces import title_of
from enablement.views.pieces import visible_piece

FULL = OpenApiResponse(description="There is no room for another pin.")


class PinSerializer(InputSerializer):
    """Which piece."""

    kind = serializers.ChoiceField(choices=[(kind, kind) for kind in PINNED_KINDS])
    slug = SentSlugField(max_length=80)


@extend_schema(methods=["GET"], operation_id="pins_list", responses=TargetSerializer(many=True))
@extend_schema(
    methods=["POST"],
    parameters=[PARAMETER],
    request=PinSerializer,
    responses={200: TargetSerializer(many=True), 409: FULL},
)
@api_view(["GET", "POST"])
@parser_classes([JSONParser])
@idempotent
def pins(request: Request) -> Response:
    """Your pins in the order of pinning; or pin a piece. Pinned again, it stays as it was."""
    person = person_of(request)
    if request.method == "POST":
        kind, slug = _piece(request, person)
        try:
            pin_piece(person, kind, slug)
        except TooManyPins as problem:
            raise Conflict(str(problem)) from None
    return _shown(person)


@extend_schema(parameters=[PARAMETER], request=PinSerializer, responses=TargetSerializer(many=True))
@api_view(["POST"])
@parser_classes([JSONParser])
@idempotent
def pins_remove(request: Request) -> Response:
    """Take a pin out."""
    person = person_of(request)
    unpin_piece(person, *_piece(request, person))
    return _shown(person)


def _piece(request: Request, person: Person) -> tuple[str, str]:
    sent = read_sent(PinSerializer, request.data)
    visible_piece(person, sent["kind"], sent["slug"])
    return sent["kind"], sent["slug"]


def _shown(person: Person) -> Response:
    rows: list[dict[str, Any]] = [
        {"kind": piece.kind, "slug": piece.slug, "title": title_of(piece), "url": piece.get_absolute_url()}
        for piece in pinned(person)
    ]
    return Response(TargetSerializer(rows, many=True).data)
