"""What helps to write questions: one looked at before it is saved, and proposals from content."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.decorators import api_view, parser_classes
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import editor_of
from enablement.api.draft_shapes import said_of
from enablement.api.errors import Conflict
from enablement.api.exchange import read_sent
from enablement.api.idempotency import PARAMETER, idempotent
from enablement.api.parsing import JSONParser
from enablement.chat.model import has_model
from enablement.models import Lesson
from quizzes.api.question_shapes import (
    PreviewSerializer,
    ProposedSerializer,
    ProposeSerializer,
    WriteQuestionSerializer,
)
from quizzes.authoring.checking import problems_in
from quizzes.authoring.desk import asked
from quizzes.authoring.offers import QuestionOffer
from quizzes.authoring.parsing import finished
from quizzes.kinds import QuestionKind
from quizzes.proposing import propose_questions
from quizzes.proposing_by_model import request_proposals

NO_MODEL = OpenApiResponse(description="No language model is set up here.")


@extend_schema(request=WriteQuestionSerializer, responses=PreviewSerializer)
@api_view(["POST"])
@parser_classes([JSONParser])
def question_previews(request: Request) -> Response:
    """A question as reps would see it, and what is wrong with it. Nothing is saved."""
    editor, sent = editor_of(request), read_sent(WriteQuestionSerializer, request.data)
    lesson = get_object_or_404(Lesson.objects.visible_to(editor), slug=sent["lesson"])
    kind = QuestionKind(sent["item"]["kind"])
    item = finished(kind, sent["item"])
    offer = QuestionOffer(lesson, editor, item)
    problems = problems_in(kind, item, offer)
    can_be_shown = all(problem.unfinished for problem in problems)
    told = {"question": asked(kind, item, offer) if can_be_shown else None, "problems": said_of(problems)}
    return Response(PreviewSerializer(told).data)


@extend_schema(
    parameters=[PARAMETER], request=ProposeSerializer, responses={200: ProposedSerializer, 409: NO_MODEL}
)
@api_view(["POST"])
@parser_classes([JSONParser])
@idempotent
def question_proposals(request: Request) -> Response:
    """Make proposals from the content of a lesson. Each waits until an editor takes it in."""
    editor, sent = editor_of(request), read_sent(ProposeSerializer, request.data)
    lesson = get_object_or_404(Lesson.objects.visible_to(editor), slug=sent["lesson"])
    if sent.get("by") != "model":
        made = [question.slug for question in propose_questions(lesson, editor)]
        return Response({"made": made, "asked": False})
    if not has_model():
        raise Conflict("No language model is set up here. Leave “by” out to propose by rule.")
    request_proposals(lesson, editor)
    return Response({"made": [], "asked": True})
