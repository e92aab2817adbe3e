"""The drafts of documents: put right, accepted, merged, discarded, one by one or many in one go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, parser_classes
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import editor_of
from enablement.api.document_shapes import (
    DocumentDraftFilterSerializer,
    DocumentDraftNameSerializer,
    DocumentDraftSerializer,
)
from enablement.api.errors import Conflict
from enablement.api.exchange import InputSerializer, SentSlugField, StringField, read_sent
from enablement.api.idempotency import PARAMETER, idempotent
from enablement.api.paging import PARAMETERS, page_of, paged, read_filters
from enablement.api.parsing import JSONParser
from enablement.lessons.accepting import LADDER_PARTS, with_source
from enablement.lessons.deciding import (
    DecidingError,
    accept_draft,
    discard_draft,
    edit_draft,
    merge_draft,
    undo_decision,
)
from enablement.lessons.deciding_many import VERBS as MANY
from enablement.lessons.deciding_many import Decided, decide_many, last_together, undo_many
from enablement.lessons.draft_fields import fields_of
from enablement.lessons.handing_in import readable_documents
from enablement.lessons.live import find_row
from enablement.lessons.revising import StaleEdition
from enablement.lessons.versions import open_revision
from enablement.models import Draft, Person

LONGEST_VALUE: Final = 20_000
MOST_AT_ONCE: Final = 500
UNDO: Final = "undo"
OTHERWISE = OpenApiResponse(
    description="Somebody decided about it already, its name is taken, or the piece would not be whole."
)


class EditDocumentDraftSerializer(InputSerializer):
    """Fields by the paths that you read; a list has one line an entry. What is emptied is left out."""

    values = serializers.DictField(child=StringField(max_length=LONGEST_VALUE, allow_blank=True))


class AcceptSerializer(InputSerializer):
    """For accepting only. `keep_both` finds another name where its own is taken.

    With `release` readers see it at once. A step or a question becomes a row of `ladder`, or of the one that
    is at hand.
    """

    keep_both = serializers.BooleanField(required=False)
    release = serializers.BooleanField(required=False)
    ladder = SentSlugField(max_length=80, required=False)


class MergeSerializer(InputSerializer):
    """The piece to merge into, whole as it is to be, and the `edition` of its open draft.

    Without an open draft, `edition` is null. For a step or a question of a ladder, `target` alone.
    """

    target = SentSlugField(max_length=80)
    item = serializers.DictField(required=False, help_text="In the form of lesson files.")
    edition = serializers.IntegerField(min_value=1, max_value=2**31 - 1, required=False, allow_null=True)


class DecideManySerializer(InputSerializer):
    """What to do with which drafts. `undo` takes back what you decided last in one go, and names none."""

    do = serializers.ChoiceField(choices=[(verb, verb) for verb in (*MANY, UNDO)])
    drafts = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1),
        max_length=MOST_AT_ONCE,
        required=False,
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if (attrs["do"] == UNDO) == bool(attrs.get("drafts")):
            raise ValidationError({"drafts": ["Name the drafts that you decide about; to undo, name none."]})
        return attrs


class RefusedSerializer(serializers.Serializer[Any]):
    """A draft that could not be decided, and why."""

    title = serializers.CharField()
    why = serializers.CharField()


class DecidedSerializer(serializers.Serializer[Any]):
    """What became of many drafts."""

    done = serializers.ListField(child=serializers.IntegerField())
    refused = RefusedSerializer(many=True)


# What an editor decides about one draft.
VERBS: Final[dict[str, Callable[[Draft, Person, dict[str, Any]], Draft]]] = {
    "accept": lambda draft, editor, sent: accept_draft(draft, editor, **sent),
    "discard": lambda draft, editor, _: discard_draft(draft, editor),
    UNDO: lambda draft, editor, _: undo_decision(draft, editor),
}


@extend_schema(
    operation_id="document_drafts_list",
    parameters=[DocumentDraftFilterSerializer, *PARAMETERS],
    responses=page_of("DocumentDraftPage", DocumentDraftNameSerializer(many=True)),
)
@api_view(["GET"])
def document_drafts(request: Request) -> Response:
    """For editors: what documents gave, in the order of their text."""
    editor, wanted = editor_of(request), read_filters(request, DocumentDraftFilterSerializer)
    names = {"lesson": "lesson__slug", "document": "source__slug", "kind": "kind", "state": "state"}
    narrowed = {names[name]: value for name, value in wanted.items()}
    found = _drafts(editor).filter(**narrowed).order_by("source", "start", "pk")
    return paged(request, found, DocumentDraftNameSerializer)


@extend_schema(methods=["GET"], operation_id="document_draft_retrieve", responses=DocumentDraftSerializer)
@extend_schema(
    methods=["POST"],
    operation_id="document_draft_edit",
    parameters=[PARAMETER],
    request=EditDocumentDraftSerializer,
    responses={200: DocumentDraftSerializer, 409: OTHERWISE},
)
@api_view(["GET", "POST"])
@parser_classes([JSONParser])
@idempotent
def document_draft(request: Request, pk: int) -> Response:
    """One draft; by POST fields of it are put right. The same document again leaves them alone."""
    editor = editor_of(request)
    found = get_object_or_404(_drafts(editor), pk=pk)
    if request.method != "POST":
        return _shown(found)
    values = read_sent(EditDocumentDraftSerializer, request.data)["values"]
    unknown = set(values) - {field.path for field in fields_of(found.kind, found.item)}
    if unknown:
        raise ValidationError({"values": {name: ["There is no such field."] for name in sorted(unknown)}})
    return _done(lambda: edit_draft(found, editor, values), editor)


@extend_schema(
    operation_id="document_draft_act",
    parameters=[PARAMETER, OpenApiParameter("verb", str, OpenApiParameter.PATH, enum=list(VERBS))],
    request=AcceptSerializer,
    responses={200: DocumentDraftSerializer, 409: OTHERWISE},
)
@api_view(["POST"])
@parser_classes([JSONParser])
@idempotent
def document_draft_act(request: Request, pk: int, verb: str) -> Response:
    """Accept a draft (it becomes a draft of a piece), discard it, or take the decision back."""
    editor = editor_of(request)
    found = get_object_or_404(_drafts(editor), pk=pk)
    sent = read_sent(AcceptSerializer, request.data)
    if sent.get("ladder"):
        _check_ladder("ladder", sent["ladder"])
    return _done(lambda: VERBS[verb](found, editor, sent), editor)


@extend_schema(
    operation_id="document_draft_merge",
    parameters=[PARAMETER],
    request=MergeSerializer,
    responses={200: DocumentDraftSerializer, 409: OTHERWISE},
)
@api_view(["POST"])
@parser_classes([JSONParser])
@idempotent
def document_draft_merge(request: Request, pk: int) -> Response:
    """Merge a draft into a piece that is there. `POST drafts/` with its kind and slug gives you its text."""
    editor = editor_of(request)
    found = get_object_or_404(_drafts(editor), pk=pk)
    sent = read_sent(MergeSerializer, request.data)
    target: str = sent["target"]
    if found.kind in LADDER_PARTS:
        _check_ladder("target", target)
        return _done(lambda: accept_draft(found, editor, ladder=target), editor)
    if "item" not in sent:
        raise ValidationError({"item": ["Send the whole piece as it is to be."]})
    item = {**sent["item"], "slug": target}
    # As on the page: what the document says is its source from here on, whatever was sent.
    if own := with_source(found).get("sources"):
        item["sources"] = sorted({*own, *(one for one in item.get("sources") or [] if isinstance(one, str))})
    return _done(lambda: merge_draft(found, editor, target, item, edition=sent.get("edition")), editor)


def _check_ladder(field: str, slug: str) -> None:
    if find_row("ladder", slug) is None and open_revision("ladder", slug) is None:
        raise ValidationError({field: [f"There is no ladder by the name {slug}."]})


@extend_schema(parameters=[PARAMETER], request=DecideManySerializer, responses=DecidedSerializer)
@api_view(["POST"])
@parser_classes([JSONParser])
@idempotent
def document_decide(request: Request, slug: str) -> Response:
    """Decide about many drafts of a document. One that cannot be does not stop the others."""
    editor = editor_of(request)
    document = get_object_or_404(readable_documents(), slug=slug)
    sent = read_sent(DecideManySerializer, request.data)
    if sent["do"] == UNDO:
        return _decided(undo_many(last_together(document, editor), editor))
    drafts = list(_drafts(editor).filter(source=document, pk__in=sent["drafts"]))
    missing = sorted(set(sent["drafts"]) - {draft.pk for draft in drafts})
    if missing:
        raise ValidationError({"drafts": [f"This document has no draft {missing[0]}."]})
    return _decided(decide_many(drafts, editor, sent["do"]))


def _decided(decided: Decided) -> Response:
    refused = [{"title": title, "why": why} for title, why in decided.refused]
    return Response({"done": [draft.pk for draft in decided.done], "refused": refused})


def _drafts(editor: Person) -> QuerySet[Draft]:
    return Draft.objects.visible_to(editor).select_related("source", "lesson", "decided_by")


def _done(act: Callable[[], Draft], editor: Person) -> Response:
    try:
        draft = act()
    except (DecidingError, StaleEdition) as problem:
        raise Conflict(str(problem)) from None
    return _shown(_drafts(editor).get(pk=draft.pk))


def _shown(draft: Draft) -> Response:
    return Response(DocumentDraftSerializer(draft).data)
