"""Writing content: drafts beside what readers see, reviewed, released, restored, retired. For editors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.decorators import api_view, parser_classes
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import editor_of
from enablement.api.draft_shapes import (
    KIND_CHOICES,
    BeginDraftSerializer,
    DraftFilterSerializer,
    DraftVerbSerializer,
    RetireSerializer,
    SaveDraftSerializer,
    VersionNameSerializer,
    VersionSerializer,
    said_of,
)
from enablement.api.errors import Conflict
from enablement.api.exchange import read_sent
from enablement.api.idempotency import PARAMETER, idempotent
from enablement.api.paging import PARAMETERS, page_of, paged, read_filters
from enablement.api.parsing import JSONParser
from enablement.lessons import revising
from enablement.lessons.checking import BadItem
from enablement.lessons.fields import shaped
from enablement.lessons.links import LinkError
from enablement.lessons.live import LESSON, item_type, naming_line
from enablement.lessons.making import begin_lesson, free_slug
from enablement.lessons.revising import RevisingError
from enablement.models import OPEN_STATES, Lesson, Person, Revision

OTHERWISE = OpenApiResponse(
    description="It stands otherwise by now, waits for a second person, or names something that there is not."
)


@extend_schema(
    methods=["GET"],
    operation_id="drafts_list",
    parameters=[DraftFilterSerializer, *PARAMETERS],
    responses=page_of("VersionPage", VersionNameSerializer(many=True)),
)
@extend_schema(
    methods=["POST"],
    parameters=[PARAMETER],
    request=BeginDraftSerializer,
    responses={201: VersionSerializer, 409: OTHERWISE},
)
@api_view(["GET", "POST"])
@parser_classes([JSONParser])
@idempotent
def drafts(request: Request) -> Response:
    """Drafts and what waits for review, saved last first; by POST one is begun, or gone on with."""
    editor = editor_of(request)
    if request.method == "POST":
        sent = read_sent(BeginDraftSerializer, request.data)
        return _done(lambda: _begin(editor, sent), status=201)
    wanted = read_filters(request, DraftFilterSerializer)
    if "lesson" in wanted:
        wanted["lesson__slug"] = wanted.pop("lesson")
    found = _revisions(editor).filter(state__in=OPEN_STATES, **wanted).order_by("-saved_at", "-pk")
    return paged(request, found, VersionNameSerializer)


def _begin(editor: Person, sent: dict[str, Any]) -> Revision:
    kind = sent["kind"]
    if "item" not in sent:
        return revising.open_draft(kind, sent["slug"], editor)
    item = sent["item"]
    if "slug" in sent:
        item["slug"] = sent["slug"]
    if kind == LESSON:
        return begin_lesson(item, editor)
    lesson = get_object_or_404(Lesson.objects.visible_to(editor), slug=sent["lesson"])
    if "slug" not in item:
        item = {**item, "slug": free_slug(kind, str(naming_line(shaped(item_type(kind), item))))}
    return revising.new_draft(lesson, kind, item, editor, reason=sent.get("reason", ""))


@extend_schema(methods=["GET"], operation_id="draft_retrieve", responses=VersionSerializer)
@extend_schema(
    methods=["POST"],
    operation_id="draft_save",
    parameters=[PARAMETER],
    request=SaveDraftSerializer,
    responses={200: VersionSerializer, 409: OTHERWISE},
)
@api_view(["GET", "POST"])
@parser_classes([JSONParser])
@idempotent
def draft(request: Request, pk: int) -> Response:
    """One version; by POST its text is saved, unless somebody saved another in between (409)."""
    editor = editor_of(request)
    found = get_object_or_404(_revisions(editor), pk=pk)
    if request.method != "POST":
        return Response(VersionSerializer(found).data)
    sent = read_sent(SaveDraftSerializer, request.data)
    reason = sent.get("reason", found.reason)
    return _done(
        lambda: revising.save_draft(
            found, sent["item"], edition=sent["edition"], person=editor, reason=reason
        )
    )


# What an editor does with a version. Each returns the version that there is then.
VERBS: Final[dict[str, Callable[[Revision, Person, dict[str, Any]], Revision | None]]] = {
    "review": lambda found, editor, _: revising.send_to_review(found, editor),
    "approve": lambda found, editor, _: revising.approve(found, editor),
    "send-back": lambda found, editor, sent: revising.send_back(found, editor, sent.get("note", "")),
    "release": lambda found, editor, sent: revising.release(
        found, editor, changes_meaning=sent.get("changes_meaning")
    ),
    "discard": lambda found, editor, _: revising.discard(found, editor),
    "undo-discard": lambda found, editor, _: revising.undo_discard(found, editor),
    "restore": lambda found, editor, _: revising.restore(found, editor),
    "take-back": lambda found, editor, _: revising.take_back(found, editor),
    "take-over": lambda found, editor, _: revising.take_over(found, editor),
}


@extend_schema(
    operation_id="draft_act",
    parameters=[PARAMETER, OpenApiParameter("verb", str, OpenApiParameter.PATH, enum=list(VERBS))],
    request=DraftVerbSerializer,
    responses={200: VersionSerializer, 409: OTHERWISE},
)
@api_view(["POST"])
@parser_classes([JSONParser])
@idempotent
def draft_act(request: Request, pk: int, verb: str) -> Response:
    """Send to review, approve, send back, release, discard and so on; you read the version there is then.

    `restore` begins a draft with the text of an earlier version, `take-back` undoes a release, `take-over`
    says that a draft was compared with what readers see now.
    """
    editor = editor_of(request)
    found = get_object_or_404(_revisions(editor), pk=pk)
    sent = read_sent(DraftVerbSerializer, request.data)

    def act() -> Revision:
        VERBS[verb](found, editor, sent)
        return _newest(found) if verb in ("restore", "take-back") else _revisions(editor).get(pk=found.pk)

    return _done(act)


@extend_schema(
    operation_id="piece_retire",
    parameters=[
        PARAMETER,
        OpenApiParameter("kind", str, OpenApiParameter.PATH, enum=[kind for kind, _ in KIND_CHOICES]),
    ],
    request=RetireSerializer,
    responses=RetireSerializer,
)
@api_view(["POST"])
@parser_classes([JSONParser])
@idempotent
def piece_retire(request: Request, kind: str, slug: str) -> Response:
    """Take a piece away from readers, or give it back to them. Its text and its history stay."""
    editor, sent = editor_of(request), read_sent(RetireSerializer, request.data)
    if kind not in dict(KIND_CHOICES):
        raise Http404
    try:
        if sent.get("undo", False):
            revising.bring_back(kind, slug, editor)
        else:
            revising.retire(kind, slug, editor, tell=sent.get("tell", False))
    except RevisingError:
        raise Http404 from None
    return Response(RetireSerializer(sent).data)


def _newest(found: Revision) -> Revision:
    return Revision.objects.of(found.kind, found.slug)[0]


def _revisions(editor: Person) -> QuerySet[Revision]:
    return Revision.objects.visible_to(editor).select_related("lesson", "author", "reviewer")


def _done(act: Callable[[], Revision], status: int = 200) -> Response:
    """Return the version that `act` leads to, or say why it does not."""
    try:
        return Response(VersionSerializer(act()).data, status=status)
    except BadItem as bad:
        raise ValidationError(said_of(bad.problems, "item.")) from None
    except (RevisingError, LinkError) as error:
        raise Conflict(str(error)) from None
