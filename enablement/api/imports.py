"""Documents that are being read: how far each is, and cancelling one."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import editor_of
from enablement.api.document_shapes import ImportFilterSerializer, ImportSerializer
from enablement.api.idempotency import PARAMETER, idempotent
from enablement.api.paging import PARAMETERS, page_of, paged, read_filters
from enablement.lessons.importing import cancel_import
from enablement.models import ImportJob, Person


@extend_schema(
    operation_id="imports_list",
    parameters=[ImportFilterSerializer, *PARAMETERS],
    responses=page_of("ImportPage", ImportSerializer(many=True)),
)
@api_view(["GET"])
def imports(request: Request) -> Response:
    """For editors: what was handed in, the latest first."""
    editor, wanted = editor_of(request), read_filters(request, ImportFilterSerializer)
    if "lesson" in wanted:
        wanted["lesson__slug"] = wanted.pop("lesson")
    return paged(request, _jobs(editor).filter(**wanted), ImportSerializer)


@extend_schema(operation_id="import_retrieve", responses=ImportSerializer)
@api_view(["GET"])
def import_job(request: Request, pk: UUID) -> Response:
    """How far an import is."""
    return Response(ImportSerializer(get_object_or_404(_jobs(editor_of(request)), pk=pk)).data)


@extend_schema(operation_id="import_cancel", parameters=[PARAMETER], request=None, responses=ImportSerializer)
@api_view(["POST"])
@idempotent
def import_cancel(request: Request, pk: UUID) -> Response:
    """Stop an import: at once where it waits, at its next step where it runs. Nothing of it is kept."""
    editor = editor_of(request)
    cancel_import(get_object_or_404(_jobs(editor), pk=pk), editor)
    return Response(ImportSerializer(_jobs(editor).get(pk=pk)).data)


def _jobs(editor: Person) -> QuerySet[ImportJob]:
    """Without their bytes."""
    return ImportJob.objects.visible_to(editor).defer("data").select_related("source", "lesson")
