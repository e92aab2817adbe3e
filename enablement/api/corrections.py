"""Corrections: lines whose meaning changed, for those who were given the old one, and for who answers."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import person_of
from enablement.api.paging import PARAMETERS, page_of, paged
from enablement.models import Delivery, Recall
from enablement.roles import may_edit
from enablement.trust.recalls import may_read_new
from enablement.trust.told import answers_for, given, may_read, reached, recalls_for, told


class CorrectionSerializer(serializers.ModelSerializer[Recall]):
    """A line as it was. `field` is its place in the piece; `by` a user name."""

    lesson = serializers.CharField(source="lesson.slug")
    by = serializers.CharField(source="by.username", default=None, allow_null=True)

    class Meta:
        model = Recall
        fields = ["id", "lesson", "kind", "slug", "field", "old", "by", "made_at"]


class GivenLineSerializer(serializers.ModelSerializer[Delivery]):
    """The old line as it was given to you, where, and when."""

    surface = serializers.CharField(help_text="browser, api, slack or command")

    class Meta:
        model = Delivery
        fields = ["text", "surface", "given_at"]


class ToldSerializer(serializers.Serializer[Any]):
    """Somebody whom the old line had reached, and when they read the correction."""

    username = serializers.CharField(source="person.username")
    name = serializers.CharField(source="person.name")
    given = GivenLineSerializer(allow_null=True)
    read_at = serializers.DateTimeField(source="notice.read_at", allow_null=True)


class WholeCorrectionSerializer(serializers.Serializer[Any]):
    """A correction with the line as it is now; null where you may no longer read the lesson.

    `reached` counts whom the old line had reached, null where that is not yours to know; who they are
    (`people`) is for who answers for the line.
    """

    correction = CorrectionSerializer()
    new = serializers.CharField(allow_null=True, allow_blank=True, help_text="Empty: nothing in its place.")
    given = GivenLineSerializer(many=True)
    reached = serializers.IntegerField(allow_null=True)
    people = ToldSerializer(many=True)


@extend_schema(
    operation_id="corrections_list",
    parameters=PARAMETERS,
    responses=page_of("CorrectionPage", CorrectionSerializer(many=True)),
)
@api_view(["GET"])
def corrections(request: Request) -> Response:
    """The corrections that you were told of (all of them, for an editor), newest first."""
    return paged(request, recalls_for(person_of(request)), CorrectionSerializer)


@extend_schema(operation_id="correction_retrieve", responses=WholeCorrectionSerializer)
@api_view(["GET"])
def correction(request: Request, pk: int) -> Response:
    """One correction. Reading it here marks no message as read."""
    person = person_of(request)
    recall = get_object_or_404(Recall.objects.select_related("by", "lesson"), pk=pk)
    if not may_read(person, recall):
        raise Http404
    sees_people = answers_for(person, recall)
    whole = {
        "correction": recall,
        "new": recall.new if may_read_new(recall, person) else None,
        "given": given(recall).filter(person=person),
        "reached": reached(recall).count() if may_edit(person) or sees_people else None,
        "people": told(recall) if sees_people else [],
    }
    return Response(WholeCorrectionSerializer(whole).data)
