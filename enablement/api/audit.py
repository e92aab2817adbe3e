"""The audit, for admins: searched as on its page, and what is found as JSON lines."""

from __future__ import annotations

from typing import Any

from django.http import StreamingHttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, renderer_classes
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import admin_of
from enablement.api.exchange import InputSerializer, StringField
from enablement.api.files import JsonLinesRenderer, streamed_file
from enablement.api.paging import PARAMETERS, page_of, paged, read_filters
from enablement.audit import exporting
from enablement.audit.searching import LONGEST, Search, find_events
from enablement.models import AuditEvent


class AuditFilterSerializer(InputSerializer):
    """Who did it (a user name, a name, or `program`), what, about which kind of thing, about what.

    `since` and `until` are days and both count; `request` is a request’s number in the log.
    """

    who = StringField(max_length=LONGEST, required=False)
    what = StringField(max_length=LONGEST, required=False, help_text="A verb, as rows have it.")
    kind = StringField(max_length=LONGEST, required=False)
    subject = StringField(max_length=LONGEST, required=False)
    since = serializers.DateField(required=False)
    until = serializers.DateField(required=False)
    request = StringField(max_length=LONGEST, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "since" in attrs and "until" in attrs and attrs["since"] > attrs["until"]:
            raise ValidationError({"until": ["The first day is after the last one. Swap them."]})
        return attrs


class AuditEventSerializer(serializers.ModelSerializer[AuditEvent]):
    """One thing that somebody did. `actor` is a user name, empty for the program itself."""

    actor = serializers.CharField(source="actor.username", default="")
    before = serializers.DictField(allow_null=True)
    after = serializers.DictField(allow_null=True)
    address = serializers.CharField(allow_null=True)

    class Meta:
        model = AuditEvent
        fields = list(exporting.COLUMNS)


@extend_schema(
    operation_id="audit_list",
    parameters=[*PARAMETERS, AuditFilterSerializer],
    responses=page_of("AuditPage", AuditEventSerializer(many=True)),
)
@api_view(["GET"])
def audit_events(request: Request) -> Response:
    """Who did what, the newest first."""
    admin = admin_of(request)
    return paged(request, find_events(_search(request), admin), AuditEventSerializer)


@extend_schema(
    operation_id="audit_export",
    parameters=[AuditFilterSerializer],
    responses={(200, "application/jsonl"): OpenApiTypes.STR},
)
@api_view(["GET"])
@renderer_classes([JsonLinesRenderer])
def audit_export(request: Request) -> StreamingHttpResponse:
    """What a search finds as JSON lines, however many. Who took it, and how many, is in the audit itself."""
    admin = admin_of(request)
    found = exporting.take(_search(request), admin, JsonLinesRenderer.format)
    name = f"audit-{timezone.localdate():%Y-%m-%d}.jsonl"
    return streamed_file(exporting.as_json_lines(found), name, JsonLinesRenderer)


def _search(request: Request) -> Search:
    return Search(**read_filters(request, AuditFilterSerializer))
