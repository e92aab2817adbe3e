"""Practice in the API: today, a session, its answers. All of it the caller's own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import api_view, parser_classes
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import person_of
from enablement.api.errors import CODES, TITLES
from enablement.api.exchange import InputSerializer, SentSlugField, read_sent
from enablement.api.idempotency import PARAMETER, idempotent
from enablement.api.parsing import JSONParser
from enablement.models import Lesson, Surface
from quizzes.api.serializers import (
    GradedQuestionSerializer,
    OpenQuestionSerializer,
    ResponseSerializer,
    WaitingQuestionSerializer,
)
from quizzes.deadlines import server_now
from quizzes.grading import BadResponse
from quizzes.models import PracticeSession, SessionLength
from quizzes.practice.overview import changes_in, today_of
from quizzes.practice.sessions import (
    NothingToPractise,
    SessionOver,
    answer_item,
    end_session,
    next_item,
    start_session,
)
from quizzes.practice.sheets import answered, asked, shown_items, waiting


class PracticeOver(APIException):
    """The session has ended."""

    status_code = status.HTTP_409_CONFLICT
    default_detail = "This practice is over."


CODES[PracticeOver] = "practice_over"
TITLES["practice_over"] = "The practice is over"
OVER = OpenApiResponse(description="The session has ended, or the question is in an open attempt.")


class SkillSerializer(serializers.Serializer[Any]):
    """A topic as the caller remembers it."""

    lesson = serializers.CharField()
    topic = serializers.CharField()
    recall = serializers.IntegerField(allow_null=True, help_text="Per cent; null where nothing is known yet.")
    reviews = serializers.IntegerField()
    due = serializers.DateField(allow_null=True, help_text="In the caller’s time zone.")


class TodaySerializer(serializers.Serializer[Any]):
    """How practice stands today."""

    questions = serializers.IntegerField(help_text="What a session would have now; never a backlog.")
    answered_today = serializers.IntegerField(source="done")
    daily_cap = serializers.IntegerField(source="plan.daily_cap")
    away_until = serializers.DateField(source="plan.away_until", allow_null=True)
    open_session = serializers.UUIDField(source="open.id", default=None, allow_null=True)
    skills = SkillSerializer(many=True)


class StartPracticeSerializer(InputSerializer):
    """With `lesson`, it is practised before a call; without, what is due today. `minutes` are two or five."""

    lesson = SentSlugField(required=False, max_length=80)
    minutes = serializers.ChoiceField(choices=SessionLength.choices, required=False)


class ChangeSerializer(serializers.Serializer[Any]):
    """What a session changed for one topic."""

    topic = serializers.CharField()
    right = serializers.IntegerField()
    asked = serializers.IntegerField()
    before = serializers.CharField()
    after = serializers.CharField()


class PracticeSerializer(serializers.Serializer[Any]):
    """A session: its next question while it lasts, what it changed once it is over."""

    id = serializers.UUIDField()
    purpose = serializers.CharField()
    started_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    question = OpenQuestionSerializer(allow_null=True)
    changes = ChangeSerializer(many=True)


class PracticeAnswerSerializer(InputSerializer):
    """An answer to the question with this `number`; without a response, the caller does not know."""

    number = serializers.IntegerField(min_value=1, max_value=100)
    response = ResponseSerializer(required=False)


def _own(request: Request) -> QuerySet[PracticeSession]:
    return PracticeSession.objects.visible_to(person_of(request)).select_related("person", "lesson")


def _shown(session: PracticeSession) -> dict[str, Any]:
    now = server_now()
    item = next_item(session, now)
    session.refresh_from_db()
    question = asked(shown_items(session.items.all()).get(pk=item.pk)) if item else None
    changes = [] if item else changes_in(session, now)
    data: dict[str, Any] = PracticeSerializer(
        {
            "id": session.pk,
            "purpose": session.purpose,
            "started_at": session.started_at,
            "ended_at": session.ended_at,
            "question": question,
            "changes": changes,
        }
    ).data
    return data


@extend_schema(responses=TodaySerializer)
@api_view(["GET"])
def practice(request: Request) -> Response:
    """How your practice stands today."""
    return Response(TodaySerializer(today_of(person_of(request), server_now())).data)


@extend_schema(parameters=[PARAMETER], request=StartPracticeSerializer, responses={201: PracticeSerializer})
@api_view(["POST"])
@parser_classes([JSONParser])
@idempotent
def practice_sessions(request: Request) -> Response:
    """Begin a session of two or five minutes, or go on with the one that is open."""
    sent, lesson = read_sent(StartPracticeSerializer, request.data), None
    if "lesson" in sent:
        lesson = get_object_or_404(Lesson.objects.visible_to(person_of(request)), slug=sent["lesson"])
    length = SessionLength(sent.get("minutes", SessionLength.FULL))
    try:
        session = start_session(person_of(request), lesson=lesson, length=length)
    except NothingToPractise as nothing:
        raise PracticeOver(str(nothing)) from None
    return Response(_shown(session), status=status.HTTP_201_CREATED)


@extend_schema(responses=PracticeSerializer)
@api_view(["GET"])
def practice_session(request: Request, pk: UUID) -> Response:
    """One of your sessions."""
    return Response(_shown(get_object_or_404(_own(request), pk=pk)))


@extend_schema(
    parameters=[PARAMETER],
    request=PracticeAnswerSerializer,
    responses={200: GradedQuestionSerializer, 202: WaitingQuestionSerializer, 409: OVER},
)
@api_view(["POST"])
@parser_classes([JSONParser])
@idempotent
def practice_answers(request: Request, pk: UUID) -> Response:
    """Answer a question of your session and read how it went. Answered again, it stays as it was.

    What was written in one's own words is judged within seconds: 202 until then, and asked again (under
    another `Idempotency-Key`, or none) how it went.
    """
    session = get_object_or_404(_own(request), pk=pk)
    sent = read_sent(PracticeAnswerSerializer, request.data)
    item = get_object_or_404(session.items.all(), position=sent["number"] - 1)
    try:
        answer_item(session, item.position, sent.get("response"), surface=Surface.API)
    except BadResponse as error:
        raise ValidationError({"response": [str(error)]}) from None
    except SessionOver as over:
        raise PracticeOver(str(over)) from None
    shown = shown_items(session.items.answered()).select_related(
        "question__key", "question__card", "question__guide_entry"
    )
    found = shown.get(pk=item.pk)
    if found.waits:
        return Response(WaitingQuestionSerializer(waiting(found)).data, status=status.HTTP_202_ACCEPTED)
    return Response(GradedQuestionSerializer(answered(found, session.person)).data)


@extend_schema(request=None, responses=PracticeSerializer)
@api_view(["POST"])
def practice_end(request: Request, pk: UUID) -> Response:
    """End your session."""
    return Response(_shown(end_session(get_object_or_404(_own(request), pk=pk))))
