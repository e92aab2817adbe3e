"""Asking: a question stored, its answer streamed, the conversation kept."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from redis.exceptions import RedisError

from enablement.chat import turns
from enablement.chat.events import Event
from enablement.chat.following import as_stream
from enablement.chat.keeping import find_conversations, put_away_by, soon_forgotten
from enablement.chat.model import has_model
from enablement.models import Conversation, Script, Surface, Turn
from enablement.sign_on.welcome import StillWelcome, still_welcome
from enablement.texts import BadText, tidy_text
from enablement.views.requests import PersonRequest, signed_in
from enablement.views.turn_page import show_turn

MOST_CONVERSATIONS = 50
EXAMPLES = 4


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def ask_page(request: PersonRequest) -> HttpResponse:
    """The box for a new conversation and the list of one's own. POST asks, or answers a `turn` that waits."""
    if request.method != "POST":
        return _ask_page(request)
    try:
        turn = _asked_turn(request)
    except BadText as error:
        return _ask_page(request, problem=str(error), text=request.POST.get("text", ""))
    # Without a model the answer is there in a moment. With one the page streams it, or asks for it by button.
    if "turn" in request.POST or not has_model():
        _answer(turn)
    return redirect(turn.conversation)


@require_POST
@signed_in
def stream_answer(request: PersonRequest) -> HttpResponseBase:
    """Answer a new question (`text`), or one that waits (`turn`), as server-sent events; 400 for bad text."""
    try:
        turn = _asked_turn(request)
    except BadText as error:
        return JsonResponse({"message": str(error)}, status=400)
    response = StreamingHttpResponse(
        _event_texts(turn, still_welcome(request)), content_type="text/event-stream; charset=utf-8"
    )
    response["Cache-Control"] = "no-store"
    # A proxy that waits for the whole answer would make a stream of it in name only.
    response["X-Accel-Buffering"] = "no"
    return response


@require_safe
@signed_in
def conversation(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    """One's own conversation."""
    own = get_object_or_404(Conversation.objects.visible_to(request.user), pk=pk)
    shown = [show_turn(turn) for turn in own.turns.select_related("feedback").prefetch_related("citations")]
    context = {"conversation": own, "turns": shown, "key": uuid.uuid4()}
    return render(request, "ask/conversation.html", context)


@require_safe
@signed_in
def turn(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    """A turn as it stands now: a fragment for the page that waits for it."""
    return render(request, "ask/turn.html", {"shown": show_turn(_own_turn(request, pk))})


@require_POST
@signed_in
def stop(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    """Stop an answer that is being written. 204, or 503 where its writer cannot be told."""
    try:
        turns.stop(_own_turn(request, pk))
    except RedisError:
        message = "The answer could not be stopped. It ends by itself within a minute."
        return JsonResponse({"message": message}, status=503)
    return HttpResponse(status=204)


def _asked_turn(request: PersonRequest) -> Turn:
    """The waiting turn that the request names, or a new one with its text. Raises BadText, Http404."""
    if waiting := _uuid(request.POST.get("turn")):
        return _own_turn(request, waiting)
    own = None
    if request.POST.get("conversation"):
        own = get_object_or_404(
            Conversation.objects.visible_to(request.user), pk=_uuid(request.POST["conversation"])
        )
    text, key = request.POST.get("text", ""), _uuid(request.POST.get("key"))
    return turns.ask(request.user, text, Surface.BROWSER, own, turn_id=key)


def _own_turn(request: PersonRequest, pk: uuid.UUID) -> Turn:
    own = Turn.objects.visible_to(request.user).select_related("conversation__person", "feedback")
    found: Turn = get_object_or_404(own, pk=pk)
    return found


def _answer(turn: Turn) -> None:
    with closing(turns.answer(turn)) as events:
        for _ in events:
            pass


def _event_texts(turn: Turn, welcome: StillWelcome) -> Iterator[bytes]:
    yield _turn_event(turn).as_text().encode()
    yield from as_stream(turns.listen(turn), welcome)


def _turn_event(turn: Turn) -> Event:
    """What the page needs to know of the turn, before anything else comes."""
    return Event(
        "turn",
        {
            "turn": str(turn.pk),
            "fragment": reverse("turn", args=[turn.pk]),
            "conversation": str(turn.conversation_id),
            "url": turn.conversation.get_absolute_url(),
        },
    )


def _ask_page(request: PersonRequest, problem: str = "", text: str = "") -> HttpResponse:
    words = tidy_text(request.GET.get("q", ""))[:200]
    context: dict[str, Any] = {
        "conversations": find_conversations(request.user, words)[:MOST_CONVERSATIONS],
        "words": words,
        "put_away": put_away_by(request.user)[:MOST_CONVERSATIONS],
        "kept_days": settings.CONVERSATION_DAYS,
        "soon_forgotten": soon_forgotten(request.user, timezone.now())[:MOST_CONVERSATIONS],
        "examples": Script.objects.visible_to(request.user)[:EXAMPLES],
        "problem": problem,
        "text": text,
        "key": uuid.uuid4(),
    }
    return render(request, "ask/ask.html", context, status=400 if problem else 200)


def _uuid(value: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(value or "")
    except ValueError:
        return None
