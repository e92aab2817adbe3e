"""How the site is, for admins: what works, what is late, and the work that was given up."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from enablement import outbox
from enablement.api.content import admin_of
from enablement.api.idempotency import PARAMETER, idempotent
from enablement.api.paging import PARAMETERS, page_of, paged
from enablement.doctor.diagnosis import Health
from enablement.doctor.examining import SLOW, examine
from enablement.doctor.retrying import try_work_again
from enablement.gauges import oldest_work_seconds
from enablement.models import Work


class PartStatusSerializer(serializers.Serializer[Any]):
    """A part in a sentence, which says what to do where it is not well."""

    part = serializers.CharField()
    health = serializers.ChoiceField(choices=[(one.value, one.value) for one in Health])
    message = serializers.CharField()


class StatusSerializer(serializers.Serializer[Any]):
    """Every part, those that others depend on first, and how much work waits and was given up."""

    parts = PartStatusSerializer(many=True)
    waiting = serializers.IntegerField()
    oldest_seconds = serializers.IntegerField(help_text="How long the oldest of it has waited.")
    given_up = serializers.IntegerField()


class GivenUpSerializer(serializers.ModelSerializer[Work]):
    """Work that failed too often. Its arguments are not shown."""

    class Meta:
        model = Work
        fields = ["id", "name", "tries", "error", "created_at"]


@extend_schema(operation_id="status_retrieve", responses=StatusSerializer)
@api_view(["GET"])
def status(request: Request) -> Response:
    """How the site is, without what takes seconds to look at (`manage.py doctor` does)."""
    admin_of(request)
    found = {
        "parts": list(examine(SLOW)),
        "waiting": outbox.waiting().count(),
        "oldest_seconds": round(oldest_work_seconds(timezone.now())),
        "given_up": outbox.given_up().count(),
    }
    return Response(StatusSerializer(found).data)


@extend_schema(
    operation_id="status_work_list",
    parameters=PARAMETERS,
    responses=page_of("GivenUpPage", GivenUpSerializer(many=True)),
)
@api_view(["GET"])
def status_work(request: Request) -> Response:
    """The work that was given up, the newest first."""
    admin_of(request)
    return paged(request, outbox.given_up().order_by("-created_at", "-pk"), GivenUpSerializer)


@extend_schema(
    operation_id="status_work_try_again", parameters=[PARAMETER], request=None, responses=GivenUpSerializer
)
@api_view(["POST"])
@idempotent
def status_work_again(request: Request, pk: int) -> Response:
    """Send work once more that was given up; you read how it stood. Gone from the list, it is under way."""
    work = try_work_again(pk, admin_of(request))
    if work is None:
        raise Http404
    return Response(GivenUpSerializer(work).data)
