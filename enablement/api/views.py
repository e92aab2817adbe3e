"""Questions, searches and judgements for programs: the site's own functions, in the contract's shapes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.csrf import csrf_exempt
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view, parser_classes, renderer_classes, throttle_classes
from rest_framework.exceptions import ValidationError
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api import exchange
from enablement.api.content import person_of
from enablement.api.errors import AnswerFailed, Problem
from enablement.api.limits import AskThrottle, CheckThrottle, SearchThrottle, SortThrottle
from enablement.api.parsing import JSONParser
from enablement.api.serializers import PersonSerializer
from enablement.chat import turns
from enablement.chat.following import as_stream
from enablement.chat.shape import answer_json
from enablement.judges.wording import unread_part
from enablement.judging import NoDistinction, check_for, sort_for
from enablement.models import Conversation, Surface, Turn, TurnState
from enablement.retrieval.candidates import Filters
from enablement.retrieval.facets import search_faceted
from enablement.retrieval.search import Hit
from enablement.sign_on.welcome import StillWelcome, still_welcome
from enablement.texts import MAX_QUESTION, clean_text


class EventStreamRenderer(BaseRenderer):
    """Lets `Accept: text/event-stream` through; the view writes the stream itself."""

    media_type = "text/event-stream"
    format = "events"
    charset = "utf-8"


@extend_schema(
    request=exchange.QuestionSerializer,
    responses={
        (200, "application/json"): exchange.AskedSerializer,
        (200, "text/event-stream"): exchange.AnswerEventSerializer,
    },
)
@api_view(["POST"])
@parser_classes([JSONParser])
@renderer_classes([JSONRenderer, EventStreamRenderer])
@throttle_classes([AskThrottle])
def ask(request: Request) -> HttpResponseBase:
    """Answer a question with citations: at once as JSON, or as server-sent events, by the `Accept` header."""
    person = person_of(request)
    sent, own = exchange.read_sent(exchange.QuestionSerializer, request.data), None
    if "conversation" in sent:
        own = get_object_or_404(Conversation.objects.visible_to(person), pk=sent["conversation"])
    if isinstance(getattr(request, "accepted_renderer", None), EventStreamRenderer):
        return _stream(turns.ask(person, sent["text"], Surface.API, own), still_welcome(request))
    turn = turns.answer_now(person, sent["text"], Surface.API, own)
    if turn.state == TurnState.FAILED:
        raise AnswerFailed(turn.note or None)
    return Response(answer_json(turn) | {"turn": turn.pk, "conversation": turn.conversation_id})


def _stream(turn: Turn, welcome: StillWelcome) -> StreamingHttpResponse:
    response = StreamingHttpResponse(
        as_stream(turns.answer(turn), welcome), content_type="text/event-stream; charset=utf-8"
    )
    response["Cache-Control"] = "no-store"
    # A proxy that waits for the whole answer would make a stream of it in name only.
    response["X-Accel-Buffering"] = "no"
    return response


@extend_schema(request=exchange.StatementSerializer, responses=exchange.VerdictSerializer)
@api_view(["POST"])
@parser_classes([JSONParser])
@throttle_classes([SortThrottle])
def sortings(request: Request) -> Response:
    """Sort what a buyer said."""
    sent = exchange.read_sent(exchange.StatementSerializer, request.data)
    try:
        verdict = sort_for(person_of(request), Surface.API, sent["text"], sent.get("distinction", ""))
    except NoDistinction as error:
        raise ValidationError({"distinction": [str(error)]}) from None
    return Response(verdict.as_json())


@extend_schema(request=exchange.DraftSerializer, responses=exchange.FindingsSerializer)
@api_view(["POST"])
@parser_classes([JSONParser])
@throttle_classes([CheckThrottle])
def wording_checks(request: Request) -> Response:
    """Check a draft against the field language guide."""
    text = exchange.read_sent(exchange.DraftSerializer, request.data)["text"]
    findings = check_for(person_of(request), Surface.API, text)
    found = [finding.as_json() for finding in findings]
    return Response({"findings": found, "clean": not findings, "unread": unread_part(text)})


# Fields of Filters, and what the address calls them.
SEARCH_FILTERS = {"lessons": "lesson", "kinds": "kind", "states": "trust"}


@extend_schema(parameters=[exchange.SearchSerializer], responses=exchange.HitsSerializer)
@api_view(["GET"])
@throttle_classes([SearchThrottle])
def search(request: Request) -> Response:
    """Search what you may read."""
    sent = exchange.read_sent(exchange.SearchSerializer, request.query_params.dict())
    text = clean_text(sent["q"], what="search", limit=MAX_QUESTION)
    filters = Filters(
        **{name: [sent[key]] for name, key in SEARCH_FILTERS.items() if sent.get(key)},
    )
    faceted = search_faceted(text, person_of(request), filters, limit=sent["limit"])
    found = faceted.found
    return Response(
        {
            "hits": [_hit_json(hit) for hit in found.hits],
            "note": found.note,
            "corrected": found.corrected,
            "facets": {key: getattr(faceted, name) for name, key in SEARCH_FILTERS.items()},
        }
    )


def _hit_json(hit: Hit) -> dict[str, Any]:
    return {name: getattr(hit, name) for name in ("kind", "slug", "title", "url", "quote", "score", "trust")}


@extend_schema(responses=PersonSerializer)
@api_view(["GET"])
def me(request: Request) -> Response:
    """Who you are here."""
    return Response(PersonSerializer(person_of(request)).data)


@csrf_exempt
def unknown(request: HttpRequest) -> HttpResponse:
    """Every address of the API that is none. Programs read JSON, so they get no page of the site's."""
    return Problem(
        404, "not_found", "The API has no such address. See /api/v1/schema/ for all."
    ).as_response()
