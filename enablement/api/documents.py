"""Documents for editors: handed in to be read, looked at, given to a lesson, checked, told apart."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, parser_classes, permission_classes
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import editor_of
from enablement.api.document_shapes import (
    DocumentNameSerializer,
    DocumentSerializer,
    ImportSerializer,
    PasteSerializer,
    UploadSerializer,
    VersionFilterSerializer,
)
from enablement.api.errors import Conflict
from enablement.api.exchange import InputSerializer, SentSlugField, read_sent
from enablement.api.filters import OfLessonSerializer
from enablement.api.idempotency import PARAMETER, idempotent
from enablement.api.paging import PARAMETERS, page_of, paged, read_filters
from enablement.api.parsing import JSONParser, UploadParser
from enablement.api.scopes import EditorsOnly, WithinScope
from enablement.lessons.deciding import assign_lesson
from enablement.lessons.handing_in import counted_documents, is_too_large, pasted, readable_documents
from enablement.lessons.importing import request_check, request_import
from enablement.lessons.joining import JoiningError, join_documents, keep_apart
from enablement.models import DocumentVersion, Lesson, Person, Source

WORKED_ON = OpenApiResponse(
    description="Its drafts were worked on already, or the other is not here any more."
)


class GiveToLessonSerializer(InputSerializer):
    """The lesson that its drafts are for."""

    lesson = SentSlugField(max_length=80)


class AlikeSerializer(InputSerializer):
    """With `join`, it is a version of the document that it is nearly the same as; without, one of its own."""

    join = serializers.BooleanField()


@extend_schema(
    methods=["GET"],
    operation_id="documents_list",
    parameters=[OfLessonSerializer, *PARAMETERS],
    responses=page_of("DocumentPage", DocumentNameSerializer(many=True)),
)
@extend_schema(
    methods=["POST"],
    parameters=[PARAMETER],
    request={"application/json": PasteSerializer, "multipart/form-data": UploadSerializer},
    responses={202: ImportSerializer},
)
@api_view(["GET", "POST"])
@parser_classes([JSONParser, UploadParser])
@permission_classes([IsAuthenticated, WithinScope, EditorsOnly])
@idempotent
def documents(request: Request) -> Response:
    """For editors: what was read in, the newest first; or a text or a file to be read.

    What you get back is the import: ask at `imports/{id}` how far it is.
    """
    editor = editor_of(request)
    if request.method == "POST":
        return Response(ImportSerializer(_handed_in(request, editor)).data, status=202)
    wanted = read_filters(request, OfLessonSerializer)
    found = counted_documents()
    found = found.filter(lesson__slug=wanted["lesson"]) if "lesson" in wanted else found
    return paged(request, found, DocumentNameSerializer)


@extend_schema(
    operation_id="document_retrieve", parameters=[VersionFilterSerializer], responses=DocumentSerializer
)
@api_view(["GET"])
def document(request: Request, slug: str) -> Response:
    """One document, with its text and what was found in it."""
    editor_of(request)
    wanted = read_filters(request, VersionFilterSerializer)
    return _shown(_named(slug), wanted.get("version"))


@extend_schema(parameters=[PARAMETER], request=GiveToLessonSerializer, responses=DocumentSerializer)
@api_view(["POST"])
@parser_classes([JSONParser])
@idempotent
def document_lesson(request: Request, slug: str) -> Response:
    """Say which lesson a document is for. Drafts that were decided keep theirs."""
    editor, found = editor_of(request), _named(slug)
    sent = read_sent(GiveToLessonSerializer, request.data)
    assign_lesson(found, get_object_or_404(Lesson.objects.visible_to(editor), slug=sent["lesson"]), editor)
    return _shown(found)


@extend_schema(parameters=[PARAMETER], request=None, responses={202: DocumentSerializer})
@api_view(["POST"])
@idempotent
def document_check(request: Request, slug: str) -> Response:
    """Have a document checked against the guide and the other documents anew; read it again in a minute."""
    editor, found = editor_of(request), _named(slug)
    request_check(found, editor)
    return _shown(found, status=202)


@extend_schema(
    parameters=[PARAMETER], request=AlikeSerializer, responses={200: DocumentSerializer, 409: WORKED_ON}
)
@api_view(["POST"])
@parser_classes([JSONParser])
@idempotent
def document_alike(request: Request, slug: str) -> Response:
    """Say whether a document is a version of the one that it is nearly the same as."""
    editor, found = editor_of(request), _named(slug)
    if not read_sent(AlikeSerializer, request.data)["join"]:
        keep_apart(found, editor)
        return _shown(found)
    try:
        return _shown(join_documents(found, editor))
    except JoiningError as problem:
        raise Conflict(str(problem)) from None


def _handed_in(request: Request, editor: Person) -> Any:
    is_file = str(request.content_type).startswith("multipart/")
    sent = read_sent(UploadSerializer if is_file else PasteSerializer, request.data)
    lessons = Lesson.objects.visible_to(editor)
    lesson = get_object_or_404(lessons, slug=sent["lesson"]) if "lesson" in sent else None
    source = _named(sent["document"]) if "document" in sent else None
    if is_file:
        if len(request.FILES.getlist("file")) > 1:
            raise ValidationError({"file": ["Send one file with a request."]})
        file = sent["file"]
        if problem := is_too_large(str(file.name), file.size or 0):
            raise ValidationError({"file": [problem]})
        name, data = str(file.name), file.read()
    else:
        name, data = pasted(sent["text"], sent.get("title", ""))
    return request_import(editor, name, data, lesson=lesson, source=source)


def _named(slug: str) -> Source:
    return get_object_or_404(readable_documents(), slug=slug)


def _shown(document: Source, number: int | None = None, status: int = 200) -> Response:
    found = counted_documents().get(pk=document.pk)
    versions = found.versions.all() if number is None else found.versions.filter(number=number)
    version = versions.first()
    if version is None and number not in (None, 1):
        raise Http404
    # A document from before versions were kept has its text.
    context = {"version": version or DocumentVersion(source=found, number=1, text=found.text)}
    return Response(DocumentSerializer(found, context=context).data, status=status)
